"""The text as a reader sees it: entities decoded, invisible signs gone, look-alike letters told apart, in plain width.

Every character of the plain text remembers where it came from, so that findings point into the original.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from aftercare.messages.lint.model import Disguises
from aftercare.rules import load
from aftercare.text import Words, words_of

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_FULL_STARS = "★⭐🌟✮✯✰⭑✭✬✫✪"
_STARS = re.compile(rf"[{_FULL_STARS}☆✩⋆]{{2,}}|(?<![\w.,])[1-5](?: ?[★⭐🌟✯]|\*)(?![\w*]| ?[0-9])")
# Joiners, marks of direction, variation selectors, tags, combining marks: what changes a word's letters, not its look.
_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]+"
)
_LATIN_BEFORE_AND_AFTER = re.compile("[A-Za-zÀ-ɏ]")
# The soft hyphen and combining marks come with pasted text; the others have no place inside a Latin word.
_HIDING = re.compile("[\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0\U000e0000-\U000e007f]")
_OVERRIDE = re.compile("([\u202d\u202e])([^\u202c\u2069\n\r]*)")

_Edit = tuple[int, int, str]
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain text, and for each of its characters the span in the original; no lists where both are equal.

    suspicious: spans in the original of words that mix scripts, hide signs or turn the reading order.
    """

    original: str
    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None
    suspicious: tuple[_Span, ...] = ()

    def span(self, start: int, end: int) -> _Span:
        """A span of the plain text as a span of the original."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def words(self) -> Words:
        """The words of the plain text; their spans are those of the original."""
        words = words_of(self.text)
        if self.starts is None or self.ends is None:
            return words
        starts = tuple(self.starts[start] for start in words.starts)
        ends = tuple(self.ends[end - 1] for end in words.ends)
        return Words(self.original, words.texts, starts, ends, words.sentences, words.clauses)


@cache
def disguises() -> Disguises:
    """How words are hidden."""
    return load(Disguises, "lint/disguises.json")


def plain_of(text: str) -> Plain:
    """Reads the text as a person would. Never raises; time grows with its length only."""
    plain = Plain(text, text)
    if "&" in text:
        plain = _edited(plain, ((*found.span(), html.unescape(found.group())) for found in _ENTITY.finditer(text)))
    if plain.text.isascii():
        return _with_stars(plain)
    suspicious: list[_Span] = []
    plain = _edited(plain, _reading_order(plain, suspicious))
    plain = _edited(plain, _unseen(plain, suspicious))
    plain = _with_text(plain, plain.text.translate(_WIDTH))
    plain = _edited(plain, _upright(plain, suspicious))
    plain = _with_text(plain, _told_apart(plain, suspicious))
    plain = _with_stars(plain)
    return Plain(text, plain.text, plain.starts, plain.ends, tuple(suspicious))


def _with_text(plain: Plain, text: str) -> Plain:
    """The same places with other signs, one for one."""
    return Plain(plain.original, text, plain.starts, plain.ends)


def _edited(plain: Plain, edits: Iterable[_Edit]) -> Plain:
    """The plain text with pieces replaced; each sign of a replacement stands for the whole piece."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    old_starts: list[int] | range = range(len(plain.text)) if plain.starts is None else plain.starts
    old_ends: list[int] | range = range(1, len(plain.text) + 1) if plain.ends is None else plain.ends
    last = 0
    for start, end, new in edits:
        texts += (plain.text[last:start], new)
        starts.extend(old_starts[last:start])
        ends.extend(old_ends[last:start])
        starts.extend([old_starts[start]] * len(new))
        ends.extend([old_ends[end - 1]] * len(new))
        last = end
    if not last:
        return plain
    texts.append(plain.text[last:])
    starts.extend(old_starts[last:])
    ends.extend(old_ends[last:])
    return Plain(plain.original, "".join(texts), starts, ends)


def _reading_order(plain: Plain, suspicious: list[_Span]) -> Iterable[_Edit]:
    """Puts what an override shows backward into the order in which it is read."""
    for found in _OVERRIDE.finditer(plain.text):
        suspicious.append(plain.span(*found.span()))
        if found[1] == "\u202e" and found[2]:
            yield *found.span(), found[2][::-1]


def _unseen(plain: Plain, suspicious: list[_Span]) -> Iterable[_Edit]:
    text = plain.text
    for found in _UNSEEN.finditer(text):
        start, end = found.span()
        inside = _LATIN_BEFORE_AND_AFTER.match(text, start - 1) and _LATIN_BEFORE_AND_AFTER.match(text, end)
        if start and inside and _HIDING.search(found.group()):
            suspicious.append(plain.span(start - 1, end + 1))
        yield start, end, ""


class _Width(dict[int, str]):
    """Full-width, circled, mathematical letters in plain width, one for one; fractions and ligatures stay."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        wide = unicodedata.normalize("NFKC", sign)
        self[code] = wide if len(wide) == 1 else sign
        return self[code]


_WIDTH = _Width()


def _upright(plain: Plain, suspicious: list[_Span]) -> Iterable[_Edit]:
    """Turns words that stand on their head, together with their order from the first to the last of a line."""
    signs, table, _ = _turned()
    places = [found.start() for found in signs.finditer(plain.text)]
    if len(places) < 3:
        return
    first = max(plain.text.rfind(blank, 0, places[0]) for blank in " \n") + 1
    lasts = [plain.text.find(blank, places[-1]) for blank in " \n"]
    last = min((place for place in lasts if place >= 0), default=len(plain.text))
    suspicious.append(plain.span(first, last))
    yield first, last, plain.text[first:last].translate(table)[::-1]


def _told_apart(plain: Plain, suspicious: list[_Span]) -> str:
    """Writes look-alike letters as the Latin ones they pass for, and notes words that mix scripts by them."""
    _, _, alikes = _turned()
    text = plain.text
    last = 0
    for found in alikes.finditer(text):
        if found.start() < last:
            continue
        start, last = found.span()
        while start and text[start - 1].isalpha():
            start -= 1
        while last < len(text) and text[last].isalpha():
            last += 1
        # A unit such as µm or kΩ mixes no look-alikes.
        if _LATIN_BEFORE_AND_AFTER.search(text, start, last):
            suspicious.append(plain.span(start, last))
    return text.translate(_look_alikes()) if last else text


@cache
def _look_alikes() -> dict[int, str]:
    return str.maketrans(disguises().look_alikes)


@cache
def _turned() -> tuple[re.Pattern[str], dict[int, str], re.Pattern[str]]:
    """Signs that are turned letters, the table to turn them back, and signs that look like Latin letters."""
    data = disguises()
    # The dotless i is a letter of Turkish and tells nothing by itself.
    turned = "".join(sign for sign in data.turned if not sign.isascii() and sign != "ı")
    return (
        re.compile(f"[{re.escape(turned)}]"),
        str.maketrans(data.turned),
        re.compile(f"[{re.escape(''.join(data.look_alikes))}]"),
    )


def _with_stars(plain: Plain) -> Plain:
    """Writes rows of stars as a word that the word files know: ★★★★☆ and 4* as `4 starrow`, ★★ as `starrow`."""
    return _edited(plain, ((*found.span(), _spelled(found.group())) for found in _STARS.finditer(plain.text)))


def _spelled(row: str) -> str:
    if row[0].isdigit():
        return f" {row[0]} starrow "
    if len(row) == 5:
        return f" {sum(sign in _FULL_STARS for sign in row) or 1} starrow "
    return " starrow "
