"""Until when a purchase can be returned, who says so, and where nobody does."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.coverage import Returnable, coverage_of
from aftercare.coverage.windows import return_rules
from aftercare.rules.marketplaces import marketplaces


def returns(country: str, bought: date, delivered: date | None = None) -> Returnable | None:
    return coverage_of(country, bought, delivered=delivered, today=date(2026, 11, 21)).returns


@pytest.mark.parametrize(
    ("country", "days", "status"),
    [("US", 30, "amazon"), ("SG", 15, "amazon"), ("DE", 30, "third_party"), ("IN", 7, "unverified")],
)
def test_the_window_says_who_says_so(country: str, days: int, status: str) -> None:
    found = returns(country, date(2026, 3, 1))

    assert found and (found.days, found.status) == (days, status)


@pytest.mark.parametrize("country", ["SA", "EG", "BE", "IE"])
def test_a_country_nobody_speaks_of_is_not_known(country: str) -> None:
    assert returns(country, date(2026, 3, 1)) is None


def test_the_window_counts_from_the_delivery() -> None:
    found = returns("US", date(2026, 3, 1), date(2026, 3, 5))

    assert found and (found.until, found.at_least) == (date(2026, 4, 4), False)


@pytest.mark.parametrize(
    ("bought", "until"),
    [
        (date(2025, 10, 31), date(2025, 12, 3)),
        (date(2025, 11, 1), date(2026, 1, 31)),
        (date(2025, 12, 31), date(2026, 2, 2)),
        (date(2026, 1, 1), date(2026, 2, 3)),
    ],
)
def test_holiday_purchases_can_be_returned_longer_never_shorter(bought: date, until: date) -> None:
    delivered = date.fromordinal(bought.toordinal() + 3)

    found = returns("US", bought, delivered)

    assert found and found.until == until


def test_parts_follow_the_longer_window_of_the_holidays() -> None:
    answer = coverage_of("US", date(2025, 11, 10), delivered=date(2025, 11, 12), today=date(2026, 1, 20))

    parts = answer.programmes[-1]

    assert (parts.state, parts.until, parts.basis) == ("running", date(2026, 1, 31), "holiday")


def test_electronics_are_told_apart_since_their_window_changed() -> None:
    before, after = returns("IT", date(2024, 4, 24)), returns("IT", date(2024, 4, 25))

    assert before and after and (before.electronics_days, after.electronics_days) == (None, 14)


def test_no_country_is_listed_twice_and_every_one_exists() -> None:
    listed = [country for each in return_rules().windows for country in each.countries]

    assert len(listed) == len(set(listed))
    assert set(listed) <= set(marketplaces())
