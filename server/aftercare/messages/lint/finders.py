"""The two finds made of data: any of some concepts, and several concepts close together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from aftercare.messages.lint.model import Find
from aftercare.messages.lint.vocabulary import Concepts, Heard, same_language

MOST = 20
"""After so many findings one find stops looking: a person who has twenty places to mend needs no more."""

_SIGNS_PER_WORD = {"ja": 3}  # A script without spaces counts signs, about three for a word.
_TRIES = 300  # Bounds the work on texts made of nothing but the words looked for.


def find_phrases(find: Find, concepts: Concepts) -> Iterator[tuple[int, int]]:
    """The spans of all hits of the concepts."""
    found = 0
    for names in find.of:
        for heard in concepts.of(names):
            if find.unless and concepts.in_sentence(find.unless, heard.sentence):
                continue
            yield heard.start, heard.end
            found += 1
            if found == MOST:
                return


def find_together(find: Find, concepts: Concepts) -> Iterator[tuple[int, int]]:
    """The spans from the first to the last of the concepts where they stand close enough together."""
    columns = [concepts.of(names) for names in find.of]
    if not all(columns):
        return
    firsts = [[heard.first for heard in column] for column in columns]
    found = tries = 0
    for heard in columns[0]:
        tries += 1
        if find.unless and concepts.in_sentence(find.unless, heard.sentence):
            continue
        group = _complete([heard], find, columns, firsts)
        if group:
            yield min(each.start for each in group), max(each.end for each in group)
            found += 1
        if found == MOST or tries == _TRIES:
            return


def _complete(
    group: list[Heard], find: Find, columns: list[list[Heard]], firsts: list[list[int]]
) -> list[Heard] | None:
    """The group with one hit of each further concept, or None where one of them is missing nearby."""
    if len(group) == len(columns):
        return group
    at = len(group)
    reach = find.within * _SIGNS_PER_WORD.get(group[0].lang, 1)
    low = group[-1].last + 1 if find.ordered else max(each.last for each in group) - reach
    high = min(each.first for each in group) + reach
    for position in range(bisect_left(firsts[at], low), len(columns[at])):
        heard = columns[at][position]
        if heard.first > high:
            return None
        if _joins(heard, group, find):
            complete = _complete([*group, heard], find, columns, firsts)
            if complete:
                return complete
    return None


def _joins(heard: Heard, group: list[Heard], find: Find) -> bool:
    for each in group:
        if each.first <= heard.last and heard.first <= each.last and not (_inside(each, heard) or _inside(heard, each)):
            return False
        if not find.across and heard.sentence != each.sentence:
            return False
        if not same_language(heard.lang, each.lang):
            return False
    return True


def _inside(inner: Heard, outer: Heard) -> bool:
    """Whether a word stands in the gap of a phrase, as the noun does in "take your comment down"."""
    return outer.first < inner.first and inner.last < outer.last
