"""Files that are no tables: mails and mailboxes, and the JSON of helpdesks, channels and APIs.

Each kind says by the beginning of a file whether it is its own, and reads it record by record. JSON of any size is
read as a stream: an array of records, an object that holds such an array, one record alone, or one record a line.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Protocol

import ijson

from aftercare.errors import InputError
from aftercare.orders.events import EventWriter, Outcome
from aftercare.orders.imports.content import Content
from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.result import ImportResult
from aftercare.orders.store import Connection

HEAD = 1 << 16
"""Bytes by which a document is recognised."""

_WHOLE = 8 << 20
"""A JSON object up to this size is read as one; in a larger one only its first array of objects is looked at."""

_DEEPEST = 5
_SAMPLED = 20

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentSetting:
    """What the reader of a document is given: the open transaction, the file and its row in the book, where to report.

    today: days after it are not believed; marketplace: two letters, where the person named it.
    """

    connection: Connection
    file: int
    content: Content
    result: ImportResult
    today: date
    marketplace: str | None


class Document:
    """The beginning of a file that may be a document."""

    def __init__(self, content: Content) -> None:
        self.content = content

    @cached_property
    def head(self) -> bytes:
        """The first bytes, unpacked."""
        head = b""
        for block, _ in self.content.blocks():
            head += block
            if len(head) >= HEAD:
                break
        return head[:HEAD]

    @cached_property
    def is_json(self) -> bool:
        """Whether it begins as JSON does."""
        return self.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")

    @cached_property
    def samples(self) -> list[Record]:
        """The first JSON records; none where it is no JSON or breaks off before the first."""
        return [record for _, record in islice(records(self.content), _SAMPLED)] if self.is_json else []


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document: the name `import --json` gives it, how it is told from others, and who reads it."""

    kind: str
    recognizes: Callable[[Document], bool]
    read: Callable[[DocumentSetting], None]


class RecordImporter(Protocol):
    """Takes the records of one file; raises RefusedError for one that cannot be used, and returns None for one that
    tells nothing the book keeps."""

    def take(self, record: Record, number: int) -> Outcome | None: ...
    def finish(self) -> None: ...


def json_kind(
    kind: str, fits: Callable[[Record], bool], importer: Callable[[DocumentSetting], RecordImporter]
) -> DocumentKind:
    """A kind of JSON document whose first records are such that `fits` says yes to one of them."""

    def read(setting: DocumentSetting) -> None:
        reader = importer(setting)
        for number, record in records(setting.content, setting.result.refuse, fits):
            try:
                outcome = reader.take(record, number)
            except RefusedError as refused:
                setting.result.refuse(number, str(refused))
            else:
                count(setting.result, outcome)
        reader.finish()

    return DocumentKind(kind, lambda document: any(map(fits, document.samples)), read)


def count(result: ImportResult, outcome: Outcome | None) -> None:
    """Counts one record; None for one that tells nothing the book keeps."""
    name = outcome or "skipped"
    setattr(result, name, getattr(result, name) + 1)


def event_writer(setting: DocumentSetting) -> EventWriter:
    """Writes returns, refunds, messages and the like for this file."""
    return EventWriter(setting.connection, setting.file)


def records(
    content: Content,
    refuse: Callable[[int, str], None] = lambda number, reason: None,
    fits: Callable[[Record], bool] = lambda record: False,
) -> Iterator[tuple[int, Record]]:
    """The records of a JSON file with their numbers from 1 (in a file of lines: the number of the line).

    A record that is no object, a broken line and a file that breaks off are refused by number; what was good before is
    given. `fits` tells a lone record, which may hold arrays of its own, from an object that holds an array of records.
    Raises InputError where the file cannot be read.
    """
    stream = _Stream(content)
    start = stream.peek(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        yield from _array(stream, "item", refuse)
    elif _is_lines(start):
        yield from _lines(stream, refuse)
    else:
        yield from _object(stream, content, refuse, fits)


def _array(stream: io.RawIOBase, prefix: str, refuse: Callable[[int, str], None]) -> Iterator[tuple[int, Record]]:
    number = 0
    try:
        for number, record in enumerate(ijson.items(stream, prefix, use_float=True), 1):
            if isinstance(record, dict):
                yield number, record
            else:
                refuse(number, "is no JSON object")
    except (ijson.JSONError, UnicodeDecodeError, RecursionError):
        refuse(number + 1, "the JSON is broken here, or the file ends in the middle of it")


def _is_lines(start: bytes) -> bool:
    """Whether the first line is an object by itself and another one follows."""
    first, newline, rest = start.partition(b"\n")
    try:
        alone = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
    return bool(newline) and alone and rest.lstrip()[:1] == b"{"


def _lines(stream: io.RawIOBase, refuse: Callable[[int, str], None]) -> Iterator[tuple[int, Record]]:
    for number, line in enumerate(io.BufferedReader(stream, 1 << 18), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError):
            refuse(number, "is no valid JSON")
            continue
        if isinstance(record, dict):
            yield number, record
        else:
            refuse(number, "is no JSON object")


def _object(
    stream: io.RawIOBase, content: Content, refuse: Callable[[int, str], None], fits: Callable[[Record], bool]
) -> Iterator[tuple[int, Record]]:
    start = stream.read(_WHOLE + 1) or b""
    if len(start) <= _WHOLE:
        try:
            whole = json.loads(start.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError):
            whole = None
        if whole is not None:
            yield from enumerate([whole] if fits(whole) else _held(whole) or [whole], 1)
            return
    prefix = _first_array(_Stream(content))
    if prefix is None:
        refuse(1, "the JSON is broken, or one record in it is far too large")
    else:
        yield from _array(_Stream(content), prefix, refuse)


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
        for prefix, event, _ in ijson.parse(stream):
            if event == "start_array" and prefix.count(".") < _DEEPEST:
                return f"{prefix}.item"
    except (ijson.JSONError, UnicodeDecodeError, RecursionError):
        return None
    return None


class _Stream(io.RawIOBase):
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


def refused_as_unknown(content: Content) -> InputError:
    """What is said of JSON that no kind takes for its own."""
    return InputError(
        f"{content.name} is JSON, but no export that Aftercare knows.",
        next="Import exports of Zendesk, Gorgias, Freshdesk, eDesk, eBay, Walmart or Amazon's API as they were saved.",
    )
