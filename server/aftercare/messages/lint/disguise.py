"""Words hidden from a filter but not from a reader: r e v i e w, rev1ew, re-view, r*view, weiver.

Only words worth hiding are looked for, so that part numbers, abbreviations and spelled names stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from aftercare.messages.lint.plain import Plain, disguises
from aftercare.text import Words, fold

_LETTER = r"[^\W_]"
# Single letters apart by up to three other signs, four at least: o-r-d-e-r, r e v i e w, also one below the other.
_APART = re.compile(rf"(?<!{_LETTER}){_LETTER}(?:[\W_]{{1,3}}{_LETTER}(?!{_LETTER})){{3,}}")
_CHUNK = re.compile(r"\S+")
_EDGES = ".,;:?()[]{}\"'«»“”„‘’…-–—"
# A letter beside a digit or a sign that is no plain punctuation, a sign between letters, a letter three times.
_ODD = re.compile(
    r"[^\W\d_](?:[\d_@$€£|<(+*#•·!]|[^\w\s](?=\w)|([^\W\d_])\1\1)|[\d@$€£|<(+!*#•·…_](?=[^\W\d_])|([^\W\d_])\2\2"
)
_TRIPLES = re.compile(r"(.)\1{2,}")
_BLANKED = "*#•.·_-…"
_SHORTEST = 5  # A shorter word can be a model name or an abbreviation by chance.
_LONGEST_CHUNK = 60
_MOST_READINGS = 16
_MOST = 40


@dataclass(frozen=True, slots=True)
class Unmasked:
    """A hidden word: the word it reads as, the rule it belongs to, and the span in the original."""

    word: str
    rule: str
    start: int
    end: int


@cache
def _hidden() -> dict[str, str]:
    """Words worth hiding, folded, with the rule each belongs to."""
    return {fold(word): rule for rule, words in disguises().hidden_words.items() for word in words}


@cache
def _hidden_anywhere() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(_hidden(), key=len, reverse=True)))


@cache
def _by_shape() -> dict[tuple[int, str], tuple[str, ...]]:
    """Hidden words by length and first letter, for words with some letters blanked out."""
    shapes: dict[tuple[int, str], list[str]] = {}
    for word in _hidden():
        shapes.setdefault((len(word), word[0]), []).append(word)
    return {shape: tuple(words) for shape, words in shapes.items()}


def unmasked(plain: Plain, words: Words) -> list[Unmasked]:
    """All hidden words, by their place. A word written plainly is not hidden."""
    ways = (_letters_apart(plain), _in_chunks(plain), _backward(words), _across_blanks(words))
    found = [each for way in ways for each in islice(way, _MOST)]
    return sorted(found, key=lambda each: each.start)


def _letters_apart(plain: Plain) -> Iterator[Unmasked]:
    for run in _APART.finditer(plain.text):
        places = [run.start() + at for at, sign in enumerate(run.group()) if sign.isalnum()]
        letters = "".join(_one_letter(plain.text[place]) for place in places)
        for word in _hidden_anywhere().finditer(letters):
            start, end = plain.span(places[word.start()], places[word.end() - 1] + 1)
            yield Unmasked(word.group(), _hidden()[word.group()], start, end)


def _one_letter(sign: str) -> str:
    if sign.isdigit():
        return disguises().leet.get(sign, (sign,))[0][:1]
    return (fold(sign) or sign)[:1]


def _in_chunks(plain: Plain) -> Iterator[Unmasked]:
    """Words with signs or digits in the place of letters, or between them, or with letters repeated."""
    hidden = _hidden()
    text = plain.text
    last = 0
    for odd in _ODD.finditer(text):
        if odd.start() < last:
            continue
        chunk = _CHUNK.match(text, _chunk_start(text, odd.start()))
        last = chunk.end() if chunk else odd.end()
        raw = chunk.group().strip(_EDGES).rstrip("!") if chunk else ""
        if chunk and _SHORTEST - 1 <= len(raw) <= _LONGEST_CHUNK:
            word = _reads_as(raw)
            if word:
                yield Unmasked(word, hidden[word], *plain.span(*chunk.span()))


def _chunk_start(text: str, place: int) -> int:
    start = place
    while start and place - start < _LONGEST_CHUNK and not text[start - 1].isspace():
        start -= 1
    return start


def _backward(words: Words) -> Iterator[Unmasked]:
    """Words written from their end."""
    hidden = _hidden()
    for index, word in enumerate(words.texts):
        if len(word) >= _SHORTEST and word[::-1] in hidden and word not in hidden:
            start, end = words.span(index, index)
            yield Unmasked(word[::-1], hidden[word[::-1]], start, end)


def _reads_as(chunk: str) -> str | None:
    """The hidden word a chunk of text reads as; None where it reads as none or says it plainly."""
    hidden = _hidden()
    simple = fold(chunk)
    if not simple or simple in hidden or not any(sign.isalpha() for sign in simple):
        return None
    for reading in _readings(simple):
        if reading in hidden and len(reading) >= _SHORTEST:
            return reading
        single = _TRIPLES.sub(r"\1", reading)
        if single in hidden and single != reading:
            return single
    return _blanked(simple)


def _readings(chunk: str) -> Iterator[str]:
    """The chunk without signs between its letters, and with signs read as letters."""
    bare = "".join(sign for sign in chunk if sign.isalnum())
    if len(bare) != len(chunk):
        # Punctuation between two whole words joins nothing: "refund/review" says both words plainly.
        pieces = re.split(r"[\W_]+", chunk)
        if not any(piece in _hidden() for piece in pieces):
            yield bare
    else:
        yield bare
    leet = disguises().leet
    options = [leet.get(sign, (sign,) if sign.isalnum() else ("",)) for sign in chunk]
    count = 1
    for option in options:
        count *= len(option)
    if count <= _MOST_READINGS:
        yield from ("".join(letters) for letters in product(*options))


def _blanked(chunk: str) -> str | None:
    """The hidden word of which some letters are blanked out: r*view, f***back."""
    first = chunk[0]
    if not first.isalpha() or not any(sign in _BLANKED for sign in chunk[1:]):
        return None
    if any(not sign.isalpha() and sign not in _BLANKED for sign in chunk):
        return None
    seen = sum(sign.isalpha() for sign in chunk)
    if seen < 3 or len(chunk) < _SHORTEST:
        return None
    for word in _by_shape().get((len(chunk), first), ()):
        if all(sign in _BLANKED or sign == letter for sign, letter in zip(chunk, word, strict=True)):
            return word
    return None


def _across_blanks(words: Words) -> Iterator[Unmasked]:
    """Words cut by a blank: rev iew, re view."""
    hidden = _hidden()
    for index, (left, right) in enumerate(zip(words.texts, words.texts[1:], strict=False)):
        joined = left + right
        if joined in hidden and len(joined) >= _SHORTEST and joined not in _SAID_APART:
            start, end = words.span(index, index + 1)
            if end - start == len(joined) + 1 and words.original[start:end].count(" ") == 1:
                yield Unmasked(joined, hidden[joined], start, end)


_SAID_APART = frozenset({"feedback", "telephone", "giftcard", "website"})
"""Words that people also write as two without hiding anything."""


def with_unmasked(words: Words, found: list[Unmasked]) -> Words:
    """The words with hidden ones put in the place of what hid them."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    clauses: list[int] = []

    def add(text: str, start: int, end: int, at: int) -> None:
        texts.append(text)
        starts.append(start)
        ends.append(end)
        # What a hidden word's own punctuation cut into sentences is one sentence again.
        sentences.append(words.sentences[at] - cut)
        clauses.append(words.clauses[at])

    cut = 0
    index = 0
    for hidden in found:
        while index < len(words) and words.starts[index] < hidden.start:
            add(words.texts[index], words.starts[index], words.ends[index], index)
            index += 1
        if index == len(words) or words.starts[index] >= hidden.end:
            continue
        first = index
        while index < len(words) and words.starts[index] < hidden.end:
            index += 1
        add(hidden.word, hidden.start, hidden.end, first)
        cut += words.sentences[index - 1] - words.sentences[first]
    for at in range(index, len(words)):
        add(words.texts[at], words.starts[at], words.ends[at], at)
    return Words(words.original, tuple(texts), tuple(starts), tuple(ends), tuple(sentences), tuple(clauses))
