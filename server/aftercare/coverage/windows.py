"""The tables behind the coverage, `coverage.json` and `returns.json` in `shared_rules/`, and how to read them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator

from aftercare.knowledge import Programme, Unit
from aftercare.rules import RuleModel, load
from aftercare.rules.marketplaces import marketplaces


class Span(RuleModel):
    """A length of time in days or years."""

    amount: int = Field(ge=1)
    unit: Unit


class Row(RuleModel):
    """The window of some countries. `return_window` is as long as the country's return window, and has no amount."""

    countries: tuple[str, ...]
    amount: int | None = Field(default=None, ge=1)
    unit: Unit | Literal["return_window"]
    oem_enrolled: Span | None = None
    """The window where the maker is enrolled in the programme."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.unit == "return_window") != (self.amount is None):
            raise ValueError("a window has an amount, unless it is the return window")
        _check_known(self.countries)
        return self


class ProgrammeRule(RuleModel):
    """One programme: what its windows start from, and the windows; a country in none of them is not offered it."""

    programme: Programme
    starts: Literal["purchase", "delivery"]
    windows: tuple[Row, ...]

    def row(self, country: str) -> Row | None:
        """The row of a marketplace, None where the programme is not offered."""
        return next((row for row in self.windows if country in row.countries), None)


class CoverageRules(RuleModel):
    """`coverage.json`: where the table comes from, when that was checked, and the six programmes in showing order."""

    source: str
    checked: date
    note: str
    programmes: tuple[ProgrammeRule, ...]


class ReturnWindow(RuleModel):
    """For how many days from the delivery most items can be returned; `status` says who says so."""

    countries: tuple[str, ...]
    days: int = Field(ge=1)
    status: Literal["amazon", "third_party", "unverified"]
    source: str
    note: str

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.status == "unverified") != (not self.source):
            raise ValueError("a window without a source is unverified, and one with a source is not")
        _check_known(self.countries)
        return self


class ElectronicsWindow(ReturnWindow):
    """The shorter window of consumer electronics, and the day since which it holds."""

    since: date


class HolidayWindow(RuleModel):
    """What was bought between two days can be returned until a third, where that is later than usual."""

    countries: tuple[str, ...]
    bought_from: date
    bought_until: date
    returnable_until: date
    status: Literal["amazon", "third_party", "unverified"]
    source: str
    note: str


class ReturnRules(RuleModel):
    """`returns.json`: return windows per country, the shorter ones of electronics, the longer ones of the holidays."""

    checked: date
    note: str
    windows: tuple[ReturnWindow, ...]
    electronics: tuple[ElectronicsWindow, ...]
    holidays: tuple[HolidayWindow, ...]

    def window(self, country: str) -> ReturnWindow | None:
        """The return window of a marketplace, None where it is not known."""
        return next((each for each in self.windows if country in each.countries), None)

    def electronics_days(self, country: str, purchased: date) -> int | None:
        """The days for consumer electronics, where they differ."""
        found = (each for each in self.electronics if country in each.countries and purchased >= each.since)
        return next((each.days for each in found), None)

    def holiday(self, country: str, purchased: date) -> HolidayWindow | None:
        """The holiday rule that a purchase falls under."""
        found = (each for each in self.holidays if country in each.countries)
        return next((each for each in found if each.bought_from <= purchased <= each.bought_until), None)


@cache
def coverage_rules() -> CoverageRules:
    """The six programmes. Raises RulesError."""
    return load(CoverageRules, "coverage.json")


@cache
def return_rules() -> ReturnRules:
    """The return windows. Raises RulesError."""
    return load(ReturnRules, "returns.json")


def after(start: date, amount: int, unit: Unit) -> date:
    """The last covered day of a window: the day itself counts as covered.

    90 days from January 1 end on April 1. Years end on the same day of the year, and on February 28 where there is no
    February 29. A window beyond the calendar ends with it.
    """
    try:
        if unit == "days":
            return date.fromordinal(start.toordinal() + amount)
        if (start.month, start.day) == (2, 29) and not _is_leap(start.year + amount):
            return date(start.year + amount, 2, 28)
        return start.replace(year=start.year + amount)
    except (ValueError, OverflowError):
        return date.max


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _check_known(countries: tuple[str, ...]) -> None:
    strangers = [country for country in countries if country not in marketplaces()]
    if strangers:
        raise ValueError(f"there is no marketplace {strangers[0]}")
