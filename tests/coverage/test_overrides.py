"""A seller who knows better than the table says so per product."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.coverage import ProgrammeCoverage, coverage_of
from aftercare.knowledge import Override

BOUGHT, TODAY = date(2026, 1, 1), date(2026, 2, 1)


def found(country: str, programme: str, override: Override, delivered: date | None = None) -> ProgrammeCoverage:
    answer = coverage_of(country, BOUGHT, delivered=delivered, today=TODAY, overrides={programme: override})  # type: ignore[dict-item]
    return next(each for each in answer.programmes if each.programme == programme)


def test_another_window_takes_the_place_of_the_tables() -> None:
    answer = found("US", "oem_repair", Override(amount=1, unit="years"))

    assert (answer.state, answer.until, answer.basis) == ("running", date(2027, 1, 1), "override")
    assert answer.rests_on == "Your own entry for this product: 1 year from the purchase."
    assert answer.source == "your support profile of this product"


def test_a_window_can_be_given_where_the_table_offers_none() -> None:
    answer = found("DE", "self_service_videos", Override(amount=60, unit="days"))

    assert (answer.offered, answer.until) == (True, date(2026, 3, 2))


def test_a_programme_can_be_switched_off() -> None:
    answer = found("US", "live_support", Override(offered=False))

    assert (answer.offered, answer.basis) == (False, "override_off")


def test_parts_still_count_from_the_delivery() -> None:
    answer = found("US", "parts_replacement", Override(amount=60, unit="days"), delivered=date(2026, 1, 5))

    assert (answer.starts, answer.until) == (date(2026, 1, 5), date(2026, 3, 6))


def test_the_other_programmes_stay_as_they_are() -> None:
    plain = coverage_of("US", BOUGHT, today=TODAY).programmes
    changed = coverage_of("US", BOUGHT, today=TODAY, overrides={"oem_repair": Override(offered=False)}).programmes

    assert [a.programme for a, b in zip(plain, changed, strict=True) if a != b] == ["oem_repair"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"amount": 3},
        {"unit": "days"},
        {"amount": 0, "unit": "days"},
        {"amount": 101, "unit": "years"},
        {"offered": False, "amount": 1, "unit": "years"},
        {"amount": 1, "unit": "weeks"},
    ],
)
def test_an_override_that_says_nothing_clear_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Override.model_validate(said)
