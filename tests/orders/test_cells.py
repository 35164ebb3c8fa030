from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.orders.imports import cells
from aftercare.orders.imports.cells import Bad

LATEST = date(2026, 7, 4)

DAYS = {
    "2020-02-18T05:05:21+00:00": date(2020, 2, 18),
    "2017-06-05T23:58:19+09:00": date(2017, 6, 5),
    "2023-01-01 00:00:00 UTC": date(2023, 1, 1),
    "2017/06/05 19:58:19 JST": date(2017, 6, 5),
    "14.03.2023 07:49:55 UTC": date(2023, 3, 14),
    "10-Jul-2025": date(2025, 7, 10),
    "Jun 8, 2025 10:23:05 PM PDT": date(2025, 6, 8),
    "1 juil. 2026 08:31:35 UTC": date(2026, 7, 1),
    "1\u00a0août\u00a02025": date(2025, 8, 1),
    "3 Mrz 2025": date(2025, 3, 3),
    "3. März 2025": date(2025, 3, 3),
    "15 set 2025 10:00:00 UTC": date(2025, 9, 15),
    "1 de jan. de 2026 10:00:00 GMT-3": date(2026, 1, 1),
    "7 paź 2025": date(2025, 10, 7),
    "9 Şub 2026": date(2026, 2, 9),
    "10-Jul-25": date(2025, 7, 10),
    "2025/07/01 8:31:35JST": date(2025, 7, 1),
    "2025年7月1日": date(2025, 7, 1),
    "'2025-07-01": date(2025, 7, 1),
    "": None,
    "  ": None,
}


@pytest.mark.parametrize(("raw", "day"), DAYS.items())
def test_days(raw: str, day: date | None) -> None:
    assert cells.day(raw, latest=LATEST) == day


@pytest.mark.parametrize(
    "raw", ["soon", "2026-13-01", "31/02/2026", "0", "2026", "１", "1 foo 2026", "12 market 2025", "45000"]
)
def test_no_days(raw: str) -> None:
    assert isinstance(cells.day(raw, latest=LATEST), Bad)


SHORT_DAYS = [
    ("4/5/25", "mdy", date(2025, 4, 5)),
    ("4/5/25", "dmy", date(2025, 5, 4)),
    ("25/4/5", "ymd", date(2025, 4, 5)),
    ("4.5.25", "mdy", date(2025, 5, 4)),
    ("2/18/2020 5:05", None, date(2020, 2, 18)),
    ("4/4/2025", None, date(2025, 4, 4)),
]


@pytest.mark.parametrize(("raw", "order", "day"), SHORT_DAYS)
def test_short_days(raw: str, order: cells.DayOrder | None, day: date) -> None:
    assert cells.day(raw, order, latest=LATEST) == day


def test_a_day_that_could_be_two_is_not_guessed() -> None:
    assert cells.day("4/5/25", latest=LATEST) == Bad(
        "could be two different days, since the country of the report is not known"
    )


AMOUNTS = {
    "7.49": "7.49", "1141,18": "1141.18", "1.234,56": "1234.56", "1,234.56": "1234.56", "1 234,50 €": "1234.50",
    "1\u202f234,50": "1234.50", "-0,75": "-0.75", "−0.75": "-0.75", "$3,000.00": "3000", "EUR 90,00": "90",
    "¥1,234": "1234", "24732.00": "24732", "19.99-": "-19.99", "(5.00)": "-5", "0": "0", ".5": "0.5",
    "12.345.678": "12345678", "₹1,23,456.78": "123456.78", "R$ 1.234,56": "1234.56", "-$19.90": "-19.90",
    "1\u2009234,50": "1234.50", "\u200e-19.90": "-19.90", "'7.49": "7.49",
}  # fmt: skip


@pytest.mark.parametrize(("raw", "amount"), AMOUNTS.items())
def test_amounts(raw: str, amount: str) -> None:
    assert cells.money(raw) == Decimal(amount)


@pytest.mark.parametrize("raw", ["free", "1e5", "1.14E+16", "--", "12-34", ".", "1,2,3", "12.34.56,78", "9" * 30])
def test_no_amounts(raw: str) -> None:
    assert isinstance(cells.money(raw), Bad)


def test_a_file_that_writes_commas_groups_with_points() -> None:
    assert (cells.money("1.234", comma=True), cells.money("1.234")) == (Decimal(1234), Decimal("1.234"))


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False))
def test_an_amount_survives_being_written_and_read(amount: Decimal) -> None:
    assert cells.money(cells.money_text(amount)) == amount
    assert cells.money(cells.money_text(amount).replace(".", ","), comma=True) == amount


@given(st.text())
def test_no_cell_makes_a_reader_fail(raw: str) -> None:
    for read in (cells.day, cells.money, cells.count, cells.moment, cells.order_id, cells.item_id, cells.text):
        read(raw)


def test_a_spreadsheets_number_for_a_day_is_named() -> None:
    found = cells.day("43879.2121", latest=LATEST)

    assert isinstance(found, Bad) and "as a spreadsheet counts" in found.reason


MOMENTS = {
    "2026-01-12T09:00:00+00:00": "2026-01-12T09:00:00+00:00",
    "2026-01-12T09:00:00-07:00": "2026-01-12T16:00:00+00:00",
    "12.01.2026 09:00:00 UTC": "2026-01-12T09:00:00+00:00",
    "Jan 12, 2026 12:05:00 AM PST": "2026-01-12T00:05:00+00:00",
    "Jan 12, 2026 10:23:05 p.m. PST": "2026-01-12T22:23:05+00:00",
    "12 janv. 2026 09:00:00 PST": "2026-01-12T09:00:00+00:00",
}


@pytest.mark.parametrize(("raw", "moment"), MOMENTS.items())
def test_moments(raw: str, moment: str) -> None:
    assert cells.moment(raw) == int(datetime.fromisoformat(moment).timestamp())


@pytest.mark.parametrize(("raw", "count"), [("3", 3), (" 3 ", 3), ("3.0", 3), ("3,00", 3), ("", None)])
def test_counts(raw: str, count: int | None) -> None:
    assert cells.count(raw) == count


@pytest.mark.parametrize("raw", ["1,000", "1.000", "-1", "3.5", "three", "99999999"])
def test_no_counts(raw: str) -> None:
    assert isinstance(cells.count(raw), Bad)


@pytest.mark.parametrize("raw", ["900‑0000001‑0000001", "900–0000001–0000001"])
def test_dashes_that_a_word_processor_made_are_hyphens(raw: str) -> None:
    assert cells.order_id(raw) == "900-0000001-0000001"


def test_an_order_number_without_its_hyphens_is_not_trusted() -> None:
    found = cells.order_id("90000000010000001")

    assert isinstance(found, Bad) and "plain number" in found.reason


@pytest.mark.parametrize("raw", ['="900-0000001-0000001"', "'900-0000001-0000001", " 900-0000001-0000001 "])
def test_order_ids_are_taken_out_of_their_wrapping(raw: str) -> None:
    assert cells.order_id(raw) == "900-0000001-0000001"
