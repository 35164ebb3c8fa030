"""Remembers which keys a file has shown already, in some ten bytes each: a file may hold ten million lines."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable

_MOST_RECENT = 400_000
"""Keys in an ordinary set, which is fast and takes seventy bytes each, before they are packed."""
_PARTS = 16_384


class Seen:
    """A set that can only grow. It keeps a 64-bit hash of each key.

    That two of ten million keys are taken for one another happens in one of some 400,000 such files.
    """

    __slots__ = ("_packed", "_recent")

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._packed: list[array[int]] = []

    def add(self, key: Hashable) -> bool:
        """Remembers the key; whether it is new."""
        number = hash(key)
        if number in self._recent or (self._packed and self._is_packed(number)):
            return False
        self._recent.add(number)
        self._pack_if_many()
        return True

    def add_distinct(self, keys: Iterable[Hashable], count: int) -> bool:
        """Remembers all of these `count` keys if each is new and they all differ, else none; whether it did."""
        numbers = set(map(hash, keys))
        return len(numbers) == count and self.add_hashes(numbers)

    def add_hashes(self, numbers: set[int]) -> bool:
        """Remembers the keys of these hashes if all are new, else none; whether it did."""
        if not numbers.isdisjoint(self._recent):
            return False
        if self._packed and any(map(self._is_packed, numbers)):
            return False
        self._recent |= numbers
        self._pack_if_many()
        return True

    def _is_packed(self, number: int) -> bool:
        part = self._packed[number % _PARTS]
        place = bisect_left(part, number)
        return place < len(part) and part[place] == number

    def _pack_if_many(self) -> None:
        if len(self._recent) < _MOST_RECENT:
            return
        fresh: list[list[int]] = [[] for _ in range(_PARTS)]
        for number in self._recent:
            fresh[number % _PARTS].append(number)
        packed = self._packed or [array("q")] * _PARTS
        self._packed = [array("q", sorted([*old, *new])) for old, new in zip(packed, fresh, strict=True)]
        self._recent.clear()
