"""What the thread of an order says: a buyer who waits, a return asked for, a claim that runs, an opt-out.

Messages come from mail, helpdesks and whatever else holds them; what one source tells, another one may settle.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aftercare.orders.order import BuyerMessage, Order
from aftercare.orders.signals import Signal


def talk_signals(order: Order, today: date, *, canceled: bool) -> Iterator[Signal]:
    """The signals of the order's messages up to the day. canceled: whether every line of the order is, by then."""
    thread = sorted((each for each in order.messages if each.at.date() <= today), key=lambda each: each.at.timestamp())
    for kind, messages in (
        ("message_waiting", _waiting(order, thread, today, canceled=canceled)),
        ("return_open", _returning(order, thread, today)),
        ("refunded", _announced(order, thread, today)),
        ("claim_open", _after(thread, ("claim",), "claim_closed")),
        ("opted_out", [each for each in thread if each.kind == "opt_out"]),
    ):
        if messages:
            since = messages[0].at.date()
            # A return has no day of its own here: a request says when it was asked for, not when it comes back.
            yield Signal(kind, order.order_id, None, since, (today - since).days, source=messages[0].source)


def _waiting(order: Order, thread: list[BuyerMessage], today: date, *, canceled: bool) -> list[BuyerMessage]:
    """What the buyer wrote since the seller's last answer, from whichever source that is known.

    A wish to cancel waits for an answer as much as a question does, until the order is canceled or paid back.
    """
    return [
        each
        for each in _after(thread, ("buyer", "cancellation"), "seller")
        if each.kind == "buyer" or not (canceled or _paid_back(order, thread, each, today))
    ]


def _returning(order: Order, thread: list[BuyerMessage], today: date) -> list[BuyerMessage]:
    """Requests to return that no returns report knows of yet, and that were neither answered nor refunded since."""
    if order.returns:
        return []
    asked = _after(thread, ("return_request",), "seller")
    return [each for each in asked if not _paid_back(order, thread, each, today)]


def _announced(order: Order, thread: list[BuyerMessage], today: date) -> list[BuyerMessage]:
    """Refunds that a mail announced, where nothing in the book tells their amount."""
    if any(each.day is None or each.day <= today for each in order.refunds):
        return []
    return [each for each in thread if each.kind == "refund"]


def _paid_back(order: Order, thread: list[BuyerMessage], wish: BuyerMessage, today: date) -> bool:
    """Whether a refund was announced after the wish, or made on its day or later."""
    told = any(each.kind == "refund" and each.at.timestamp() >= wish.at.timestamp() for each in thread)
    return told or any(refund.day and wish.at.date() <= refund.day <= today for refund in order.refunds)


def _after(thread: list[BuyerMessage], kinds: tuple[str, ...], settles: str) -> list[BuyerMessage]:
    """The messages of these kinds since the last one that settles them."""
    settled = max((place for place, each in enumerate(thread) if each.kind == settles), default=-1)
    return [each for each in thread[settled + 1 :] if each.kind in kinds]
