"""What stands in one cell of a report: days, moments, money, counts, ids. A cell that cannot be read says why.

Nothing is guessed: a day that could be two days, or an id that a spreadsheet has rounded, is refused. A reason quotes
only what cannot belong to a person: the shape of the cell, never its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

DayOrder = Literal["mdy", "dmy", "ymd"]
"""In which order a short date such as 4/5/25 gives its parts."""

EARLIEST = date(1995, 7, 16)
"""The day Amazon sold its first book; no report can speak of a day before it."""

DAYS_AHEAD = 3
"""How far a day that is over may lie ahead of this machine's clock: time zones and clocks that are off."""

_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTHS = {name[:length]: number for number, name in enumerate(_ENGLISH, 1) for length in (3, len(name))}
ORDER_ID = re.compile(r"[0-9A-Z][0-9]{2}-[0-9]{7}-[0-9]{7}")
_WRAPPED = re.compile(r"""^(?:="?|'|")*\s*(.*?)\s*"?$""", re.DOTALL)
_ROUNDED = re.compile(r"^\d+(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{14,}")
# Blanks that do not break a line or are thin, and marks that only turn the direction of writing.
_BLANKS = dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F), " ") | dict.fromkeys((0x200E, 0x200F, 0x61C))
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_ISO_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)|(\d{4})年 ?(\d{1,2})月 ?(\d{1,2})日")
_SHORT_DAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)")
# `8 Jun 2025`, `1 juil. 2026`, `1 de jul. de 2026`, `10-Jul-25`; and `Jun 8, 2025`.
_NAMED_DAY = re.compile(
    r"(\d{1,2})(?:\.|er|º)?[- ](?:de )?([^\W\d_]+)\.?[-., ]+(?:de )?(\d{4}|\d{2})(?!\d)"
    r"|([^\W\d_]+)\.? (\d{1,2}),? (\d{4})(?!\d)"
)
_SERIAL_DAY = re.compile(r"\d{5}(?:[.,]\d+)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.? ?m\b)?", re.IGNORECASE)
_AMOUNT = re.compile(r"^[^\d.,]*?([-+−(]?)[^\d.,+−-]*?(\d(?:[\d.,'’ ]*\d)?|[.,]\d+)([-−]?)[^\d]*$")
_DIGITS = re.compile(r"\d+")
# In India the groups above the first are of two digits.
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be read, and why, in words without the cell's text."""

    reason: str

    def __bool__(self) -> bool:
        return False


def text(raw: str) -> str | None:
    """The cell without blanks around it; None where nothing is left.

    A spreadsheet that saves tab files wraps a cell with quotes in it in quotes and doubles them; that is undone. Other
    quotes are the writer's own.
    """
    cleaned = raw.strip()
    inner = cleaned[1:-1]
    if cleaned[:1] == '"' == cleaned[-1:] and '""' in inner and '"' not in inner.replace('""', ""):
        cleaned = inner.replace('""', '"')
    return cleaned or None


def order_id(raw: str) -> str | Bad:
    """An Amazon order id (3-7-7 digits, or with a letter in front), also where a spreadsheet wrapped it in ="…"."""
    match = _WRAPPED.match(raw.translate(_DASHES).strip())
    cleaned = match.group(1).upper() if match else ""
    if ORDER_ID.fullmatch(cleaned):
        return cleaned
    if not cleaned:
        return Bad("is empty")
    if is_rounded(cleaned):
        return Bad("was rounded by a spreadsheet; download the report again and import it without opening it there")
    if _LONG_NUMBER.fullmatch(cleaned):
        return Bad("was made a plain number by a spreadsheet; download the report again, and do not open it there")
    return Bad("is not an Amazon order id (such as 123-1234567-1234567)")


def is_rounded(raw: str) -> bool:
    """Whether a spreadsheet has turned a long number into one such as 5.80293E+13."""
    return bool(_ROUNDED.match(raw))


def item_id(raw: str) -> str | Bad | None:
    """An id within an order: digits and letters as Amazon writes them."""
    cleaned = raw.strip().lstrip("'")
    if is_rounded(cleaned):
        return Bad("was rounded by a spreadsheet")
    return cleaned or None


def day(raw: str, order: DayOrder | None = None, *, latest: date | None = None) -> date | Bad | None:
    """The calendar day of a date or moment, in the report's own time zone. `order` reads short dates such as 4/5/25.

    None where the cell is empty; Bad where it is no day, could be several, or lies before EARLIEST or after `latest`.
    """
    cleaned = raw.translate(_BLANKS).strip().lstrip("'")
    if not cleaned:
        return None
    if _SERIAL_DAY.fullmatch(cleaned):
        return Bad("is a day as a spreadsheet counts them; download the report again, and do not open it there")
    found = {each for each in _readings(cleaned, order) if each is not None}
    if not found:
        return Bad("is not a date")
    sane = {each for each in found if each >= EARLIEST and (latest is None or each <= latest)}
    if len(sane) > 1:
        return Bad("could be two different days, since the country of the report is not known")
    if sane:
        return sane.pop()
    if latest and min(found) > latest:
        return Bad("lies in the future")
    return Bad("lies before Amazon existed")


def _readings(cleaned: str, order: DayOrder | None) -> list[date | None]:
    """Every day the text can mean."""
    if match := _ISO_DAY.match(cleaned):
        return [_date(match[1] or match[5], match[3] or match[6], match[4] or match[7])]
    if match := _SHORT_DAY.match(cleaned):
        first, mark, second, last = match.groups()
        if mark == "." and order != "ymd":
            order = "dmy"  # Nobody who writes points puts the month first.
        ways: dict[str, date | None] = {}
        if len(last) > 1:
            ways |= {"mdy": _date(last, first, second), "dmy": _date(last, second, first)}
        if len(last) < 3:
            ways["ymd"] = _date(first, second, last)
        return [ways.get(order)] if order else list(ways.values())
    if match := _NAMED_DAY.match(cleaned):
        named_day, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        return [_date(year, _month(name), named_day)]
    return []


@lru_cache(maxsize=1_000)
def _month(name: str) -> str:
    """The number of a month by its name, in English or any language of Amazon's stores; 0 for any other word."""
    if number := _MONTHS.get(name.lower()):
        return str(number)
    # Most files write their days in digits, and need not wait for Unicode's tables.
    from aftercare.reviews.tables import calendar, plain

    return str(calendar().months.get(plain(name), 0))


def _date(year: str, month: str, day: str) -> date | None:
    if len(year) < 3:
        year = f"20{int(year):02d}"
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def moment(raw: str) -> int | None:
    """Seconds since 1970 in UTC of a moment with its offset, or of a day's beginning; None where it is no date."""
    cleaned = raw.strip()
    try:
        parsed = datetime.fromisoformat(cleaned.removesuffix(" UTC"))
    except ValueError:
        found = day(cleaned)
        if not isinstance(found, date):
            return None
        clock = _CLOCK.search(cleaned)
        hours, minutes, seconds = (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
        if clock and clock[4]:
            hours = hours % 12 + (12 if clock[4] in "pP" else 0)
        try:
            parsed = datetime(found.year, found.month, found.day, hours, minutes, seconds)
        except ValueError:
            return None
    try:
        return int((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp())
    except (OverflowError, ValueError):
        return None


def latest_day(today: date, ahead: int = DAYS_AHEAD) -> date:
    """The last day a report of today may name."""
    return min(today, date.max - timedelta(days=ahead)) + timedelta(days=ahead)


def money(raw: str, *, comma: bool | None = None) -> Decimal | Bad | None:
    """An amount with a decimal comma or point, with or without a currency sign and groups of thousands.

    comma: whether the file writes decimals with a comma; decides "1.234" and "1,234", which are else read as Amazon's
    flat files mean them: a lone point is decimal, a lone comma before three digits groups thousands.
    """
    cleaned = raw.translate(_BLANKS).strip().lstrip("'")
    if not cleaned:
        return None
    match = _AMOUNT.match(cleaned)
    if not match:
        return Bad("is not an amount")
    digits = re.sub(r"['’ ]", "", match[2])
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        mark = max(".,", key=digits.rfind)
    elif points + commas != 1:
        mark = ""  # None at all, or several of one kind, which then group thousands.
    elif commas:
        mark = "" if comma is not True and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits) else ","
    else:
        mark = "" if comma and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits) else "."
    whole, _, fraction = digits.rpartition(mark) if mark else (digits, "", "")
    if re.search(r"[.,]", whole) and not _THOUSANDS.fullmatch(whole):
        return Bad("is not an amount")
    whole = re.sub(r"[.,]", "", whole)
    if len(whole) + len(fraction) > 18 or "," in fraction or "." in fraction:
        return Bad("is not an amount")
    amount = Decimal(f"{whole or 0}.{fraction or 0}")
    return -amount if match[1] + match[3] in ("-", "−", "(") else amount


def writes_commas(raw: str) -> bool | None:
    """Whether this amount shows that its file writes decimals with a comma; None where it could be either.

    "1.200,50" and "25,2" show it, "1.200" does not: it may be a thousand two hundred, or one and a fifth.
    """
    match = _AMOUNT.match(raw.translate(_BLANKS).strip().lstrip("'"))
    marks = [sign for sign in (match[2] if match else "") if sign in ".,"]
    if not match or not marks:
        return None
    if len(set(marks)) == 2:
        return marks[-1] == ","
    if len(marks) > 1:
        return marks[0] == "."
    decimals = len(match[2].rpartition(marks[0])[2])
    return marks[0] == "," if decimals != 3 else None


def money_text(amount: Decimal) -> str:
    """The amount as the book keeps it: plain digits, at least two decimals, so that equal amounts are equal texts."""
    whole, _, fraction = format(amount, "f").partition(".")
    return f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"


def count(raw: str) -> int | Bad | None:
    """A number of pieces."""
    cleaned = raw.strip()
    if not cleaned:
        return None
    if _GROUPED.fullmatch(cleaned):
        return Bad("could be thousands or a fraction")
    whole = re.sub(r"[.,]0+$", "", cleaned)
    if not _DIGITS.fullmatch(whole) or len(whole) > 7:
        return Bad("is not a number of pieces")
    return int(whole)
