"""Saved answers of Finances, External Fulfillment and Messaging."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aftercare.orders.book import OrderBook
from orders.conftest import Drop
from sync.goods import money, order, refund

ON_BOTH = True
FIRST = "305-0000001-0000001"


def amount(value: float) -> dict[str, Any]:
    return {"CurrencyCode": "EUR", "CurrencyAmount": value}


def event(**more: Any) -> dict[str, Any]:
    """The refund of `sync.goods` as an event of Finances 0."""
    return {
        "AmazonOrderId": FIRST,
        "PostedDate": "2026-02-21T10:00:00Z",
        "ShipmentItemAdjustmentList": [
            {
                "SellerSKU": "KETTLE-1",
                "OrderAdjustmentItemId": "900001",
                "ItemChargeAdjustmentList": [
                    {"ChargeType": "Principal", "ChargeAmount": amount(-36.0)},
                    {"ChargeType": "Tax", "ChargeAmount": amount(-6.0)},
                ],
                "ItemFeeAdjustmentList": [{"FeeType": "Commission", "FeeAmount": amount(4.0)}],
                "PromotionAdjustmentList": [{"PromotionAmount": amount(1.0)}],
            }
        ],
        **more,
    }


def events(*refunds: dict[str, Any]) -> str:
    return json.dumps({"payload": {"FinancialEvents": {"RefundEventList": list(refunds)}}})


def refunds(book: OrderBook) -> list[tuple[Decimal | None, str | None, date | None]]:
    found = book.order(FIRST)
    return [(each.amount, each.sku, each.day) for each in found.refunds] if found else []


def test_a_refund_is_what_the_buyer_got_without_fees(book: OrderBook, drop: Drop) -> None:
    result = drop(events(event()))

    assert (result.kind, result.new) == ("finances_api", 1)
    assert refunds(book) == [(Decimal("41.00"), "KETTLE-1", date(2026, 2, 21))]


def test_a_refund_told_by_both_versions_is_one(book: OrderBook, drop: Drop) -> None:
    drop(events(event()))
    drop(json.dumps({"payload": {"transactions": [refund()]}}))

    assert refunds(book) == [(Decimal("41.00"), "KETTLE-1", date(2026, 2, 21))]


def test_a_refund_whose_money_is_released_later_is_one(book: OrderBook, drop: Drop) -> None:
    deferred = refund(transactionStatus="DEFERRED", items=[])
    released = refund(transactionStatus="RELEASED", items=[], transactionId="T2")
    drop(json.dumps([deferred]))
    drop(json.dumps([released]))

    assert [each[0] for each in refunds(book)] == [Decimal("37.00")]


def test_a_settlement_speaks_for_the_same_money(book: OrderBook, drop: Drop) -> None:
    drop(events(event()))
    drop(
        "settlement-id\ttransaction-type\torder-id\tamount-type\tamount-description\tamount\tposted-date\tsku\n"
        f"1\tRefund\t{FIRST}\tItemPrice\tPrincipal\t-41.00\t2026-02-22\tKETTLE-1\n"
    )

    assert refunds(book) == [(Decimal("41.00"), "KETTLE-1", date(2026, 2, 22))]


@pytest.mark.parametrize("kind", ["Shipment", "ServiceFee", "RefundRetrocharge", "Adjustment"])
def test_other_transactions_are_left_out(book: OrderBook, drop: Drop, kind: str) -> None:
    result = drop(json.dumps({"transactions": [refund(transactionType=kind)]}))

    assert (result.kind, result.skipped, refunds(book)) == ("finances_api", 1, [])


def test_events_without_a_refund_are_left_out(drop: Drop) -> None:
    result = drop(json.dumps({"payload": {"FinancialEvents": {"ServiceFeeEventList": [{"FeeReason": "made up"}]}}}))

    assert (result.kind, result.skipped, result.refused) == ("finances_api", 1, [])


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"AmazonOrderId": "nobody"}, "names no Amazon order id"),
        ({"PostedDate": "soon"}, "does not say on which day"),
        (
            {"ShipmentItemAdjustmentList": [{"ItemChargeAdjustmentList": [{"ChargeAmount": money("much")}]}]},  # type: ignore[arg-type]
            "an amount is no number",
        ),
    ],
)
def test_a_broken_event_is_refused_and_costs_no_other(
    book: OrderBook, drop: Drop, more: dict[str, Any], reason: str
) -> None:
    result = drop(events(event(**more), event()))

    assert [refusal.line for refusal in result.refused] == [1]
    assert reason in result.refused[0].reason
    assert len(refunds(book)) == 1


def returned(**more: Any) -> dict[str, Any]:
    return {
        "id": "return-1",
        "marketplaceChannelDetails": {"customerOrderId": FIRST, "marketplaceChannel": {"marketplaceName": "AMAZON_DE"}},
        "creationDateTime": "2026-02-18T10:00:00Z",
        "lastUpdatedDateTime": "2026-02-20T10:00:00Z",
        "merchantSku": "KETTLE-1",
        "numberOfUnits": 1,
        "returnMetadata": {"returnReason": "Defective", "rmaId": "RMA1"},
        "returnType": "CUSTOMER",
        "status": "IN_TRANSIT",
        **more,
    }


def test_a_return_on_its_way_is_known_and_its_arrival_follows(book: OrderBook, drop: Drop) -> None:
    result = drop(json.dumps({"returns": [returned()]}))
    drop(json.dumps(returned(status="DELIVERED", lastUpdatedDateTime="2026-02-22T10:00:00Z")))

    found = book.order(FIRST)
    assert (result.kind, result.new) == ("returns_api", 1)
    assert found
    (each,) = found.returns
    assert (each.day, each.quantity, each.reason, each.received) == (
        date(2026, 2, 18), 1, "Defective", date(2026, 2, 22),
    )  # fmt: skip


def test_a_return_without_an_order_is_refused(drop: Drop) -> None:
    result = drop(json.dumps({"returns": [returned(marketplaceChannelDetails={}), returned()]}))

    assert (result.refused[0].line, result.new) == (1, 1)


@pytest.mark.parametrize(
    "answer",
    [
        {"buyer": {"locale": "de-DE"}},
        {"_links": {"actions": [{"href": f"/messaging/v1/orders/{FIRST}/messages/warranty", "name": "warranty"}]}},
    ],
    ids=["attributes", "actions"],
)
def test_what_messaging_allows_is_recognized_and_not_kept(drop: Drop, answer: dict[str, Any]) -> None:
    result = drop(json.dumps(answer))

    assert (result.kind, result.skipped, result.refused) == ("messaging_api", 1, [])


def test_a_file_of_many_kinds_is_read_whole(book: OrderBook, drop: Drop) -> None:
    result = drop(json.dumps({"a": {"orders": [order()]}, "b": [refund()], "c": {"returns": [returned()]}}))

    found = book.order(FIRST)
    assert found and (len(found.lines), len(found.refunds), len(found.returns)) == (1, 1, 1)
    assert result.new == 3


def test_other_json_is_not_taken_for_an_answer_of_amazon(drop: Drop) -> None:
    for other in ({"orderId": "12-1", "lineItems": []}, {"orders": [{"id": 1}]}, {"AmazonOrderId": FIRST}, [1], {}):
        kind = drop(json.dumps(other)).kind
        assert kind is None or not kind.endswith("_api")
