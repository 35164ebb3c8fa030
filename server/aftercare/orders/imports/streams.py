"""The bytes of a file as parsers want them: a stream that can look ahead, and one that deep nesting cannot fill."""

from __future__ import annotations

import io
from typing import Any

import ijson

from aftercare.orders.imports.content import Content

_DEEPEST_NESTED = 3_000
_STEEP = 100
"""Brackets that a block must open beyond those it closes, or the other way round, to count; texts come nowhere near."""


class Shallow:
    """A stream that breaks off where JSON is nested absurdly deep, since the parser's memory grows with its square.

    Brackets within texts count too, but no text opens thousands more than it closes.
    """

    def __init__(self, stream: io.RawIOBase) -> None:
        self._stream = stream
        self._depth = 0

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size) or b""
        more = block.count(b"{") + block.count(b"[") - block.count(b"}") - block.count(b"]")
        if abs(more) > _STEEP:
            self._depth = max(0, self._depth + more)
            if self._depth > _DEEPEST_NESTED:
                raise ijson.JSONError("nested too deep")
        return block


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
