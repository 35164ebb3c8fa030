"""Whether a seller may begin a thread with the buyer: a true reason in the order, and nothing that forbids it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from aftercare.messages.reasons import Reason, reason, reason_of, route_rules
from aftercare.messages.situation import Situation, order_reason, support_reason
from aftercare.orders.order import OrderLine


@dataclass(frozen=True, slots=True)
class May:
    """Open with the reason to write and what to mind; or closed with the reason why not."""

    open: bool
    reason: Reason
    warnings: tuple[Reason, ...] = ()


def may_begin(now: Situation, line: OrderLine, *, thread_open: bool) -> May:
    """Judges a message that the seller begins; what forbids it outright comes before what it lacks."""
    signal = order_reason(now.complaint, line, now.signals)
    support = support_reason(now.complaint, now.coverage)
    written = now.history.contacted_on or _written_on(now, signal.since if signal else None)
    if now.cancelled:
        return May(False, reason("cancelled"))
    if thread_open:
        return May(False, reason("thread_open"))
    if now.history.contacted or written:
        return May(False, reason("already_contacted", since=written))
    if now.signal("opted_out"):
        return May(False, reason("opted_out"))
    if signal:
        why = reason_of(signal)
    elif support:
        why = reason("support_running", until=support.until, programme=support.programme)
    else:
        return May(False, reason("amazon_delivers" if _amazon_failed(now) else "no_reason"))
    return _within_window(now, line, why)


def _within_window(now: Situation, line: OrderLine, why: Reason) -> May:
    start = _counted_from(line)
    if start is None:
        return May(False, reason("age_unknown"))
    window, (counted_from, day) = route_rules().contact_window, start
    # An estimated delivery may lie ahead; its window has not begun and so cannot be over.
    age, until = max((now.today - day).days, 0), day + timedelta(days=window.days)

    def told(code: str) -> Reason:
        return reason(code, since=day, until=until, days=age, limit=window.days, counted_from=counted_from)

    if age > window.days:
        return May(False, told("too_old"))
    warnings = [told("window_closing")] if age >= window.warn_from else []
    if counted_from in ("shipped", "purchased"):
        warnings.append(told("arrival_unknown"))
    return May(True, why, tuple(warnings))


def _counted_from(line: OrderLine) -> tuple[str, date] | None:
    """From which of the order's days the window is counted.

    Without a recorded or estimated delivery it is the day of shipping, else of purchase: the delivery was no earlier,
    so the window closes no later than it really does.
    """
    days = {
        "delivered": line.delivered,
        "estimated": line.estimated_delivery,
        "shipped": line.shipped,
        "purchased": line.purchased,
    }
    return next(((name, day) for name, day in days.items() if day), None)


def _written_on(now: Situation, since: date | None) -> date | None:
    """The day on which the buyer was last written to since the matter came up, where the order's messages show it."""
    if now.order is None:
        return None
    start = since or now.today - timedelta(days=route_rules().contact_window.days)
    days = [each.at.date() for each in now.order.messages if each.kind == "seller"]
    return max((day for day in days if start <= day <= now.today), default=None)


def _amazon_failed(now: Situation) -> bool:
    return now.by_amazon and any(now.signal(kind) for kind in route_rules().amazon_delivers.signals)
