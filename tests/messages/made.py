"""Made-up cases for the tests of routes, drafts and notes: one line each for what matters in a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from aftercare.complaints.complaint import Complaint, Evidence
from aftercare.coverage import Coverage, coverage_of
from aftercare.messages.route import Route, routes_of
from aftercare.orders.order import BuyerMessage, Order, OrderLine
from aftercare.orders.signals import Signal
from aftercare.reviews.review import Review

TODAY = date(2026, 11, 20)
ORDER = "123-1234567-7654321"
SKU = "KETTLE-BLUE"


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def a_complaint(type: str = "service", *topics: str, evidence: tuple[Evidence, ...] = ()) -> Complaint:
    urgent = type in ("service", "product_service")
    return Complaint("R1MADEUP", type, topics, "high" if urgent else "none", urgent, (), "en", evidence)  # type: ignore[arg-type]


def a_review(**known: Any) -> Review:
    return replace(
        Review("R1MADEUP", marketplace="US", stars=2, date=ago(3), title="Kettle", body="It boils."), **known
    )


def a_line(**known: Any) -> OrderLine:
    """Delivered ten days ago by the seller, in the US."""
    line = OrderLine(
        ORDER,
        SKU,
        1,
        marketplace="US",
        asin="B0KETTLE01",
        buyer="Rosa Keller",
        purchased=ago(15),
        shipped=ago(13),
        delivered=ago(10),
        promised=ago(12),
        fulfillment="FBM",
        status="Shipped",
    )
    return replace(line, **known)


def a_signal(kind: str, **known: Any) -> Signal:
    money = {"amount": Decimal("50"), "currency": "USD"} if kind == "refund_owed" else {}
    back = {"returned": ago(8)} if kind in ("refund_owed", "return_open") else {}
    return Signal(kind, **{"order_id": ORDER, "sku": SKU, "since": ago(8), "days": 8, **money, **back, **known})


def a_message(kind: str, days: int) -> BuyerMessage:
    return BuyerMessage(ORDER, datetime.combine(ago(days), datetime.min.time()), kind)  # type: ignore[arg-type]


def covered(line: OrderLine) -> Coverage:
    assert line.marketplace and line.purchased
    return coverage_of(line.marketplace, line.purchased, delivered=line.delivered, today=TODAY)


def routes(
    complaint: Complaint,
    *signals: str | Signal,
    line: OrderLine | None = None,
    messages: tuple[BuyerMessage, ...] = (),
    review: Review | None = None,
    **known: Any,
) -> dict[str, Route]:
    """The routes of a confirmed order, by their names; `confirmed=False` for one that no person confirmed."""
    line = line or a_line()
    confirmed = known.pop("confirmed", True)
    found = routes_of(
        review or a_review(),
        complaint,
        today=TODAY,
        order=Order(ORDER, (line,), messages=messages) if confirmed else None,
        line=line if confirmed else None,
        signals=tuple(each if isinstance(each, Signal) else a_signal(each) for each in signals),
        coverage=covered(line) if line.marketplace and line.purchased else None,
        **known,
    )
    return {each.route: each for each in found}


def first_open(found: dict[str, Route]) -> str | None:
    return next((name for name, route in found.items() if route.open), None)
