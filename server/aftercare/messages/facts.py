"""The facts of an order as a message states them: days and amounts in the words of the buyer's language and country."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency

from aftercare.messages.greeting import first_name
from aftercare.messages.situation import signal_of
from aftercare.messages.templates import drafting, frame
from aftercare.orders.order import OrderLine
from aftercare.orders.signals import Signal
from aftercare.rules.marketplaces import marketplaces


def facts_of(line: OrderLine, signals: Iterable[Signal], *, language: str, today: date) -> dict[str, str]:
    """The facts that are known, by their names in `templates.FACTS`; a fact that contradicts another is left out."""
    known = tuple(signals)
    tongue = _locale(language, line.marketplace)
    days: dict[str, date | None] = {
        "return_day": _returned(known, line),
        "shipped_day": line.shipped,
        "failed_day": _since(known, line, "delivery_failed"),
        "claim_day": _since(known, line, "claim_open"),
        "replacement_day": _since(known, line, "replacement_sent"),
        "message_day": _since(known, line, "message_waiting"),
        "expected_day": line.promised or line.estimated_delivery,
        **_late_days(line),
    }
    # What lies ahead has not happened; such a day is a mistake in a report.
    facts = {name: said_day(day, tongue, language) for name, day in days.items() if day and day <= today}
    facts["order"] = line.order_id
    facts["answer_day"] = said_day(today + timedelta(days=drafting().answer_within_days), tongue, language)
    if name := first_name(line.buyer):
        facts["name"] = name
    owed = signal_of(known, "refund_owed", line)
    if owed and owed.amount is not None and owed.amount > 0 and owed.currency:
        facts["amount"] = said_amount(owed.amount, owed.currency, tongue)
    return facts


def said_until(until: date, line: OrderLine, language: str) -> str:
    """A day that lies ahead, such as the end of a support window."""
    return said_day(until, _locale(language, line.marketplace), language)


def said_day(day: date, tongue: Locale, language: str) -> str:
    """A day within a sentence: October 7, 2026; 7 octobre 2026; venerdì 7 ottobre 2026."""
    said = format_date(day, frame(language).date, locale=tongue)
    # French says "premier" for the first of a month, which CLDR does not.
    return re.sub(r"^1 ", "1er ", said) if language == "fr" else said


def said_amount(amount: Decimal, currency: str, tongue: Locale) -> str:
    """An amount of money as it is written there: $64.90; 64,90 €."""
    return format_currency(amount, currency.strip().upper(), locale=tongue)


def _late_days(line: OrderLine) -> dict[str, date | None]:
    promised, delivered = line.promised, line.delivered
    if promised and delivered and delivered <= promised:
        return {"promised_day": None, "delivered_day": None}
    return {"promised_day": promised, "delivered_day": delivered}


def _since(signals: tuple[Signal, ...], line: OrderLine, kind: str) -> date | None:
    found = signal_of(signals, kind, line)
    return found.since if found else None


def _returned(signals: tuple[Signal, ...], line: OrderLine) -> date | None:
    found = signal_of(signals, "refund_owed", line) or signal_of(signals, "return_open", line)
    return found.returned if found else None


def _locale(language: str, marketplace: str | None) -> Locale:
    """The language as it is written in the marketplace's country, if it is one of that store's languages."""
    place = marketplaces().get(marketplace or "")
    if place is None or language not in place.languages:
        return Locale.parse(language)
    return Locale.parse(f"{language}_{'GB' if place.code == 'UK' else place.code}")
