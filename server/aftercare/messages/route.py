"""The allowed ways to act on a review, safest first, each with its reason; data in `shared_rules/routes.json`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from aftercare.complaints.complaint import Complaint
from aftercare.coverage import Coverage
from aftercare.messages.contact import may_begin
from aftercare.messages.links import link_or_none
from aftercare.messages.reasons import Reason, reason, reason_of, route_rules
from aftercare.messages.reportable import is_service_only
from aftercare.messages.situation import History, PageKind, Situation, order_reason, support_reason, thread_since
from aftercare.orders.order import Order, OrderLine
from aftercare.orders.signals import Signal
from aftercare.reviews.review import Review

RouteName = Literal[
    "answer_thread",
    "amazon_contact_customer",
    "feedback_manager",
    "contact_buyer",
    "fix_silently",
    "report_to_amazon",
    "leave_it",
]


@dataclass(frozen=True, slots=True)
class Route:
    """One way to act. url: the page to open, where there is one and the route is open.

    warnings: what to mind though the route is open. recommended: true for the first open route alone.
    """

    route: RouteName
    open: bool
    reason: Reason
    url: str | None = None
    warnings: tuple[Reason, ...] = ()
    recommended: bool = False

    @property
    def writes(self) -> bool:
        """Whether something is written on this route."""
        return self.route in ("answer_thread", "contact_buyer")

    def to_json(self) -> dict[str, Any]:
        return {
            "route": self.route,
            "open": self.open,
            "reason": self.reason.to_json(),
            "url": self.url,
            "warnings": [each.to_json() for each in self.warnings],
            "recommended": self.recommended,
        }


def routes_of(
    review: Review,
    complaint: Complaint,
    *,
    today: date,
    order: Order | None = None,
    line: OrderLine | None = None,
    signals: Iterable[Signal] = (),
    coverage: Coverage | None = None,
    history: History | None = None,
    brand_owner: bool | None = None,
    page_kind: PageKind = "product",
    none_of_these: bool = False,
) -> tuple[Route, ...]:
    """All seven routes, safest first, open or closed; the arguments are those of `Situation`.

    The first open route is recommended. None is open while a complaint that an order may be behind waits for a
    person's word on which order that is, unless Amazon's own tools need no order.
    """
    now = Situation(
        review=review,
        complaint=complaint,
        today=today,
        order=order,
        line=line,
        signals=tuple(signals),
        coverage=coverage,
        history=history or History(),
        brand_owner=brand_owner,
        page_kind=page_kind,
        none_of_these=none_of_these,
    )
    thread = _answer_thread(now)
    contact = _contact_buyer(now, thread)
    fix = _fix_silently(now, tell=thread.open or contact.open)
    earlier = (thread, _amazon_contact_customer(now), _feedback_manager(now), contact, fix, _report_to_amazon(now))
    return _with_recommendation((*earlier, _leave_it(now, earlier, contact)))


def recommended(routes: Sequence[Route]) -> Route | None:
    """The first open route."""
    return next((route for route in routes if route.open), None)


def _with_recommendation(routes: tuple[Route, ...]) -> tuple[Route, ...]:
    first = recommended(routes)
    return tuple(replace(route, recommended=route is first) for route in routes)


def _unconfirmed(now: Situation) -> Reason:
    return reason("no_order" if now.none_of_these else "unconfirmed")


def _answer_thread(now: Situation) -> Route:
    if now.line is None:
        return Route("answer_thread", False, _unconfirmed(now))
    url = link_or_none("thread", now.marketplace, now.line.order_id)
    for kind in ("claim_open", "message_waiting"):
        if found := now.signal(kind):
            return Route("answer_thread", True, reason_of(found), url)
    unsettled = now.signal("return_open") or now.signal("refund_owed")
    asked = any(each.kind == "return_request" for each in now.order.messages) if now.order else False
    if unsettled and asked:
        return Route("answer_thread", True, reason_of(unsettled, "return_open"), url)
    # A return to Amazon's own warehouse comes without a thread: the report only says that the item came back.
    if (opened := now.signal("return_open")) and not now.by_amazon:
        returns = link_or_none("returns", now.marketplace, now.line.order_id)
        return Route("answer_thread", True, reason_of(opened), returns)
    since = thread_since(now)
    if since and (order_reason(now.complaint, now.line, now.signals) or support_reason(now.complaint, now.coverage)):
        return Route("answer_thread", True, reason("thread_exists", since=since), url)
    return Route("answer_thread", False, reason("no_thread"))


def _amazon_contact_customer(now: Situation) -> Route:
    rule = route_rules().amazon_contact
    age = (now.today - now.review.date).days if now.review.date else None
    closed: Reason | None = None
    if now.page_kind == "feedback":
        closed = reason("is_feedback")
    elif now.page_kind != "brand_reviews" and not now.brand_owner:
        closed = reason("brand_owner_only")
    elif now.complaint.type == "praise":
        closed = reason("nothing_wrong")
    elif now.history.contacted:
        closed = reason("already_contacted", since=now.history.contacted_on)
    elif now.review.stars is None:
        closed = reason("stars_unknown", limit=rule.max_stars)
    elif now.review.stars > rule.max_stars:
        closed = reason("stars_too_many", limit=rule.max_stars, stars=now.review.stars)
    elif age is not None and age > rule.kept_days:
        closed = reason("review_too_old", limit=rule.kept_days, days=age)
    if closed:
        return Route("amazon_contact_customer", False, closed)
    # The button stands beside the review; where the review was written decides on whose page that is.
    url = link_or_none("brand_reviews", now.review.marketplace or now.marketplace)
    return Route("amazon_contact_customer", True, reason("amazon_knows_order"), url)


def _feedback_manager(now: Situation) -> Route:
    url = link_or_none("feedback", now.marketplace)
    if now.page_kind == "feedback" and now.complaint.type != "praise":
        return Route("feedback_manager", True, reason("feedback_page"), url)
    if found := now.signal("feedback_negative"):
        return Route("feedback_manager", True, reason_of(found), url)
    return Route("feedback_manager", False, reason("no_feedback") if now.confirmed else _unconfirmed(now))


def _contact_buyer(now: Situation, thread: Route) -> Route:
    if now.line is None:
        return Route("contact_buyer", False, _unconfirmed(now))
    may = may_begin(now, now.line, thread_open=thread.open)
    if not may.open:
        return Route("contact_buyer", False, may.reason)
    url = link_or_none("contact", now.marketplace, now.line.order_id)
    if url is None:
        return Route("contact_buyer", False, reason("no_address"))
    return Route("contact_buyer", True, may.reason, url, may.warnings)


def _fix_silently(now: Situation, *, tell: bool) -> Route:
    if now.line is None:
        return Route("fix_silently", False, _unconfirmed(now))
    if tell:
        return Route("fix_silently", False, reason("tell_the_buyer"))
    order_id, place = now.line.order_id, now.marketplace
    if owed := now.signal("refund_owed"):
        why = reason_of(owed, "refund_silently")
        return Route("fix_silently", True, why, link_or_none("refund", place, order_id))
    if opened := now.signal("return_open"):
        why = reason_of(opened, "return_silently")
        return Route("fix_silently", True, why, link_or_none("returns", place, order_id))
    missing = now.signal("delivery_failed") or now.signal("overdue")
    if missing and not now.by_amazon and not now.cancelled:
        why = reason_of(missing, "delivery_silently")
        return Route("fix_silently", True, why, link_or_none("order", place, order_id))
    parts = now.coverage.running("parts_replacement") if now.coverage else None
    if parts and "missing_part" in now.complaint.topics and not now.cancelled:
        why = reason("part_silently", until=parts.until)
        return Route("fix_silently", True, why, link_or_none("order", place, order_id))
    return Route("fix_silently", False, reason("nothing_owed"))


def _report_to_amazon(now: Situation) -> Route:
    if now.page_kind == "feedback":
        return Route("report_to_amazon", False, reason("is_feedback"))
    if not is_service_only(now.review, now.complaint):
        return Route("report_to_amazon", False, reason("not_service_only"))
    # What is owed to the buyer comes before a report about their words.
    if not now.decided:
        return Route("report_to_amazon", False, reason("undecided"))
    return Route("report_to_amazon", True, reason("service_only"))


def _leave_it(now: Situation, earlier: tuple[Route, ...], contact: Route) -> Route:
    if now.complaint.type == "praise":
        return Route("leave_it", True, reason("praise"))
    if now.complaint.type == "product_only":
        return Route("leave_it", True, reason("product_opinion"))
    if any(route.open for route in earlier):
        return Route("leave_it", False, reason("better_way"))
    if not now.decided:
        return Route("leave_it", False, reason("undecided"))
    if now.none_of_these and not now.confirmed:
        return Route("leave_it", True, reason("no_match"))
    if contact.reason.code in ("amazon_delivers", "already_contacted", "cancelled"):
        return Route("leave_it", True, contact.reason)
    return Route("leave_it", True, reason("nothing_open"))
