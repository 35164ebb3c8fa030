"""Exports of channels that lie beside the repository and are not part of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from orders.channels.conftest import Elsewhere

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
TODAY = date(2026, 11, 22)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="The third-party samples are not beside this repository."),
]

READ = {
    # The file, its kind, rows that were new, orders, and of all orders the facts that are told.
    "ebay/fulfillment_getOrder.fixture.json": ("ebay_api_orders", 1, 1, {"total", "email", "name", "postal_code"}),
    "ebay/seller_hub_orders_us_2026.headers.csv": ("ebay_orders", 0, 0, set()),
    "ebay/seller_hub_orders_au_2026.fixture.csv": ("ebay_orders", 5, 3, {"total", "currency", "username", "placed"}),
    "ebay/seller_hub_orders_eur_en_2026.fixture.csv": (
        "ebay_orders",
        2,
        2,
        {"total", "currency", "username", "placed"},
    ),
    "ebay/seller_hub_orders_fr_2026.fixture.csv": ("ebay_orders", 1, 1, {"total", "currency", "username", "placed"}),
    "walmart/seller_center_orders_report.headers.csv": ("walmart_orders", 0, 0, set()),
    "walmart/orders.get.v3_orders.200.json": ("walmart_api_orders", 10, 10, {"total", "name", "email", "postal_code"}),
    "walmart/orders.get.v3_orders_released.200.json": ("walmart_api_orders", 10, 10, {"total", "email", "country"}),
    "walmart/orders.get.v3_orders_purchaseOrderId.200.json": ("walmart_api_orders", 2, 2, {"total", "placed"}),
    "walmart/orders.post.v3_orders_purchaseOrderId_acknowledge.200.json": ("walmart_api_orders", 1, 1, {"total"}),
    "walmart/orders.post.v3_orders_purchaseOrderId_cancel.200.json": ("walmart_api_orders", 1, 1, {"status"}),
    "walmart/orders.post.v3_orders_purchaseOrderId_refund.200.json": ("walmart_api_orders", 1, 1, {"refunded"}),
    "walmart/orders.post.v3_orders_purchaseOrderId_shipping.200.json": ("walmart_api_orders", 1, 1, {"status"}),
    "walmart/returns.get.v3_returns.200.json": ("walmart_api_returns", 1, 1, {"refunded", "name", "email"}),
    "shopify/orders_export_ca_2025.masked.csv": ("shopify_orders", 64, 20, {"total", "email", "name", "postal_code"}),
    "shopify/dbt_seed.shopify_order_data.csv": ("shopify_order_table", 8, 8, {"total", "placed", "status"}),
    "shopify/dbt_seed.shopify_gql_order_data.csv": ("shopify_order_table", 9, 9, {"total", "placed", "status"}),
}


@pytest.mark.parametrize(("name", "expected"), READ.items(), ids=READ)
def test_a_sample_is_read(
    book: OrderBook, elsewhere: Elsewhere, name: str, expected: tuple[str, int, int, set[str]]
) -> None:
    kind, new, orders, told = expected
    result = import_file(book, SAMPLES / name, today=TODAY)

    assert (result.kind, result.new + result.changed, result.refused) == (kind, new, [])
    assert len(elsewhere()) == orders
    for order in elsewhere():
        assert {fact for fact in told if order[fact] is None} == set()


def test_facts_of_the_lists_of_ebay(book: OrderBook, elsewhere: Elsewhere) -> None:
    for site in ("au_2026", "eur_en_2026", "fr_2026"):
        import_file(book, SAMPLES / "ebay" / f"seller_hub_orders_{site}.fixture.csv", today=TODAY)

    totals = {each["order_id"]: (each["total"], each["currency"], each["placed"]) for each in elsewhere()}
    assert totals == {
        "16-14679-61003": ("3013.00", "AUD", "2026-05-26"),
        "01-14701-30101": ("404.35", "AUD", "2026-05-26"),
        "04-14689-12345": ("789.00", "AUD", "2026-05-25"),
        "12-34567-89012": ("93.50", "EUR", "2026-10-05"),
        "12-34567-89013": ("120.00", "EUR", "2026-10-07"),
        "05-11111-22222": ("1238.50", "EUR", "2026-10-05"),
    }


def test_facts_of_the_export_of_shopify(book: OrderBook, elsewhere: Elsewhere) -> None:
    import_file(book, SAMPLES / "shopify" / "orders_export_ca_2025.masked.csv", today=TODAY)

    orders = elsewhere()
    assert sum(len(each["items"]) for each in orders) == 64
    assert [each["refunded"] for each in orders if each["status"] == "partly_refunded"] == ["1.54"]
    assert {each["currency"] for each in orders} == {"CAD"}


NO_ORDERS = [
    "ebay/sell_fulfillment_v1_oas3.spec.json",
    "walmart/returns.post.v3_feeds.200.json",
    "walmart/reports.get.v3_report_payment_statement.200.json",
    "walmart/reviews.post.v3_growth_reviews-accelerator_items.200.json",
    "shopify/dbt_seed.shopify_order_line_data.csv",
    "shopify/dbt_seed.shopify_refund_data.csv",
    "clients/jlevers.restricted.json",
]


@pytest.mark.parametrize("name", NO_ORDERS)
def test_what_holds_no_orders_is_not_taken_for_a_list_of_them(book: OrderBook, name: str) -> None:
    result = import_file(book, SAMPLES / name, today=TODAY)

    assert result.kind is None
    assert result.reason
