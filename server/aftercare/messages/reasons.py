"""The rules of the routes (`shared_rules/routes.json`) and the reasons routes give: a code, values, English words.

The extension translates by code; the words are for the command line and the log of a person's decisions.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from babel.dates import format_date
from babel.numbers import get_currency_precision
from pydantic import Field, field_validator

from aftercare.knowledge import Programme
from aftercare.orders.signals import Signal
from aftercare.rules import RuleModel, load

Value = str | int | date | None


class ContactWindow(RuleModel):
    """Up to which day after the delivery a seller may begin a thread, and from which day on that is warned of."""

    days: int = Field(ge=1)
    warn_from: int = Field(ge=1)
    source: str
    note: str


class ThreadRule(RuleModel):
    """For how many days after the buyer's last words a thread counts as open."""

    recent_days: int = Field(ge=1)
    source: str
    note: str


class AmazonContactRule(RuleModel):
    """Up to how many stars, and for how many days, Amazon offers its own Contact Customer."""

    max_stars: int = Field(ge=1, le=5)
    kept_days: int = Field(ge=1)
    source: str
    note: str


class AmazonDelivers(RuleModel):
    """Signals that are Amazon's to answer for where Amazon delivered."""

    signals: frozenset[str]
    source: str
    note: str


class Reportable(RuleModel):
    """What makes a review one that Amazon's own rules exclude."""

    topics: frozenset[str]
    share: float = Field(gt=0, le=1)
    kind_stars: int = Field(ge=1, le=5)
    source: str
    note: str


class RouteRules(RuleModel):
    """The whole file.

    reasons_in_order: the signals that a seller may write about first, the weightiest first. signals_by_topic: which
    facts of the order a topic of complaint looks for, the best first. support: which programmes, likewise.
    """

    checked: date
    contact_window: ContactWindow
    thread: ThreadRule
    amazon_contact: AmazonContactRule
    amazon_delivers: AmazonDelivers
    reasons_in_order: tuple[str, ...]
    signals_by_topic: dict[str, tuple[str, ...]]
    support: dict[str, tuple[Programme, ...]]
    reportable: Reportable
    reasons: dict[str, tuple[str, ...]]

    @field_validator("reasons")
    @classmethod
    def _are_templates(cls, reasons: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for code, wordings in reasons.items():
            if not wordings or not all(string.Template(words).is_valid() for words in wordings):
                raise ValueError(f"the words of {code} cannot be filled in")
        return reasons


@cache
def route_rules() -> RouteRules:
    """The rules of the routes. Raises RulesError."""
    return load(RouteRules, "routes.json")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a route is open or closed; days in `values` are ISO 8601, amounts are texts such as "50.00"."""

    code: str
    words: str
    values: dict[str, str | int]

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "words": self.words, "values": dict(self.values)}


def reason(code: str, **values: Value) -> Reason:
    """The reason of a code, in the first of its wordings for which every value is known."""
    known = {name: value for name, value in values.items() if value is not None}
    wordings = [string.Template(words) for words in route_rules().reasons[code]]
    fitting = next((each for each in wordings if set(each.get_identifiers()) <= set(known)), None)
    if fitting is None:
        raise KeyError(f"the reason {code} has no wording for {sorted(known)}")
    words = fitting.substitute({name: _shown(value) for name, value in known.items()})
    return Reason(code, words, {name: _plain(value) for name, value in known.items()})


def reason_of(signal: Signal, code: str | None = None) -> Reason:
    """What a signal says, as the reason of its own kind or of another code."""
    return reason(
        code or signal.kind, since=signal.since, days=signal.days, amount=amount_of(signal), currency=signal.currency
    )


def amount_of(signal: Signal) -> str | None:
    """The money of a signal with the decimals of its currency, as 50.00 or 1200; None where it is not wholly known."""
    if signal.amount is None or not signal.currency:
        return None
    return f"{signal.amount:.{get_currency_precision(signal.currency.upper())}f}"


def _shown(value: str | int | date) -> str:
    return format_date(value, "MMM d, y", locale="en_US") if isinstance(value, date) else str(value)


def _plain(value: str | int | date) -> str | int:
    return value.isoformat() if isinstance(value, date) else value
