"""The answers in Amazon's own models and in other people's tests, beside the repository and not part of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
TODAY = date(2026, 11, 22)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="The third-party samples are not beside this repository."),
]

# The file, its kind, and how many objects in it were new to an empty book, told nothing it keeps, or were refused.
READ = {
    "sp-api/orders_2026-01-01/getOrder.200.examples.json": ("orders_api", 1, 0),
    "sp-api/orders_2026-01-01/getOrder.200.sandbox0.json": ("orders_api", 1, 0),
    "sp-api/orders_2026-01-01/getOrder.200.sandbox1.json": ("orders_api", 1, 0),
    "sp-api/orders_2026-01-01/getOrder.200.sandbox2.json": ("orders_api", 1, 0),
    "sp-api/orders_2026-01-01/searchOrders.200.examples.json": ("orders_api", 2, 0),
    "sp-api/orders_2026-01-01/searchOrders.200.sandbox0.json": ("orders_api", 2, 0),
    "sp-api/orders_2026-01-01/searchOrders.200.sandbox1.json": ("orders_api", 1, 0),
    "sp-api/orders_2026-01-01/searchOrders.200.sandbox2.json": ("orders_api", 1, 0),
    "sp-api/ordersV0/getOrder.200.sandbox1.json": ("orders_api", 1, 0),
    "sp-api/ordersV0/getOrderAddress.200.sandbox0.json": ("orders_api", 1, 0),
    "sp-api/ordersV0/getOrderBuyerInfo.200.sandbox0.json": ("orders_api", 1, 0),
    "sp-api/ordersV0/getOrderItems.200.examples.json": ("orders_api", 2, 0),
    "sp-api/ordersV0/getOrderItems.200.sandbox0.json": ("orders_api", 1, 0),
    "sp-api/ordersV0/getOrders.200.sandbox0.json": ("orders_api", 2, 0),
    "sp-api/financesV0/listFinancialEvents.200.sandbox0.json": ("finances_api", 0, 1),
    "sp-api/finances_2024-06-19/listTransactions.200.sandbox0.json": ("finances_api", 0, 1),
    "sp-api/externalFulfillmentReturns_2024-09-11/getReturn.200.examples.json": ("returns_api", 1, 0),
    "sp-api/externalFulfillmentReturns_2024-09-11/listReturns.200.sandbox6.json": ("returns_api", 5, 0),
    "sp-api/messaging/GetAttributes.200.sandbox0.json": ("messaging_api", 0, 1),
    "sp-api/messaging/getMessagingActionsForOrder.200.sandbox0.json": ("messaging_api", 0, 1),
    "clients/frappe_amazon_sp_api.test_data.json": ("orders_api", 3, 1),
}


@pytest.fixture
def book(tmp_path: Path) -> OrderBook:
    return OrderBook.open(tmp_path / "book.sqlite3")


@pytest.mark.parametrize(("name", "expected"), READ.items(), ids=[Path(name).name for name in READ])
def test_a_sample_is_read(book: OrderBook, name: str, expected: tuple[str, int, int]) -> None:
    result = import_file(book, SAMPLES / name, today=TODAY)

    assert (result.kind, result.new, result.skipped) == expected
    assert result.refused == []


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("sp-api/orders_2026-01-01/*.200.*.json")), ids=lambda path: path.name
)
def test_every_item_of_an_order_is_a_line_with_its_product(book: OrderBook, path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    answer = told.get("response") or next(iter(told["examples"].values()))
    import_file(book, path, today=TODAY)

    for order in answer.get("orders") or [answer["order"]]:
        found = book.order(order["orderId"])
        assert found
        lines = {line.asin: line for line in found.lines}
        for item in order["orderItems"]:
            line = lines[item["product"]["asin"]]
            assert (line.sku, line.quantity) == (item["product"]["sellerSku"], item["quantityOrdered"])
            assert str(line.purchased) == order["createdTime"][:10]
            assert line.recipient == order["recipient"]["deliveryAddress"]["name"]
            assert line.fulfillment == {"AMAZON": "FBA", "MERCHANT": "FBM"}[order["fulfillment"]["fulfilledBy"]]
