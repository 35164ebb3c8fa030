from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from aftercare.orders.book import OrderBook
from orders.reports import KINDS, number, report


def test_a_row_becomes_an_order_line(book: OrderBook, drop) -> None:
    result = drop(report("all_orders", {}))

    assert (result.kind, result.marketplace, result.new) == ("all_orders", "US", 1)
    (line,) = book.order(number(1)).lines
    assert (line.sku, line.asin, line.quantity, line.price) == ("HB-PIL-BLU", "B0HARBOR01", 1, Decimal("19.90"))
    assert (line.title, line.currency, line.fulfillment) == ('Harbor Pillow, 12" x 18", Blue', "USD", "FBA")
    assert (line.city, line.state, line.postal_code, line.country) == ("Salem", "OR", "97301", "US")
    assert (line.purchased, line.status, line.status_day) == (date(2026, 1, 10), "Shipped", date(2026, 1, 12))
    assert line.buyer is None
    assert line.source("status") == "report1.txt"


VARIANTS = {
    "31 columns": {},
    "with url": {"url": ""},
    "Brazil": {"cpf": "00000000000"},
    "business": {"is-sold-by-ab": "", "is-iba": ""},
    "tax": {"number-of-items": "1", "tax-collection-model": "", "address-type": ""},
}


@pytest.mark.parametrize("more", VARIANTS.values(), ids=VARIANTS)
def test_columns_are_found_by_name_in_every_variant(book: OrderBook, drop, more: dict[str, str]) -> None:
    columns = [*more, *reversed(KINDS["all_orders"])]
    row = KINDS["all_orders"] | more
    text = "\n".join(["\t".join(columns), "\t".join(row[column] for column in columns)])

    assert drop(text).new == 1
    assert book.order(number(1)).lines[0].price == Decimal("19.90")


def test_the_archived_variant_has_no_town(book: OrderBook, drop) -> None:
    gone = ["ship-city", "ship-state", "ship-postal-code"]
    result = drop(report("all_orders", {"is-replacement-order": "false"}, without=gone))

    assert result.new == 1
    assert book.order(number(1)).lines[0].city is None


def test_equal_rows_can_both_be_real(book: OrderBook, drop) -> None:
    assert drop(report("all_orders", {}, {})).new == 2
    assert [line.line for line in book.order(number(1)).lines] == [1, 2]


STATES = {
    "shipped": ({}, True, "Shipped", 1),
    "cancelled order": ({"order-status": "Cancelled", "quantity": "0"}, False, "Cancelled", 0),
    "cancelled item": ({"item-status": "Cancelled"}, False, "Cancelled", 1),
    "no quantity left": ({"item-status": "", "quantity": "0"}, False, "Cancelled", 0),
    "pending": (
        {"order-status": "Pending", "item-status": "", "quantity": "0", "item-price": ""},
        True,
        "Pending",
        None,
    ),
    "outside Amazon": ({"sales-channel": "Non-Amazon US"}, False, "Shipped", 1),
    "multi-channel id": ({"amazon-order-id": "S01-0000001-0000001"}, False, "Shipped", 1),
    "came back": ({"order-status": "Shipped - Returned to Seller"}, True, "Shipped - Returned to Seller", 1),
}


@pytest.mark.parametrize(("row", "offered", "status", "quantity"), STATES.values(), ids=STATES)
def test_void_lines_are_kept_but_not_offered(book: OrderBook, drop, row, offered, status, quantity) -> None:
    assert drop(report("all_orders", row)).new == 1
    (line,) = book.order(row.get("amazon-order-id", number(1))).lines
    found = book.candidates(["B0HARBOR01"], marketplace=None, first=date(2026, 1, 1), last=date(2026, 2, 1))

    assert (bool(found), line.status, line.quantity) == (offered, status, quantity)


CHANNELS = {
    "Amazon.com": "US", "Amazon.co.uk": "UK", "Amazon.com.mx": "MX", "amazon.de": "DE", "Amazon.com.be": "BE",
    "Amazon.co.jp": "JP", "Amazon.ca": "CA", "Amazon.com.au": "AU", "Amazon.sg": "SG", "Non-Amazon": None,
}  # fmt: skip


@pytest.mark.parametrize(("channel", "code"), CHANNELS.items())
def test_the_sales_channel_tells_the_marketplace(book: OrderBook, drop, channel: str, code: str | None) -> None:
    drop(report("all_orders", {"sales-channel": channel}))

    assert book.order(number(1)).lines[0].marketplace == code


def test_without_a_channel_a_persons_word_counts_before_the_country(book: OrderBook, drop) -> None:
    drop(report("all_orders", {"sales-channel": ""}), marketplace="gb")

    assert book.order(number(1)).lines[0].marketplace == "UK"


@pytest.mark.parametrize(
    ("country", "currency", "code"), [("US", "USD", "US"), ("DE", "GBP", None), ("AT", "EUR", None)]
)
def test_else_the_country_with_its_own_currency(book: OrderBook, drop, country, currency, code) -> None:
    drop(report("all_orders", {"sales-channel": "", "ship-country": country, "currency": currency}))

    assert book.order(number(1)).lines[0].marketplace == code


def test_the_day_is_that_of_the_reports_own_clock(book: OrderBook, drop) -> None:
    drop(report("all_orders", {"purchase-date": "2026-01-10T00:30:00+09:00"}))

    assert book.order(number(1)).lines[0].purchased == date(2026, 1, 10)


def test_an_order_that_still_waits_remembers_until_when_it_was_seen(book: OrderBook, drop) -> None:
    waiting = {"order-status": "Unshipped", "last-updated-date": "2026-01-11T00:00:00+00:00"}
    later = {"amazon-order-id": number(9), "last-updated-date": "2026-01-20T00:00:00+00:00"}
    drop(report("all_orders", waiting))
    drop(report("all_orders", waiting, later))

    line = book.order(number(1)).lines[0]
    assert (line.status_day, line.status_seen) == (date(2026, 1, 11), date(2026, 1, 20))
