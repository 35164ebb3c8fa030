"""Reads the loose values of helpdesk JSON: ids as numbers or texts, moments in any usual form, lists that are null."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from aftercare.orders.imports.cells import EARLIEST, latest_day

Record = dict[str, Any]

_LONGEST_ID = 200
_LARGEST_ID = 10**40
_EPOCH = re.compile(r"\d{9,11}|\d{12,14}")
_FRACTION = re.compile(r"([.,]\d{6})\d+")
_MOST_WALKED = 5_000


def ident(value: Any) -> str | None:
    """An id as text; None where the value is none, such as a number that a float has rounded."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        value = int(value) if value == value and abs(value) < 2**53 and value.is_integer() else None
    if isinstance(value, int):
        return str(value) if abs(value) < _LARGEST_ID else None
    if isinstance(value, str):
        cleaned = storable(value).strip().removesuffix(".0")
        return cleaned if 0 < len(cleaned) <= _LONGEST_ID else None
    return None


def text(value: Any) -> str | None:
    """A text without blanks around it; None where the value is no text or nothing is left."""
    return (storable(value).strip() or None) if isinstance(value, str) else None


def storable(value: str) -> str:
    """The text without halves of surrogate pairs and without NUL, which no database takes."""
    return value.encode("utf-8", "replace").decode().replace("\x00", "")


def record(value: Any) -> Record:
    """An object; an empty one where the value is none."""
    return value if isinstance(value, dict) else {}


def records(value: Any) -> list[Record]:
    """The objects of a list; none where the value is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def first(source: Record, *names: str) -> Any:
    """The first of the named values that is there and not null."""
    return next((source[name] for name in names if source.get(name) is not None), None)


def flag(value: Any) -> bool | None:
    """Yes or no, also as the words and numbers that tables use; None where it is neither."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | str):
        return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(
            str(value).strip().casefold() if not isinstance(value, int) or abs(value) < 2 else ""
        )
    return None


def moment(value: Any, today: date) -> datetime | None:
    """A moment in UTC: ISO 8601 in its spellings, seconds or milliseconds since 1970, or as mail writes it.

    One without an offset is UTC, as all these helpdesks store it. None where it is no moment, lies before Amazon
    existed, or lies after `today` by more than clocks are off.
    """
    found = _moment(value)
    if found is None:
        return None
    try:
        utc = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return utc if EARLIEST <= utc.date() <= latest_day(today) else None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, bool) or value is None:
        return None
    raw = str(value).strip() if isinstance(value, str) or (isinstance(value, int) and abs(value) < 10**15) else ""
    if isinstance(value, float) and abs(value) < 10**15:
        raw = str(int(value))
    if not raw or len(raw) > 60:
        return None
    if _EPOCH.fullmatch(raw):
        seconds = int(raw) / (1000 if len(raw) > 11 else 1)
        return datetime.fromtimestamp(seconds, UTC)
    for name in (" UTC", " GMT", " Z"):
        if raw.endswith(name):
            raw = raw.removesuffix(name) + "Z"
    try:
        return datetime.fromisoformat(_FRACTION.sub(r"\1", raw).replace(" +", "+").replace(" -", "-"))
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(raw)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def strings(value: Any) -> Iterator[str]:
    """Every text and whole number within a value, however deep, up to a bound that no honest record reaches."""
    waiting = [value]
    walked = 0
    while waiting and walked < _MOST_WALKED:
        walked += 1
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting.extend(reversed(list(each.values())[:_MOST_WALKED]))
        elif isinstance(each, list):
            waiting.extend(reversed(each[:_MOST_WALKED]))
