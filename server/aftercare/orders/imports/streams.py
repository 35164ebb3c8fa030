"""The bytes of a file as parsers want them: a stream that can look ahead, one in UTF-8, one of bounded depth."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import ijson

from aftercare.orders.imports.content import Content
from aftercare.orders.imports.encoding import decoded

_DEEPEST_NESTED = 200
"""Levels; exports have a dozen. The parser's memory grows with the square of the depth."""

_LONGEST_TEXT = 32 << 20
"""Bytes of one text; a mail with its pictures written into it stays below."""

_STEPS = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}
_NO_STEPS = bytes(set(range(256)) - set(_STEPS))
_SIGNS = re.compile(rb'\\.|["\[\]{}]', re.DOTALL)


class Shallow:
    """A stream of JSON that ends where it is nested absurdly deep, or where one text or number fills megabytes.

    Brackets within texts do not count. What stands before the end is given, and the next `read` raises JSONError.
    """

    def __init__(self, stream: io.RawIOBase) -> None:
        self._stream = stream
        self._depth = 0
        self._in_text = False
        self._escape = b""  # The backslash at the end of a block, whose sign begins the next.
        self._text = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        if self._ended:
            raise ijson.JSONError("nested too deep, or a text too long")
        block = self._stream.read(size) or b""
        before = self._depth, self._in_text, self._escape
        deepest = self._take(block)
        if deepest > _DEEPEST_NESTED:
            self._ended = True
            return block[: _place_too_deep(block, *before)]
        self._ended = self._text > _LONGEST_TEXT
        return b"" if self._ended else block

    def _take(self, block: bytes) -> int:
        """Follows the texts and levels of the block, and gives a depth that it surely stays within."""
        plain = (self._escape + block).replace(b"\\\\", b"").replace(b'\\"', b"")
        self._escape = b"\\" if plain.endswith(b"\\") else b""
        pieces = plain.split(b'"')
        brackets = b"".join(pieces[self._in_text :: 2]).translate(None, _NO_STEPS)
        self._in_text ^= len(pieces) % 2 == 0
        # A block without quotes, brackets and commas is the middle of a text or of a number, or blank.
        whole = len(pieces) == 1 and (self._in_text or not (brackets or b"," in block or not block.strip()))
        self._text = self._text + len(block) if whole else len(pieces[-1]) if self._in_text else 0
        opened = brackets.count(b"{") + brackets.count(b"[")
        before, self._depth = self._depth, self._depth + 2 * opened - len(brackets)
        if before + opened <= _DEEPEST_NESTED:
            return before + opened
        return max(accumulate(map(_STEPS.__getitem__, brackets), initial=before))


def _place_too_deep(block: bytes, depth: int, in_text: bool, escape: bytes) -> int:
    """Where in the block the first bracket stands that leads too deep."""
    for sign in _SIGNS.finditer(escape + block):
        if sign[0] == b'"':
            in_text = not in_text
        elif not in_text and sign[0] in b"{[]}":
            depth += _STEPS[sign[0][0]]
            if depth > _DEEPEST_NESTED:
                return sign.start() - len(escape)
    return len(block)


class UnpackedStream(io.RawIOBase):
    """The unpacked bytes of a file as a stream that can look ahead."""

    def __init__(self, content: Content) -> None:
        self._blocks = (block for block, _ in content.blocks())
        self._held = b""

    def readable(self) -> bool:
        return True

    def peek(self, size: int) -> bytes:
        while len(self._held) < size and (block := next(self._blocks, b"")):
            self._held += block
        return self._held[:size]

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            found, self._held = self._held + b"".join(self._blocks), b""
            return found
        found = self.peek(size)
        self._held = self._held[len(found) :]
        return found

    def readinto(self, buffer: Any) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


def in_utf8(content: Content, encoding: str) -> Content:
    """The same file in UTF-8, as JSON has to be; encoding: as `survey` tells it."""
    if encoding == "utf-8":
        return content
    return _InUtf8(content.name, content.path, content.member, content.size, content.archive, content, encoding)


@dataclass(frozen=True, slots=True)
class _InUtf8(Content):
    """A file that was written in another encoding, or has broken bytes, which cost no more than themselves."""

    source: Content | None = None
    encoding: str = "utf-8"

    def blocks(self) -> Iterator[tuple[bytes, int]]:
        """The file in UTF-8, block by block, each with the number of packed bytes read so far."""
        done = 0

        def counted() -> Iterator[bytes]:
            nonlocal done
            for block, done in self.source.blocks() if self.source else ():  # noqa: B007 - read below.
                yield block

        for text in decoded(counted(), self.encoding):
            if text:
                yield text.encode("utf-8", "replace"), done
