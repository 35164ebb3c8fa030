"""Reads the records of a JSON file of any size and shape, one by one, and refuses by number what is broken.

An array of records, an object that holds such an array, one record alone, or one record a line. The bytes are UTF-8.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any

import ijson

from aftercare.orders.imports.content import Content
from aftercare.orders.imports.streams import Shallow, UnpackedStream

HEAD = 1 << 16
"""Bytes by which a document is recognized."""

_WHOLE = 8 << 20
"""A JSON object up to this size is read as one; in a larger one only its first array of objects is looked at."""

_AT_ONCE = 4 << 20
"""Bytes the parser is given at a time: it reads a text anew from its start with each, so small blocks make a text of
50 MB take minutes."""

_LONGEST_LINE = 32 << 20
_LONGEST_NUMBER = 19
"""Digits of the largest number a database takes. A longer one is kept as text: it is an id at best."""

_DEEPEST = 5

Record = dict[str, Any]


def records(
    content: Content,
    refuse: Callable[[int, str], None] = lambda number, reason: None,
    fits: Callable[[Record], bool] = lambda record: False,
    parts: tuple[str, ...] = (),
) -> Iterator[tuple[int, Record]]:
    """The records of a JSON file with their numbers from 1 (in a file of lines: the number of the line).

    A record that is no object, a broken line and a file that breaks off are refused by number; what was good before is
    given. `fits` tells a lone record, which may hold arrays of its own, from an object that holds an array of records;
    `parts` names the arrays that are all read where an object holds several.
    Raises InputError where the file cannot be read.
    """
    for number, record in _records(content, refuse, fits, parts):
        for each in opened(record, fits, parts):
            yield number, each


def opened(record: Record, fits: Callable[[Record], bool], parts: tuple[str, ...]) -> list[Record]:
    """The records within an API's answer, where several answers were put into one file; else the record itself."""
    if not parts or fits(record):
        return [record]
    return [each for part in parts for each in _objects(record.get(part))] or [record]


def _records(
    content: Content, refuse: Callable[[int, str], None], fits: Callable[[Record], bool], parts: tuple[str, ...]
) -> Iterator[tuple[int, Record]]:
    stream = UnpackedStream(content)
    start = stream.peek(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        yield from _array(stream, "item", refuse)
    elif _is_lines(start):
        yield from _lines(stream, refuse)
    else:
        yield from _object(stream, content, refuse, fits, parts)


def _array(
    stream: io.RawIOBase, prefix: str, refuse: Callable[[int, str], None], first: int = 1
) -> Iterator[tuple[int, Record]]:
    number = first - 1
    try:
        # Without `use_float` the parser makes Python numbers of any length, and one of 5,000 digits ends the process.
        for number, record in enumerate(ijson.items(Shallow(stream), prefix, buf_size=_AT_ONCE, use_float=True), first):
            if isinstance(record, dict):
                yield number, record
            else:
                refuse(number, "is no JSON object")
    except (ijson.JSONError, UnicodeDecodeError, RecursionError):
        refuse(number + 1, "the JSON is broken here, holds what no export holds, or the file ends in the middle of it")


def _is_lines(start: bytes) -> bool:
    """Whether the first line is an object by itself and another one follows."""
    first, newline, rest = start.partition(b"\n")
    try:
        alone = isinstance(_loaded(first), dict)
    except (ValueError, RecursionError):
        return False
    return bool(newline) and alone and rest.lstrip()[:1] == b"{"


def _lines(stream: io.RawIOBase, refuse: Callable[[int, str], None]) -> Iterator[tuple[int, Record]]:
    for number, line in enumerate(_cut(stream), 1):
        if not line.strip():
            continue
        try:
            record = _loaded(line)
        except (ValueError, RecursionError):
            refuse(number, "is no valid JSON")
            continue
        if isinstance(record, dict):
            yield number, record
        else:
            refuse(number, "is no JSON object")


def _cut(stream: io.RawIOBase) -> Iterator[bytes]:
    """The lines; of one too long to be a record only its beginning, which is no valid JSON."""
    reader = io.BufferedReader(stream, 1 << 18)
    while line := reader.readline(_LONGEST_LINE):
        yield line if line.endswith(b"\n") or len(line) < _LONGEST_LINE else line[:1]
        while len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            line = reader.readline(_LONGEST_LINE)


def _loaded(text: bytes) -> Any:
    """The value of a JSON text in UTF-8. Raises ValueError, RecursionError."""
    plain = text.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    return json.loads(plain, parse_int=_whole_number, parse_float=_number, parse_constant=lambda name: None)


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _number(digits: str) -> float | str:
    value = float(digits)
    return value if isfinite(value) else digits


def _object(
    stream: io.RawIOBase,
    content: Content,
    refuse: Callable[[int, str], None],
    fits: Callable[[Record], bool],
    parts: tuple[str, ...],
) -> Iterator[tuple[int, Record]]:
    start = stream.read(_WHOLE + 1) or b""
    if len(start) <= _WHOLE:
        try:
            whole = _loaded(start)
        except (ValueError, RecursionError):
            whole = None
        if isinstance(whole, dict):
            named = [each for part in parts for each in _objects(whole.get(part))]
            yield from enumerate([whole] if fits(whole) else named or _held(whole) or [whole], 1)
            return
    last = 0
    for part in parts:
        for number, record in _array(UnpackedStream(content), f"{part}.item", refuse, last + 1):
            last = number
            yield number, record
    if last:
        return
    prefix = _first_array(UnpackedStream(content))
    if prefix is None:
        refuse(1, "the JSON is broken, or one record in it is far too large")
    else:
        yield from _array(UnpackedStream(content), prefix, refuse)


def _objects(value: Any) -> list[Record]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _held(value: Record, depth: int = 0) -> list[Record]:
    """The first array of objects within an object, level by level."""
    inner = [each for each in value.values() if isinstance(each, dict)]
    for each in value.values():
        if isinstance(each, list) and each and all(isinstance(one, dict) for one in each):
            return each
    if depth < _DEEPEST:
        for each in inner:
            found = _held(each, depth + 1)
            if found:
                return found
    return []


def _first_array(stream: io.RawIOBase) -> str | None:
    try:
        for prefix, event, _ in ijson.parse(Shallow(stream), buf_size=_AT_ONCE, use_float=True):
            if event == "start_array" and prefix.count(".") < _DEEPEST:
                return f"{prefix}.item"
    except (ijson.JSONError, UnicodeDecodeError, RecursionError):
        return None
    return None
