"""What is known about names, loaded from `shared_rules/matching/`: generic names, titles, nicknames, common names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nicknames import name_triplets
from pydantic import Field

from aftercare.matching.spelling import plain, sound_key
from aftercare.rules import RuleModel, load
from aftercare.text import fold


class GenericNames(RuleModel):
    """Names that Amazon shows where a customer chose none."""

    why: str
    source: str
    names: tuple[str, ...]


class NameWords(RuleModel):
    """Words inside names that are not the name, and words that show that a text is no person's name."""

    why: str
    titles: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    joiners: frozenset[str]
    family: frozenset[str]
    company: frozenset[str]
    not_names: frozenset[str]
    handle_noise: frozenset[str]


class Nicknames(RuleModel):
    """Groups of given names of which each may stand for each other one."""

    why: str
    groups: tuple[tuple[str, ...], ...]


class NameTier(RuleModel):
    """Names each borne by about this share of people."""

    share: float = Field(gt=0, lt=0.1)
    names: tuple[str, ...]


class CommonNames(RuleModel):
    """How often common names are borne; `rare_*` is the share of a name that is in no tier."""

    why: str
    source: str
    rare_given: float = Field(gt=0, lt=0.01)
    rare_surname: float = Field(gt=0, lt=0.01)
    given: tuple[NameTier, ...]
    surname: tuple[NameTier, ...]


class JapaneseSurnames(RuleModel):
    """Surnames in kanji and their usual reading in Latin letters."""

    why: str
    source: str
    readings: dict[str, str]


@cache
def name_words() -> NameWords:
    """The words of `name_words.json`."""
    return load(NameWords, "matching/name_words.json")


@cache
def japanese_surnames() -> dict[str, str]:
    """Kanji surname to reading."""
    return load(JapaneseSurnames, "matching/japanese_surnames.json").readings


_SIGNS_SHORT = 0.1
_NOT_LETTERS = re.compile(r"[\W\d_]+", re.UNICODE)


def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", fold(name))


@cache
def _generic() -> frozenset[str]:
    return frozenset(_letters(name) for name in load(GenericNames, "matching/generic_names.json").names)


def is_generic(name: str) -> bool:
    """Whether Amazon shows this name where a customer chose none; spaces, marks and digits do not count."""
    return len(name) < 100 and _letters(name) in _generic()


@cache
def _related_names() -> dict[str, frozenset[str]]:
    related: dict[str, set[str]] = {}
    for triplet in name_triplets():
        first, second = plain(triplet.name1), plain(triplet.name2)
        related.setdefault(first, set()).add(second)
        related.setdefault(second, set()).add(first)
    for group in load(Nicknames, "matching/nicknames.json").groups:
        members = {plain(name) for name in group}
        for name in members:
            related.setdefault(name, set()).update(members - {name})
    return {name: frozenset(others) for name, others in related.items()}


@cache
def _full_forms() -> dict[str, frozenset[str]]:
    full: dict[str, set[str]] = {}
    for triplet in name_triplets():
        full.setdefault(plain(triplet.name2), set()).add(plain(triplet.name1))
    return {name: frozenset(others) for name, others in full.items()}


@lru_cache(maxsize=1 << 14)
def related_names(word: str) -> frozenset[str]:
    """Plain given names that may stand for this one: its nicknames, its full forms, its forms in other languages."""
    return _related_names().get(word, frozenset())


@cache
def _shares() -> tuple[dict[str, float], dict[str, float], CommonNames]:
    table = load(CommonNames, "matching/common_names.json")
    given = {plain(name): tier.share for tier in table.given for name in tier.names}
    surname = {plain(name): tier.share for tier in table.surname for name in tier.names}
    return given, surname, table


@lru_cache(maxsize=1 << 16)
def given_share(word: str) -> float:
    """The share of people expected to bear this plain given name, before any are counted."""
    given, _, table = _shares()
    found = given.get(word) or given.get(sound_key(word))
    if found:
        return found
    # A name that has nicknames is an established one, though in no tier.
    return table.rare_given * 2 if word in _related_names() else table.rare_given


@lru_cache(maxsize=1 << 16)
def surname_share(word: str) -> float:
    """The share of people expected to bear this plain surname, before any are counted."""
    _, surname, table = _shares()
    return surname.get(word, table.rare_surname)


@lru_cache(maxsize=1 << 14)
def short_form_share(word: str) -> float:
    """Of those who sign with this plain given name, the share whose full one is another: high for Mike, low for Anna.

    Counted from the tables: those who bear the name itself, against those who bear one that it is short for and of whom
    one in ten signs so. Where the English table does not know the name, commoner names of its group are the full ones.
    """
    own = given_share(word)
    longer = sum(map(given_share, _full_forms().get(word, ())))
    if not longer:
        longer = sum(share for other in related_names(word) if (share := given_share(other)) > own)
    return longer * _SIGNS_SHORT / (longer * _SIGNS_SHORT + own * (1 - _SIGNS_SHORT))


@lru_cache(maxsize=1 << 14)
def is_known_name(word: str) -> bool:
    """Whether a plain word is a given name or surname of any table."""
    given, surname, _ = _shares()
    return word in given or word in surname or word in _related_names()
