"""The JSON that the APIs of eBay, Walmart and Shopify give, alone, in lists, in wrappers and in lines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orders.channels.conftest import Elsewhere
from orders.channels.exports import ebay_order, said, shopify_order, walmart_order, walmart_return
from orders.conftest import Drop


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (said(ebay_order()), "ebay_api_orders"),
        (said({"total": 1, "orders": [ebay_order()]}), "ebay_api_orders"),
        (json.dumps(ebay_order()) + "\n" + json.dumps(ebay_order(orderId="12-00001-00002")), "ebay_api_orders"),
        (said({"order": walmart_order()}), "walmart_api_orders"),
        (said({"list": {"meta": {"totalCount": 1}, "elements": {"order": [walmart_order()]}}}), "walmart_api_orders"),
        (said([walmart_order()]), "walmart_api_orders"),
        (said({"meta": {}, "returnOrders": [walmart_return()]}), "walmart_api_returns"),
        (said({"orders": [shopify_order()]}), "shopify_api_orders"),
        (said({"order": shopify_order()}), "shopify_api_orders"),
    ],
)
def test_every_form_of_an_answer_is_recognized(drop: Drop, elsewhere: Elsewhere, content: str, kind: str) -> None:
    result = drop(content)

    assert (result.kind, result.refused) == (kind, [])
    assert result.new == len(elsewhere()) > 0


def test_an_ebay_order(drop: Drop, elsewhere: Elsewhere) -> None:
    refund = {"amount": {"value": "4.0", "currency": "USD"}, "refundStatus": "REFUNDED"}
    failed = {"amount": {"value": "24.0", "currency": "USD"}, "refundStatus": "FAILED"}
    drop(
        said(
            ebay_order(
                orderFulfillmentStatus="FULFILLED",
                orderPaymentStatus="PARTIALLY_REFUNDED",
                paymentSummary={"refunds": [refund, failed]},
            )
        )
    )

    (order,) = elsewhere()
    assert (order["status"], order["total"], order["refunded"]) == ("partly_refunded", "24.00", "4.00")
    assert (order["username"], order["name_key"], order["postal_code"]) == ("quietharbor", "ada costa", "97301")
    assert (order["as_of"], order["placed"]) == ("2026-01-12T14:00:00Z", "2026-01-10")


def test_what_ebay_masks_is_not_known(drop: Drop, elsewhere: Elsewhere) -> None:
    masked = {"fullName": "A********a", "contactAddress": {"postalCode": "9***"}, "email": "Invalid Request"}
    drop(said(ebay_order(buyer={"username": "q********r", "buyerRegistrationAddress": masked})))

    (order,) = elsewhere()
    assert [order[fact] for fact in ("name", "email", "username", "postal_code")] == [None] * 4


def test_the_recipient_stands_where_ebay_tells_no_buyer(drop: Drop, elsewhere: Elsewhere) -> None:
    to = {"fullName": "Bruno Costa", "contactAddress": {"postalCode": "M1 3FG", "countryCode": "UK"}}
    drop(said(ebay_order(buyer={}, fulfillmentStartInstructions=[{"shippingStep": {"shipTo": to}}])))

    (order,) = elsewhere()
    assert (order["name"], order["postal_code"], order["country"]) == ("Bruno Costa", "M1 3FG", "GB")


def test_a_walmart_order_and_its_return(drop: Drop, elsewhere: Elsewhere) -> None:
    drop(said([walmart_order()]))
    result = drop(said({"returnOrders": [walmart_return()]}))

    (order,) = elsewhere()
    assert result.changed == 1
    assert (order["total"], order["refunded"], order["status"]) == ("21.00", "21.00", "partly_refunded")
    assert (order["email"], order["country"]) == ("0a0b0c0d@relay.walmart.com", "US")


def test_a_return_without_a_finished_refund_gave_no_money_back(drop: Drop, elsewhere: Elsewhere) -> None:
    line = {**walmart_return()["returnOrderLines"][0], "currentRefundStatus": "REFUND_INITIATED"}
    drop(said([walmart_return(returnOrderLines=[line])]))

    assert elsewhere()[0]["refunded"] is None


@pytest.mark.parametrize("sign", [1, -1])
def test_refunds_of_walmart_are_written_with_either_sign(drop: Drop, elsewhere: Elsewhere, sign: int) -> None:
    order = walmart_order()
    charge = {"chargeAmount": {"currency": "USD", "amount": sign * 5.5}}
    order["orderLines"]["orderLine"][0]["refund"] = {"refundCharges": {"refundCharge": [{"charge": charge}]}}
    drop(said([order]))

    assert (elsewhere()[0]["refunded"], elsewhere()[0]["status"]) == ("5.50", "partly_refunded")


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"orderType": "REPLACEMENT"}, "replacement"), ({"orderLines": {"orderLine": []}}, None)],
)
def test_what_became_of_a_walmart_order(
    drop: Drop, elsewhere: Elsewhere, changed: dict[str, Any], status: str | None
) -> None:
    drop(said([walmart_order(**changed)]))

    assert elsewhere()[0]["status"] == status


def test_rest_graphql_and_the_table_of_shopify_are_one_order(drop: Drop, elsewhere: Elsewhere) -> None:
    money = {"shopMoney": {"amount": "24.0", "currencyCode": "USD"}}
    node = {
        "id": "gid://shopify/Order/5000000000001", "name": "#1001", "createdAt": "2026-01-10T14:00:00Z",
        "updatedAt": "2026-01-15T14:00:00Z", "displayFinancialStatus": "REFUNDED",
        "displayFulfillmentStatus": "FULFILLED", "totalPriceSet": money, "totalRefundedSet": money,
        "lineItems": {"edges": [{"node": {"title": "Harbor Rug", "quantity": 1}}]},
    }  # fmt: skip
    drop(said({"orders": [shopify_order()]}))
    result = drop(said({"data": {"orders": {"edges": [{"node": node}]}}}))

    (order,) = elsewhere()
    assert (result.kind, result.changed) == ("shopify_api_orders", 1)
    assert (order["status"], order["refunded"], order["name"]) == ("refunded", "24.00", "Ada Costa")
    assert [each["title"] for each in order["items"]] == ["Harbor Rug", "Harbor Pillow, Blue"]


def test_refunds_of_shopify_are_those_that_went_through(drop: Drop, elsewhere: Elsewhere) -> None:
    paid = {"kind": "refund", "status": "success", "amount": "3.00"}
    drop(said([shopify_order(refunds=[{"transactions": [paid, {**paid, "status": "failure"}]}])]))

    assert elsewhere()[0]["refunded"] == "3.00"


@pytest.mark.parametrize("order_id", [None, "", "1.2E+13", {"a": 1}, "x" * 100])
def test_an_order_without_a_usable_id_is_refused_and_costs_no_other(
    drop: Drop, elsewhere: Elsewhere, order_id: object
) -> None:
    result = drop(said({"orders": [walmart_order(), walmart_order(purchaseOrderId=order_id)]}))

    assert [each.line for each in result.refused] == [2]
    assert len(elsewhere()) == 1


def test_json_of_another_program_is_not_taken_for_orders(drop: Drop) -> None:
    schema = {"orderId": {"type": "string"}, "lineItems": {"type": "array"}, "pricingSummary": {}}

    assert drop(said({"components": {"schemas": {"Order": {"properties": schema}}}})).kind is None
