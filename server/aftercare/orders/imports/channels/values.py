"""What channels write into cells and fields: moments, money, countries, addresses. What cannot be read says why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from aftercare.orders.customer_names import stable_address
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad, DayOrder
from aftercare.orders.imports.channels.words import channel_rules
from aftercare.reviews.tables import calendar, plain

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_DAY_FIRST = re.compile(r"(\d{1,2})[-./ ]+([^\W\d_]{3,}\.?)[-./, ]+(\d{4}|\d\d)(?!\d)(.*)", re.DOTALL)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,}\.?)[-./ ]+(\d{1,2})[-./, ]+(\d{4}|\d\d)(?!\d)(.*)", re.DOTALL)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AP]M)?", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f]+")
_AMOUNT_SIGNS = re.compile(r"[\d.,'’\s()+−-]")
_EMAIL = re.compile(r"[^@\s*<>,;]+@[^@\s*<>,;]+\.[^@\s*<>,;.]{2,}")
_HASH = re.compile(r"[0-9a-f]{32,}", re.IGNORECASE)
# How spreadsheets keep digits from being counted: '01234 or ="01234".
_WRAPPING = re.compile(r"""^(?:="(.*)"|'(?=[\d+=-]))""")
_TEXTS = (str, int, float)
_LONGEST = 200
_LARGEST = Decimal(10) ** 9
_BEFORE_CHANNELS = date(1995, 9, 3)  # The day eBay opened; Walmart's and Shopify's stores are younger.


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as the channel writes it, and the moment in UTC as text that sorts; a bare day is its beginning."""

    day: str
    at: str


def text(raw: object, *, longest: int = _LONGEST) -> str | None:
    """A value as one line; None where it is empty, masked with asterisks, or the hash that a data warehouse keeps."""
    if raw == "" or type(raw) not in _TEXTS:  # Not isinstance, since true and false are no text.
        return None
    cleaned = _cleaned(str(raw))
    return cleaned[:longest] if cleaned else None


@lru_cache(maxsize=20_000)  # The cells of an order repeat, and many are equal in all orders.
def _cleaned(raw: str) -> str | None:
    cleaned = _BLANKS.sub(" ", raw.replace("\x00", "")).strip()
    cleaned = _WRAPPING.sub(r"\1", cleaned).strip()
    cleaned = cleaned.encode("utf-8", "ignore").decode()
    rules = channel_rules()
    if not cleaned or cleaned.casefold() in rules.empty or "**" in cleaned or _HASH.fullmatch(cleaned):
        return None
    return None if cleaned.casefold().startswith(rules.withheld) else cleaned


def moment(raw: object, latest: date, order: DayOrder | None = None) -> Moment | Bad | None:
    """A moment in the forms channels write: ISO 8601, `05-oct.-26`, `Oct-05-26 23:45:00`, milliseconds since 1970.

    order: how a day of numbers alone is meant. A day before there was a channel, or after `latest`, is not believed.
    """
    cleaned = text(raw)
    return None if cleaned is None else _sane(cleaned, latest, order)


@lru_cache(maxsize=20_000)
def _sane(cleaned: str, latest: date, order: DayOrder | None) -> Moment | Bad:
    try:
        found = _moment(cleaned, order)
    except (ValueError, OverflowError):
        return Bad("is not a date")
    if isinstance(found, Bad):
        return found
    day, at = found
    if day > latest:
        return Bad("lies in the future")
    if day < _BEFORE_CHANNELS:
        return Bad("lies before the channel existed")
    return Moment(day.isoformat(), at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _moment(cleaned: str, order: DayOrder | None) -> tuple[date, datetime] | Bad:
    """Raises ValueError or OverflowError where there is no such day or clock."""
    if re.fullmatch(r"\d{12,14}", cleaned):
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(cleaned))
        return at.date(), at
    if found := _ISO.match(cleaned):
        day, hour, minute, second, offset = found.groups()
        zone = "+00:00" if offset is None or offset.upper() in ("Z", "UTC", "GMT") else offset
        local = datetime.fromisoformat(f"{day}T{hour}:{minute}:{second or '00'}{zone}")
        return local.date(), local.astimezone(UTC)
    if found := _DAY_FIRST.match(cleaned):
        number, name, year, rest = found.groups()
    elif found := _MONTH_FIRST.match(cleaned):
        name, number, year, rest = found.groups()
    else:
        bare = read.day(cleaned, order)
        if not isinstance(bare, date):
            return bare or Bad("is not a date")
        return bare, datetime.combine(bare, time(), UTC)
    month = calendar().months.get(plain(name))
    if month is None:
        return Bad("is not a date")
    day_read = date(int(year) + (2000 if len(year) == 2 else 0), month, int(number))
    return day_read, datetime.combine(day_read, _clock(rest), UTC)


def _clock(rest: str) -> time:
    found = _CLOCK.search(rest)
    if not found:
        return time()
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    half = (found[4] or "").upper()
    return time(hour % 12 + (12 if half == "PM" else 0) if half else hour, minute, second)


def money(raw: object) -> Decimal | Bad | None:
    """An amount as a cell or a JSON number gives it, in whatever form of figures; absurd ones are not believed."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        try:
            amount: Decimal | Bad | None = Decimal(str(raw))
        except InvalidOperation:
            amount = Bad("is not an amount")
    else:
        cleaned = text(raw)
        amount = read.money(cleaned) if cleaned else None
    if isinstance(amount, Decimal) and not (amount.is_finite() and abs(amount) < _LARGEST):
        return Bad("is no amount anyone pays")
    return amount


def currency(*raws: object) -> str | None:
    """The currency the first telling value names: a code of three letters, or the mark beside an amount."""
    for raw in raws:
        mark = _AMOUNT_SIGNS.sub("", _BLANKS.sub("", text(raw) or "")).upper()
        if known := channel_rules().currencies.get(mark):
            return known
        if len(mark) == 3 and mark.isascii() and mark.isalpha():
            return mark
    return None


def email(raw: object) -> str | None:
    """An e-mail address in small letters, of a relay its stable part; None for anything else."""
    cleaned = text(raw)
    return stable_address(cleaned)[0] if cleaned and _EMAIL.fullmatch(cleaned) else None


@lru_cache(maxsize=1_000)
def country(raw: str | None) -> str | None:
    """The ISO code of a country, from a code or from its name in any language of Amazon's stores."""
    cleaned = text(raw)
    if cleaned is None:
        return None
    code = cleaned.upper()
    if code in channel_rules().countries:
        return channel_rules().countries[code]
    if len(code) == 2 and code.isascii() and code.isalpha():
        return code
    tables, name = calendar(), plain(cleaned)
    found = tables.spaced.get(name) or tables.unspaced.get(name)
    return "GB" if found == "UK" else found


def amount_of(value: object, number: str, unit: str) -> tuple[Decimal | None, str | None]:
    """An amount of an API with its currency; each is None where it is not told or no amount."""
    if not isinstance(value, dict):
        return None, None
    amount = money(value.get(number))
    return amount if isinstance(amount, Decimal) else None, currency(value.get(unit))
