"""Finds many phrases in one text at once; phrases are data that a person can read and write.

    refund                  this word, in any case, with or without its diacritics
    refund*                 a word that begins so;  *bewertung  one that ends so;  *liefer*  one that holds it
    refund|credit           either word
    (money back|refund*)    either phrase;  (the)?  may be there or not
    never .. arrived        up to four words between them, within one sentence;  ..2  up to two
    @courier                any phrase of the group `courier`

A German ä, ö, ü in a phrase also stands for ae, oe, ue. Gaps are bounded and a phrase never crosses a sentence, so the
time to search grows with the length of the text alone, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from aftercare.text.words import Words, words_of

Key = TypeVar("Key", bound=Hashable)

DEFAULT_GAP = 4
_LONGEST_GAP = 12
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
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
    """One word to be found: exactly, by its beginning, by its end, or by a piece of it."""

    text: str
    open_left: bool = False
    open_right: bool = False

    def fits(self, word: str) -> bool:
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


@dataclass(frozen=True, slots=True)
class _Choice:
    """One of several sequences; an empty one makes the whole optional."""

    ways: tuple[_Sequence, ...]


_Part = _Word | _Gap | _Choice
_Sequence = tuple[_Part, ...]


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
        self._exact: dict[str, list[tuple[Key, _Sequence]]] = {}
        self._prefix: dict[str, list[tuple[Key, _Sequence]]] = {}
        self._loose: list[tuple[_Word, Key, _Sequence]] = []
        for key, phrase in phrases:
            sequence = parse(phrase, groups or {})
            for word in set(_first_words(sequence, phrase)):
                if word.open_left:
                    self._loose.append((word, key, sequence))
                elif word.open_right:
                    self._prefix.setdefault(word.text, []).append((key, sequence))
                else:
                    self._exact.setdefault(word.text, []).append((key, sequence))
        self._prefix_lengths = sorted({len(prefix) for prefix in self._prefix})

    def find(self, words: Words) -> Iterator[Hit[Key]]:
        """All hits, by their first word; a phrase is reported once for each word it can begin at, as short as it can be."""
        for index, word in enumerate(words.texts):
            seen: set[tuple[Key, _Sequence]] = set()
            for key, sequence in self._beginning_with(word):
                if (key, sequence) in seen:
                    continue
                seen.add((key, sequence))
                after = min(_ends(sequence, 0, words, index, words.sentences[index]), default=None)
                if after is not None and after > index:
                    start, end = words.span(index, after - 1)
                    yield Hit(key, index, after - 1, start, end)

    def _beginning_with(self, word: str) -> Iterator[tuple[Key, _Sequence]]:
        yield from self._exact.get(word, ())
        for length in self._prefix_lengths:
            if length > len(word):
                break
            yield from self._prefix.get(word[:length], ())
        for first, key, sequence in self._loose:
            if first.fits(word):
                yield key, sequence


def _ends(sequence: _Sequence, at: int, words: Words, index: int, sentence: int) -> Iterator[int]:
    """The indexes after the last word of each way in which the rest of the sequence fits from `index` on."""
    if at == len(sequence):
        yield index
        return
    part = sequence[at]
    if isinstance(part, _Gap):
        for skipped in range(part.most + 1):
            if skipped and (index + skipped > len(words) or words.sentences[index + skipped - 1] != sentence):
                return
            yield from _ends(sequence, at + 1, words, index + skipped, sentence)
    elif isinstance(part, _Choice):
        for way in part.ways:
            yield from _ends(way + sequence[at + 1 :], 0, words, index, sentence)
    elif index < len(words) and words.sentences[index] == sentence and part.fits(words.texts[index]):
        yield from _ends(sequence, at + 1, words, index + 1, sentence)


def _first_words(sequence: _Sequence, phrase: str) -> Iterator[_Word]:
    if not sequence or isinstance(sequence[0], _Gap):
        raise PhraseSyntaxError(f"The phrase {phrase!r} must begin with a word.")
    first = sequence[0]
    if isinstance(first, _Word):
        yield first
        return
    for way in first.ways:
        yield from _first_words(way + sequence[1:], phrase)


def parse(phrase: str, groups: Mapping[str, Sequence[str]]) -> _Sequence:
    """Reads a phrase; raises PhraseSyntaxError quoting it where it is malformed."""
    tokens = [match.group(0) for match in _SYNTAX.finditer(phrase)]
    sequence, rest = _parse_sequence(tokens, 0, groups, phrase)
    if rest != len(tokens):
        raise PhraseSyntaxError(f"The phrase {phrase!r} closes a bracket it did not open.")
    if not sequence:
        raise PhraseSyntaxError("A phrase is empty.")
    if isinstance(sequence[-1], _Gap):
        raise PhraseSyntaxError(f"The phrase {phrase!r} must end with a word.")
    return sequence


def _parse_sequence(
    tokens: list[str], at: int, groups: Mapping[str, Sequence[str]], phrase: str
) -> tuple[_Sequence, int]:
    parts: list[_Part] = []
    while at < len(tokens) and tokens[at] not in (")", ")?", "|"):
        part, at = _parse_part(tokens, at, groups, phrase)
        # Without brackets, a bar joins single words: `refund|credit note` is (refund or credit) and then note.
        ways = [part]
        while at < len(tokens) and tokens[at] == "|" and not _inside_brackets(tokens, at):
            part, at = _parse_part(tokens, at + 1, groups, phrase)
            ways.append(part)
        parts.extend(ways[0] if len(ways) == 1 else (_Choice(tuple(ways)),))
    return tuple(parts), at


def _inside_brackets(tokens: list[str], at: int) -> bool:
    depth = 0
    for token in tokens[:at]:
        depth += (token == "(") - (token in (")", ")?"))
    return depth > 0


def _parse_part(
    tokens: list[str], at: int, groups: Mapping[str, Sequence[str]], phrase: str
) -> tuple[_Sequence, int]:
    if at >= len(tokens):
        raise PhraseSyntaxError(f"The phrase {phrase!r} ends too early.")
    token = tokens[at]
    if token == "(":
        ways = []
        while True:
            way, at = _parse_sequence(tokens, at + 1, groups, phrase)
            ways.append(way)
            if at >= len(tokens):
                raise PhraseSyntaxError(f"The phrase {phrase!r} opens a bracket it does not close.")
            if tokens[at] != "|":
                break
        if tokens[at] == ")?":
            ways.append(())
        elif () in ways:
            raise PhraseSyntaxError(f"The phrase {phrase!r} has an empty alternative.")
        return (_Choice(tuple(ways)),), at + 1
    if token.startswith(".."):
        most = int(token[2:] or DEFAULT_GAP)
        if most > _LONGEST_GAP:
            raise PhraseSyntaxError(f"The phrase {phrase!r} has a gap of over {_LONGEST_GAP} words.")
        return (_Gap(most),), at + 1
    if token.startswith("@"):
        if token[1:] not in groups:
            raise PhraseSyntaxError(f"The phrase {phrase!r} names the unknown group {token[1:]!r}.")
        return (_Choice(tuple(parse(member, groups) for member in groups[token[1:]])),), at + 1
    return _word_parts(token, phrase), at + 1


def _word_parts(token: str, phrase: str) -> _Sequence:
    """The words in one piece of a phrase: `l'avis` and 返金 are several, and `zurück` is `zuruck` or `zurueck`."""
    bare = token.strip("*")
    spellings = dict.fromkeys((bare, bare.translate(_UMLAUTS)))
    ways = []
    for spelling in spellings:
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
    return ways[0] if len(ways) == 1 else (_Choice(tuple(ways)),)


def expansions(phrase: str, groups: Mapping[str, Sequence[str]]) -> int:
    """How many plain word sequences a phrase stands for; the rule tests keep it small."""

    def count(sequence: _Sequence) -> int:
        total = 1
        for part in sequence:
            if isinstance(part, _Choice):
                total *= sum(count(way) for way in part.ways)
        return total

    return count(parse(phrase, groups))
