"""What happened to an order after it was placed: returns, refunds, feedback, replacements, messages.

Each event has a key of its own within its order, taken from Amazon's ids where there are any. Of two readings of one
event the newer holds; of the same time the fuller one; else the one that sorts last. So neither the order of imports
nor repeats matter.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Literal

from sqlcipher3 import dbapi2 as sqlite

from aftercare.orders.order import BuyerMessage, Feedback, OrderLine, Refund, Replacement, Return

Outcome = Literal["new", "changed", "unchanged"]

_MESSAGE = ("order_id", "at", "kind", "text", "buyer_key", "asin", "marketplace", "reason", "source")
_COLUMNS = {
    "returned": ("day", "quantity", "reason", "status", "comment", "received", "claim"),
    "refunded": ("item", "origin", "day", "amount", "currency"),
    "feedback": ("day", "stars", "comment", "response"),
    "replaced": ("day", "replacement_order_id", "reason"),
}


class EventWriter:
    """Writes the events of one file."""

    def __init__(self, connection: sqlite.Connection, file: int) -> None:
        self._connection = connection
        self._file = file
        self._numbers: defaultdict[str, int] = defaultdict(int)

    def number(self, key: str) -> str:
        """A key made unique within the file, for events that have no id: equal rows can both be real."""
        self._numbers[key] += 1
        return f"{key}#{self._numbers[key]}"

    def put(self, table: str, order_id: str, sku: str, key: str, as_of: str, values: Sequence[Any]) -> Outcome:
        """Stores an event, or keeps the stored one where that is better. `values` as in the table's columns."""
        columns = _COLUMNS[table]
        place = (order_id, sku, key)
        known = self._connection.execute(
            f"SELECT as_of, {', '.join(columns)} FROM {table} WHERE order_id = ? AND sku = ? AND key = ?",
            place,
        ).fetchone()
        if known and _rank(known) >= _rank((as_of, *values)):
            return "unchanged"
        self._connection.execute(
            f"INSERT OR REPLACE INTO {table} (order_id, sku, key, as_of, file, {', '.join(columns)}) "
            f"VALUES ({', '.join('?' * (len(columns) + 5))})",
            (*place, as_of, self._file, *values),
        )
        return "changed" if known else "new"


def _rank(row: Sequence[Any]) -> tuple[str, int, tuple[str, ...]]:
    as_of, *values = row
    return (
        as_of,
        sum(value is not None for value in values),
        tuple("" if value is None else str(value) for value in values),
    )


def put_messages(connection: sqlite.Connection, messages: Iterable[BuyerMessage]) -> int:
    """Stores messages; returns how many were not known. Moments without an offset are UTC."""
    return sum(put_message(connection, each) == "new" for each in messages)


def put_message(connection: sqlite.Connection, message: BuyerMessage) -> Outcome:
    """Stores one message, or keeps the stored one of its id where that says as much.

    A message without an id is told from others by its order, moment, kind and text.
    """
    moment = message.at if message.at.tzinfo else message.at.replace(tzinfo=UTC)
    at = moment.astimezone(UTC).isoformat()
    own = f"book:{message.order_id}:{at}:{message.kind}:{_digest(message.text)}"
    values = (
        message.order_id, at, message.kind, _storable(message.text), message.buyer_key, message.asin,
        message.marketplace, message.reason, message.source,
    )  # fmt: skip
    known = connection.execute(
        f"SELECT {', '.join(_MESSAGE)} FROM message WHERE message_id = ?", (message.message_id or own,)
    ).fetchone()
    if known and _fullness(known) >= _fullness(values):
        return "unchanged"
    connection.execute(
        f"INSERT OR REPLACE INTO message (message_id, {', '.join(_MESSAGE)}) VALUES (?{', ?' * len(_MESSAGE)})",
        (message.message_id or own, *values),
    )
    return "changed" if known else "new"


def _fullness(row: Sequence[Any]) -> tuple[int, tuple[str, ...]]:
    """How much a message says: of two readings of one message the fuller holds, else the one that sorts last."""
    said = tuple("" if value is None else str(value) for value in row[:-1])
    return sum(map(bool, said)), said


def _storable(text: str | None) -> str | None:
    """The text without halves of surrogate pairs, which broken mail can hold and no database takes."""
    return None if text is None else text.encode("utf-8", "replace").decode()


def _digest(text: str | None) -> str:
    return sha256((text or "").encode("utf-8", "replace")).hexdigest()[:16]


def returns_of(connection: sqlite.Connection, order_id: str) -> tuple[Return, ...]:
    """The order's returns, oldest first."""
    return tuple(
        Return(order_id, sku or None, _day(day), quantity, reason, status, comment, source, _day(received),
               None if claim is None else bool(claim))
        for sku, day, quantity, reason, status, comment, received, claim, source in connection.execute(
            "SELECT e.sku, day, quantity, reason, status, comment, received, claim, f.name FROM returned e "
            "JOIN file f ON f.id = e.file WHERE order_id = ? ORDER BY day, e.sku, key",
            (order_id,),
        )
    )  # fmt: skip


def refunds_of(connection: sqlite.Connection, order_id: str) -> tuple[Refund, ...]:
    """The order's refunds, oldest first: one for each item and day, the parts of its price added up.

    A settlement says what was paid; a returns report repeats it, and only counts where no settlement tells of the SKU.
    """
    rows = connection.execute(
        "SELECT e.sku, item, origin, day, amount, currency, f.name FROM refunded e JOIN file f ON f.id = e.file "
        "WHERE order_id = ? ORDER BY day, e.sku, item, key",
        (order_id,),
    ).fetchall()
    paid = {row[0] for row in rows if row[2] == "settlement"}
    sums: dict[tuple[Any, ...], tuple[Decimal, str]] = {}
    for sku, item, origin, day, amount, currency, source in rows:
        if origin != "settlement" and (sku in paid or "" in paid):
            continue
        key = (sku, item, day, currency)
        sums[key] = (sums.get(key, (Decimal(), ""))[0] + Decimal(amount), source)
    return tuple(
        Refund(order_id, sku or None, _day(day), amount, currency, source)
        for (sku, _, day, currency), (amount, source) in sums.items()
        if amount > 0
    )


def feedback_of(connection: sqlite.Connection, order_id: str) -> tuple[Feedback, ...]:
    """The feedback the buyer left."""
    return tuple(
        Feedback(order_id, _day(day), stars, comment, response, source)
        for day, stars, comment, response, source in connection.execute(
            "SELECT day, stars, comment, response, f.name FROM feedback e JOIN file f ON f.id = e.file "
            "WHERE order_id = ? ORDER BY day, key",
            (order_id,),
        )
    )


def replacements_of(connection: sqlite.Connection, order_id: str) -> tuple[Replacement, ...]:
    """The replacements sent, oldest first."""
    return tuple(
        Replacement(order_id, sku or None, _day(day), other, reason, source)
        for sku, day, other, reason, source in connection.execute(
            "SELECT e.sku, day, replacement_order_id, reason, f.name FROM replaced e JOIN file f ON f.id = e.file "
            "WHERE order_id = ? ORDER BY day, e.sku, key",
            (order_id,),
        )
    )


def messages_of(connection: sqlite.Connection, order_id: str) -> tuple[BuyerMessage, ...]:
    """The thread, oldest first."""
    return tuple(
        BuyerMessage(order_id, datetime.fromisoformat(at), kind, text, source, message_id, buyer_key, asin, store,
                     reason)
        for message_id, at, kind, text, source, buyer_key, asin, store, reason in connection.execute(
            "SELECT message_id, at, kind, text, source, buyer_key, asin, marketplace, reason FROM message "
            "WHERE order_id = ? ORDER BY at, message_id",
            (order_id,),
        )
    )  # fmt: skip


def refunds_known_until(
    connection: sqlite.Connection, lines: Sequence[OrderLine], returns: Sequence[Return]
) -> date | None:
    """The last day that refund sources for this kind of order cover, without a gap since its first return.

    Each settlement covers its own store and period; a returns report covers orders the seller ships, up to its newest
    day. None where the first return itself is not covered, or where the order's store and currency are not known.
    """
    stores = {line.marketplace for line in lines if line.marketplace}
    currencies = {line.currency for line in lines if line.currency}
    ways = {line.fulfillment for line in lines if line.fulfillment}
    periods = sorted(
        (date.fromisoformat(first), date.fromisoformat(last))
        for first, last, store, currency, way in connection.execute(
            "SELECT first, last, marketplace, currency, fulfillment FROM refund_period"
        )
        if (store in stores if store and stores else currency in currencies) and (not way or ways == {way})
    )
    days = [each.day for each in returns if each.day]
    if not days:
        return max((last for _, last in periods), default=None)
    reach = min(days) - timedelta(days=1)
    covered = None
    for first, last in periods:
        if first <= reach + timedelta(days=1) and last > reach:
            reach = covered = last
    return covered


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
