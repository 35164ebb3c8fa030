"""Days such as 4/5/26, as spreadsheets save them: read where the file tells how, refused where it does not."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import short_days
from aftercare.orders.imports.short_days import common_order
from orders.reports import ORDER_IDS, number, report

LATEST = date(2026, 3, 4)

TOLD = {
    "month first": (["02-03-26", "01-20-26"], "mdy"),
    "day first, since the other way would be years apart": (["02-03-26", "20-01-26"], "dmy"),
    "year first": (["26-02-03", "26-01-20"], "ymd"),
    "whole years": (["3/2/2026", "20/1/2026"], "dmy"),
    "a day to come tells nothing": (["02/03/26", "12/31/26", "01/20/26"], "mdy"),
    "words tell nothing": (["soon", "", "01/20/26"], "mdy"),
}
OPEN = {
    "one slip of the pen, without which two ways fit": ["01/05/26", "01/09/26", "01/02/26", "01/03/26", "01/12/27"],
    "nothing but days to come": ["01/20/27", "02/20/27"],
    "one day": ["02/03/26"],
    "no day": [],
    "two countries in one file": ["01/20/26", "20/01/2026"],
    "days that fit both ways": ["02/03/26", "01/02/26"],
}


@pytest.mark.parametrize(("days", "order"), TOLD.values(), ids=TOLD)
def test_the_days_of_a_file_tell_which_part_is_the_month(days: list[str], order: str) -> None:
    assert common_order(days, LATEST) == order


@pytest.mark.parametrize("days", OPEN.values(), ids=OPEN)
def test_where_they_do_not_it_stays_open(days: list[str]) -> None:
    assert common_order(days, LATEST) is None


DAYS = {
    "all_orders": "purchase-date", "fulfilled_shipments": "shipment-date", "fbm_orders": "purchase-date",
    "unshipped_orders": "reporting-date", "fba_returns": "return-date", "mfn_returns": "Return request date",
    "fba_replacements": "shipment-date", "settlement": "posted-date", "date_range": "date/time", "sale_report": "Date",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "column"), DAYS.items())
def test_a_report_that_a_spreadsheet_saved_is_read_as_a_whole(drop, kind: str, column: str) -> None:
    days = ("2/3/2026 5:05", "1/20/2026 17:30", "2/10/2026 0:00")
    rows = [{column: day, ORDER_IDS[kind]: number(place)} for place, day in enumerate(days, 1)]
    result = drop(report(kind, *rows, delimiter=";"))

    assert (result.new, result.refused, result.notes) == (3, [], [])


@pytest.mark.parametrize(("kind", "column"), DAYS.items())
def test_where_the_file_does_not_tell_nothing_is_guessed(drop, kind: str, column: str) -> None:
    rows = [{column: "2/1/2026", ORDER_IDS[kind]: number(place)} for place in (1, 2)]
    result = drop(report(kind, *rows, delimiter=";"))

    told = [*result.refused, *result.notes]
    assert (result.new + result.refused_count, [each.line for each in told]) == (2, [2, 3])
    assert all("two different days" in each.reason for each in told)


def test_a_plan_does_not_tell_how_days_that_are_over_are_written(book: OrderBook, drop) -> None:
    result = drop(report("fbm_orders", {"purchase-date": "1/20/2026", "delivery-end-date": "2/10/2026"}))

    assert result.notes == []
    assert book.order(number(2)).lines[0].promised == date(2026, 2, 10)


def test_day_and_clock_are_kept_as_they_were(book: OrderBook, drop) -> None:
    newer = {"purchase-date": "1/20/2026 9:00", "last-updated-date": "2/3/2026 17:30", "order-status": "Shipped"}
    older = newer | {"last-updated-date": "2/3/2026 5:05", "order-status": "Pending"}
    drop(report("all_orders", newer))
    drop(report("all_orders", older))

    (line,) = book.order(number(1)).lines
    assert (line.purchased, line.status_day, line.status) == (date(2026, 1, 20), date(2026, 2, 3), "Shipped")


def test_rows_do_not_wait_longer_than_they_must(drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_days, "MOST_TELLING", 2)
    monkeypatch.setattr("aftercare.orders.imports.files._ROWS_AT_ONCE", 1)
    rows = ({"Order ID": number(place), "Date": f"01-{20 + place}-26"} for place in range(1, 6))

    assert drop(report("sale_report", *rows)).new == 5
