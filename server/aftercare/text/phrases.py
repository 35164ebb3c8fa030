"""Finds many phrases in one text at once; `phrase_syntax.py` tells how phrases are written.

A phrase never crosses a sentence, and all ways through it are followed at once, so the time to search grows with the
length of the text alone, whatever the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from aftercare.text.pattern import Choice, Gap, Part, Pattern, WordPattern, is_whole, whole_words
from aftercare.text.phrase_syntax import PhraseReader, PhraseSyntaxError
from aftercare.text.words import Words

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Hit(Generic[Key]):
    """A phrase found: the key it was given, its first and last word, and its span in the original text."""

    key: Key
    first: int
    last: int
    start: int
    end: int


class Phrasebook(Generic[Key]):
    """Phrases, each with the key of what it stands for, ready to be looked for in any number of texts."""

    def __init__(
        self,
        phrases: Iterable[tuple[Key, str]],
        groups: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Compiles the phrases. Raises PhraseSyntaxError quoting a phrase that is malformed or names no known group."""
        self._phrases: list[tuple[Key, Pattern, tuple[frozenset[str], ...]]] = []
        self._exact: dict[str, list[int]] = {}
        self._prefix: dict[str, list[int]] = {}
        self._loose: list[tuple[WordPattern, int]] = []
        reader = PhraseReader(groups or {})
        for key, phrase in phrases:
            sequence = reader.read(phrase)
            number = len(self._phrases)
            self._phrases.append((key, sequence, tuple(_needs(sequence))))
            for word in set(_first_words(sequence, phrase)):
                if word.open_left or word.number:
                    self._loose.append((word, number))
                elif word.open_right:
                    self._prefix.setdefault(word.text, []).append(number)
                else:
                    self._exact.setdefault(word.text, []).append(number)
        self._prefix_lengths = sorted({len(prefix) for prefix in self._prefix})
        # Texts repeat their words, so what can begin with a word is worked out once for each.
        self._beginning_with = lru_cache(maxsize=8192)(self._candidates)

    def find(self, words: Words) -> Iterator[Hit[Key]]:
        """All hits, by their first word: a phrase once for each word it can begin at, as short as it can be."""
        search = _Search(words)
        sentence = -1
        # A phrase that needs a word which the sentence does not hold is not tried in that sentence again.
        there: frozenset[str] = frozenset()
        hopeless: set[int] = set()
        for index, word in enumerate(words.texts):
            if words.sentences[index] != sentence:
                sentence = words.sentences[index]
                there = frozenset(words.texts[index : bisect_right(words.sentences, sentence)])
                hopeless.clear()
            for number in self._beginning_with(word):
                if number in hopeless:
                    continue
                key, sequence, needs = self._phrases[number]
                if any(need.isdisjoint(there) for need in needs):
                    hopeless.add(number)
                    continue
                after = min(search.ends(sequence, index), default=index)
                if after > index:
                    start, end = words.span(index, after - 1)
                    yield Hit(key, index, after - 1, start, end)

    def vocabulary(self) -> frozenset[str]:
        """Every whole word that some phrase is made of, folded."""
        return frozenset(word for _, sequence, _ in self._phrases for word in whole_words(sequence))

    def _candidates(self, word: str) -> tuple[int, ...]:
        """The numbers of the phrases that can begin with the word, in the order in which they were given."""
        numbers = set(self._exact.get(word, ()))
        for length in self._prefix_lengths:
            if length > len(word):
                break
            numbers.update(self._prefix.get(word[:length], ()))
        numbers.update(number for first, number in self._loose if first.fits(word))
        return tuple(sorted(numbers))


class _Search:
    """One text being searched; `_known` keeps what a choice was found to fit, since many phrases share their groups."""

    def __init__(self, words: Words) -> None:
        self._texts = words.texts
        self._sentences = words.sentences
        self._size = len(words)
        self._known: dict[tuple[Choice, int], frozenset[int]] = {}

    def ends(self, sequence: Pattern, first: int) -> Iterable[int]:
        """The indexes after the last word of each way in which the sequence fits from `first` on.

        A place past the text's end, or in another sentence than the first word, fits no further word.
        """
        size, sentences = self._size, self._sentences
        sentence = sentences[first] if first < size else -1
        places: Iterable[int] = (first,)
        for part in sequence:
            after: set[int] = set()
            if isinstance(part, WordPattern):
                for place in places:
                    if place < size and sentences[place] == sentence and part.fits(self._texts[place]):
                        after.add(place + 1)
            elif isinstance(part, Choice):
                for place in places:
                    after |= self._choice_ends(part, place)
            else:
                for place in places:
                    after.update(range(place, min(place + part.most, size) + 1))
            if not after:
                return after
            places = after
        return [place for place in places if place == first or sentences[place - 1] == sentence]

    def _choice_ends(self, choice: Choice, place: int) -> frozenset[int]:
        found = self._known.get((choice, place))
        if found is not None:
            return found
        ends = {place} if choice.optional else set()
        if place < self._size:
            text = self._texts[place]
            if text in choice.exact:
                ends.add(place + 1)
            for way in choice.headed.get(text, ()):
                ends.update(self.ends(way, place))
            for way in choice.others:
                ends.update(self.ends(way, place))
        self._known[choice, place] = answer = frozenset(ends)
        return answer


def _first_words(sequence: Pattern, phrase: str) -> Iterator[WordPattern]:
    if not sequence or isinstance(sequence[0], Gap):
        raise PhraseSyntaxError(f"The phrase {phrase!r} must begin with a word.")
    first = sequence[0]
    if isinstance(first, WordPattern):
        yield first
        return
    for way in first.ways:
        yield from _first_words(way + sequence[1:], phrase)


def _needs(sequence: Pattern) -> Iterator[frozenset[str]]:
    """For each part after the first: words of which the text must hold one, where that can be said."""
    for part in sequence[1:]:
        if isinstance(part, Gap) or (isinstance(part, Choice) and _may_be_nothing(part)):
            continue
        heads = list(_heads(part))
        if all(map(is_whole, heads)):
            yield frozenset(head.text for head in heads)


def _may_be_nothing(choice: Choice) -> bool:
    return any(all(isinstance(part, Choice) and _may_be_nothing(part) for part in way) for way in choice.ways)


def _heads(part: Part) -> Iterator[WordPattern]:
    """The words that a part can begin with; a gap begins with any."""
    if isinstance(part, Gap):
        yield WordPattern("", open_left=True, open_right=True)
    elif isinstance(part, WordPattern):
        yield part
    else:
        for way in part.ways:
            for each in way:
                yield from _heads(each)
                if not (isinstance(each, Choice) and _may_be_nothing(each)):
                    break
