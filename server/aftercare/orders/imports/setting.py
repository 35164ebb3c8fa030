"""What the importer of a table is given, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from aftercare.orders.imports.recognize import Header
from aftercare.orders.imports.result import ImportResult
from aftercare.orders.imports.rows import Batch
from aftercare.orders.store import Connection


@dataclass(frozen=True, slots=True)
class Setting:
    """The open transaction, the file's row in the book, the header, where to report, what the person said."""

    connection: Connection
    file: int
    header: Header
    result: ImportResult
    today: date
    marketplace: str | None


class Importer(Protocol):
    """Reads the rows of one file into the book."""

    def take(self, batch: Batch) -> None: ...
    def finish(self) -> None: ...
