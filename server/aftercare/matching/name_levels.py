"""Compares one public name with many buyers' names: which level of agreement each reaches.

Words are compared once per distinct word of the candidates, in rapidfuzz's batch functions, and names once per distinct
name, so that a thousand orders cost little more than their distinct buyers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from aftercare.matching.handles import HandleReader
from aftercare.matching.name_data import given_share, japanese_surnames, related_names, surname_share
from aftercare.matching.names import BookName, PublicName, book_name
from aftercare.matching.spelling import consonants, is_arabic, is_han, plain, sound_key

INITIAL_SHARE = 1 / 13
"""The share of people whose name begins with one given letter: initials are uneven, so more than 1/26."""

_Kinds = dict[str, str]


@dataclass(frozen=True, slots=True)
class NameLevel:
    """How far a book name agrees: the level, and the share of people who agree so by chance, before any are counted."""

    level: str
    chance: float


DIFFERENT = NameLevel("different", 1.0)


def name_levels(
    public: PublicName, names: Iterable[str], coded: Mapping[bytes, BookName] | None = None
) -> dict[str | bytes, NameLevel]:
    """The level of each distinct name of the book; names that cannot be compared (withheld) are left out.

    coded: what stands in for names of which only a code is left (`name_codes.stand_ins`).
    """
    parsed: dict[str | bytes, BookName] = {code: found for code, found in (coded or {}).items()}
    parsed.update((name, found) for name in set(names) if (found := book_name(name)) is not None)
    if public.shape == "missing" or not parsed:
        return {}
    words = {word for found in parsed.values() for word in found.words}
    comparer = _Comparer(public, words)
    # Many buyers bear no word that could agree; they are told apart by a set operation before any closer look.
    return {name: comparer.level(found) for name, found in parsed.items()}


class _Comparer:
    """One public name, prepared against all distinct words of the book names it will be compared with."""

    def __init__(self, public: PublicName, words: set[str]) -> None:
        self.public = public
        listed = sorted(words)
        self.given: list[_Kinds] = [_kinds(word, listed, nicknames=True) for word in public.words]
        self.surname: list[_Kinds] = [_kinds(word, listed, nicknames=False) for word in public.words]
        self.touched = set().union(*self.given, *self.surname) if public.words else set()
        self.handle = (
            HandleReader(public.core, listed)
            if public.shape in ("joined_handle", "single", "phrase", "handle")
            else None
        )

    def level(self, book: BookName) -> NameLevel:
        """The strongest level that the book name reaches."""
        if self.public.shape == "initials":
            return self._initials(book)
        in_handle = self._in_handle(book)
        if in_handle is not None and in_handle.level != "part":
            return in_handle
        if self.public.core and self.public.core == book.joined and book.surnames:
            first = book.given[0] if book.given else ""
            return NameLevel("full", given_share(first) * surname_share(book.surnames[-1]))
        by_words = self._by_words(book)
        return in_handle if in_handle is not None and by_words is DIFFERENT else by_words

    def _in_handle(self, book: BookName) -> NameLevel | None:
        """What the public name tells when it is read as a user name that runs together."""
        found = self.handle.level(book) if self.handle else None
        if found is None:
            return None
        # A word that is a name is read as that name; only an unknown one may be two names run together.
        as_word = self.public.shape == "single" and (self.public.known or found[0] in ("first", "last", "nickname"))
        return None if as_word else NameLevel(*found)

    def _by_words(self, book: BookName) -> NameLevel:
        shape = self.public.shape
        if self.touched.isdisjoint(book.words):
            return DIFFERENT
        if len(self.public.words) >= 2 and shape in ("full", "handle", "phrase"):
            return self._two_words(book)
        if self.public.initials and shape in ("first_initial", "initial_last", "handle"):
            return self._word_and_initial(book)
        return self._one_word(book)

    def _two_words(self, book: BookName) -> NameLevel:
        last = len(self.public.words) - 1
        given, given_at = self._best(self.given[:last], book.given)
        surname, surname_at = self._best(self.surname[1:], book.surnames)
        given_word, surname_word = self.public.words[given_at], self.public.words[surname_at + 1]
        if given and surname:
            return _pair(given, surname, given_word, surname_word)
        swapped_given, swapped_given_at = self._best(self.given[1:], book.given)
        swapped_surname, swapped_surname_at = self._best(self.surname[:last], book.surnames)
        if (swapped_given in ("same", "nickname")) and swapped_surname == "same":
            chance = _given_chance(swapped_given, self.public.words[swapped_given_at + 1])
            return NameLevel("swapped", 2 * chance * surname_share(self.public.words[swapped_surname_at]))
        if given in ("same", "nickname", "typo") and (not book.surnames or _unreadable(book.surnames, surname_word)):
            return NameLevel("only_first", _given_chance(given, given_word))
        if surname in ("same", "typo") and (not book.given or _unreadable(book.given, given_word)):
            return NameLevel("only_last", _surname_chance(surname, surname_word))
        if surname == "same":
            return NameLevel("last", surname_share(surname_word))
        if given == "same":
            return NameLevel("first", given_share(given_word))
        if given == "nickname":
            return NameLevel("nickname", _given_chance(given, given_word))
        return DIFFERENT

    def _word_and_initial(self, book: BookName) -> NameLevel:
        word, letters = self.public.words[0], self.public.initials
        given, _ = self._best(self.given[:1], book.given)
        surname, _ = self._best(self.surname[:1], book.surnames)
        surname_initial = any(_begins(name, letters[-1]) for name in book.surnames)
        given_initial = any(_begins(name, letters[0]) for name in book.given)
        as_first = bool(given) and given != "initial" and surname_initial and book.given != book.surnames
        as_last = bool(surname) and surname != "initial" and given_initial and book.given != book.surnames
        if as_first and (self.public.shape != "initial_last" or not as_last):
            level = {"same": "first_initial", "nickname": "nickname_initial", "typo": "first_initial_typo"}[given]
            return NameLevel(
                level if self.public.shape != "initial_last" else "swapped_initial",
                _given_chance(given, word) * INITIAL_SHARE,
            )
        if as_last:
            level = "initial_last" if surname == "same" else "initial_last_typo"
            return NameLevel(
                level if self.public.shape != "first_initial" else "swapped_initial",
                _surname_chance(surname, word) * INITIAL_SHARE,
            )
        if given in ("same", "nickname") and (not book.surnames or _unreadable(book.surnames, letters[-1])):
            return NameLevel("only_first", _given_chance(given, word))
        if surname == "same":
            return NameLevel("last", surname_share(word))
        if given == "same":
            return NameLevel("first", given_share(word))
        if given == "nickname":
            return NameLevel("nickname", _given_chance(given, word))
        return DIFFERENT

    def _one_word(self, book: BookName) -> NameLevel:
        given, given_at = self._best(self.given, book.given)
        surname, surname_at = self._best(self.surname, book.surnames)
        word = self.public.words[given_at]
        if given == "same":
            return NameLevel("first", given_share(word))
        if surname == "same":
            return NameLevel("last", surname_share(self.public.words[surname_at]))
        if given == "nickname":
            return NameLevel("nickname", _given_chance(given, word))
        if given == "typo":
            return NameLevel("first_typo", _given_chance(given, word))
        if surname == "typo":
            return NameLevel("last_typo", _surname_chance(surname, self.public.words[surname_at]))
        if "initial" in (given, surname):
            return NameLevel("only_initial", INITIAL_SHARE)
        return DIFFERENT

    def _initials(self, book: BookName) -> NameLevel:
        letters = self.public.initials
        if len(letters) == 1:
            if any(_begins(name, letters[0]) for name in book.given[:1]):
                return NameLevel("initials", INITIAL_SHARE)
            return DIFFERENT
        forward = any(_begins(name, letters[0]) for name in book.given[:1])
        backward = any(_begins(name, letters[-1]) for name in book.surnames)
        if forward and backward:
            return NameLevel("initials", INITIAL_SHARE**2)
        return DIFFERENT

    @staticmethod
    def _best(kinds: Sequence[_Kinds], names: Sequence[str]) -> tuple[str, int]:
        """The strongest agreement of any of the public words with any of the book's, and which public word it was."""
        best, where = "", 0
        for position, found in enumerate(kinds):
            for name in names:
                kind = found.get(name, "")
                if kind and (not best or _STRENGTH[kind] < _STRENGTH[best]):
                    best, where = kind, position
                    if kind == "same":
                        return best, where
        return best, where


_STRENGTH = {"same": 0, "nickname": 1, "typo": 2, "initial": 3}


def _pair(given: str, surname: str, given_word: str, surname_word: str) -> NameLevel:
    chance = _given_chance(given, given_word) * _surname_chance(surname, surname_word)
    if surname == "initial":
        return NameLevel("first_initial" if given == "same" else "nickname_initial", chance)
    if given == "initial":
        return NameLevel("initial_last", chance)
    if "typo" in (given, surname):
        return NameLevel("full_typo", chance)
    return NameLevel("full" if given == "same" else "nickname_last", chance)


@lru_cache(maxsize=1 << 14)
def _given_chance(kind: str, word: str) -> float:
    if kind == "initial":
        return INITIAL_SHARE
    if kind == "nickname":
        return min(0.04, given_share(word) + sum(map(given_share, related_names(word))))
    # About as many names lie one slip away from a given name as bear it and a few rare ones besides.
    return given_share(word) if kind == "same" else given_share(word) + 0.002


def _surname_chance(kind: str, word: str) -> float:
    if kind == "initial":
        return INITIAL_SHARE
    return surname_share(word) if kind == "same" else surname_share(word) + 0.0008


def _begins(name: str, letter: str) -> bool:
    if name.startswith(letter):
        return True
    if name.isascii():
        return False
    reading = reading_of(name)
    return reading.startswith(letter)


@lru_cache(maxsize=1 << 14)
def reading_of(word: str) -> str:
    """How a word in another script is read in Latin letters, as far as one can tell without knowing the person."""
    if is_han(word):
        return japanese_surnames().get(word) or plain(anyascii(word))
    return plain(anyascii(word)) if not word.isascii() else word


def _unreadable(names: Sequence[str], other: str) -> bool:
    """Whether the book's names are kanji and the public one is not (or the reverse), so that differing says nothing."""
    return any(is_han(name) for name in names) != is_han(other)


def _kinds(word: str, words: list[str], *, nicknames: bool) -> _Kinds:
    """How each of the words agrees with one public word; those that do not agree are left out."""
    kinds: _Kinds = {}
    if nicknames:
        for other in words:
            # "Alex" for Alexander, "Jonath" cut short: a beginning of at least three letters.
            cut_short = len(other) > len(word) >= 3 and other.startswith(word)
            if cut_short or (len(word) > len(other) >= 4 and word.startswith(other)):
                kinds[other] = "nickname"
    slips = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    if slips and word.isascii():
        for other, _, _ in process.extract(
            word, words, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None, processor=None
        ):
            if len(other) >= 4 and (other[0] == word[0] or len(word) >= 5):
                kinds[other] = "typo"
    key = sound_key(word)
    if len(key) > 2:
        for other in words:
            if sound_key(other) == key:
                kinds[other] = "same"
    arabic = is_arabic(word)
    for other in related_names(word).intersection(words):
        # The table also knows how Arabic names are written in Latin letters, which holds for surnames as well.
        if arabic != is_arabic(other):
            kinds[other] = "same"
        elif nicknames and kinds.get(other) != "same":
            kinds[other] = "nickname"
    bones = consonants(word)
    for other in words:
        if other == word:
            kinds[other] = "same"
        elif len(other) == 1 and not is_han(other) and word.startswith(other):
            kinds[other] = "initial"
        elif other.isascii() and word.isascii():
            continue
        elif arabic != is_arabic(other):
            if len(bones) > 1 and consonants(other) == bones:
                kinds[other] = "same"
        elif is_han(other) != is_han(word) and sound_key(reading_of(other)) == sound_key(reading_of(word)):
            kinds[other] = "same"
    return kinds
