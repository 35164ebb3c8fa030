"""Facts of an order, and the signals that follow on 1 March 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from aftercare.orders.derive_signals import rules, signals_of
from aftercare.orders.order import BuyerMessage, Feedback, Order, OrderLine, Refund, Replacement, Return
from aftercare.orders.signals import KINDS

TODAY = date(2026, 3, 1)
ID = "900-0000001-0000001"
LINE = OrderLine(
    ID, "SKU", 1, price=Decimal("40.00"), currency="USD", quantity=2, purchased=date(2026, 1, 10), fulfillment="FBM"
)
FBA = replace(LINE, fulfillment="FBA")
BACK = Return(ID, "SKU", date(2026, 2, 1), quantity=2, received=date(2026, 2, 5), source="returns.txt")


LATELY = date(2026, 2, 28)


def feb(day: int) -> date:
    return date(2026, 2, day)


def line(**fields) -> Order:
    return Order(ID, (replace(LINE, **fields),))


def said(kind: str, day: date, text: str = "") -> BuyerMessage:
    return BuyerMessage(ID, datetime(day.year, day.month, day.day, 12, tzinfo=UTC), kind, text, "mail.eml")


def thread(*messages: BuyerMessage) -> Order:
    return Order(ID, (LINE,), messages=messages)


def returned(*, of: OrderLine = LINE, until: date | None = LATELY, refunds: tuple[Refund, ...] = (), **fields) -> Order:
    return Order(ID, (of,), returns=(replace(BACK, **fields),), refunds=refunds, refunds_known_until=until)


TABLE: dict[str, tuple[Order, dict[str, int | None]]] = {
    "nothing known": (line(), {}),
    "shipped in time": (line(shipped=feb(1), promised=feb(5)), {"shipped": 28}),
    "shipped on the promised day": (line(shipped=feb(5), promised=feb(5)), {"shipped": 24}),
    "shipped late": (line(shipped=feb(8), promised=feb(5)), {"shipped": 21, "shipped_late": 3}),
    "shipped after the seller's own day": (
        line(shipped=feb(3), ship_by=feb(2), promised=feb(9)),
        {"shipped": 26, "shipped_late": 1},
    ),
    "delivered in time": (line(delivered=feb(5), promised=feb(5)), {"delivered": 24}),
    "delivered late": (line(delivered=feb(9), promised=feb(5)), {"delivered": 20, "delivered_late": 4}),
    "delivered after the estimate": (
        line(delivered=feb(9), estimated_delivery=feb(5)),
        {"delivered": 20, "delivered_late": 4},
    ),
    "delivered, day unknown": (
        line(status="Shipped - Delivered to Buyer", status_day=feb(9), promised=feb(5)),
        {"delivered": None},
    ),
    "plainly shipped says nothing of arrival": (line(status="Shipped", estimated_delivery=feb(1)), {}),
    "no status says nothing": (line(estimated_delivery=feb(1)), {}),
    "out for delivery for weeks": (
        line(status="Shipped - Out for Delivery", estimated_delivery=feb(1)),
        {"overdue": 28},
    ),
    "not shipped when it should be there": (line(status="Unshipped", promised=feb(20)), {"overdue": 9}),
    "not shipped by its day": (line(status="Unshipped", ship_by=feb(20)), {"overdue": 9}),
    "not shipped, but only a day over": (line(status="Unshipped", promised=date(2026, 2, 28)), {}),
    "last seen waiting before the day": (line(status="Unshipped", promised=feb(20), status_seen=feb(18)), {}),
    "seen waiting after the day": (line(status="Unshipped", promised=feb(20), status_seen=feb(23)), {"overdue": 9}),
    "lost": (line(status="Shipped - Lost in Transit", status_day=feb(20)), {"delivery_failed": 9}),
    "refused": (line(status="Shipped - Rejected by Buyer", status_day=feb(20)), {"delivery_failed": 9}),
    "on its way back": (line(status="Shipped - Returning to Seller", status_day=feb(20)), {"delivery_failed": 9}),
    "cancelled": (line(status="Cancelled", status_day=feb(20), shipped=feb(3)), {"cancelled": 9}),
    "return, refunds not known": (returned(until=None), {"return_open": 28}),
    "return, refunds known too short": (returned(until=feb(9)), {"return_open": 28}),
    "return, the seller's four days over": (returned(until=feb(10)), {"refund_owed": 20}),
    "return to the seller not yet received": (returned(received=None), {"return_open": 28}),
    "return to Amazon, fourteen days over": (returned(of=FBA, until=feb(20)), {"refund_owed": 10}),
    "return to Amazon, within fourteen days": (returned(of=FBA, until=feb(19)), {"return_open": 28}),
    "return, shipper not known": (returned(of=replace(LINE, fulfillment=None)), {"return_open": 28}),
    "return refused": (returned(status="Denied"), {}),
    "return and refund": (
        returned(refunds=(Refund(ID, "SKU", feb(7), Decimal("40.00"), "USD", "settlement.txt"),)),
        {"refunded": 22},
    ),
    "return and a refund to come": (
        returned(refunds=(Refund(ID, "SKU", date(2026, 3, 7), Decimal("40.00"), "USD"),)),
        {"refund_owed": 20},
    ),
    "a refund of unknown day": (
        returned(refunds=(Refund(ID, "SKU", None, Decimal("40.00"), "USD"),)),
        {"refunded": None},
    ),
    "a refund of another product": (
        returned(refunds=(Refund(ID, "OTHER", feb(7), Decimal("9.00"), "USD"),)),
        {"refund_owed": 20, "refunded": 22},
    ),
    "a claim over a return": (returned(claim=True, until=None), {"return_open": 28, "claim_open": 28}),
    "a question": (thread(said("buyer", feb(20))), {"message_waiting": 9}),
    "a question, asked again": (thread(said("buyer", feb(20)), said("buyer", feb(25))), {"message_waiting": 9}),
    "a question answered": (thread(said("buyer", feb(20)), said("seller", feb(21))), {}),
    "thanks after the answer": (thread(said("seller", feb(20)), said("buyer", feb(21))), {"message_waiting": 8}),
    "a wish to cancel": (thread(said("cancellation", feb(20))), {"message_waiting": 9}),
    "a return asked for by mail": (thread(said("return_request", feb(20))), {"return_open": 9}),
    "a claim": (thread(said("claim", feb(20)), said("seller", feb(21))), {"claim_open": 9}),
    "a claim that ended": (thread(said("claim", feb(20)), said("claim_closed", feb(24))), {}),
    "a claim after another": (
        thread(said("claim", feb(10)), said("claim_closed", feb(12)), said("claim", feb(20))),
        {"claim_open": 9},
    ),
    "a claim that ends later": (
        thread(said("claim", feb(20)), said("claim_closed", date(2026, 3, 2))),
        {"claim_open": 9},
    ),
    "a return asked for and refunded": (
        thread(said("return_request", feb(10)), said("refund", feb(20))),
        {"refunded": 9},
    ),
    "a return asked for after a refund": (
        thread(said("refund", feb(10)), said("return_request", feb(20))),
        {"refunded": 19, "return_open": 9},
    ),
    "a refund announced and known": (
        Order(
            ID,
            (LINE,),
            refunds=(Refund(ID, "SKU", feb(21), Decimal("9.00"), "USD"),),
            messages=(said("refund", feb(20)),),
        ),
        {"refunded": 8},
    ),
    "a wish to cancel, canceled": (
        Order(ID, (replace(LINE, status="Cancelled", status_day=feb(22)),), messages=(said("cancellation", feb(20)),)),
        {"cancelled": 7},
    ),
    "a wish to cancel, paid back": (thread(said("cancellation", feb(20)), said("refund", feb(22))), {"refunded": 7}),
    "a question, paid back": (
        thread(said("buyer", feb(20)), said("refund", feb(22))),
        {"message_waiting": 9, "refunded": 7},
    ),
    "a notice": (thread(said("notice", feb(20))), {}),
    "opted out": (thread(said("opt_out", feb(20))), {"opted_out": 9}),
    "bad feedback": (Order(ID, (LINE,), feedback=(Feedback(ID, feb(20), 2),)), {"feedback_negative": 9}),
    "neutral feedback": (Order(ID, (LINE,), feedback=(Feedback(ID, feb(20), 3),)), {}),
    "good feedback": (Order(ID, (LINE,), feedback=(Feedback(ID, feb(20), 4),)), {"feedback_positive": 9}),
    "a replacement": (Order(ID, (LINE,), replacements=(Replacement(ID, "SKU", feb(20)),)), {"replacement_sent": 9}),
}


@pytest.mark.parametrize(("order", "expected"), TABLE.values(), ids=TABLE)
def test_signals(order: Order, expected: dict[str, int | None]) -> None:
    assert {signal.kind: signal.days for signal in signals_of(order, today=TODAY)} == expected


@pytest.mark.parametrize("order", [order for order, _ in TABLE.values()], ids=TABLE)
def test_what_lies_ahead_is_not_known_yet(order: Order) -> None:
    assert signals_of(order, today=date(2026, 1, 11)) == ()


def test_every_kind_can_come_about() -> None:
    assert {kind for _, expected in TABLE.values() for kind in expected} == set(KINDS)


def test_a_refund_owed_says_how_much_since_when_and_from_where() -> None:
    (signal,) = signals_of(returned(quantity=1), today=TODAY)

    assert (signal.kind, signal.since, signal.days) == ("refund_owed", date(2026, 2, 9), 20)
    assert (signal.amount, signal.currency, signal.source) == (Decimal("20.00"), "USD", "returns.txt")
    assert signal.returned == date(2026, 2, 5)
    assert signal.is_reason


def test_an_inexact_share_of_the_price_is_not_told() -> None:
    order = returned(of=replace(LINE, quantity=3), quantity=1)

    assert signals_of(order, today=TODAY)[0].amount is None


def test_refunds_are_added_up() -> None:
    refunds = (Refund(ID, "SKU", feb(7), Decimal("10.00"), "USD"), Refund(ID, "SKU", feb(9), Decimal("5.50"), "USD"))
    (signal,) = signals_of(Order(ID, (LINE,), refunds=refunds), today=TODAY)

    assert (signal.amount, signal.currency, signal.since) == (Decimal("15.50"), "USD", feb(7))


def test_one_product_can_be_asked_for() -> None:
    other = replace(LINE, sku="OTHER", shipped=feb(8), promised=feb(5))
    order = Order(ID, (LINE, other), returns=(BACK,), messages=(said("buyer", feb(20)),))

    assert [each.kind for each in signals_of(order, today=TODAY, sku="SKU")] == ["return_open", "message_waiting"]
    assert {each.sku for each in signals_of(order, today=TODAY, sku="OTHER")} == {"OTHER", None}


def test_line_signals_name_the_file_of_their_fact() -> None:
    order = line(shipped=feb(8), promised=feb(5), sources=(("shipped", "shipments.txt"),))

    assert {each.source for each in signals_of(order, today=TODAY)} == {"shipments.txt"}


def test_an_old_day_is_judged_as_it_was() -> None:
    order = line(status="Shipped - Lost in Transit", status_day=feb(20), promised=feb(5))

    assert signals_of(order, today=feb(10)) == ()


def test_thresholds_have_reasons_and_sources() -> None:
    known = rules()

    for part in (known.statuses, known.late, known.overdue, known.refund, known.returns_closed, known.feedback):
        assert part.reason and part.source
