"""Country by country and day by day: what the six programmes cover."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.coverage import Coverage, ProgrammeCoverage, coverage_of
from aftercare.errors import InputError
from aftercare.rules.marketplaces import marketplaces

PROGRAMMES = (
    "live_support",
    "self_service_workflows",
    "self_service_videos",
    "manufacturer_support",
    "oem_repair",
    "parts_replacement",
)
BOUGHT, TODAY = date(2026, 1, 1), date(2026, 2, 1)

# What is offered where, as it is written for people: days, years, or nothing. Parts: delivered on the day of purchase.
#           live   flows  videos  maker  repair parts
OFFERED = {
    "US": ("90d", "180d", "180d", "2y", "30d", "30d"),
    "CA": ("90d", "", "", "2y", "30d", ""),
    "UK": ("2y", "", "", "2y", "2y", ""),
    "FR": ("2y", "", "", "2y", "2y", ""),
    "IT": ("2y", "", "", "2y", "2y", ""),
    "DE": ("2y", "", "", "2y", "", ""),
    "ES": ("3y", "", "", "3y", "3y", ""),
    "TR": ("", "", "", "2y", "", ""),
    "AU": ("", "", "", "2y", "", ""),
    "SG": ("", "", "", "2y", "", ""),
    "AE": ("", "", "", "2y", "", ""),
    "ZA": ("", "", "", "2y", "", ""),
}
NOTHING = ("",) * 6


def programme(coverage: Coverage, name: str) -> ProgrammeCoverage:
    return next(each for each in coverage.programmes if each.programme == name)


def written(found: ProgrammeCoverage) -> str:
    return f"{found.amount}{(found.unit or '')[:1]}" if found.offered else ""


@pytest.mark.parametrize("country", marketplaces())
def test_each_country_is_offered_what_the_table_says(country: str) -> None:
    found = coverage_of(country, BOUGHT, delivered=BOUGHT, today=TODAY)

    assert tuple(each.programme for each in found.programmes) == PROGRAMMES
    assert tuple(written(each) for each in found.programmes) == OFFERED.get(country, NOTHING)


@pytest.mark.parametrize(
    ("country", "name", "bought", "until"),
    [
        ("US", "live_support", date(2026, 1, 1), date(2026, 4, 1)),
        ("CA", "live_support", date(2025, 12, 31), date(2026, 3, 31)),
        ("DE", "live_support", date(2024, 5, 10), date(2026, 5, 10)),
        ("ES", "live_support", date(2024, 5, 10), date(2027, 5, 10)),
        ("US", "self_service_videos", date(2026, 1, 1), date(2026, 6, 30)),
        ("US", "oem_repair", date(2026, 1, 31), date(2026, 3, 2)),
        ("US", "oem_repair", date(2024, 1, 31), date(2024, 3, 1)),
        ("ES", "manufacturer_support", date(2023, 7, 1), date(2026, 7, 1)),
    ],
)
def test_until_is_the_last_covered_day(country: str, name: str, bought: date, until: date) -> None:
    assert programme(coverage_of(country, bought, today=bought), name).until == until


@pytest.mark.parametrize(
    ("country", "bought", "until"),
    [
        ("DE", date(2024, 2, 29), date(2026, 2, 28)),
        ("ES", date(2024, 2, 29), date(2027, 2, 28)),
        ("DE", date(2022, 2, 28), date(2024, 2, 28)),
        ("DE", date(2022, 3, 1), date(2024, 3, 1)),
    ],
)
def test_years_end_on_the_same_day_of_the_year_or_on_february_28(country: str, bought: date, until: date) -> None:
    assert programme(coverage_of(country, bought, today=bought), "live_support").until == until


@pytest.mark.parametrize(
    ("today", "state", "days_left"),
    [
        (date(2026, 1, 1), "running", 90),
        (date(2026, 3, 31), "running", 1),
        (date(2026, 4, 1), "running", 0),
        (date(2026, 4, 2), "ended", -1),
    ],
)
def test_the_last_day_is_covered_and_the_next_is_not(today: date, state: str, days_left: int) -> None:
    found = programme(coverage_of("US", date(2026, 1, 1), today=today), "live_support")

    assert (found.state, found.days_left) == (state, days_left)


@pytest.mark.parametrize("name", ["self_service_workflows", "self_service_videos"])
def test_an_enrolled_maker_doubles_nothing_but_the_self_service_of_the_us(name: str) -> None:
    plain = coverage_of("US", BOUGHT, today=TODAY)
    enrolled = coverage_of("US", BOUGHT, today=TODAY, oem_enrolled=True)

    changed = [a.programme for a, b in zip(plain.programmes, enrolled.programmes, strict=True) if a.until != b.until]

    assert changed == ["self_service_workflows", "self_service_videos"]
    assert programme(enrolled, name).until == date(2028, 1, 1)


@pytest.mark.parametrize("country", [code for code in marketplaces() if code != "US"])
def test_an_enrolled_maker_changes_nothing_elsewhere(country: str) -> None:
    plain = coverage_of(country, BOUGHT, today=TODAY)
    enrolled = coverage_of(country, BOUGHT, today=TODAY, oem_enrolled=True)

    assert plain.programmes == enrolled.programmes


def test_parts_are_covered_from_the_delivery_on() -> None:
    found = programme(coverage_of("US", BOUGHT, delivered=date(2026, 1, 10), today=TODAY), "parts_replacement")

    assert (found.starts, found.until, found.basis) == (date(2026, 1, 10), date(2026, 2, 9), "delivery")


def test_parts_of_a_purchase_whose_delivery_is_not_known_are_covered_at_least_as_if_it_had_come_at_once() -> None:
    found = programme(coverage_of("US", BOUGHT, today=TODAY), "parts_replacement")

    assert (found.until, found.at_least, found.basis) == (date(2026, 1, 31), True, "purchase_at_least")
    assert "not known" in found.rests_on


def test_parts_of_a_purchase_still_on_its_way_have_not_started() -> None:
    found = programme(coverage_of("US", BOUGHT, delivered=date(2026, 2, 3), today=TODAY), "parts_replacement")

    assert (found.state, found.days_left) == ("not_started", 32)


def test_what_is_not_offered_says_so_and_has_no_days() -> None:
    found = programme(coverage_of("JP", BOUGHT, today=TODAY), "live_support").to_json()

    assert found["offered"] is False
    assert found["state"] == "not_offered"
    assert found["rests_on"] == "Not offered in JP, as far as the source says."
    assert (found["starts"], found["until"], found["days_left"], found["window"]) == (None, None, None, None)


def test_the_answer_as_json_holds_what_was_asked_and_six_programmes() -> None:
    answer = coverage_of("gb", BOUGHT, delivered=date(2026, 1, 4), today=TODAY, asin="b0testtest").to_json()

    assert {name: answer[name] for name in ("marketplace", "purchased", "delivered", "today", "asin")} == {
        "marketplace": "UK",
        "purchased": "2026-01-01",
        "delivered": "2026-01-04",
        "today": "2026-02-01",
        "asin": "B0TESTTEST",
    }
    assert answer["programmes"][0] == {
        "programme": "live_support",
        "offered": True,
        "state": "running",
        "starts": "2026-01-01",
        "until": "2028-01-01",
        "at_least": False,
        "days_left": 699,
        "window": {"amount": 2, "unit": "years"},
        "basis": "purchase",
        "rests_on": "2 years from the purchase (UK).",
        "source": answer["programmes"][0]["source"],
        "checked": "2026-11-21",
    }


@pytest.mark.parametrize(
    ("bought", "delivered", "field"),
    [
        (date(2026, 2, 2), None, "purchased"),
        (date(2026, 1, 10), date(2026, 1, 9), "delivered"),
    ],
)
def test_days_that_cannot_be_are_refused_by_field(bought: date, delivered: date | None, field: str) -> None:
    with pytest.raises(InputError) as refused:
        coverage_of("US", bought, delivered=delivered, today=TODAY)

    assert refused.value.detail == {"field": field}


def test_an_unknown_marketplace_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        coverage_of("XX", BOUGHT, today=TODAY)

    assert refused.value.code == "unknown_marketplace"


def test_a_moment_counts_as_its_day() -> None:
    assert coverage_of("US", datetime(2026, 1, 1, 23, 59), today=datetime(2026, 2, 1)) == coverage_of(
        "US", BOUGHT, today=TODAY
    )


DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@given(country=st.sampled_from(sorted(marketplaces())), one=DAYS, other=DAYS, oem=st.booleans())
def test_any_purchase_has_an_answer_that_agrees_with_itself(country: str, one: date, other: date, oem: bool) -> None:
    bought, today = min(one, other), max(one, other)

    for each in coverage_of(country, bought, today=today, oem_enrolled=oem).programmes:
        if not each.offered:
            assert each.until is None
            continue
        assert each.starts is not None and each.until is not None
        assert each.starts <= each.until
        assert each.days_left == (each.until - today).days
        assert (each.state == "running") == (each.days_left >= 0)


@given(bought=st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), more=st.integers(1, 800))
def test_what_was_bought_later_is_covered_no_shorter(bought: date, more: int) -> None:
    later = bought + timedelta(days=more)

    for early, late in zip(
        coverage_of("ES", bought, today=bought).programmes,
        coverage_of("ES", later, today=later).programmes,
        strict=True,
    ):
        assert (early.until is None and late.until is None) or early.until <= late.until  # type: ignore[operator]
