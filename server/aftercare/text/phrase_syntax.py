"""Reads a phrase as a person writes it into a pattern of words.

    refund                  this word, in any case, with or without its diacritics
    refund*                 a word that begins so;  *bewertung  one that ends so;  *liefer*  one that holds it
    refund|credit           either word
    (money back|refund*)    either phrase;  (the)?  may be there or not
    never .. arrived        up to four words between them, within one sentence;  ..2  up to two
    @courier                any phrase of the group `courier`
    #                       a number in digits: 3, 2nd, 10x

A German ä, ö, ü in a phrase also stands for ae, oe, ue. Gaps are bounded, so that a pattern has an end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from aftercare.text.pattern import Choice, Gap, Part, Pattern, WordPattern
from aftercare.text.words import folded_forms, words_of

DEFAULT_GAP = 4
_LONGEST_GAP = 12
_SYNTAX = re.compile(r"\.\.(\d*)|\)\?|[()|]|@[\w-]+|[^\s()|@]+", re.UNICODE)


class PhraseSyntaxError(ValueError):
    """A phrase that cannot be read; the message quotes it."""


def parse(phrase: str, groups: Mapping[str, Sequence[str]]) -> Pattern:
    """Reads a phrase; raises PhraseSyntaxError quoting it where it is malformed."""
    return PhraseReader(groups).read(phrase)


class PhraseReader:
    """Reads phrases with one set of groups; each group is read once and shared by all phrases that name it."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._groups = groups
        self._read: dict[str, Choice] = {}
        self._open: set[str] = set()

    def read(self, phrase: str) -> Pattern:
        tokens = [match.group(0) for match in _SYNTAX.finditer(phrase)]
        sequence, rest = self._sequence(tokens, 0, phrase)
        if rest != len(tokens):
            raise PhraseSyntaxError(f"The phrase {phrase!r} closes a bracket it did not open.")
        if not sequence:
            raise PhraseSyntaxError("A phrase is empty.")
        if isinstance(sequence[-1], Gap):
            raise PhraseSyntaxError(f"The phrase {phrase!r} must end with a word.")
        return sequence

    def _sequence(self, tokens: list[str], at: int, phrase: str) -> tuple[Pattern, int]:
        parts: list[Part] = []
        while at < len(tokens) and tokens[at] not in (")", ")?", "|"):
            part, at = self._part(tokens, at, phrase)
            # Without brackets, a bar joins single words: `refund|credit note` is (refund or credit) and then note.
            ways = [part]
            while at < len(tokens) and tokens[at] == "|" and not _inside_brackets(tokens, at):
                part, at = self._part(tokens, at + 1, phrase)
                ways.append(part)
            parts.extend(ways[0] if len(ways) == 1 else (Choice.of(ways),))
        return tuple(parts), at

    def _part(self, tokens: list[str], at: int, phrase: str) -> tuple[Pattern, int]:
        if at >= len(tokens):
            raise PhraseSyntaxError(f"The phrase {phrase!r} ends too early.")
        token = tokens[at]
        if token == "(":
            return self._brackets(tokens, at, phrase)
        if token.startswith(".."):
            most = int(token[2:] or DEFAULT_GAP)
            if most > _LONGEST_GAP:
                raise PhraseSyntaxError(f"The phrase {phrase!r} has a gap of over {_LONGEST_GAP} words.")
            return (Gap(most),), at + 1
        if token.startswith("@"):
            return (self._group(token[1:], phrase),), at + 1
        if token == "#":
            return (WordPattern("#", number=True),), at + 1
        return _word_parts(token, phrase), at + 1

    def _brackets(self, tokens: list[str], at: int, phrase: str) -> tuple[Pattern, int]:
        ways: list[Pattern] = []
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
        return (Choice.of(ways),), at + 1

    def _group(self, name: str, phrase: str) -> Choice:
        if name not in self._groups:
            raise PhraseSyntaxError(f"The phrase {phrase!r} names the unknown group {name!r}.")
        if name in self._open:
            raise PhraseSyntaxError(f"The group {name!r} names itself.")
        if name not in self._read:
            self._open.add(name)
            self._read[name] = Choice.of(self.read(member) for member in self._groups[name])
            self._open.remove(name)
        return self._read[name]


def _inside_brackets(tokens: list[str], at: int) -> bool:
    depth = 0
    for token in tokens[:at]:
        depth += (token == "(") - (token in (")", ")?"))
    return depth > 0


def _word_parts(token: str, phrase: str) -> Pattern:
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
                WordPattern(text, token.startswith("*") and position == 0, token.endswith("*") and position == last)
                for position, text in enumerate(texts)
            )
        )
    return ways[0] if len(ways) == 1 else (Choice.of(ways),)
