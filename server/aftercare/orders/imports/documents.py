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
from aftercare.orders.imports.streams import Shallow, UnpackedStream
from aftercare.orders.store import Connection

HEAD = 1 << 16
"""Bytes by which a document is recognised."""

_WHOLE = 8 << 20
"""A JSON object up to this size is read as one; in a larger one only its first array of objects is looked at."""

_AT_ONCE = 4 << 20
"""Bytes the parser is given at a time: it reads a text anew from its start with each, so small blocks make a text of
50 MB take minutes."""

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
        """The first JSON records; none where it is no JSON or breaks off before the first.

        One object that is read as a whole comes first itself, since it can be a record, then what it holds.
        """
        if not self.is_json:
            return []
        alone: list[Record] = []

        def seen(record: Record) -> bool:
            alone.append(record)
            return False

        inner = [record for _, record in islice(records(self.content, fits=seen), _SAMPLED)]
        return alone + [record for record in inner if record not in alone]


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
    kind: str,
    fits: Callable[[Record], bool],
    importer: Callable[[DocumentSetting], RecordImporter],
    parts: tuple[str, ...] = (),
) -> DocumentKind:
    """A kind of JSON document whose first records are such that `fits` says yes to one of them.

    parts: the arrays of an API's answer that are read besides one another, such as tickets and the users in them; by
    default the first array of objects is read.
    """

    def read(setting: DocumentSetting) -> None:
        reader = importer(setting)
        for number, record in records(setting.content, setting.result.refuse, fits, parts):
            try:
                outcome = reader.take(record, number)
            except RefusedError as refused:
                setting.result.refuse(number, str(refused))
            else:
                count(setting.result, outcome)
        reader.finish()

    def recognizes(document: Document) -> bool:
        return any(fits(each) for record in document.samples for each in _opened(record, fits, parts))

    return DocumentKind(kind, recognizes, read)


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
    parts: tuple[str, ...] = (),
) -> Iterator[tuple[int, Record]]:
    """The records of a JSON file with their numbers from 1 (in a file of lines: the number of the line).

    A record that is no object, a broken line and a file that breaks off are refused by number; what was good before is
    given. `fits` tells a lone record, which may hold arrays of its own, from an object that holds an array of records;
    `parts` names the arrays that are all read where an object holds several.
    Raises InputError where the file cannot be read.
    """
    for number, record in _records(content, refuse, fits, parts):
        for each in _opened(record, fits, parts):
            yield number, each


def _opened(record: Record, fits: Callable[[Record], bool], parts: tuple[str, ...]) -> list[Record]:
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
        for number, record in enumerate(ijson.items(Shallow(stream), prefix, buf_size=_AT_ONCE, use_float=True), first):
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
    stream: io.RawIOBase,
    content: Content,
    refuse: Callable[[int, str], None],
    fits: Callable[[Record], bool],
    parts: tuple[str, ...],
) -> Iterator[tuple[int, Record]]:
    start = stream.read(_WHOLE + 1) or b""
    if len(start) <= _WHOLE:
        try:
            whole = json.loads(start.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError):
            whole = None
        if whole is not None:
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
        for prefix, event, _ in ijson.parse(Shallow(stream), buf_size=_AT_ONCE):
            if event == "start_array" and prefix.count(".") < _DEEPEST:
                return f"{prefix}.item"
    except (ijson.JSONError, UnicodeDecodeError, RecursionError):
        return None
    return None


def refused_as_unknown(content: Content) -> InputError:
    """What is said of JSON that no kind takes for its own."""
    return InputError(
        f"{content.name} is JSON, but no export that Aftercare knows.",
        next="Import exports of Zendesk, Gorgias, Freshdesk, eDesk, eBay, Walmart or Amazon's API as they were saved.",
    )
