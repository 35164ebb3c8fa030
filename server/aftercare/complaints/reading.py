"""Finds what a text says: the cues of one language, after guards and denials have had their say.

A text is cut into clauses at commas and at words of contrast. A guard silences the cues it reaches; a denial right
before a cue takes it away. What is left are Findings, each with its place, for `verdict.py` to weigh.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aftercare.complaints.lexicon import Cue, Lexicon, Wording
from aftercare.text import Hit, Words, words_of

_LONGEST_BRIDGE = 4
_LONGEST_QUESTION = 18
_LONGEST_SENTENCE = 80
_OPINIONS = frozenset({"good", "bad", "thanks"})
_QUESTION_MARKS = "?？؟"


@dataclass(frozen=True, slots=True)
class Finding:
    """A cue found: its first and last word, its sentence, and its span in the text (code points, end exclusive)."""

    cue: Cue
    first: int
    last: int
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says, in the order of its words.

    clauses: the clause of each word. causes: the indexes of the words after which an earlier reason follows.
    """

    words: Words
    clauses: Sequence[int]
    findings: tuple[Finding, ...]
    causes: tuple[int, ...]


def read(text: str, lexicon: Lexicon) -> Reading:
    """The findings of a text. Never raises, whatever the text holds; time grows with its length."""
    words = _in_portions(lexicon.speller.respell(words_of(text)))
    clauses = _clauses(words, lexicon)
    hits = list(lexicon.book.find(words))
    silence = _Silence(words, clauses, lexicon, [hit for hit in hits if hit.key < 0])
    heard: dict[int, list[Hit[int]]] = {}
    for hit in hits:
        if hit.key >= 0 and not silence.covers(hit) and not _denied(hit, words, clauses, lexicon):
            heard.setdefault(hit.key, []).append(hit)
    heard[lexicon.question] = list(_questions(words, lexicon.question))
    findings = sorted(_findings(heard, words, clauses, lexicon, silence), key=lambda each: (each.first, each.last))
    causes = tuple(index for index, word in enumerate(words.texts) if word in lexicon.causes)
    return Reading(words, clauses, tuple(findings), causes)


def _in_portions(words: Words) -> Words:
    """The same words, with an endless sentence taken for several, so that the time to read stays in line."""
    sentences: list[int] = []
    shift = length = 0
    for index, sentence in enumerate(words.sentences):
        length = length + 1 if index and sentence == words.sentences[index - 1] else 1
        shift += length % _LONGEST_SENTENCE == 0
        sentences.append(sentence + shift)
    return replace(words, sentences=tuple(sentences)) if shift else words


def _clauses(words: Words, lexicon: Lexicon) -> list[int]:
    """The clause of each word: those of the punctuation, cut again before words of contrast."""
    clauses: list[int] = []
    clause, before = 0, 0
    for word, mark in zip(words.texts, words.clauses, strict=True):
        if mark != before or word in lexicon.contrast:
            clause += 1
        before = mark
        clauses.append(clause)
    return clauses


def _questions(words: Words, part: int) -> Iterator[Hit[int]]:
    """The last word of each sentence that ends with a question mark; a long one argues rather than asks."""
    for index, end in enumerate(words.ends):
        after = words.starts[index + 1] if index + 1 < len(words) else len(words.original)
        # What stands between two words is a few characters at most, unless a text is made of signs.
        asks = any(mark in words.original[end : min(after, end + 20)] for mark in _QUESTION_MARKS)
        length = index + 1 - bisect_left(words.sentences, words.sentences[index])
        if asks and length <= _LONGEST_QUESTION:
            yield Hit(part, index, index, words.starts[index], end)


class _Silence:
    """The words that guards have silenced, and the cues that therefore do not count."""

    def __init__(self, words: Words, clauses: Sequence[int], lexicon: Lexicon, guards: Sequence[Hit[int]]) -> None:
        self._touched = bytearray(len(words))
        self._unmeant = bytearray(len(words))
        self._reached = bytearray(len(words))
        for hit in guards:
            reach = lexicon.language.guards[-1 - hit.key].reach
            if reach in ("words", "opinion"):
                marks = self._touched if reach == "words" else self._unmeant
                marks[hit.first : hit.last + 1] = b"\1" * (hit.last + 1 - hit.first)
            else:
                first, last = _reach(reach, hit, words, clauses, lexicon)
                self._reached[first : last + 1] = b"\1" * (last + 1 - first)

    def covers(self, hit: Hit[int]) -> bool:
        """Whether the hit is of no complaint; a hit that merely spans a guarded word in its gap still counts."""
        return bool(self._touched[hit.first] or self._touched[hit.last])

    def unmeant(self, first: int, last: int) -> bool:
        """Whether a word of opinion here is only a part of a saying ("good luck")."""
        return bool(self._unmeant[first] or self._unmeant[last])

    def reaches(self, first: int, last: int) -> bool:
        """Whether a complaint at these words is somebody else's, feared, or denied as a whole."""
        return bool(self._reached[first] and self._reached[last])


def _reach(reach: str, hit: Hit[int], words: Words, clauses: Sequence[int], lexicon: Lexicon) -> tuple[int, int]:
    """The first and last word that a guard of this reach silences."""
    first, last = hit.first, hit.last
    if reach == "clause":
        while first and clauses[first - 1] == clauses[hit.first]:
            first -= 1
        last = bisect_right(clauses, clauses[hit.last]) - 1
    else:
        end = bisect_right(words.sentences, words.sentences[hit.last]) - 1
        while last < end and (reach == "sentence" or words.texts[last + 1] not in lexicon.contrast):
            last += 1
        while reach == "sentence" and first and words.sentences[first - 1] == words.sentences[hit.first]:
            first -= 1
    return first, last


def _denied(hit: Hit[int], words: Words, clauses: Sequence[int], lexicon: Lexicon) -> bool:
    """Whether a denial stands before the hit, or in a gap of it before its last word, with only bridging words between.

    A phrase that denies by itself ("never arrived") is denied by nothing inside it.
    """
    if _denied_before(hit.first, 0, words, clauses, lexicon):
        return True
    return (
        hit.last > hit.first
        and hit.key not in lexicon.denying
        and _denied_before(hit.last, hit.first + 1, words, clauses, lexicon)
    )


def _denied_before(index: int, earliest: int, words: Words, clauses: Sequence[int], lexicon: Lexicon) -> bool:
    for back in range(index - 1, max(earliest, index - _LONGEST_BRIDGE - 1) - 1, -1):
        if clauses[back] != clauses[index]:
            return False
        if words.texts[back] in lexicon.denials:
            return True
        if words.texts[back] not in lexicon.bridges:
            return False
    return False


def _findings(
    heard: dict[int, list[Hit[int]]], words: Words, clauses: Sequence[int], lexicon: Lexicon, silence: _Silence
) -> Iterator[Finding]:
    for part, hits in heard.items():
        for wording in lexicon.wordings.get(part, ()):
            cue = lexicon.language.cues[wording.cue]
            for hit in hits:
                found = _together(hit, wording, heard, words, clauses)
                if found is None:
                    continue
                first, last = found
                opinion = cue.kind in _OPINIONS
                if silence.unmeant(first, last) if opinion else silence.reaches(first, last):
                    continue
                start, end = words.span(first, last)
                yield Finding(cue, first, last, words.sentences[first], start, end)


def _together(
    hit: Hit[int], wording: Wording, heard: dict[int, list[Hit[int]]], words: Words, clauses: Sequence[int]
) -> tuple[int, int] | None:
    """The first and last word of a wording whose first part is the hit; None where another part is not there."""
    if wording.within == "phrase":
        return hit.first, hit.last

    def near(other: Hit[int]) -> bool:
        if wording.within == "clause":
            return clauses[other.first] <= clauses[hit.last] and clauses[other.last] >= clauses[hit.first]
        apart = words.sentences[other.first] - words.sentences[hit.first]
        return apart == 0 or (wording.within == "neighbors" and abs(apart) == 1)

    first, last = hit.first, hit.last
    for part in wording.parts[1:]:
        others = [other for other in _around(hit, heard.get(part, ()), words) if near(other)]
        if not others:
            return None
        closest = min(others, key=lambda other: abs(other.first - hit.first))
        first, last = min(first, closest.first), max(last, closest.last)
    if any(near(other) for part in wording.absent for other in _around(hit, heard.get(part, ()), words)):
        return None
    return first, last


def _around(hit: Hit[int], others: Sequence[Hit[int]], words: Words) -> Sequence[Hit[int]]:
    """Those of the hits, which are in the order of the text, that stand in the hit's sentence or beside it."""
    sentence = words.sentences[hit.first]
    first = bisect_left(others, sentence - 1, key=lambda other: words.sentences[other.first])
    last = bisect_right(others, sentence + 1, key=lambda other: words.sentences[other.first])
    return others[first:last]
