"""Only what the person wrote: without Amazon's frame, the quoted history below, signatures, tokens and footers.

Lines are compared in folded form and given in their own. Where nothing marks the person's words, the text is given as
it stands, short of what is known not to be theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aftercare.orders.imports.mail.wording import folded, rules

# Possessive and never begun within a run of dashes, so that a page of dashes costs no more than any other.
_RULED = re.compile(r"(?<!-)-{4,}+[ \t]*(?P<words>[^\n-][^\n]{0,90}?)[ \t]*(?<!-)-{4,}")
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_STEM = 6
_LATIN = re.compile("[a-z]")
_MOST_READ = 60_000
_MOST_LINES = 2_000
MOST_TEXT = 20_000
"""Signs kept of one message; Amazon's own limit is far below."""


@dataclass(frozen=True, slots=True)
class Words:
    """The person's words, whether Amazon's frame marked them, and what stood around them (facts of the order)."""

    text: str | None
    framed: bool
    around: str


def own_words(body: str) -> Words:
    """The person's words in a body of plain lines."""
    # Each ruled line gets a line of its own: some HTML bodies set the whole mail on one.
    text = _RULED.sub(lambda found: f"\n{found[0]}\n", body[:_MOST_READ].replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.strip() for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]]
    plain = [folded(line) for line in lines]
    opens = next((place for place, line in enumerate(plain) if _rule(line) == "message"), None)
    shuts = next((place for place, line in enumerate(plain) if _rule(line) == "end"), None)
    history = _history(plain)
    if opens is not None and (history is None or opens < history) and (shuts is None or opens < shuts):
        after = [place for place in range(opens + 1, len(plain)) if _rule(plain[place])]
        end = after[0] if after else len(lines)
        around = "\n".join(lines[:opens] + lines[end + 1 :])
        return Words(_cut(lines[opens + 1 : end], plain[opens + 1 : end], tails=not after), True, around)
    if opens is None and shuts is not None and (history is None or shuts < history):
        return Words(_cut(lines[:shuts], plain[:shuts], tails=True), True, "\n".join(lines[shuts + 1 :]))
    return Words(_cut(lines, plain, tails=True), False, text)


def _rule(line: str) -> str:
    """Whether a folded line is the ruled line that begins (`message`) or ends (`end`) a person's words."""
    found = _RULED.fullmatch(line)
    if not found:
        return ""
    frame = rules().frame
    words = found["words"]
    if not _says(words, frame.message) or _says(words, frame.forwarded):
        return ""
    return "end" if _says(words, frame.end) else "message"


def _says(words: str, known: tuple[str, ...]) -> bool:
    """Whether one of the words is in it, a long one also with an ending; scripts that set no blanks are searched."""
    said = _WORDS.findall(words)
    return any(_is_said(word, said) if _LATIN.search(word) else word in words for word in known)


def _is_said(word: str, said: list[str]) -> bool:
    return any(each.startswith(word) for each in said) if len(word) > _STEM else word in said


def _history(plain: list[str]) -> int | None:
    """The line at which quoted history begins."""
    joined = "\n".join(plain)
    found = rules().quotes.pattern.search(joined)
    return joined.count("\n", 0, found.start()) if found else None


def _cut(lines: list[str], plain: list[str], *, tails: bool) -> str | None:
    """The lines up to the quoted history and (outside a frame) the first line of a footer, without headings."""
    known = rules()
    end = _history(plain)
    end = len(lines) if end is None else end
    # Outside a frame a footer may begin anywhere; a person within a frame may draw a line or sign as they like.
    if tails:
        end = next((place for place in range(end) if known.tails.pattern.search(plain[place])), end)
    kept = [
        line
        for line, flat in zip(lines[:end], plain[:end], strict=True)
        if not known.headings.pattern.search(flat) and (tails or not _is_token(flat))
    ]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return text[:MOST_TEXT] or None


def _is_token(line: str) -> bool:
    return "commmgrtok:" in line
