"""The public name as evidence: level, bits and a sentence for each order, with the rarity of the name counted in.

Bits are log2(m / chance). m is how often the right order reaches the level, given what the public name looks like;
chance is how often another buyer does, which begins at what tables of common names say and is corrected by counting the
candidates' own names. A name that the book withholds is no evidence at all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aftercare.matching.model import MatchingModel, NameLevelRule
from aftercare.matching.name_codes import stand_ins
from aftercare.matching.name_data import is_generic, short_form_share
from aftercare.matching.name_levels import NameLevel, name_levels
from aftercare.matching.names import PublicName, book_name, public_name
from aftercare.orders.order import OrderLine

_LEAST_CHANCE = 1e-6
_LONGEST_SHOWN = 40
_PURGED = "a buyer whose name was purged"
_LEAST_SHORT = 0.08
_TWINS = (("full", "nickname_last"), ("first_initial", "nickname_initial"), ("first", "nickname"))

_SENTENCES = {
    "full": "'{public}' is the name on the order, {book}.",
    "nickname_last": "'{public}' is how {book} may sign, with a short form of the given name.",
    "full_typo": "'{public}' is {book} but for a letter or two.",
    "first_initial": "'{public}' is how {book} may sign.",
    "nickname_initial": "'{public}' is how {book} may sign.",
    "first_initial_typo": "'{public}' is how {book} may sign, but for a letter.",
    "initial_last": "'{public}' is how {book} may sign.",
    "initial_last_typo": "'{public}' is how {book} may sign, but for a letter.",
    "swapped": "'{public}' is {book} with the surname first.",
    "swapped_initial": "'{public}' is {book} with the surname first.",
    "only_first": "The given name agrees with {book}; there is no surname to compare.",
    "only_last": "The surname agrees with {book}; the given name cannot be compared.",
    "last": "'{public}' has the surname of {book}.",
    "last_typo": "'{public}' has nearly the surname of {book}.",
    "first": "'{public}' has the given name of {book}.",
    "first_typo": "'{public}' has nearly the given name of {book}.",
    "nickname": "'{public}' may be short for the given name of {book}.",
    "initials": "'{public}' are the initials of {book}.",
    "only_initial": "Only an initial of {book} can be compared, and it agrees.",
    "part": "'{public}' holds a part of the name {book}.",
    "different": "'{public}' does not fit {book}.",
}


@dataclass(frozen=True, slots=True)
class NameStep:
    """The level, the bits, and which of the order's names was compared."""

    level: str
    bits: float
    book: str | None = None


class NameWeights:
    """One public name held against all names of the candidates."""

    def __init__(
        self, name: str | None, lines: Sequence[OrderLine], model: MatchingModel, key: bytes | None = None
    ) -> None:
        """key: that of the book's name codes, where names were purged."""
        self._shown = name
        self._public = public_name(name)
        self.shape = _key(self._public)
        self._steps: dict[str | bytes, NameStep] = {}
        self._company = model.name_pair.company.value
        self.missing = NameStep("no_public_name" if self._public.shape == "missing" else "withheld", 0.0)
        if self._public.shape == "missing":
            return
        names = (name for line in lines for name in (line.buyer, line.recipient) if name)
        codes = (code for line in lines for code in (line.buyer_code, line.recipient_code) if code)
        self._coded = stand_ins(self._public, codes, key) if key else {}
        levels = name_levels(self._public, names, self._coded)
        m = _m_of_levels(self._public, model.names[self.shape].levels)
        # Every name of the book counts once: the same buyer's second order makes the name no commoner.
        counts = Counter(found.level for found in levels.values())
        differs = math.log2(m["different"])
        bits: dict[NameLevel, float] = {}
        for book, found in levels.items():
            if found.level == "different" or found.level not in m:
                self._steps[book] = NameStep("different", differs * self._weight_of(book), _told(book))
                continue
            if found not in bits:
                bits[found] = _bits(found, m[found.level], counts[found.level], len(levels))
            self._steps[book] = NameStep(found.level, bits[found], _told(book))

    def _weight_of(self, book: str | bytes) -> float:
        parsed = self._coded.get(book) if isinstance(book, bytes) else book_name(book)
        return self._company if parsed is not None and parsed.company else 1.0

    def step(self, line: OrderLine) -> NameStep:
        """The better of buyer and recipient; no bits where the book withholds both."""
        buyer = self._steps.get(line.buyer or line.buyer_code or "")
        recipient = self._steps.get(line.recipient or line.recipient_code or "")
        if buyer is None:
            return recipient or self.missing
        return recipient if recipient is not None and recipient.bits > buyer.bits else buyer

    def words(self, step: NameStep) -> str:
        """The sentence for the waterfall."""
        if step.book is None:
            if step.level == "no_public_name":
                generic = self._shown and is_generic(self._shown)
                return (
                    f"'{_short(self._shown or '')}' is no name." if generic else "The review shows no name to compare."
                )
            return "The book does not tell the buyer's name."
        return _SENTENCES[step.level].format(public=_short(self._shown or ""), book=_short(step.book))


def _told(book: str | bytes) -> str:
    """The name as a sentence gives it."""
    return book if isinstance(book, str) else _PURGED


def _bits(found: NameLevel, m: float, count: int, total: int) -> float:
    """What a level weighs that `count` of the `total` names of the candidates reach."""
    # A gamma prior of shape 1 around what the tables say, joined with the other names that were counted: this one is
    # left out, since it may be the right one, and so `count` is the others and the 1 of the prior.
    chance = count / (total - 1 + 1 / max(found.chance, _LEAST_CHANCE))
    return math.log2(m / min(chance, 1.0))


def _m_of_levels(public: PublicName, rules: Mapping[str, NameLevelRule]) -> dict[str, float]:
    """How often the right order reaches each level, for this very name.

    A level with the full given name and its twin with a short form share their sum by how often the signed name is a
    short form at all: "Mike" mostly is one, "Anna" is not.
    """
    m = {level: rule.m for level, rule in rules.items()}
    if not public.words or public.shape == "joined_handle":
        return m
    short = min(max(short_form_share(public.words[0]), _LEAST_SHORT), 1 - _LEAST_SHORT)
    for whole, with_short in _TWINS:
        if whole in m and with_short in m:
            both = m[whole] + m[with_short]
            m[whole], m[with_short] = both * (1 - short), both * short
    return m


def _key(public: PublicName) -> str:
    """The model's key for a public name's shape."""
    if public.shape in ("single", "full") and not public.known:
        return f"unknown_{public.shape}"
    if public.shape == "phrase" and public.known and public.words:
        return "named_phrase"
    return public.shape


def _short(name: str) -> str:
    tidy = " ".join(name[: _LONGEST_SHOWN * 4].split())
    return tidy if len(tidy) <= _LONGEST_SHOWN else tidy[: _LONGEST_SHOWN - 1] + "…"
