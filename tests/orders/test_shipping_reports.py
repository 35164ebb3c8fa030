from __future__ import annotations

from datetime import date
from decimal import Decimal

from aftercare.orders.book import OrderBook
from orders.reports import number, report


def test_shipments_tell_names_and_arrival(book: OrderBook, drop) -> None:
    drop(report("fulfilled_shipments", {}))

    (line,) = book.order(number(1)).lines
    assert (line.buyer, line.recipient) == ("Ada Costa", "Bruno Costa")
    assert (line.shipped, line.estimated_delivery) == (date(2026, 1, 12), date(2026, 1, 15))
    assert (line.fulfillment, line.buyer_key) == ("FBA", "quietharbor7@marketplace.amazon.com")


def test_two_shipments_of_one_item_are_one_line(book: OrderBook, drop) -> None:
    later = {"shipment-item-id": "Ditem2", "shipment-date": "2026-01-14T09:00:00+00:00",
             "reporting-date": "2026-01-14T12:00:00+00:00", "quantity-shipped": "2", "item-price": "39.80"}  # fmt: skip
    assert drop(report("fulfilled_shipments", {}, later)).new == 2

    (line,) = book.order(number(1)).lines
    assert (line.quantity, line.price, line.shipped) == (3, Decimal("59.70"), date(2026, 1, 14))


def test_two_items_of_one_sku_are_two_lines(book: OrderBook, drop) -> None:
    other = {"amazon-order-item-id": "10000000000009", "shipment-item-id": "Ditem2"}
    drop(report("fulfilled_shipments", other, {}))

    assert [line.line for line in book.order(number(1)).lines] == [1, 2]


def test_an_item_id_that_a_spreadsheet_rounded_is_left_out_and_said(book: OrderBook, drop) -> None:
    result = drop(report("fulfilled_shipments", {"amazon-order-item-id": "5.80293E+13"}))

    assert (result.new, result.refused) == (1, [])
    assert result.notes[0].line == 2 and "rounded by a spreadsheet" in result.notes[0].reason
    assert len(book.order(number(1)).lines) == 1


def test_a_japanese_town_of_dashes_is_not_a_town(book: OrderBook, drop) -> None:
    drop(report("fulfilled_shipments", {"ship-city": "--", "ship-state": "東京都"}))

    assert (book.order(number(1)).lines[0].city, book.order(number(1)).lines[0].state) == (None, "東京都")


def test_a_persons_own_address_is_not_kept(book: OrderBook, drop) -> None:
    drop(report("fulfilled_shipments", {"buyer-email": "ada@example.com"}))

    assert book.order(number(1)).lines[0].buyer_key is None


def test_the_order_report_tells_names_and_the_promise(book: OrderBook, drop) -> None:
    drop(report("fbm_orders", {}))

    (line,) = book.order(number(2)).lines
    assert (line.buyer, line.recipient, line.fulfillment) == ("Greta Holm", "Hugo Holm", "FBM")
    assert (line.purchased, line.promised) == (date(2026, 1, 10), date(2026, 1, 17))
    assert line.buyer_key == "calmdune3@marketplace.amazon.com"


def test_the_european_variant_has_billing_columns(book: OrderBook, drop) -> None:
    bill = {"bill-address-1": "", "bill-city": "Jena", "bill-country": "DE", "item-promotion-id": ""}

    assert drop(report("fbm_orders", bill)).kind == "fbm_orders"
    assert book.order(number(2)).lines[0].city == "Dover"


def test_the_unshipped_report_says_what_still_waits(book: OrderBook, drop) -> None:
    result = drop(report("unshipped_orders", {}))

    (line,) = book.order(number(3)).lines
    assert (result.kind, line.status, line.ship_by) == ("unshipped_orders", "Unshipped", date(2026, 1, 12))
    assert line.status_seen == date(2026, 1, 16)
    assert line.marketplace == "IN", "the relay address tells it"


def test_the_asin_is_learned_from_reports_that_have_it(book: OrderBook, drop) -> None:
    drop(report("fbm_orders", {}))
    window = {"marketplace": "US", "first": date(2026, 1, 1), "last": date(2026, 2, 1)}
    assert book.candidates(["B0HARBOR02"], **window) == []

    drop(report("all_orders", {"amazon-order-id": number(50), "sku": "HB-PIL-RED", "asin": "B0HARBOR02"}))

    found = book.candidates(["B0HARBOR02"], **window)
    assert {(line.order_id, line.asin) for line in found} == {
        (number(2), "B0HARBOR02"),
        (number(50), "B0HARBOR02"),
    }
    assert book.order(number(2)).lines[0].asin == "B0HARBOR02"


def test_a_sku_that_means_two_products_gives_no_asin(book: OrderBook, drop) -> None:
    drop(report("fbm_orders", {}))
    for place, asin in ((50, "B0HARBOR02"), (51, "B0HARBOR03")):
        drop(report("all_orders", {"amazon-order-id": number(place), "sku": "HB-PIL-RED", "asin": asin}))

    assert book.order(number(2)).lines[0].asin is None
    found = book.candidates(["B0HARBOR02"], marketplace="US", first=date(2026, 1, 1), last=date(2026, 2, 1))
    assert number(2) in {line.order_id for line in found}
