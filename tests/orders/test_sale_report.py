"""The Amazon Sale Report of sellers in India."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from aftercare.orders.book import OrderBook
from orders.reports import number, report


def test_a_row_is_an_order_line(book: OrderBook, drop) -> None:
    result = drop(report("sale_report", {}, delimiter=","))

    assert (result.kind, result.marketplace, result.new) == ("sale_report", "IN", 1)
    (line,) = book.order(number(1)).lines
    assert (line.sku, line.asin, line.quantity, line.price) == ("HB-PIL-BLU", "B0HARBOR01", 1, Decimal("406.00"))
    assert (line.purchased, line.fulfillment, line.city) == (date(2026, 1, 20), "FBM", "PUNE")
    assert line.status == "Shipped - Delivered to Buyer"


def test_headers_with_underscores_are_the_same(book: OrderBook, drop) -> None:
    text = report("sale_report", {}, delimiter=",")
    header, row, _ = text.split("\r\n")

    assert drop("\r\n".join([header.replace(" ", "_").replace("-", "_"), row, ""])).new == 1


def test_a_cancelled_order_is_kept_but_not_offered(book: OrderBook, drop) -> None:
    drop(report("sale_report", {"Status": "Cancelled", "Qty": "0", "Amount": "", "currency": ""}))

    window = {"marketplace": "IN", "first": date(2026, 1, 1), "last": date(2026, 2, 1)}
    assert book.candidates(["B0HARBOR01"], **window) == []
    assert book.order(number(1)).lines[0].status == "Cancelled"


def test_all_orders_says_the_same_order_only_once_and_newer(book: OrderBook, drop) -> None:
    drop(report("sale_report", {"Status": "Pending"}))
    drop(report("all_orders", {"last-updated-date": "2026-01-25T00:00:00+00:00", "sales-channel": "Amazon.in"}))

    (line,) = book.order(number(1)).lines
    assert line.status == "Shipped"
