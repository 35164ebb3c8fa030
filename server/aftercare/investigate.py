"""From a review to what may be done about it: the way of the data, in one function.

    Review ─▶ Complaint ─▶ Match ─▶ Signals ─▶ Coverage ─▶ Route ─▶ Draft ─▶ Findings

The API, the command line and the dashboard call this and its parts; none of them decides anything by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from aftercare.complaints import Complaint, triage
from aftercare.coverage import Coverage, coverage_of
from aftercare.errors import InputError, NotFoundError
from aftercare.knowledge import SupportProfiles
from aftercare.matching import Match, find_order
from aftercare.messages.draft import Draft, draft_for
from aftercare.messages.links import links_of
from aftercare.messages.lint import lint
from aftercare.messages.note import proposed_note
from aftercare.messages.route import Route, recommended, routes_of
from aftercare.messages.situation import History, PageKind
from aftercare.messages.verdict import Kind, Message, Profile, Verdict
from aftercare.orders import Order, OrderLine, Signal, signals_of
from aftercare.orders.book import OrderBook
from aftercare.orders.customers import CustomerContext
from aftercare.orders.timeline import timeline_of
from aftercare.reviews import Review


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: the order line the review is about, or that it is none of the seller's."""

    order_id: str | None = None
    sku: str | None = None
    line: int | None = None
    none: bool = False


UNDECIDED = Decision()


@dataclass(frozen=True, slots=True)
class Investigation:
    """All that is known about a review, and what follows.

    order, line, signals, coverage, customer: of the confirmed order, or of the best candidate before one is confirmed.
    draft, verdict: only with a confirmed order and an open route that writes.
    """

    review: Review
    complaint: Complaint
    match: Match
    confirmed: bool
    order: Order | None
    line: OrderLine | None
    signals: tuple[Signal, ...]
    coverage: Coverage | None
    routes: tuple[Route, ...]
    draft: Draft | None
    verdict: Verdict | None
    proposed_note: str | None
    today: date
    customer: CustomerContext | None = None

    def to_json(self) -> dict[str, Any]:
        """The Investigation of docs/protocol.md, without the case and its notes."""
        return {
            "review": self.review.to_json(),
            "complaint": self.complaint.to_json(),
            "match": {
                **self.match.to_json(),
                "candidates": [{**each.to_json(), **_shown(each.line)} for each in self.match.candidates],
            },
            "order": self._order_json(),
            "signals": [signal.to_json() for signal in self.signals],
            "coverage": self.coverage.to_json() if self.coverage else None,
            "customer": self.customer.to_json() if self.customer else None,
            "routes": [route.to_json() for route in self.routes],
            "draft": self.draft.to_json() if self.draft else None,
            "verdict": self.verdict.to_json() if self.verdict else None,
            "proposed_note": self.proposed_note,
        }

    def _order_json(self) -> dict[str, Any] | None:
        if self.order is None or self.line is None:
            return None
        line = self.line
        return {
            "order_id": line.order_id,
            "line": line.line,
            "sku": line.sku,
            "asin": line.asin,
            "marketplace": line.marketplace,
            "purchased": _iso(line.purchased),
            "arrived": _iso(line.arrived),
            "arrival_known": line.delivered is not None,
            "timeline": [event.to_json() for event in timeline_of(self.order, line, self.signals, today=self.today)],
            "links": links_of(line.order_id, line.marketplace),
            **_shown(line),
        }


def investigate(
    review: Review,
    book: OrderBook,
    *,
    today: date,
    decision: Decision = UNDECIDED,
    history: History | None = None,
    profiles: SupportProfiles | None = None,
    lang: str | None = None,
    taken: Collection[str] = (),
    page_kind: PageKind = "product",
) -> Investigation:
    """Walks the whole way for one review.

    decision: what a person has decided about the order. history: contacts already made about it. taken: orders that
    are confirmed for other reviews of the product. lang: the language to write in, where a person chose one.
    page_kind: where the review was seen; on the brand's own page, Amazon's button is the safest route.
    Raises InputError where the review lacks what matching needs, or the decided line is not in the book.
    """
    complaint = triage(review)
    match = find_order(review, complaint, book, today=today, taken=taken)
    order, line = _chosen(book, match, decision)
    confirmed = decision.order_id is not None and line is not None
    signals = signals_of(order, today=today, sku=line.sku) if order and line else ()
    coverage = _coverage(line, profiles, today) if line else None
    routes = routes_of(
        review,
        complaint,
        today=today,
        order=order if confirmed else None,
        line=line if confirmed else None,
        signals=signals if confirmed else (),
        coverage=coverage if confirmed else None,
        history=history,
        page_kind=page_kind,
        none_of_these=decision.none,
    )
    draft = _draft(routes, complaint, line, signals, coverage, lang, today) if confirmed and line else None
    verdict = None
    if draft:
        verdict = lint(message_about(review, line, draft.text, today=today, lang=draft.lang, kind=draft.kind))
    return Investigation(
        review=review,
        complaint=complaint,
        match=match,
        confirmed=confirmed,
        order=order,
        line=line,
        signals=signals,
        coverage=coverage,
        routes=routes,
        draft=draft,
        verdict=verdict,
        proposed_note=(
            proposed_note(complaint, line, signals, today=today, route=recommended(routes))
            if confirmed and line
            else None
        ),
        today=today,
        customer=book.customer_of(line.order_id) if line else None,
    )


def message_about(
    review: Review,
    line: OrderLine | None,
    text: str,
    *,
    today: date,
    lang: str | None = None,
    kind: Kind = "proactive",
    profile: Profile = "buyer_message",
) -> Message:
    """A text about to be sent, with everything the case knows around it, ready for the linter."""
    arrived = (line.arrived or line.shipped or line.purchased) if line else None
    return Message(
        id=review.id,
        text=text,
        lang=lang,
        kind=kind,
        profile=profile,
        order_id=line.order_id if line else None,
        order_age_days=(today - arrived).days if arrived else None,
        buyer_name=(line.buyer or line.recipient) if line else None,
        reviewer_name=review.reviewer_name,
        review_text=review.text,
    )


def _chosen(book: OrderBook, match: Match, decision: Decision) -> tuple[Order | None, OrderLine | None]:
    """The order and line a person decided on; before that, those of the best candidate; none where there is none."""
    if decision.none:
        return None, None
    if decision.order_id is None:
        if not match.candidates:
            return None, None
        best = match.candidates[0].line
        return book.order(best.order_id), best
    order = book.order(decision.order_id)
    lines = [] if order is None else [line for line in order.lines if decision.sku in (None, line.sku)]
    # A person may name the order alone; then the line that matches best stands for it, or the first.
    listed = [each.line for each in match.candidates if each.line.order_id == decision.order_id]
    preferred = [line for line in (*listed, *lines) if decision.line in (None, line.line) and line in lines]
    if not preferred:
        raise NotFoundError(
            f"The order {decision.order_id} is not in the order book.",
            code="order_not_found",
            next="Import the report that holds it, or choose another order.",
        )
    return order, preferred[0]


def _coverage(line: OrderLine, profiles: SupportProfiles | None, today: date) -> Coverage | None:
    """The programmes that cover the purchase; not known where the order tells no day or no marketplace."""
    profile = profiles.get(line.asin) if profiles and line.asin else None
    if line.purchased is None or line.marketplace is None or line.purchased > today:
        return None
    return coverage_of(
        line.marketplace,
        line.purchased,
        # An arrival recorded before the purchase is a mistake of a report; the purchase counts.
        delivered=line.arrived if line.arrived and line.arrived >= line.purchased else None,
        oem_enrolled=bool(profile and profile.oem_enrolled),
        today=today,
        asin=line.asin,
        overrides=profile.programmes if profile else None,
    )


def _draft(
    routes: Sequence[Route],
    complaint: Complaint,
    line: OrderLine,
    signals: Sequence[Signal],
    coverage: Coverage | None,
    lang: str | None,
    today: date,
) -> Draft | None:
    """The draft for the first open route on which something is written; None where there is none."""
    for route in routes:
        if route.open and route.route in ("answer_thread", "contact_buyer"):
            try:
                return draft_for(route, complaint, line, signals, coverage, lang=lang, today=today)
            except InputError:
                # A person may write on this route although no template fits what the order says.
                return None
    return None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _shown(line: OrderLine) -> dict[str, Any]:
    """What the card shows of a line beside the contract's fields; it stays on this machine."""
    place = ", ".join(part for part in (line.city, line.state) if part)
    return {
        "buyer": line.buyer,
        "recipient": line.recipient,
        "place": place or None,
        "title": line.title,
        "fulfillment": line.fulfillment,
    }
