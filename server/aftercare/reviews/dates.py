"""Reads the line under a review, "Reviewed in Spain on 7 February 2024", in any of the languages of Amazon's pages.

The verb is not looked at, since Amazon rewords it every year or two: the date is found by the names of months, the
country by the longest name that stands in what is left.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from aftercare.reviews.tables import Calendar, calendar, date_rules, plain
from aftercare.text import fold

_LONGEST = 300  # The longest real line has 70 characters; more is not a date line.
_FIRST_UNSPACED = 0x1100  # Hangul; Kana and Han follow.
_FIRST_YEAR, _LAST_YEAR = 1995, 2099  # Amazon opened in 1995.


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a line says. country: two letters (UK as sellers say); bare: nothing but a date stands there."""

    date: date | None = None
    country: str | None = None
    bare: bool = False


@lru_cache(maxsize=4096)
def read_date_line(text: str) -> DateLine:
    """Reads date and country; what is not there, or could mean two things, is None. Never raises."""
    line = _flat(text)
    found = _date_in(line)
    if found is None:
        return DateLine(country=_country_in(line))
    day, start, end = found
    # Two words that the date stood between must not become one name.
    rest = f"{line[:start]} \n {line[end:]}"
    country = _country_in(rest)
    return DateLine(day, country, bare=country is None and _says_nothing(rest))


@lru_cache(maxsize=1024)
def read_byline(text: str) -> tuple[str | None, date | None]:
    """Name and date from one line, as Seller Central writes it. The last date counts: a name can hold one."""
    words = " ".join(text[:_LONGEST].split())
    for byline in date_rules().bylines:
        pattern = rf"{re.escape(byline.before_name)}\s+(.+)\s+{re.escape(byline.before_date)}\s+(.+)"
        if (found := re.fullmatch(pattern, words, re.IGNORECASE)) and (day := _date_in(_flat(found[2]))):
            return found[1].strip(), day[0]
    last = None
    line = _flat(text)
    while day := _date_in(line, last[2] if last else 0):
        last = day
    return None, last[0] if last else None


def _flat(text: str) -> str:
    """One line, digits as ASCII, without flags and marks that only direct the reading order."""
    kept = []
    for each in unicodedata.normalize("NFKC", text[:_LONGEST]):
        # Two of these letters make a flag; Cf are the marks of the reading order.
        if 0x1F1E6 <= ord(each) <= 0x1F1FF or unicodedata.category(each) == "Cf":
            kept.append(" ")
        else:
            kept.append(str(unicodedata.decimal(each, each)))
    return " ".join(fold("".join(kept)).split())


def _date_in(line: str, begin: int = 0) -> tuple[date, int, int] | None:
    """The first date that is one, with its span."""
    best: tuple[date, int, int] | None = None
    for pattern in _patterns():
        for found in pattern.finditer(line, begin):
            day = _day(found)
            if day and (best is None or found.start() < best[1]):
                best = (day, *found.span())
            if day:
                break
    return best


def _day(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    try:
        year = int(parts["y"])
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        if parts.get("name"):
            return date(year, calendar().months[plain(parts["name"])], int(parts["d"]))
        if parts.get("m"):
            return date(year, int(parts["m"]), int(parts["d"]))
        # Two numbers before the year: only where one of them cannot be a month, or both are the same.
        one, two = int(parts["a"]), int(parts["b"])
        if one <= 12 and two <= 12 and one != two:
            return None
        return date(year, min(one, two), max(one, two)) if min(one, two) <= 12 else None
    except (ValueError, KeyError):
        return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    rules = date_rules()
    names = "|".join(
        r"[\s.-]+".join(map(re.escape, name.split())) for name in sorted(calendar().months, key=len, reverse=True)
    )
    name = rf"(?<![^\W\d_])(?P<name>{names})(?![^\W\d_])\.?"
    ordinal = "|".join(re.escape(_flat(each)) for each in rules.ordinals)
    day = rf"(?<!\d)(?<!\d[.,/-])(?P<d>\d{{1,2}})(?:\s?(?:{ordinal})(?![^\W\d_]))?"
    year = r"(?P<y>\d{4})(?!\d)"
    link = (
        r"(?:[\s,،.'/-]|(?<![^\W\d_])(?:"
        + "|".join(re.escape(_flat(each)) for each in rules.linking)
        + r")(?![^\W\d_]))"
    )
    signs = [
        rf"(?<!\d)(?P<y>\d{{4}})\s*{re.escape(_flat(y))}\s*(?P<m>\d{{1,2}})\s*{re.escape(_flat(m))}\s*(?P<d>\d{{1,2}})\s*{re.escape(_flat(d))}"
        for y, m, d in rules.numerals.values()
    ]
    texts = [
        rf"{day}{link}{{0,6}}{name}{link}{{0,6}}{year}",
        rf"{name}{link}{{0,6}}{day}{link}{{0,6}}{year}",
        rf"(?<!\d)(?P<y>\d{{4}}){link}{{0,6}}{name}{link}{{0,6}}(?P<d>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})(?!\d)",
        r"(?<![\d/.-])(?P<a>\d{1,2})(?P<s>[-/.])\s?(?P<b>\d{1,2})(?P=s)\s?(?P<y>\d{4})(?!\d)",
        *signs,
    ]
    return tuple(re.compile(text) for text in texts)


def _country_in(line: str) -> str | None:
    """The country with the longest name in the line."""
    tables = calendar()
    best: tuple[int, str | None] = (0, None)
    for part in line.split("\n"):
        best = max(best, _spaced(plain(part), tables), _unspaced(plain(part), tables), key=lambda each: each[0])
    return best[1]


def _spaced(text: str, tables: Calendar) -> tuple[int, str | None]:
    words = text.split()
    best: tuple[int, str | None] = (0, None)
    # Nearly all names stand as they are in the tables; only for the others is anything taken off.
    for look_up in (_as_it_is, _without_affixes):
        for start in range(len(words)):
            for count in range(min(tables.longest[0], len(words) - start), 0, -1):
                name = " ".join(words[start : start + count])
                code = look_up(name, tables)
                if code and len(name) > best[0]:
                    best = (len(name), code)
        if best[1]:
            break
    return best


def _as_it_is(name: str, tables: Calendar) -> str | None:
    return tables.spaced.get(name)


def _without_affixes(name: str, tables: Calendar) -> str | None:
    """The country of a name without what an apostrophe sets off ("Türkiye'de") or what is written onto it ("بمصر")."""
    names = tables.spaced
    for form in (name.strip("'"), name.rpartition("'")[0]):
        if form in names:
            return names[form]
    for suffix in tables.suffixes:
        if name.endswith(suffix) and (code := names.get(name.removesuffix(suffix).rstrip("'"))):
            return code
    for prefix in tables.prefixes:
        if name.startswith(prefix) and (code := names.get(name.removeprefix(prefix))):
            return code
    return None


def _unspaced(text: str, tables: Calendar) -> tuple[int, str | None]:
    tight = text.replace(" ", "")
    best: tuple[int, str | None] = (0, None)
    if all(ord(each) < _FIRST_UNSPACED for each in tight):
        return best
    for start in range(len(tight)):
        for count in range(min(tables.longest[1], len(tight) - start), 1, -1):
            code = tables.unspaced.get(tight[start : start + count])
            if code and count > best[0]:
                best = (count, code)
    return best


def _says_nothing(rest: str) -> bool:
    return all(word in calendar().bare for word in plain(rest).split())
