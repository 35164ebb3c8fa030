"""Reads the signals out of an order: what its own facts say went wrong or is still open on a given day.

Only what is known counts. That no delivery or refund is recorded means nothing by itself; it becomes a signal where a
source that would show it covers the day. What lies after the day asked for is left out, so that an old day can be
judged as it was. Thresholds and the wordings of states are data in `shared_rules/signals.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from aftercare.orders.order import Order, OrderLine, Refund, Return
from aftercare.orders.signals import Signal
from aftercare.orders.talk_signals import talk_signals
from aftercare.rules import RuleModel, load


class _Known(RuleModel):
    source: str
    reason: str


class _Statuses(_Known):
    delivered: tuple[str, ...]
    waiting: tuple[str, ...]
    failed: tuple[str, ...]
    cancelled: tuple[str, ...]


class _Days(_Known):
    days: int


class _RefundDays(_Known):
    fbm_days: int
    fba_days: int


class _Closed(_Known):
    statuses: tuple[str, ...]


class _Stars(_Known):
    negative: int
    positive: int


class SignalRules(RuleModel):
    """The file: when facts become signals, each threshold with its reason and source. Days are calendar days."""

    checked: str
    statuses: _Statuses
    late: _Days
    overdue: _Days
    refund: _RefundDays
    returns_closed: _Closed
    feedback: _Stars


@cache
def rules() -> SignalRules:
    """The rules of `shared_rules/signals.json`."""
    return load(SignalRules, "signals.json")


def signals_of(order: Order, *, today: date, sku: str | None = None) -> tuple[Signal, ...]:
    """What the order's facts say on the day `today`, in the order of the line, the money, the talk.

    sku: asks for one product of the order; facts of the whole order (messages, feedback) are always included.
    """
    lines = [line for line in order.lines if sku is None or line.sku == sku]
    lines = [line for line in lines if line.purchased is None or line.purchased <= today]
    found = [signal for line in lines for signal in _of_line(line, today)]
    found += _of_money(order, lines, today, sku)
    found += _of_replacements(order, today, sku)
    found += _of_talk(order, today)
    return tuple(dict.fromkeys(found))


def _signal(line: OrderLine, kind: str, today: date, since: date | None, field: str, days: int | None = None) -> Signal:
    ago = (today - since).days if since else None
    return Signal(kind, line.order_id, line.sku, since, ago if days is None else days, None, None, line.source(field))


def _of_line(line: OrderLine, today: date) -> Iterator[Signal]:
    """Shipment and arrival of one line."""
    known = rules()
    status = _status(line, today)
    if status.startswith(known.statuses.cancelled):
        yield _signal(line, "cancelled", today, line.status_day, "status")
        return
    shipped = _until(line.shipped, today)
    delivered = _until(line.delivered, today)
    if shipped:
        yield _signal(line, "shipped", today, shipped, "shipped")
        due = line.ship_by or line.promised
        if due and (shipped - due).days >= known.late.days:
            yield _signal(line, "shipped_late", today, shipped, "shipped", (shipped - due).days)
    expected = line.promised or line.estimated_delivery
    if delivered:
        yield _signal(line, "delivered", today, delivered, "delivered")
        if expected and (delivered - expected).days >= known.late.days:
            yield _signal(line, "delivered_late", today, delivered, "delivered", (delivered - expected).days)
    elif status in known.statuses.failed:
        yield _signal(line, "delivery_failed", today, line.status_day, "status")
    elif status in known.statuses.delivered:
        # The status tells that it came, not on which day.
        yield _signal(line, "delivered", today, None, "status")
    elif status in known.statuses.waiting:
        yield from _overdue(line, status, today)


def _overdue(line: OrderLine, status: str, today: date) -> Iterator[Signal]:
    """A parcel that was still on its way, or not yet sent, when the day it should have come was over."""
    due = line.promised or line.estimated_delivery
    if due is None and "ship" in status and line.shipped is None:
        due = line.ship_by
    # What a report said before that day tells nothing of what came after it.
    seen = min(line.status_seen or today, today)
    if due and (seen - due).days >= rules().overdue.days:
        yield _signal(line, "overdue", today, due, "status")


def _of_money(order: Order, lines: list[OrderLine], today: date, sku: str | None) -> Iterator[Signal]:
    """Returns that still wait for their refund, and refunds made. A refund without a SKU is taken for any of them."""
    returns = [
        each for each in order.returns if each.day and each.day <= today and (sku is None or each.sku in (sku, None))
    ]
    # A returns report tells of a refund without its day; it cannot have been before the return.
    came_back = {each.sku for each in returns}
    refunds = [
        refund
        for refund in order.refunds
        if (refund.day <= today if refund.day else not order.returns or refund.sku in came_back)
        and (sku is None or refund.sku in (sku, None))
    ]
    refunded_skus = {refund.sku for refund in refunds}
    waiting: dict[str | None, list[Return]] = {}
    for each in returns:
        closed = (each.status or "").casefold().startswith(rules().returns_closed.statuses)
        if not closed and not refunded_skus & {each.sku, None}:
            waiting.setdefault(each.sku, []).append(each)
        if each.claim:
            yield Signal(
                "claim_open", order.order_id, each.sku, each.day, _days(each.day, today), None, None, each.source
            )
    for units in waiting.values():
        yield _return(order, units, _line_of(lines, units[0].sku), today)
    yield from _refunds(refunds, today)


def _return(order: Order, units: list[Return], line: OrderLine | None, today: date) -> Signal:
    """One signal for all waiting units of a SKU: owed once the time for the refund is over and is known to be."""
    first = min(units, key=lambda each: each.day or today)
    since = first.day
    by_seller = line is not None and line.fulfillment == "FBM"
    # Without a day of arrival the seller's clock has not begun, as far as is known.
    received = [each.received or (None if by_seller else each.day) for each in units]
    begun = min((day for day in received if day and day <= today), default=None)
    grace = rules().refund.fbm_days if by_seller else rules().refund.fba_days
    due = begun + timedelta(days=grace) if begun else None
    known_until = min(order.refunds_known_until or date.min, today)
    if due is None or line is None or line.fulfillment is None or known_until <= due:
        return Signal(
            "return_open", order.order_id, first.sku, since, _days(since, today), source=first.source, returned=since
        )
    amount = _worth(line, units)
    return Signal(
        "refund_owed",
        order.order_id,
        first.sku,
        due,
        _days(due, today),
        amount,
        line.currency if amount is not None else None,
        first.source,
        returned=begun,
    )


def _worth(line: OrderLine, units: list[Return]) -> Decimal | None:
    """What the returned units cost; a line's price is that of all its pieces. None where no exact share is known."""
    if line.price is None:
        return None
    back = sum(each.quantity or 1 for each in units)
    if not line.quantity or back >= line.quantity:
        return line.price
    share = line.price * back / line.quantity
    return share if share == round(share, 2) else None


def _refunds(refunds: list[Refund], today: date) -> Iterator[Signal]:
    """One signal for each SKU and currency: since the first refund, with the sum of all."""
    groups: dict[tuple[str | None, str | None], list[Refund]] = {}
    for refund in refunds:
        groups.setdefault((refund.sku, refund.currency), []).append(refund)
    for (sku, currency), group in groups.items():
        since = min((refund.day for refund in group if refund.day), default=None)
        amounts = [refund.amount for refund in group if refund.amount is not None]
        yield Signal(
            "refunded",
            group[0].order_id,
            sku,
            since,
            _days(since, today),
            sum(amounts, Decimal()) if amounts else None,
            currency if amounts else None,
            group[0].source,
        )


def _of_replacements(order: Order, today: date, sku: str | None) -> Iterator[Signal]:
    for each in order.replacements:
        if (each.day is None or each.day <= today) and (sku is None or each.sku in (sku, None)):
            yield Signal(
                "replacement_sent", order.order_id, each.sku, each.day, _days(each.day, today), None, None, each.source
            )


def _of_talk(order: Order, today: date) -> Iterator[Signal]:
    """What buyer and seller wrote."""
    stars = rules().feedback
    for feedback in order.feedback:
        if feedback.day and feedback.day > today:
            continue
        bad, good = feedback.stars <= stars.negative, feedback.stars >= stars.positive
        kind = "negative" if bad else "positive" if good else ""
        if kind:
            yield Signal(
                f"feedback_{kind}",
                order.order_id,
                None,
                feedback.day,
                _days(feedback.day, today),
                source=feedback.source,
            )
    canceled = bool(order.lines) and all(
        _status(line, today).startswith(rules().statuses.cancelled) for line in order.lines
    )
    yield from talk_signals(order, today, canceled=canceled)


def _status(line: OrderLine, today: date) -> str:
    """The status as far as it held on the day; empty where Amazon gave it later, or it is not known."""
    if line.status_day and line.status_day > today:
        return ""
    return (line.status or "").casefold().strip()


def _until(day: date | None, today: date) -> date | None:
    return day if day and day <= today else None


def _days(since: date | None, today: date) -> int | None:
    return (today - since).days if since else None


def _line_of(lines: Iterable[OrderLine], sku: str | None) -> OrderLine | None:
    """The line a return is of; a return without a SKU is that of an order with one line."""
    found = [line for line in lines if sku is None or line.sku == sku]
    return found[0] if len(found) == 1 or (found and sku is not None) else None
