"""Puts words that are typed wrong into the spelling the phrases have, where one slip of the fingers explains them.

Only slips that rarely make another word are undone: a vowel left out, a letter doubled or not, two letters swapped, a
letter held down ("sooo"). A wrong letter is left alone, since "changed" is not "charged". Each language's file names
more spellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from aftercare.text import Words

_SHORTEST = 6
_VOWELS = frozenset("aeiouy")
_HELD = re.compile(r"(.)\1{2,}")


class Speller:
    """The spellings of one lexicon: the words its phrases are made of, and how else they are typed."""

    def __init__(self, vocabulary: Iterable[str], spellings: Mapping[str, str]) -> None:
        """vocabulary: folded whole words; spellings: folded words as they are typed, to how they are meant."""
        self._known = frozenset(vocabulary)
        self._spellings = dict(spellings)
        # Each word with an inner letter left out, to the words it may stand for; last letters bend words and stay.
        self._shorter: dict[str, set[str]] = {}
        for word in self._known:
            if len(word) >= _SHORTEST and word.isalpha():
                for short in _one_letter_less(word):
                    self._shorter.setdefault(short, set()).add(word)

        self._remembered = lru_cache(maxsize=8192)(self.meant)

    def respell(self, words: Words) -> Words:
        """The same words, with those typed wrong replaced; spans stay where they are."""
        texts = tuple(map(self._remembered, words.texts))
        return words if texts == words.texts else replace(words, texts=texts)

    def meant(self, word: str) -> str:
        """The word that is meant, or the word itself."""
        if word in self._spellings:
            return self._spellings[word]
        if word in self._known or not word.isalpha():
            return word
        if _HELD.search(word):
            for letters in (r"\1", r"\1\1"):
                calm = _HELD.sub(letters, word)
                if calm in self._known or calm in self._spellings:
                    return self._spellings.get(calm, calm)
        if not _SHORTEST <= len(word) <= 20:
            return word
        found = {each for each in self._slips(word) if each[0] == word[0]}
        return found.pop() if len(found) == 1 else word

    def _slips(self, word: str) -> Iterator[str]:
        # A vowel left out ("delivry"), a letter doubled or not ("affter", "arived"), two letters swapped ("recieved").
        for known in self._shorter.get(word, ()):
            place = _first_difference(word, known)
            if known[place] in _VOWELS or known[place] == known[place - 1]:
                yield known
        for place in range(1, len(word) - 1):
            if word[place] == word[place - 1]:
                single = word[:place] + word[place + 1 :]
                if single in self._known:
                    yield single
            swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            if swapped != word and swapped in self._known:
                yield swapped


def _first_difference(word: str, longer: str) -> int:
    return next((place for place, letter in enumerate(word) if letter != longer[place]), len(word))


def _one_letter_less(word: str) -> Iterator[str]:
    return (word[:index] + word[index + 1 :] for index in range(1, len(word) - 1))
