"""What Amazon's support programmes still cover of one purchase, until when, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from aftercare.coverage.answer import Basis, Coverage, ProgrammeCoverage, Returnable, State
from aftercare.coverage.windows import ProgrammeRule, Row, after, coverage_rules, return_rules
from aftercare.errors import InputError
from aftercare.knowledge import Override, Programme, Unit
from aftercare.rules.marketplaces import marketplace as marketplace_of


def coverage_of(
    marketplace: str,
    purchased: date,
    *,
    delivered: date | None = None,
    oem_enrolled: bool = False,
    today: date,
    asin: str | None = None,
    overrides: Mapping[Programme, Override] | None = None,
) -> Coverage:
    """What is covered of a purchase on `today`; `delivered` may be an estimate, and may lie ahead.

    overrides: the seller's own windows for this product, by programme (`SupportProfile.programmes`).
    Raises InputError (`unknown_marketplace`; `bad_input` with the field) for an unknown marketplace, a purchase after
    today, and a delivery before the purchase.
    """
    country = marketplace_of(marketplace).code
    purchased, today = _day(purchased), _day(today)
    delivered = _day(delivered) if delivered else None
    if purchased > today:
        raise InputError(
            f"The day of purchase, {purchased}, lies after {today}.",
            next="Correct the day of purchase, or give the day you ask about with --today.",
            field="purchased",
        )
    if delivered and delivered < purchased:
        raise InputError(
            f"The day of delivery, {delivered}, lies before the purchase on {purchased}.",
            next="Correct one of the two days; leave the delivery out where it is not known.",
            field="delivered",
        )
    returns = _returnable(country, purchased, delivered)
    bought = _Purchase(country, purchased, delivered, oem_enrolled, today, returns)
    return Coverage(
        marketplace=country,
        purchased=purchased,
        delivered=delivered,
        oem_enrolled=oem_enrolled,
        today=today,
        asin=asin.strip().upper() or None if asin else None,
        programmes=tuple(
            _programme(rule, _window(rule, (overrides or {}).get(rule.programme), bought), bought)
            for rule in coverage_rules().programmes
        ),
        returns=returns,
    )


@dataclass(frozen=True, slots=True)
class _Purchase:
    """What the questions about one purchase share."""

    country: str
    purchased: date
    delivered: date | None
    oem_enrolled: bool
    today: date
    returns: Returnable | None


@dataclass(frozen=True, slots=True)
class _Window:
    """A window before it is laid on the calendar: its length, and what it rests on; no length, not offered.

    words: holds `{since}` where what it is counted from belongs. ends: overrides the end that the length gives.
    """

    basis: Basis
    words: str
    source: str
    checked: date | None
    amount: int | None = None
    unit: Unit | None = None
    ends: date | None = None


def _window(rule: ProgrammeRule, override: Override | None, bought: _Purchase) -> _Window:
    if override is not None:
        source = "your support profile of this product"
        if override.amount is None or override.unit is None:
            return _Window("override_off", "You switched it off for this product.", source, None)
        words = f"Your own entry for this product: {_length(override.amount, override.unit)} {{since}}."
        return _Window("override", words, source, None, override.amount, override.unit)
    rules = coverage_rules()
    row = rule.row(bought.country)
    length = _length_of(row, bought) if row else None
    if row is None or length is None:
        words = f"Not offered in {bought.country}, as far as the source says."
        return _Window("not_offered", words, rules.source, rules.checked)
    amount, unit = length
    words, ends = f"{_length(amount, unit)} {{since}} ({bought.country})", None
    basis: Basis = rule.starts
    if row.unit == "return_window" and bought.returns:
        words = f"The return window of {_length(amount, unit)} {{since}} ({bought.country})"
        if bought.returns.holiday:
            basis, ends = "holiday", bought.returns.until
            words += f", for purchases before the holidays until {ends}"
    elif bought.oem_enrolled and row.oem_enrolled:
        words += ", since the maker is enrolled"
    return _Window(basis, words + ".", rules.source, rules.checked, amount, unit, ends)


def _length_of(row: Row, bought: _Purchase) -> tuple[int, Unit] | None:
    if row.unit == "return_window":
        return (bought.returns.days, "days") if bought.returns else None
    if bought.oem_enrolled and row.oem_enrolled:
        return row.oem_enrolled.amount, row.oem_enrolled.unit
    return (row.amount, row.unit) if row.amount else None


def _programme(rule: ProgrammeRule, window: _Window, bought: _Purchase) -> ProgrammeCoverage:
    """Lays the window on the calendar."""
    if window.amount is None or window.unit is None:
        return ProgrammeCoverage(
            rule.programme, "not_offered", window.basis, window.words, window.source, window.checked
        )
    # A delivery is never before its purchase, so the purchase gives the earliest day on which the window can end.
    at_least = rule.starts == "delivery" and bought.delivered is None
    start = bought.delivered if rule.starts == "delivery" and bought.delivered else bought.purchased
    until = window.ends or after(start, window.amount, window.unit)
    state: State = "not_started" if start > bought.today else "running" if until >= bought.today else "ended"
    since = "from the purchase (the day of delivery is not known)" if at_least else f"from the {rule.starts}"
    return ProgrammeCoverage(
        programme=rule.programme,
        state=state,
        basis="purchase_at_least" if at_least and window.basis == "delivery" else window.basis,
        rests_on=window.words.format(since=since),
        source=window.source,
        checked=window.checked,
        starts=start,
        until=until,
        days_left=(until - bought.today).days,
        amount=window.amount,
        unit=window.unit,
        at_least=at_least,
    )


def _returnable(country: str, purchased: date, delivered: date | None) -> Returnable | None:
    rules = return_rules()
    found = rules.window(country)
    if found is None:
        return None
    usual = after(delivered or purchased, found.days, "days")
    holiday = rules.holiday(country, purchased)
    longer = holiday is not None and holiday.returnable_until > usual
    return Returnable(
        days=found.days,
        until=holiday.returnable_until if holiday and longer else usual,
        at_least=delivered is None,
        holiday=longer,
        electronics_days=rules.electronics_days(country, purchased),
        status=found.status,
        source=holiday.source if holiday and longer else found.source,
        note=found.note,
    )


def _length(amount: int, unit: Unit) -> str:
    return f"{amount} {unit if amount != 1 else unit.removesuffix('s')}"


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
