"""What a phrase is made of once it is read: words, gaps, and choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordPattern:
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
class Gap:
    """Up to `most` words of any kind."""

    most: int


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several sequences; an empty one makes the whole optional.

    So that a long list of words costs one look-up: exact: the ways that are one whole word; headed: longer ways that
    begin with a whole word, by that word; others: all other ways but the empty one.
    """

    ways: tuple[Pattern, ...]
    exact: frozenset[str]
    headed: Mapping[str, tuple[Pattern, ...]]
    others: tuple[Pattern, ...]
    optional: bool

    @classmethod
    def of(cls, ways: Iterable[Pattern]) -> Choice:
        all_ways = tuple(ways)
        exact: set[str] = set()
        headed: dict[str, tuple[Pattern, ...]] = {}
        others: list[Pattern] = []
        for way in all_ways:
            head = way[0] if way else None
            if not isinstance(head, WordPattern) or not is_whole(head):
                others.extend((way,) if way else ())
            elif len(way) == 1:
                exact.add(head.text)
            else:
                headed[head.text] = (*headed.get(head.text, ()), way)
        return cls(all_ways, frozenset(exact), headed, tuple(others), () in all_ways)


Part = WordPattern | Gap | Choice
Pattern = tuple[Part, ...]


def is_whole(word: WordPattern) -> bool:
    """Whether it stands for one word only."""
    return not (word.open_left or word.open_right or word.number)


def whole_words(pattern: Pattern) -> Iterator[str]:
    """Every word that a pattern names whole, in any of its choices."""
    for part in pattern:
        if isinstance(part, Choice):
            for way in part.ways:
                yield from whole_words(way)
        elif isinstance(part, WordPattern) and is_whole(part):
            yield part.text
