"""What is known when a route is chosen, and the facts of the order that routes, drafts and notes ask for.

The order gives the reason to write, the review never does: whatever here looks at the complaint only chooses among
facts that the order already has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from aftercare.complaints.complaint import Complaint
from aftercare.coverage import Coverage, ProgrammeCoverage
from aftercare.messages.reasons import route_rules
from aftercare.orders.order import Order, OrderLine
from aftercare.orders.signals import Signal
from aftercare.reviews.review import Review

PageKind = Literal["product", "brand_reviews", "feedback"]

_OF_THE_ORDER = frozenset({"message_waiting", "claim_open", "opted_out", "feedback_negative", "feedback_positive"})


@dataclass(frozen=True, slots=True)
class History:
    """Whether the buyer was already written to about this order's matter, and when."""

    contacted: bool = False
    contacted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """One case on one day.

    order, line: the confirmed ones, None before a person confirmed; none_of_these: a person said that no order of the
    book is behind the review (or the book has none to offer). signals and coverage are read only with a line.
    brand_owner: None where it is not known. page_kind: where the review was seen.
    """

    review: Review
    complaint: Complaint
    today: date
    order: Order | None = None
    line: OrderLine | None = None
    signals: tuple[Signal, ...] = ()
    coverage: Coverage | None = None
    history: History = field(default_factory=History)
    brand_owner: bool | None = None
    page_kind: PageKind = "product"
    none_of_these: bool = False

    @property
    def confirmed(self) -> bool:
        return self.line is not None

    @property
    def decided(self) -> bool:
        return self.confirmed or self.none_of_these

    @property
    def marketplace(self) -> str | None:
        """Whose Seller Central to open: the order's, else the review's."""
        return (self.line.marketplace if self.line else None) or self.review.marketplace

    @property
    def by_amazon(self) -> bool:
        return self.line is not None and self.line.fulfillment == "FBA"

    def signal(self, kind: str) -> Signal | None:
        """The signal of a kind that is true of the confirmed line; see `signal_of`."""
        return signal_of(self.signals, kind, self.line) if self.line else None

    @property
    def cancelled(self) -> bool:
        """Whether the order, or the line that the complaint is about, was cancelled."""
        status = (self.line.status or "").lower() if self.line else ""
        return self.signal("cancelled") is not None or status.startswith(("cancel", "pending cancel"))


def signal_of(signals: Iterable[Signal], kind: str, line: OrderLine) -> Signal | None:
    """The signal of a kind that is true of this line: its own, or one of the whole order.

    What happened to another article of the same order says nothing about this one; messages, claims and feedback are
    of the whole order even where a report names an article.
    """
    found = (each for each in signals if each.kind == kind and each.order_id == line.order_id)
    return next((each for each in found if each.sku in (None, line.sku) or kind in _OF_THE_ORDER), None)


def told_by_order(complaint: Complaint, line: OrderLine, signals: Iterable[Signal]) -> Signal | None:
    """The fact of the order that the complaint's topics look for, the first topic first; None where there is none."""
    by_topic, known = route_rules().signals_by_topic, tuple(signals)
    kinds = (kind for topic in complaint.topics for kind in by_topic.get(topic, ()))
    return next((found for kind in kinds if (found := signal_of(known, kind, line))), None)


def order_reason(complaint: Complaint, line: OrderLine, signals: Iterable[Signal]) -> Signal | None:
    """The fact of the order that gives a true reason to write first.

    The complaint's topics choose among such facts; where none fits them, the weightiest is taken, since it is true
    without the complaint. Amazon's own deliveries give no reason.
    """
    rules, by_amazon = route_rules(), line.fulfillment == "FBA"
    reasons = [
        each
        for each in signals
        if each.kind in rules.reasons_in_order and not (by_amazon and each.kind in rules.amazon_delivers.signals)
    ]
    told = told_by_order(complaint, line, reasons)
    return told or next((found for kind in rules.reasons_in_order if (found := signal_of(reasons, kind, line))), None)


def support_reason(complaint: Complaint, coverage: Coverage | None) -> ProgrammeCoverage | None:
    """The running programme that help with this complaint can rest on: of those that fit, the one that runs longest."""
    if complaint.type != "product_service" or coverage is None:
        return None
    wanted = [name for topic in complaint.topics for name in route_rules().support.get(topic, ())]
    running = [found for name in wanted if (found := coverage.running(name)) and found.until]
    return max(running, key=lambda found: found.until or date.min, default=None)


def thread_since(now: Situation) -> date | None:
    """The day of the buyer's last message, where it is recent enough for its thread to be open."""
    if now.order is None:
        return None
    days = [each.at.date() for each in now.order.messages if each.kind == "buyer" and each.at.date() <= now.today]
    last = max(days, default=None)
    recent = timedelta(days=route_rules().thread.recent_days)
    return last if last and now.today - last <= recent else None
