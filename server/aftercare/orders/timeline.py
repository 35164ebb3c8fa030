"""An order's story in days: what happened, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from aftercare.orders.order import Order, OrderLine
from aftercare.orders.signals import Signal

# What these signals speak of has no end yet; all others are shown by the day on which they happened.
_OPEN = frozenset({"overdue", "delivery_failed", "return_open", "refund_owed", "message_waiting", "claim_open"})
_HAPPENED = {
    "cancelled": "cancelled",
    "refunded": "refunded",
    "feedback_negative": "feedback_negative",
    "feedback_positive": "feedback_positive",
    "replacement_sent": "replacement_sent",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One point of the timeline; `days` counts how long an open one has been open."""

    kind: str
    day: date
    days: int | None = None
    open: bool = False

    def to_json(self) -> dict[str, Any]:
        """The event as the API gives it."""
        return {"kind": self.kind, "day": self.day.isoformat(), "days": self.days, "open": self.open}


def timeline_of(order: Order, line: OrderLine, signals: Iterable[Signal], *, today: date) -> tuple[Event, ...]:
    """The events of one line, by day, as far as they are known on the given day."""
    events = {event for event in _events(order, line, tuple(signals)) if event.day <= today}
    return tuple(sorted(events, key=lambda event: (event.day, event.open, event.kind)))


def _events(order: Order, line: OrderLine, signals: tuple[Signal, ...]) -> Iterator[Event]:
    days = {
        "purchased": line.purchased,
        "shipped": line.shipped,
        "delivered": line.delivered,
        "arrival_estimated": None if line.delivered else line.estimated_delivery,
    }
    for kind, day in days.items():
        if day:
            yield Event(kind, day)
    for returned in order.returns:
        day = returned.received or returned.day
        if day and returned.sku in (None, line.sku):
            yield Event("returned", day)
    for refund in order.refunds:
        if refund.day and refund.sku in (None, line.sku):
            yield Event("refunded", refund.day)
    for signal in signals:
        if not signal.since:
            continue
        if signal.kind in _OPEN:
            yield Event(signal.kind, signal.since, signal.days, open=True)
        elif signal.kind in _HAPPENED:
            yield Event(_HAPPENED[signal.kind], signal.since)
