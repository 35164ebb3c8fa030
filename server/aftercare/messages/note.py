"""The internal note a case proposes, in the form a support desk uses.

    2026-11-20: refund of 50.00 USD processed proactively, buyer informed through Buyer-Seller Messaging

It holds days, amounts and what was done; never a name, and never a word of a customer's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from aftercare.complaints.complaint import Complaint
from aftercare.messages.reasons import amount_of, route_rules
from aftercare.messages.route import Route, RouteName
from aftercare.messages.situation import order_reason, signal_of
from aftercare.orders.order import OrderLine
from aftercare.orders.signals import Signal

_ENDINGS: dict[RouteName, str] = {
    "answer_thread": "buyer answered in the open thread",
    "contact_buyer": "buyer informed through Buyer-Seller Messaging",
    "fix_silently": "buyer not written to",
}


def proposed_note(
    complaint: Complaint, line: OrderLine, signals: Iterable[Signal], *, today: date, route: Route | None = None
) -> str | None:
    """What to write into the order's notes once the case is done; a person corrects and saves it.

    route: the way that is taken, if one is chosen; otherwise the order's facts decide. None where nothing was done.
    """
    known = tuple(signals)
    parts = [part for part in (_done(complaint, line, known, route), _by_amazon(line, known)) if part]
    return f"{today.isoformat()}: {'; '.join(parts)}" if parts else None


def _done(complaint: Complaint, line: OrderLine, signals: tuple[Signal, ...], route: Route | None) -> str | None:
    if route and route.route == "amazon_contact_customer":
        return "handed to Amazon's Contact Customer"
    if route and route.route == "feedback_manager":
        return "negative seller feedback taken up in Feedback Manager"
    if route and route.route == "report_to_amazon":
        return "reported to Amazon as being about the seller or the shipping only"
    if route and route.route == "leave_it":
        return f"no action ({route.reason.code.replace('_', ' ')})"
    claim, message = (signal_of(signals, kind, line) for kind in ("claim_open", "message_waiting"))
    way: RouteName = route.route if route else "answer_thread" if claim or message else "contact_buyer"
    if action := _action(complaint, line, signals):
        return f"{action}, {_ENDINGS[way]}"
    if claim:
        return f"claim{_of(claim.since)} answered"
    return f"message{_of(message.since)} answered in the open thread" if message else None


def _action(complaint: Complaint, line: OrderLine, signals: tuple[Signal, ...]) -> str | None:
    reason = order_reason(complaint, line, signals)
    if reason is None:
        topics = " and ".join(topic.replace("_", " ") for topic in complaint.topics)
        return f"support offered ({topics})" if complaint.type == "product_service" and topics else None
    if reason.kind == "refund_owed":
        return f"refund{_money(reason)} processed proactively"
    words = {
        "return_open": f"return{_of(reason.since)} checked",
        "delivery_failed": f"failed delivery{_of(reason.since)} taken up",
        "overdue": "overdue delivery traced with the carrier",
        "delivered_late": f"late delivery{_late(line)} taken up",
        "shipped_late": "late shipment taken up",
    }
    return words[reason.kind]


def _by_amazon(line: OrderLine, signals: tuple[Signal, ...]) -> str | None:
    """Puts a failed delivery down to Amazon's network, where Amazon delivered."""
    kinds = [kind for kind in route_rules().amazon_delivers.signals if signal_of(signals, kind, line)]
    if line.fulfillment != "FBA" or not kinds:
        return None
    faults = ", ".join(kind.replace("_", " ") for kind in sorted(kinds))
    return f"FBA: {faults}{_late(line)}, attributed to Amazon's fulfillment network"


def _late(line: OrderLine) -> str:
    if line.promised and line.delivered and line.delivered > line.promised:
        return f" (promised {line.promised.isoformat()}, delivered {line.delivered.isoformat()})"
    return ""


def _money(signal: Signal) -> str:
    amount = amount_of(signal)
    return f" of {amount} {(signal.currency or '').upper()}" if amount else ""


def _of(day: date | None) -> str:
    return f" of {day.isoformat()}" if day else ""
