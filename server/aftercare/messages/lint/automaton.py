"""Finds thousands of phrases in one pass over a text, in a time that grows with its words alone.

All phrases of a language are laid side by side as bits of one number, one bit for each word of a phrase; a step of
the automaton is a handful of operations on that number, whatever stands in the text (extended Shift-And, Navarro and
Raffinot, Flexible Pattern Matching in Strings, 4.3). Phrases are read by `aftercare.text.phrase_syntax`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

from aftercare.text.pattern import Choice, Gap, Pattern, WordPattern
from aftercare.text.phrase_syntax import PhraseSyntaxError, parse

Key = TypeVar("Key", bound=Hashable)

_MOST_WAYS = 600
_MOST_FOUND = 400  # In one sentence; where more is found, the text says nothing but the words looked for.


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """A phrase found: the key it was given, and its first and last word."""

    key: Key
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Item:
    """One word of a phrase: what fits it (None: any word), and whether it may be missing."""

    fitting: frozenset[WordPattern] | None
    optional: bool = False

    def fits(self, word: str) -> bool:
        return self.fitting is None or any(each.fits(word) for each in self.fitting)


_GAP = _Item(None, optional=True)
_Way = tuple[_Item, ...]


class Automaton(Generic[Key]):
    """Phrases of one language, each with a key, ready to be looked for in any number of texts."""

    def __init__(self, phrases: Iterable[tuple[Key, str]], proclitics: tuple[str, ...] = ("",)) -> None:
        """proclitics: what the language may write onto the first word of a phrase; nothing, mostly.

        Raises PhraseSyntaxError quoting a phrase that is malformed or stands for too many others.
        """
        self._ends: dict[int, tuple[Key, _Way]] = {}
        self._exact: dict[str, int] = {}
        self._prefix: dict[str, int] = {}
        self._loose: list[tuple[WordPattern, int]] = []
        self._any = self._starts = self._finals = self._optional = self._before = self._block_ends = 0
        bit = 0
        for key, phrase in phrases:
            for plain in _ways(phrase):
                way = (_with(proclitics, plain[0]), *plain[1:])
                self._lay(way, bit)
                bit += len(way)
                self._finals |= 1 << (bit - 1)
                self._ends[bit - 1] = (key, way)
        self._prefix_lengths = sorted({len(prefix) for prefix in self._prefix})
        # A text repeats its words, and texts repeat each other's.
        self._mask = lru_cache(maxsize=1024)(self._mask_of)

    def _lay(self, way: _Way, bit: int) -> None:
        """Gives each item of the way its bit, beginning with the given one."""
        self._starts |= 1 << bit
        for place, item in enumerate(way, bit):
            one = 1 << place
            if item.fitting is None:
                self._any |= one
            for word in item.fitting or ():
                if word.open_left or word.number:
                    self._loose.append((word, one))
                elif word.open_right:
                    self._prefix[word.text] = self._prefix.get(word.text, 0) | one
                else:
                    self._exact[word.text] = self._exact.get(word.text, 0) | one
            if item.optional:
                self._optional |= one
                if not way[place - bit - 1].optional:
                    self._before |= one >> 1
                if not way[place - bit + 1].optional:
                    self._block_ends |= one

    def find(self, texts: Sequence[str]) -> Iterator[Found[Key]]:
        """What is found in the folded words of one sentence; each phrase as short as it can be."""
        state = found = 0
        starts, finals, before, mask = self._starts, self._finals, self._before, self._mask
        for index, text in enumerate(texts):
            state = ((state << 1) | starts) & mask(text)
            if not state:
                continue
            if state & before:
                # Whoever stands before words that may be missing stands behind each of them as well.
                filled = state | self._block_ends
                state |= self._optional & ~((filled - before) ^ filled)
            ended = state & finals
            while ended:
                lowest = ended & -ended
                key, way = self._ends[lowest.bit_length() - 1]
                yield Found(key, _start(way, texts, index), index)
                ended ^= lowest
                found += 1
            if found > _MOST_FOUND:
                return

    def knows(self, word: str) -> bool:
        """Whether some phrase holds the word, other than in a gap."""
        return self._mask(word) != self._any

    def _mask_of(self, word: str) -> int:
        mask = self._any | self._exact.get(word, 0)
        for length in self._prefix_lengths:
            if length > len(word):
                break
            mask |= self._prefix.get(word[:length], 0)
        for pattern, one in self._loose:
            if pattern.fits(word):
                mask |= one
        return mask


def _with(proclitics: tuple[str, ...], item: _Item) -> _Item:
    """The item with each proclitic written onto its words."""
    if proclitics == ("",):
        return item
    words = item.fitting or frozenset()
    return replace(
        item, fitting=frozenset(replace(word, text=each + word.text) for word in words for each in proclitics)
    )


def _start(way: _Way, texts: Sequence[str], last: int) -> int:
    """The nearest word at which the way can begin to end at `last`."""
    if len(way) == 1:
        return last
    places = {last + 1}
    for item in reversed(way):
        before = {place - 1 for place in places if place > 0 and item.fits(texts[place - 1])}
        places = before | places if item.optional else before
    return max(places, default=last)


def _ways(phrase: str) -> Iterator[_Way]:
    """The plain sequences a phrase stands for; words that may stand for each other are one item."""
    ways = [way for way in _spread(parse(phrase, {})) if way]
    if len(ways) > _MOST_WAYS:
        raise PhraseSyntaxError(f"The phrase {phrase!r} stands for {len(ways)} others; write it as several.")
    distinct = dict.fromkeys(map(_trimmed, ways))
    for way in distinct:
        # Where a shorter way is found, a longer one that begins or ends with it adds nothing.
        if not any(way[:size] in distinct or way[size:] in distinct for size in range(1, len(way))):
            yield way


def _trimmed(way: _Way) -> _Way:
    """Without words that may be missing at the end: the shortest hit never needs them."""
    while way[-1].optional:
        way = way[:-1]
    return way


def _spread(sequence: Pattern) -> list[_Way]:
    choices: list[list[_Way]] = []
    for position, part in enumerate(sequence):
        if isinstance(part, Gap):
            choices.append([(_GAP,) * part.most])
        elif isinstance(part, Choice):
            choices.append(_choice(part.ways, leading=position == 0))
        else:
            choices.append([(_Item(frozenset((part,))),)])
    return [tuple(item for piece in pieces for item in piece) for pieces in product(*choices)]


def _choice(ways: tuple[Pattern, ...], *, leading: bool) -> list[_Way]:
    """The ways of a choice: all single words as one item, longer ways each by itself."""
    spread = [way for each in ways for way in (_spread(each) if each else [()])]
    single = [way[0].fitting for way in spread if len(way) == 1 and not way[0].optional]
    longer = [way for way in spread if len(way) > 1 or (way and way[0].optional)]
    optional = () in spread
    merged = frozenset(word for fitting in single for word in fitting or ())
    answer = list(longer)
    if merged:
        # A phrase begins with a word that is there, so an optional beginning is two ways.
        as_item = optional and not leading and not longer
        answer.append((_Item(merged, optional=as_item),))
        optional = optional and not as_item
    return [*answer, ()] if optional else answer
