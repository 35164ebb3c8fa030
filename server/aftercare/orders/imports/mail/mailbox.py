"""Cuts a stream of bytes into mails: a mailbox (mbox) into its many, any other file into its one.

Only a bounded part of each mail is held: of a part that goes on and on, such as an attachment of 50 MB, what lies
beyond the first megabyte is passed over up to the boundary that ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_PART = 1 << 20
"""Bytes kept of one part of a mail; a message that a person wrote is far shorter."""

MOST_MAIL = 8 << 20
_MOST_LINE = 1 << 16
_POSTMARK = re.compile(
    rb"From (?:\S.{0,300}? )?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?"
    rb"(?:[A-Z][a-z]{2} +\d{1,2}|\d{1,2} [A-Z][a-z]{2}) .{0,12}?\d{1,2}:\d\d.{0,30}\s*$"
)
_BARE = re.compile(rb"From \S+\s*$")
_FIELD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,70}:|>From )")
_QUOTED = re.compile(rb">+From ")


@dataclass(frozen=True, slots=True)
class RawMail:
    """One mail as it lies in the file, numbered from 1. postmark: the line that a mailbox sets before it, if any; file:
    the name of the file it lies in, where a folder of mails is read."""

    number: int
    data: bytes
    postmark: bytes = b""
    file: str = ""


def is_mailbox(line: bytes) -> bool:
    """Whether a file that begins with this line is a mailbox, whatever its first mail looks like."""
    return bool(_POSTMARK.match(line))


def mails(blocks: Iterable[bytes], marker: bytes = b"") -> Iterator[RawMail]:
    """The mails of a file, one after the other. A file is a mailbox where it begins with a postmark (`From …`).

    marker: begins the line that is set before each mail of a folder, and no mail can know it (`maildir.py`). Where
    there is one, it alone tells where a mail begins, so that nothing that a person wrote can begin another.
    """
    lines = _lines(blocks)
    if marker:
        yield from _folder(lines, marker)
        return
    first = next(lines, b"")
    while first and not first.strip():
        first = next(lines, b"")
    if not first.startswith(b"From "):
        kept = _Kept()
        kept.add(first)
        for line in lines:
            kept.add(line)
        yield RawMail(1, kept.data)
        return
    yield from _mailbox(first, lines)


def _folder(lines: Iterator[bytes], marker: bytes) -> Iterator[RawMail]:
    number, kept, file = 0, _Kept(), ""
    for line in lines:
        if line.startswith(marker):
            if number:
                yield RawMail(number, kept.data, file=file)
            number, kept = number + 1, _Kept()
            file = line[len(marker) :].strip().decode("utf-8", "replace")
        else:
            kept.add(line)
    if number:
        yield RawMail(number, kept.data, file=file)


def _mailbox(postmark: bytes, lines: Iterator[bytes]) -> Iterator[RawMail]:
    number, kept, after_blank = 1, _Kept(), False
    waiting = b""  # A line that begins a mail if the next one is a header field.
    begins = True
    for line in lines:
        # A piece of a line that is far too long begins nothing, whatever it looks like.
        within, begins = not begins, line.endswith(b"\n")
        if waiting:
            if _FIELD.match(line):
                yield RawMail(number, kept.data, postmark)
                number, kept, postmark = number + 1, _Kept(), waiting
            else:
                kept.add(waiting)
            waiting = b""
        if not within and (is_mailbox(line) or (after_blank and _BARE.match(line))):
            waiting = line
            continue
        after_blank = not line.strip()
        kept.add(line[1:] if not within and _QUOTED.match(line) else line)
    kept.add(waiting)
    yield RawMail(number, kept.data, postmark)


class _Kept:
    """Gathers the lines of one mail within the limits."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._part = self._whole = 0

    def add(self, line: bytes) -> None:
        if line.startswith(b"--"):
            self._part = 0
        self._part += len(line)
        if self._part <= MOST_PART and self._whole + len(line) <= MOST_MAIL:
            self._whole += len(line)
            self._lines.append(line)

    @property
    def data(self) -> bytes:
        return b"".join(self._lines)


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines with their ends; one that is far too long comes in pieces."""
    held = b""
    for block in blocks:
        *lines, held = (held + block).split(b"\n")
        for line in lines:
            for start in range(0, len(line) + 1, _MOST_LINE):
                piece = line[start : start + _MOST_LINE]
                yield piece if start + _MOST_LINE <= len(line) else piece + b"\n"
        while len(held) > _MOST_LINE:
            yield held[:_MOST_LINE]
            held = held[_MOST_LINE:]
    if held:
        yield held
