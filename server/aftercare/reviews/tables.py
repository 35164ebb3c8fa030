"""Names of months and countries in the languages of Amazon's pages: the shape of `shared_rules/dates.json`, made ready.

Unicode's tables (CLDR, through Babel) give the months and countries as a list would print them. The file adds what they
lack: case endings ("w Polsce", "aus den Niederlanden"), names Amazon uses ("米国"), and older ones ("Turkey").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from babel import Locale
from pydantic import Field

from aftercare.rules import RuleModel, load
from aftercare.text import fold


class DateLanguage(RuleModel):
    """What one language needs beyond Unicode's tables.

    cldr: the tables to take; months: further forms by number; countries: further forms by ISO code; endings: what the
    last letters of a country's name become in other cases; suffixes, prefixes: what is written onto a name;
    spaced: whether words have blanks between them; bare: words around a date that name no country.
    """

    cldr: tuple[str, ...]
    months: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    countries: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    endings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    suffixes: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    spaced: bool = True
    bare: tuple[str, ...] = ()
    why: str = ""


class Byline(RuleModel):
    """A line that holds name and date, as Seller Central writes it: the words before the name and before the date."""

    lang: str
    before_name: str
    before_date: str
    why: str


class DateRules(RuleModel):
    """The file. `codes` are ISO codes that sellers say otherwise."""

    source: str
    checked: str
    codes: dict[str, str]
    ordinals: tuple[str, ...]
    linking: tuple[str, ...]
    numerals: dict[str, tuple[str, str, str]]
    bylines: tuple[Byline, ...]
    languages: dict[str, DateLanguage]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The tables of all languages at once: no name means two months or two countries (a test sees to it).

    months: by folded name; spaced: countries by folded name, in languages with blanks; unspaced: in those without.
    longest: the most words of a name, and the most characters of an unspaced one.
    """

    months: dict[str, int]
    spaced: dict[str, str]
    unspaced: dict[str, str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    bare: frozenset[str]
    longest: tuple[int, int]


def date_rules() -> DateRules:
    """The file. Raises RulesError where it is wrong."""
    return load(DateRules, "dates.json")


@cache
def calendar() -> Calendar:
    """The tables, made once per process (some 0.3 s, most of it reading Unicode's tables)."""
    rules = date_rules()
    months: dict[str, int] = {}
    spaced: dict[str, str] = {}
    unspaced: dict[str, str] = {}
    bare: set[str] = set()
    for language in rules.languages.values():
        bare.update(map(plain, language.bare))
        for number, name in _months(language):
            months.setdefault(name, number)
        names = spaced if language.spaced else unspaced
        for code, name in _countries(language):
            names.setdefault(name, rules.codes.get(code, code))
    return Calendar(
        months=months,
        spaced=spaced,
        unspaced=unspaced,
        prefixes=tuple(plain(each) for language in rules.languages.values() for each in language.prefixes),
        suffixes=tuple(plain(each) for language in rules.languages.values() for each in language.suffixes),
        bare=frozenset(bare),
        longest=(max(map(len, map(str.split, spaced))), max(map(len, unspaced))),
    )


def plain(text: str) -> str:
    """The form in which names are compared: folded, digits as ASCII, hyphens and dots as blanks, single blanks."""
    folded = fold(text)
    digits = "".join(str(unicodedata.decimal(each, each)) for each in folded)
    return " ".join(re.sub(r"[-‐‑–—.,()（）،、·]", " ", digits).split())


def _months(language: DateLanguage) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for locale in map(Locale.parse, language.cldr):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found += [(number, plain(name)) for number, name in locale.months[context][width].items()]
    found += [(number, plain(name)) for number, names in language.months.items() for name in names]
    # Japanese and Chinese tables number their months; numbers are read by their signs.
    return [(number, name) for number, name in found if not any(each.isdigit() for each in name)]


def _countries(language: DateLanguage) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for locale in map(Locale.parse, language.cldr):
        for code, name in locale.territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY:
                found += [(code, each) for each in (plain(name), plain(re.sub(r"\s*[(（].*", "", name))) if each]
    for ending, others in language.endings.items():
        old = plain(ending)
        found += [
            (code, name.removesuffix(old) + plain(new)) for code, name in found if name.endswith(old) for new in others
        ]
    # The file's own forms come first, so that they can correct a name.
    own = [(code, plain(name)) for code, names in language.countries.items() for name in names]
    return own + found


# Groups and placeholders among Unicode's territories.
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})
