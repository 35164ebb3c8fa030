"""Reads what happened to orders after they were placed, for many orders in one query each."""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from aftercare.orders.order import BuyerMessage, Feedback, OrderLine, Refund, Replacement, Return
from aftercare.orders.store import Connection
from aftercare.orders.twins import once

Event = TypeVar("Event", Return, Refund, Feedback, Replacement, BuyerMessage)
_ORIGINS = {"settlement": 0, "transactions": 1, "finances": 2, "returns": 3, "mail": 4}
"""How good a source of refunds is, the best first: what was paid out, booked, said in passing, announced."""

Period = tuple[str, str, str, str, str]
"""First and last day, marketplace, currency and way of fulfillment of which refunds are known."""


def returns_by_order(connection: Connection, order_ids: Sequence[str]) -> Mapping[str, tuple[Return, ...]]:
    """The returns of each order, oldest first."""
    return _by_order(
        Return(order_id, sku or None, _day(day), quantity, reason, status, comment, source, _day(received),
               None if claim is None else bool(claim))
        for order_id, sku, day, quantity, reason, status, comment, received, claim, source in connection.execute(
            "SELECT order_id, e.sku, day, quantity, reason, status, comment, received, claim, f.name FROM returned e "
            f"JOIN file f ON f.id = e.file WHERE {_of(order_ids)} ORDER BY day, e.sku, key",
            order_ids,
        )
    )  # fmt: skip


def refunds_by_order(connection: Connection, order_ids: Sequence[str]) -> Mapping[str, tuple[Refund, ...]]:
    """The refunds of each order, oldest first: one for each item and day, the parts of its price added up.

    A settlement says what was paid. A returns report repeats it and a mail announces it; each only counts where no
    better source tells of the SKU.
    """
    rows = connection.execute(
        "SELECT order_id, e.sku, item, origin, day, amount, currency, f.name FROM refunded e "
        f"JOIN file f ON f.id = e.file WHERE {_of(order_ids)} ORDER BY order_id, day, e.sku, item, key",
        order_ids,
    ).fetchall()
    return {
        order_id: tuple(_refunds(order_id, [row[1:] for row in some]))
        for order_id, some in groupby(rows, itemgetter(0))
    }


def _refunds(order_id: str, rows: Sequence[tuple[Any, ...]]) -> Iterable[Refund]:
    sums: dict[tuple[Any, ...], tuple[Decimal, str]] = {}
    for sku, item, origin, day, amount, currency, source in rows:
        rank = _ORIGINS.get(origin, 3)
        # A refund of the whole order names no SKU, and speaks of the same money as those that do.
        if any(_ORIGINS.get(row[2], 3) < rank and (row[0] == sku or "" in (row[0], sku)) for row in rows):
            continue
        key = (sku, item, day, currency)
        sums[key] = (sums.get(key, (Decimal(), ""))[0] + Decimal(amount), source)
    for (sku, _, day, currency), (amount, source) in sums.items():
        if amount > 0:
            yield Refund(order_id, sku or None, _day(day), amount, currency, source)


def feedback_by_order(connection: Connection, order_ids: Sequence[str]) -> Mapping[str, tuple[Feedback, ...]]:
    """The feedback that the buyer of each order left."""
    return _by_order(
        Feedback(order_id, _day(day), stars, comment, response, source)
        for order_id, day, stars, comment, response, source in connection.execute(
            "SELECT order_id, day, stars, comment, response, f.name FROM feedback e JOIN file f ON f.id = e.file "
            f"WHERE {_of(order_ids)} ORDER BY day, key",
            order_ids,
        )
    )


def replacements_by_order(connection: Connection, order_ids: Sequence[str]) -> Mapping[str, tuple[Replacement, ...]]:
    """The replacements sent for each order, oldest first."""
    return _by_order(
        Replacement(order_id, sku or None, _day(day), other, reason, source)
        for order_id, sku, day, other, reason, source in connection.execute(
            "SELECT order_id, e.sku, day, replacement_order_id, reason, f.name FROM replaced e "
            f"JOIN file f ON f.id = e.file WHERE {_of(order_ids)} ORDER BY day, e.sku, key",
            order_ids,
        )
    )


def messages_by_order(connection: Connection, order_ids: Sequence[str]) -> Mapping[str, tuple[BuyerMessage, ...]]:
    """The thread of each order, oldest first, a message that came in two ways once."""
    threads = _by_order(
        BuyerMessage(order_id, datetime.fromisoformat(at), kind, text, source, message_id, buyer_key, asin, store,
                     reason)
        for order_id, message_id, at, kind, text, source, buyer_key, asin, store, reason in connection.execute(
            "SELECT order_id, message_id, at, kind, text, source, buyer_key, asin, marketplace, reason FROM message "
            f"WHERE {_of(order_ids)} ORDER BY at, message_id",
            order_ids,
        )
    )  # fmt: skip
    return {order_id: once(thread) for order_id, thread in threads.items()}


def refund_periods(connection: Connection) -> list[Period]:
    """The days of which refunds are known, of every store."""
    rows = connection.execute("SELECT first, last, marketplace, currency, fulfillment FROM refund_period")
    return list(rows.fetchall())


def refunds_known_until(
    periods: Iterable[Period], lines: Sequence[OrderLine], returns: Sequence[Return]
) -> date | None:
    """The last day that refund sources for this kind of order cover, without a gap since its first return.

    Each settlement covers its own store and period; a returns report covers orders the seller ships, up to its newest
    day. None where the first return itself is not covered, or where the order's store and currency are not known.
    """
    stores = {line.marketplace for line in lines if line.marketplace}
    currencies = {line.currency for line in lines if line.currency}
    ways = {line.fulfillment for line in lines if line.fulfillment}
    fitting = sorted(
        (date.fromisoformat(first), date.fromisoformat(last))
        for first, last, store, currency, way in periods
        if (store in stores if store and stores else currency in currencies) and (not way or ways == {way})
    )
    days = [each.day for each in returns if each.day]
    if not days:
        return max((last for _, last in fitting), default=None)
    reach = min(days) - timedelta(days=1)
    covered = None
    for first, last in fitting:
        if first <= reach + timedelta(days=1) and last > reach:
            reach = covered = last
    return covered


def _of(order_ids: Sequence[str]) -> str:
    return f"order_id IN ({', '.join('?' * len(order_ids))})"


def _by_order(events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[event.order_id].append(event)
    return {order_id: tuple(some) for order_id, some in found.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
