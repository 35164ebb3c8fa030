"""Reads a channel's table into orders: the rows of one order stand together, and each channel says what they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad, DayOrder
from aftercare.orders.imports.channels import values
from aftercare.orders.imports.channels.elsewhere import ElsewhereOrder, ElsewhereWriter
from aftercare.orders.imports.channels.values import Moment
from aftercare.orders.imports.events import RefusedError, Row
from aftercare.orders.imports.result import ImportResult
from aftercare.orders.imports.rows import Batch
from aftercare.orders.imports.setting import Setting

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One row with its number in the file, read cell by cell; a cell that cannot be read is noted and left out."""

    cells: Row
    number: int
    result: ImportResult
    latest: date

    def text(self, field: str) -> str | None:
        return values.text(self.cells.raw(field))

    def order_number(self, field: str, sample: str) -> str:
        """An id of digits. Raises RefusedError where it is missing or a spreadsheet has rounded it."""
        found = self.text(field)
        if found is None:
            raise RefusedError("order number is empty")
        if read.is_rounded(found):
            raise RefusedError(
                "order number was rounded by a spreadsheet; download the file again and import it without opening it"
            )
        digits = found.replace("-", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) > 3):
            raise RefusedError(f"order number is not one (such as {sample})")
        return found

    def moment(self, field: str, order: DayOrder | None = None, *, noted: bool = True) -> Moment | None:
        found = values.moment(self.cells.raw(field), self.latest, order)
        if not noted:
            return None if isinstance(found, Bad) else found
        return self._good(found, field)

    def money(self, field: str) -> Decimal | None:
        found = self._good(values.money(self.cells.raw(field)), field)
        if found is not None and found < 0:
            self.result.note(self.number, f"{field.replace('_', ' ')} is negative; the cell was left out")
            return None
        return found

    def quantity(self) -> int | None:
        return self._good(read.count(self.text("quantity") or ""), "quantity")

    def _good(self, found: Value | Bad | None, field: str) -> Value | None:
        if isinstance(found, Bad):
            self.result.note(self.number, f"{field.replace('_', ' ')} {found.reason}; the cell was left out")
            return None
        return found


KeyOf = Callable[[OrderRow], str | None]
"""The order a row is of; None where the row is of none, such as an empty one. Raises RefusedError."""

OrderOf = Callable[[str, Sequence[OrderRow]], ElsewhereOrder]
"""What the rows of one order say."""


class OrderTable:
    """Reads one file."""

    def __init__(self, setting: Setting, key: KeyOf, order: OrderOf, *, trailer: bool = False) -> None:
        """trailer: whether the channel writes lines below its list that are no rows."""
        self._setting, self._trailer = setting, trailer
        self._key, self._order = key, order
        self._writer = ElsewhereWriter(setting.connection, setting.file)
        self._latest = read.latest_day(setting.today)
        self._held: list[OrderRow] = []
        self._held_key: str | None = None
        self._last_good = 0

    def take(self, batch: Batch) -> None:
        """Writes the orders that end within this batch; the last one may go on in the next."""
        result = self._setting.result
        for number, cells in zip(batch.numbers, batch.rows, strict=True):
            row = OrderRow(Row(cells, self._setting.header.places), number, result, self._latest)
            try:
                key = self._key(row)
            except RefusedError as refused:
                result.refuse(number, str(refused))
                continue
            if key is None:
                result.skipped += 1
                continue
            if key != self._held_key:
                self._flush()
            self._held_key = key
            self._held.append(row)
            self._last_good = number

    def finish(self) -> None:
        """Writes the last order, and takes the lines below the list for what they are."""
        self._flush()
        if self._trailer:
            self._forgive_trailer()

    def _flush(self) -> None:
        rows, self._held = self._held, []
        if rows and self._held_key:
            outcome = self._writer.put(self._order(self._held_key, rows))
            result = self._setting.result
            setattr(result, outcome, getattr(result, outcome) + len(rows))

    def _forgive_trailer(self) -> None:
        """Notes instead of refusing what stands below the list: how many records, of which seller.

        A line at which the file ends is a row cut off where it follows the last row at once; eBay leaves a line free.
        """
        result = self._setting.result
        for each in list(result.refused):
            if each.line > self._last_good + ("fewer cells" not in each.reason):
                result.refused.remove(each)
                result.refused_count -= 1
                result.skipped += 1
                result.note(each.line, "stands below the orders and is none; it was left out")
