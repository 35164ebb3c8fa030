"""What the importers of returns, refunds, feedback and replacements share: one row at a time, by field name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from aftercare.orders.events import EventWriter, Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad
from aftercare.orders.imports.lines import learn_products, title_id
from aftercare.orders.imports.rows import Batch
from aftercare.orders.imports.setting import Setting


class RefusedError(Exception):
    """A row that cannot be used; the message is the reason without anything from the row."""


class Row:
    """One row by field name; a field the file lacks is empty."""

    def __init__(self, cells: list[str], places: Mapping[str, int]) -> None:
        self._cells = cells
        self._places = places

    def raw(self, field: str) -> str:
        place = self._places.get(field)
        return self._cells[place] if place is not None else ""

    def text(self, field: str) -> str | None:
        return read.text(self.raw(field))

    def order_id(self) -> str:
        found = read.order_id(self.raw("order_id"))
        if isinstance(found, Bad):
            raise RefusedError(f"order id {found.reason}")
        return found


class EventImporter:
    """Reads rows of one report; a report says in `row` what one row means."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.writer = EventWriter(setting.connection, setting.file)
        self.latest = read.latest_day(setting.today)

    def take(self, batch: Batch) -> None:
        """Writes one batch of rows."""
        result = self.setting.result
        for number, cells in zip(batch.numbers, batch.rows, strict=True):
            try:
                outcome = self.row(Row(cells, self.setting.header.places), number)
            except RefusedError as refused:
                result.refuse(number, str(refused))
            else:
                self.count(outcome)

    def count(self, outcome: Outcome | None) -> None:
        """Counts one row; None for one that tells nothing the book keeps."""
        result = self.setting.result
        if outcome is None:
            result.skipped += 1
        else:
            setattr(result, outcome, getattr(result, outcome) + 1)

    def row(self, row: Row, number: int) -> Outcome | None:
        """Stores what one row says, and returns what it was to the book. Raises RefusedError."""
        raise NotImplementedError

    def finish(self) -> None:
        """Called once after the last batch."""

    def day(self, row: Row, field: str, *, number: int = 0, needed: bool = False) -> str | None:
        """A day as ISO text. Raises RefusedError where a needed one is wrong; any other is noted and left out."""
        found = read.day(row.raw(field), latest=self.latest)
        if isinstance(found, date):
            return found.isoformat()
        reason = found.reason if isinstance(found, Bad) else "is empty"
        if needed:
            raise RefusedError(f"{field.replace('_', ' ')} {reason}")
        if isinstance(found, Bad):
            self.setting.result.note(number, f"{field.replace('_', ' ')} {reason}; the cell was left out")
        return None

    def quantity(self, row: Row, number: int) -> int | None:
        found = read.count(row.raw("quantity"))
        if isinstance(found, Bad):
            self.setting.result.note(number, f"quantity {found.reason}; the cell was left out")
            return None
        return found

    def learn(self, row: Row) -> None:
        """Notes which SKU is which ASIN."""
        asin, sku = (row.text("asin") or "").upper(), row.text("sku")
        if len(asin) == 10 and asin.isalnum() and sku:
            title = title_id(self.setting.connection, row.raw("title"))
            learn_products(self.setting.connection, {(asin, sku, None, title)})
