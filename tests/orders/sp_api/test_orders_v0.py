"""Saved answers of the Orders API, version 0, which tell an order in parts."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from orders.conftest import TODAY, Drop

ON_BOTH = True
FIRST = "305-0000001-0000001"
ORDER = {
    "AmazonOrderId": FIRST,
    "PurchaseDate": "2026-02-10T09:00:00Z",
    "LastUpdateDate": "2026-02-12T09:00:00Z",
    "OrderStatus": "Shipped",
    "FulfillmentChannel": "MFN",
    "SalesChannel": "Amazon.de",
    "MarketplaceId": "A1PA6795UKMFR9",
    "LatestShipDate": "2026-02-11T22:59:59Z",
    "LatestDeliveryDate": "2026-02-14T22:59:59Z",
    "ShippingAddress": {"City": "Musterstadt", "PostalCode": "01234", "CountryCode": "DE"},
}
BUYER = {"AmazonOrderId": FIRST, "BuyerName": "Erika Beispiel", "BuyerEmail": "k3ttl3b9yer@marketplace.amazon.de"}
ADDRESS = {"AmazonOrderId": FIRST, "ShippingAddress": {"Name": "Max Beispiel", "City": "Musterstadt"}}


def items(*skus: str) -> dict[str, Any]:
    listed = [
        {
            "ASIN": f"B0MADEUP0{place}",
            "OrderItemId": f"1000000000000{place}",
            "SellerSKU": sku,
            "Title": "Kettle, steel",
            "QuantityOrdered": 1,
            "ItemPrice": {"CurrencyCode": "EUR", "Amount": "20.50"},
        }
        for place, sku in enumerate(skus, 1)
    ]
    return {"AmazonOrderId": FIRST, "OrderItems": listed}


PARTS = {
    "order": {"payload": {"Orders": [ORDER]}},
    "items": {"payload": items("KETTLE-1")},
    "buyer": {"payload": BUYER},
    "address": {"payload": ADDRESS},
}


def test_the_parts_make_one_line_in_any_order_of_imports(tmp_path: Path) -> None:
    for name, part in PARTS.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(part))

    seen = set()
    for place, names in enumerate(list(permutations(PARTS))[::6]):
        with OrderBook.open(tmp_path / f"{place}.sqlite3") as book:
            for name in (*names, names[0]):
                result = import_file(book, tmp_path / f"{name}.json", today=TODAY)
                assert (result.kind, result.refused, result.notes) == ("orders_api", [], [])
            found = book.order(FIRST)
            assert found
            seen.add(tuple(repr(line) for line in found.lines))
            line = found.lines[-1]

    assert len(seen) == 1
    assert (line.sku, line.asin, line.price, line.quantity) == ("KETTLE-1", "B0MADEUP01", Decimal("20.50"), 1)
    assert (line.purchased, line.promised, line.marketplace) == (date(2026, 2, 10), date(2026, 2, 14), "DE")
    assert (line.buyer, line.recipient, line.city) == ("Erika Beispiel", "Max Beispiel", "Musterstadt")
    assert (line.status, line.fulfillment) == ("Shipped", "FBM")


def test_an_order_whose_items_came_can_be_matched(book: OrderBook, drop: Drop) -> None:
    drop(json.dumps(items("KETTLE-1", "MUG-1")))
    drop(json.dumps(PARTS["order"]))

    window = {"first": date(2026, 2, 1), "last": date(2026, 2, 28)}
    found = book.candidates(["B0MADEUP01", "B0MADEUP02"], marketplace="DE", **window)
    assert [line.sku for line in found] == ["KETTLE-1", "MUG-1"]


def test_items_that_are_nested_in_their_order_are_read(book: OrderBook, drop: Drop) -> None:
    result = drop(json.dumps({**ORDER, **items("KETTLE-1")}))

    assert result.new == 2
    found = book.order(FIRST)
    assert found and found.lines[-1].purchased == date(2026, 2, 10)


def test_a_seller_that_resells_to_business_is_not_the_buyer(book: OrderBook, drop: Drop) -> None:
    drop(json.dumps({**ORDER, "IsIBA": True, "BuyerInfo": {"BuyerName": "Amazon Business"}}))

    found = book.order(FIRST)
    assert found and found.lines[0].buyer is None


def test_a_day_before_amazon_is_left_out_and_the_order_kept(book: OrderBook, drop: Drop) -> None:
    result = drop(json.dumps({**ORDER, "PurchaseDate": "1970-01-19T03:58:30Z"}))

    assert (result.new, result.refused) == (1, [])
    assert "before Amazon existed" in result.notes[0].reason


def test_a_replacement_is_noted_at_the_first_order(book: OrderBook, drop: Drop) -> None:
    drop(json.dumps({**ORDER, "AmazonOrderId": "305-0000001-0000002", "ReplacedOrderId": FIRST}))

    found = book.order(FIRST)
    assert found and [each.replacement_order_id for each in found.replacements] == ["305-0000001-0000002"]
