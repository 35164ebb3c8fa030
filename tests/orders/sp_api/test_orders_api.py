"""Saved answers of the Orders API, version 2026-01-01, as facts on order lines."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.orders.order import OrderLine
from orders.conftest import TODAY, Drop
from sync.goods import ALL_ORDERS_TEXT, item, order

ON_BOTH = True
FIRST = "305-0000001-0000001"


def lines(book: OrderBook, order_id: str = FIRST) -> tuple[OrderLine, ...]:
    found = book.order(order_id)
    assert found
    return found.lines


def test_an_order_is_read_with_all_its_facts(book: OrderBook, drop: Drop) -> None:
    result = drop(json.dumps({"order": order()}))

    assert (result.kind, result.new, result.marketplace, result.refused) == ("orders_api", 1, "DE", [])
    (line,) = lines(book)
    assert (line.sku, line.asin, line.title, line.quantity) == ("KETTLE-1", "B0MADEUP01", "Kettle, steel", 2)
    assert (line.price, line.currency, line.marketplace) == (Decimal("41.00"), "EUR", "DE")
    assert (line.buyer, line.recipient, line.postal_code) == ("Erika Beispiel", "Max Beispiel", "01234")
    assert line.buyer_key == "k3ttl3b9yer@marketplace.amazon.de"
    assert (line.purchased, line.ship_by, line.promised) == (date(2026, 2, 10), date(2026, 2, 11), date(2026, 2, 14))
    assert (line.fulfillment, line.status, line.status_day) == ("FBM", "Shipped", date(2026, 2, 28))


@pytest.mark.parametrize(
    "shape",
    [
        lambda one: {"orders": [one], "pagination": {"nextToken": "x"}},
        lambda one: one,
        lambda one: [one],
        lambda one: [{"orders": [one]}, {"orders": []}],
        lambda one: {"payload": {"orders": [one]}},
        lambda one: {"request": {"orderId": {"value": "x"}}, "response": {"order": one}},
    ],
    ids=["a page", "an order", "a list", "a list of pages", "a payload", "a recorded test"],
)
def test_an_answer_is_read_however_it_was_saved(book: OrderBook, drop: Drop, shape: Any) -> None:
    result = drop(json.dumps(shape(order())))

    assert (result.kind, result.new) == ("orders_api", 1)


def test_orders_one_a_line_are_read(book: OrderBook, drop: Drop) -> None:
    result = drop("\n".join(json.dumps(order(number)) for number in range(1, 4)))

    assert (result.new, result.rows, book.count()) == (3, 3, 3)


def test_the_price_of_a_line_is_what_was_paid_for_its_goods(book: OrderBook, drop: Drop) -> None:
    proceeds = {
        "breakdowns": [
            {"type": "SHIPPING", "subtotal": {"amount": "4.90", "currencyCode": "EUR"}},
            {"type": "ITEM", "subtotal": {"amount": "39.00", "currencyCode": "EUR"}},
        ]
    }
    drop(json.dumps(order(orderItems=[item(proceeds=proceeds)])))

    assert lines(book)[0].price == Decimal("39.00")


@pytest.mark.parametrize(
    ("fulfillment", "packages", "status"),
    [
        ("PARTIALLY_SHIPPED", [], "PartiallyShipped"),
        ("PENDING_AVAILABILITY", [], "PendingAvailability"),
        ("SHIPPED", ["DELIVERED"], "Shipped - Delivered to Buyer"),
        ("SHIPPED", ["DELIVERED", "IN_TRANSIT"], "Shipped"),
        ("SHIPPED", ["UNDELIVERABLE"], "Shipped - Undeliverable"),
    ],
)
def test_a_status_is_kept_in_the_words_of_reports(
    book: OrderBook, drop: Drop, fulfillment: str, packages: list[str], status: str
) -> None:
    parcels = [
        {"packageStatus": {"status": each}, "shipTime": "2026-02-11T08:00:00Z", "packageItems": [{"orderItemId": "1"}]}
        for each in packages
    ]
    drop(json.dumps(order(fulfillment={"fulfillmentStatus": fulfillment}, packages=parcels, orderItems=[item("1")])))

    assert lines(book)[0].status == status
    assert lines(book)[0].shipped == (date(2026, 2, 11) if packages else None)


def test_only_parcels_that_hold_the_item_speak_of_it(book: OrderBook, drop: Drop) -> None:
    parcel = {"packageStatus": {"status": "DELIVERED"}, "packageItems": [{"orderItemId": "2"}]}
    items = [item("1"), item("2", sku="MUG-1")]
    drop(json.dumps(order(packages=[parcel], orderItems=items)))

    assert {line.sku: line.status for line in lines(book)} == {
        "KETTLE-1": "Shipped", "MUG-1": "Shipped - Delivered to Buyer",
    }  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {"fulfillment": {"fulfillmentStatus": "CANCELLED"}},
        {"salesChannel": {"channelName": "NON_AMAZON", "marketplaceId": "A1PA6795UKMFR9"}},
        {"orderItems": [item(cancellation={"cancellationExecution": {"cancelReason": "made up"}})]},
    ],
    ids=["cancelled", "sold elsewhere", "item cancelled"],
)
def test_what_can_have_no_review_is_no_candidate(book: OrderBook, drop: Drop, more: dict[str, Any]) -> None:
    drop(json.dumps(order(**more)))

    window = {"first": date(2026, 1, 1), "last": date(2026, 3, 1)}
    assert book.candidates(["B0MADEUP01"], marketplace=None, **window) == []


def test_two_lines_of_one_sku_are_two_however_the_answer_lists_them(book: OrderBook, drop: Drop) -> None:
    items = [item("20", quantityOrdered=5), item("10", quantityOrdered=3)]
    drop(json.dumps(order(orderItems=items)))
    drop(json.dumps(order(orderItems=items[::-1])))

    assert [(line.line, line.quantity) for line in lines(book)] == [(1, 3), (2, 5)]


def test_a_replacement_is_noted_at_the_first_order(book: OrderBook, drop: Drop) -> None:
    again = order(2, associatedOrders=[{"orderId": FIRST, "associationType": "REPLACEMENT_ORIGINAL_ID"}])
    drop(json.dumps({"orders": [order(), again]}))

    found = book.order(FIRST)
    assert found
    assert [each.replacement_order_id for each in found.replacements] == ["305-0000001-0000002"]


def test_the_newer_of_a_report_and_an_answer_holds_in_any_order_of_imports(tmp_path: Path) -> None:
    newer = order(fulfillment={"fulfillmentStatus": "CANCELLED"}, lastUpdatedTime="2026-02-13T09:00:00Z")
    older = order(fulfillment={"fulfillmentStatus": "UNSHIPPED"}, lastUpdatedTime="2026-02-11T09:00:00Z")
    texts = {"report.txt": ALL_ORDERS_TEXT, "newer.json": json.dumps(newer), "older.json": json.dumps(older)}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)

    seen = set()
    for place, names in enumerate(permutations(texts)):
        with OrderBook.open(tmp_path / f"{place}.sqlite3") as book:
            for name in names:
                import_file(book, tmp_path / name, today=TODAY)
            seen.add(tuple(repr(line) for line in lines(book)))

    assert len(seen) == 1
    assert "status='Cancelled'" in seen.pop()[0]


def test_an_order_without_items_is_left_out_and_counted(drop: Drop) -> None:
    result = drop(json.dumps({"orders": [order(orderItems=[]), order(2)]}))

    assert (result.new, result.skipped, result.rows) == (1, 1, 2)


def test_an_order_id_that_is_none_is_refused_and_costs_no_other(book: OrderBook, drop: Drop) -> None:
    result = drop(json.dumps({"orders": [order() | {"orderId": "ORDER-77"}, order(2)]}))

    assert [refusal.line for refusal in result.refused] == [1]
    assert (result.new, book.count()) == (1, 1)


def test_a_file_that_breaks_off_keeps_the_orders_before(book: OrderBook, drop: Drop) -> None:
    text = json.dumps([order(1), order(2), order(3)])

    result = drop(text[: len(text) - 200])

    assert (result.new, result.refused_count) == (2, 1)
