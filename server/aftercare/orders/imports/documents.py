"""Files that are no tables: mails and mailboxes, and the JSON of helpdesks, channels and APIs.

Each kind says by the beginning of a file whether it is its own, and reads it record by record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Protocol

from aftercare.errors import InputError
from aftercare.orders.events import EventWriter, Outcome
from aftercare.orders.imports.content import Content
from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.json_records import HEAD as HEAD
from aftercare.orders.imports.json_records import Record as Record
from aftercare.orders.imports.json_records import opened
from aftercare.orders.imports.json_records import records as records
from aftercare.orders.imports.result import ImportResult
from aftercare.orders.imports.streams import in_utf8
from aftercare.orders.store import Connection

_SAMPLED = 20


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
    """The beginning of a file that may be a document.

    content: the file, as UTF-8 where it is JSON; encoding: as `survey` tells it.
    """

    def __init__(self, content: Content, encoding: str = "utf-8") -> None:
        recoded = in_utf8(content, encoding)
        # Mails are handed on as they are: each of them says how it was written.
        self.content = recoded if _is_json(_beginning(recoded)) else content

    @cached_property
    def head(self) -> bytes:
        """The first bytes, unpacked."""
        return _beginning(self.content)

    @cached_property
    def is_json(self) -> bool:
        """Whether it begins as JSON does."""
        return _is_json(self.head)

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


def _beginning(content: Content) -> bytes:
    head = b""
    for block, _ in content.blocks():
        head += block
        if len(head) >= HEAD:
            break
    return head[:HEAD]


def _is_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


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
        return any(fits(each) for record in document.samples for each in opened(record, fits, parts))

    return DocumentKind(kind, recognizes, read)


def count(result: ImportResult, outcome: Outcome | None) -> None:
    """Counts one record; None for one that tells nothing the book keeps."""
    name = outcome or "skipped"
    setattr(result, name, getattr(result, name) + 1)


def event_writer(setting: DocumentSetting) -> EventWriter:
    """Writes returns, refunds, messages and the like for this file."""
    return EventWriter(setting.connection, setting.file)


def refused_as_unknown(document: Document) -> InputError:
    """What is said of JSON that no kind takes for its own."""
    if any("AmazonOrderId" in record for record in document.samples):
        return InputError(
            f"{document.content.name} names Amazon orders, but tells nothing of them.",
            next="Save the whole answer: OrderStatus, PurchaseDate, OrderItems or BuyerInfo of each order.",
        )
    return InputError(
        f"{document.content.name} is JSON, but no export that Aftercare knows.",
        next="Import exports of Zendesk, Gorgias, Freshdesk, eDesk, Shopify, eBay, Walmart or Amazon's API "
        "as they were saved.",
    )
