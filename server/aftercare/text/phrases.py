"""Finds many phrases in one text at once; phrases are data that a person can read and write.

    refund                  this word, in any case, with or without its diacritics
    refund*                 a word that begins so;  *bewertung  one that ends so;  *liefer*  one that holds it
    refund|credit           either word
    (money back|refund*)    either phrase;  (the)?  may be there or not
    never .. arrived        up to four words between them, within one sentence;  ..2  up to two
    @courier                any phrase of the group `courier`
    #                       a number in digits: 3, 2nd, 10x

A German ä, ö, ü in a phrase also stands for ae, oe, ue. Gaps are bounded and a phrase never crosses a sentence, and all
ways through a phrase are followed at once, so the time to search grows with the length of the text alone, whatever the
text.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from aftercare.text.words import Words, folded_forms, words_of

Key = TypeVar("Key", bound=Hashable)

DEFAULT_GAP = 4
_LONGEST_GAP = 12
_SYNTAX = re.compile(r"\.\.(\d*)|\)\?|[()|]|@[\w-]+|[^\s()|@]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Hit(Generic[Key]):
    """A phrase found: the key it was given, its first and last word, and its span in the original text."""

    key: Key
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    """One word to be found: exactly, by its beginning, by its end, or by a piece of it; or any number."""

    text: str
    open_left: bool = False
    open_right: bool = False
    number: bool = False

    def fits(self, word: str) -> bool:
        if self.number:
            return word[0].isdigit()
        if self.open_left and self.open_right:
            return self.text in word
        if self.open_right:
            return word.startswith(self.text)
        if self.open_left:
            return word.endswith(self.text)
        return word == self.text


@dataclass(frozen=True, slots=True)
class _Gap:
    """Up to `most` words of any kind."""

    most: int


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    """One of several sequences; an empty one makes the whole optional.

    So that a long list of words costs one look-up: exact: the ways that are one whole word; headed: longer ways that begin
    with a whole word, by that word; others: all other ways but the empty one.
    """

    ways: tuple[_Sequence, ...]
    exact: frozenset[str]
    headed: Mapping[str, tuple[_Sequence, ...]]
    others: tuple[_Sequence, ...]
    optional: bool

    @classmethod
    def of(cls, ways: Iterable[_Sequence]) -> _Choice:
        all_ways = tuple(ways)
        exact: set[str] = set()
        headed: dict[str, tuple[_Sequence, ...]] = {}
        others: list[_Sequence] = []
        for way in all_ways:
            head = way[0] if way else None
            if not isinstance(head, _Word) or not _is_whole(head):
                others.extend((way,) if way else ())
            elif len(way) == 1:
                exact.add(head.text)
            else:
                headed[head.text] = (*headed.get(head.text, ()), way)
        return cls(all_ways, frozenset(exact), headed, tuple(others), () in all_ways)


_Part = _Word | _Gap | _Choice
_Sequence = tuple[_Part, ...]


def _is_whole(word: _Word) -> bool:
    return not (word.open_left or word.open_right or word.number)


class PhraseSyntaxError(ValueError):
    """A phrase that cannot be read; the message quotes it."""


class Phrasebook(Generic[Key]):
    """Phrases, each with the key of what it stands for, ready to be looked for in any number of texts."""

    def __init__(
        self,
        phrases: Iterable[tuple[Key, str]],
        groups: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Compiles the phrases. Raises PhraseSyntaxError quoting a phrase that is malformed or names no known group."""
        self._phrases: list[tuple[Key, _Sequence, tuple[frozenset[str], ...]]] = []
        self._exact: dict[str, list[int]] = {}
        self._prefix: dict[str, list[int]] = {}
        self._loose: list[tuple[_Word, int]] = []
        reader = _Reader(groups or {})
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
        """All hits, by their first word; a phrase is reported once for each word it can begin at, as short as it can be."""
        search = _Search(words)
        there = frozenset(words.texts)
        hopeless: set[int] = set()
        for index, word in enumerate(words.texts):
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
        return frozenset(word for _, sequence, _ in self._phrases for word in _whole_words(sequence))

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
        self._known: dict[tuple[_Choice, int], frozenset[int]] = {}

    def ends(self, sequence: _Sequence, first: int) -> Iterable[int]:
        """The indexes after the last word of each way in which the sequence fits from `first` on.

        A place past the text's end, or in another sentence than the first word, fits no further word.
        """
        size, sentences = self._size, self._sentences
        sentence = sentences[first] if first < size else -1
        places: Iterable[int] = (first,)
        for part in sequence:
            after: set[int] = set()
            if isinstance(part, _Word):
                for place in places:
                    if place < size and sentences[place] == sentence and part.fits(self._texts[place]):
                        after.add(place + 1)
            elif isinstance(part, _Choice):
                for place in places:
                    after |= self._choice_ends(part, place)
            else:
                for place in places:
                    after.update(range(place, min(place + part.most, size) + 1))
            if not after:
                return after
            places = after
        return [place for place in places if place == first or sentences[place - 1] == sentence]

    def _choice_ends(self, choice: _Choice, place: int) -> frozenset[int]:
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


def _first_words(sequence: _Sequence, phrase: str) -> Iterator[_Word]:
    if not sequence or isinstance(sequence[0], _Gap):
        raise PhraseSyntaxError(f"The phrase {phrase!r} must begin with a word.")
    first = sequence[0]
    if isinstance(first, _Word):
        yield first
        return
    for way in first.ways:
        yield from _first_words(way + sequence[1:], phrase)


def _needs(sequence: _Sequence) -> Iterator[frozenset[str]]:
    """For each part after the first: words of which the text must hold one, where that can be said."""
    for part in sequence[1:]:
        if isinstance(part, _Gap) or (isinstance(part, _Choice) and _may_be_nothing(part)):
            continue
        heads = list(_heads(part))
        if all(map(_is_whole, heads)):
            yield frozenset(head.text for head in heads)


def _may_be_nothing(choice: _Choice) -> bool:
    return any(all(isinstance(part, _Choice) and _may_be_nothing(part) for part in way) for way in choice.ways)


def _heads(part: _Part) -> Iterator[_Word]:
    """The words that something other than a gap can begin with."""
    if isinstance(part, _Word):
        yield part
    elif isinstance(part, _Choice):
        for way in part.ways:
            for each in way:
                yield from _heads(each)
                if not (isinstance(each, _Choice) and _may_be_nothing(each)):
                    break


def _whole_words(sequence: _Sequence) -> Iterator[str]:
    for part in sequence:
        if isinstance(part, _Choice):
            for way in part.ways:
                yield from _whole_words(way)
        elif isinstance(part, _Word) and _is_whole(part):
            yield part.text


def parse(phrase: str, groups: Mapping[str, Sequence[str]]) -> _Sequence:
    """Reads a phrase; raises PhraseSyntaxError quoting it where it is malformed."""
    return _Reader(groups).read(phrase)


class _Reader:
    """Reads phrases with one set of groups; each group is read once and shared by all phrases that name it."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._groups = groups
        self._read: dict[str, _Choice] = {}
        self._open: set[str] = set()

    def read(self, phrase: str) -> _Sequence:
        tokens = [match.group(0) for match in _SYNTAX.finditer(phrase)]
        sequence, rest = self._sequence(tokens, 0, phrase)
        if rest != len(tokens):
            raise PhraseSyntaxError(f"The phrase {phrase!r} closes a bracket it did not open.")
        if not sequence:
            raise PhraseSyntaxError("A phrase is empty.")
        if isinstance(sequence[-1], _Gap):
            raise PhraseSyntaxError(f"The phrase {phrase!r} must end with a word.")
        return sequence

    def _sequence(self, tokens: list[str], at: int, phrase: str) -> tuple[_Sequence, int]:
        parts: list[_Part] = []
        while at < len(tokens) and tokens[at] not in (")", ")?", "|"):
            part, at = self._part(tokens, at, phrase)
            # Without brackets, a bar joins single words: `refund|credit note` is (refund or credit) and then note.
            ways = [part]
            while at < len(tokens) and tokens[at] == "|" and not _inside_brackets(tokens, at):
                part, at = self._part(tokens, at + 1, phrase)
                ways.append(part)
            parts.extend(ways[0] if len(ways) == 1 else (_Choice.of(ways),))
        return tuple(parts), at

    def _part(self, tokens: list[str], at: int, phrase: str) -> tuple[_Sequence, int]:
        if at >= len(tokens):
            raise PhraseSyntaxError(f"The phrase {phrase!r} ends too early.")
        token = tokens[at]
        if token == "(":
            return self._brackets(tokens, at, phrase)
        if token.startswith(".."):
            most = int(token[2:] or DEFAULT_GAP)
            if most > _LONGEST_GAP:
                raise PhraseSyntaxError(f"The phrase {phrase!r} has a gap of over {_LONGEST_GAP} words.")
            return (_Gap(most),), at + 1
        if token.startswith("@"):
            return (self._group(token[1:], phrase),), at + 1
        if token == "#":
            return (_Word("#", number=True),), at + 1
        return _word_parts(token, phrase), at + 1

    def _brackets(self, tokens: list[str], at: int, phrase: str) -> tuple[_Sequence, int]:
        ways: list[_Sequence] = []
        while True:
            way, at = self._sequence(tokens, at + 1, phrase)
            ways.append(way)
            if at >= len(tokens):
                raise PhraseSyntaxError(f"The phrase {phrase!r} opens a bracket it does not close.")
            if tokens[at] != "|":
                break
        if tokens[at] == ")?":
            ways.append(())
        elif () in ways:
            raise PhraseSyntaxError(f"The phrase {phrase!r} has an empty alternative.")
        return (_Choice.of(ways),), at + 1

    def _group(self, name: str, phrase: str) -> _Choice:
        if name not in self._groups:
            raise PhraseSyntaxError(f"The phrase {phrase!r} names the unknown group {name!r}.")
        if name in self._open:
            raise PhraseSyntaxError(f"The group {name!r} names itself.")
        if name not in self._read:
            self._open.add(name)
            self._read[name] = _Choice.of(self.read(member) for member in self._groups[name])
            self._open.remove(name)
        return self._read[name]


def _inside_brackets(tokens: list[str], at: int) -> bool:
    depth = 0
    for token in tokens[:at]:
        depth += (token == "(") - (token in (")", ")?"))
    return depth > 0


def _word_parts(token: str, phrase: str) -> _Sequence:
    """The words in one piece of a phrase: `l'avis` and 返金 are several, and `zurück` is `zuruck` or `zurueck`."""
    bare = token.strip("*")
    ways = []
    for spelling in folded_forms(bare):
        texts = words_of(spelling).texts
        if not texts:
            raise PhraseSyntaxError(f"The phrase {phrase!r} has a piece without a letter: {token!r}.")
        last = len(texts) - 1
        ways.append(
            tuple(
                _Word(text, token.startswith("*") and position == 0, token.endswith("*") and position == last)
                for position, text in enumerate(texts)
            )
        )
    return ways[0] if len(ways) == 1 else (_Choice.of(ways),)


def expansions(phrase: str, groups: Mapping[str, Sequence[str]]) -> int:
    """How many plain word sequences a phrase stands for; the rule tests keep it small."""

    def count(sequence: _Sequence) -> int:
        total = 1
        for part in sequence:
            if isinstance(part, _Choice):
                total *= sum(count(way) for way in part.ways)
        return total

    return count(parse(phrase, groups))
