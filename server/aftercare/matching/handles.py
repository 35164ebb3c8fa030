"""Reads a user name whose parts run together ("jsmith82", "johnnys") against a buyer's name.

Instead of guessing where the handle parts, it asks of each word of the candidates' names whether the handle begins or
ends with it, and then whether what is left is the rest of that same buyer's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.matching.name_data import given_share, name_words, related_names, surname_share
from aftercare.matching.names import BookName

_INITIAL_SHARE = 1 / 13
_SHORTEST = 3
_SHORTEST_PART = 4


class HandleReader:
    """One handle (its letters run together), prepared against all distinct words of the book names."""

    def __init__(self, core: str, words: Sequence[str]) -> None:
        self.core = core
        known = set(words)
        self.begins: dict[str, list[tuple[str, bool]]] = {}
        """A word of the book to what is left after it at the handle's beginning, and whether it stood as a nickname."""
        self.ends: dict[str, str] = {}
        """A word of the book to what is left before it at the handle's end."""
        for length in range(_SHORTEST, len(core) + 1):
            head, tail = core[:length], core[len(core) - length :]
            if head in known:
                self.begins.setdefault(head, []).append((core[length:], False))
            for full in related_names(head):
                if full in known:
                    self.begins.setdefault(full, []).append((core[length:], True))
            if tail in known:
                self.ends[tail] = core[: len(core) - length]
        # Two-letter surnames such as Li or Wu count only where the rest is the given name in full.
        for word in (core[-2:], core[:2]):
            if word in known and len(core) > 4 and word == core[-2:]:
                self.ends.setdefault(word, core[:-2])

    def level(self, book: BookName) -> tuple[str, float] | None:
        """The level the buyer's name reaches, with its share by chance; None where the handle does not hold it."""
        best: tuple[str, float] | None = None
        noise = name_words().handle_noise
        for surname in book.surnames:
            if surname not in self.ends and surname not in self.begins:
                continue
            left = self.ends.get(surname)
            if left is not None and (found := self._before(left, surname, book, noise)):
                best = _stronger(best, found)
            for rest, nickname in self.begins.get(surname, ()):
                if not nickname and (found := self._after_surname(rest, surname, book, noise)):
                    best = _stronger(best, found)
        for given in book.given:
            for rest, nickname in self.begins.get(given, ()):
                if found := self._after_given(rest, given, nickname, book, noise):
                    best = _stronger(best, found)
        return best

    @staticmethod
    def _before(left: str, surname: str, book: BookName, noise: frozenset[str]) -> tuple[str, float] | None:
        chance = surname_share(surname)
        for given in book.given:
            if left == given and given != surname:
                return "full", chance * given_share(given)
            if left in related_names(given):
                return "nickname_last", chance * min(0.04, 3 * given_share(given))
        if left and any(left == given[:1] or (left[0] == given[:1] and len(left) == 2) for given in book.given):
            return ("initial_last", chance * _INITIAL_SHARE) if len(surname) > 2 else None
        if len(surname) < _SHORTEST:
            return None
        if not left or left in noise:
            return "last", chance
        return ("part", chance * 4) if len(surname) > _SHORTEST_PART else None

    @staticmethod
    def _after_surname(rest: str, surname: str, book: BookName, noise: frozenset[str]) -> tuple[str, float] | None:
        chance = surname_share(surname)
        for given in book.given:
            if given != surname and (rest == given or rest in related_names(given)):
                return "full", chance * given_share(given)
            if len(rest) == 1 and given.startswith(rest):
                return "initial_last", chance * _INITIAL_SHARE
        if not rest or rest in noise:
            return "last", chance
        return ("part", chance * 4) if len(surname) > _SHORTEST_PART else None

    @staticmethod
    def _after_given(
        rest: str, given: str, nickname: bool, book: BookName, noise: frozenset[str]
    ) -> tuple[str, float] | None:
        chance = min(0.04, 3 * given_share(given)) if nickname else given_share(given)
        for surname in book.surnames:
            if surname != given and rest == surname:
                return ("nickname_last" if nickname else "full"), chance * surname_share(surname)
            if rest and surname != given and len(rest) <= 3 and surname.startswith(rest):
                return ("nickname_initial" if nickname else "first_initial"), chance * _INITIAL_SHARE
        if not rest or rest in noise:
            return ("nickname" if nickname else "first"), chance
        return ("part", chance * 4) if len(given) >= _SHORTEST_PART and not nickname else None


def _stronger(one: tuple[str, float] | None, other: tuple[str, float]) -> tuple[str, float]:
    return other if one is None or other[1] < one[1] else one
