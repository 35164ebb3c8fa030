"""Reads a saved answer of the Selling Partner API, whatever mixture of objects it holds, into the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from aftercare.orders.events import Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad
from aftercare.orders.imports.documents import (
    Document,
    DocumentKind,
    DocumentSetting,
    Record,
    count,
    event_writer,
    records,
)
from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.sp_api import finances, orders, orders_v0, returns
from aftercare.orders.imports.sp_api.shapes import Shape, found_in
from aftercare.orders.imports.sp_api.table import Lines, Row
from aftercare.rules.marketplaces import by_id

KIND_OF: dict[Shape, str] = {
    "order": "orders_api",
    "order_v0": "orders_api",
    "refund_v0": "finances_api",
    "fees_v0": "finances_api",
    "transaction": "finances_api",
    "return": "returns_api",
    "messaging": "messaging_api",
}
"""What `import --json` calls a file, by the first known object in it."""

_SAMPLED = 50
# A file without any of these is not looked at twice.
_SIGNS = (
    b'"AmazonOrderId"', b'"orderId"', b'"relatedIdentifiers"', b'"marketplaceChannelDetails"', b'"locale"',
    b'"_links"', b'"FinancialEvents"', b'"ShipmentItemAdjustmentList"', b'"RefundEventList"',
)  # fmt: skip


def kinds() -> tuple[DocumentKind, ...]:
    """One for each name in KIND_OF; all are read alike."""
    return tuple(DocumentKind(kind, _recognizer(kind), _read) for kind in dict.fromkeys(KIND_OF.values()))


def _recognizer(kind: str) -> Callable[[Document], bool]:
    def recognizes(document: Document) -> bool:
        if not document.is_json or not any(sign in document.head for sign in _SIGNS):
            return False
        read = islice(records(document.content, fits=_known), _SAMPLED)
        shape = next((shape for _, record in read for shape, _ in found_in(record)), None)
        return shape is not None and KIND_OF[shape] == kind

    return recognizes


def _known(record: Record) -> bool:
    return next(found_in(record), None) is not None


class _Reader:
    """Takes the objects of one file."""

    def __init__(self, setting: DocumentSetting) -> None:
        self._setting = setting
        self._writer = event_writer(setting)
        self._latest = read.latest_day(setting.today)
        self._lines = {kind: Lines(setting, kind) for kind in (orders.KIND, orders_v0.KIND)}
        self._parts: set[str] = set()

    def take(self, shape: Shape, record: Record, number: int) -> None:
        try:
            if shape == "order":
                self._order(orders.KIND, orders.lines_of(record), orders.replaces(record), number)
            elif shape == "order_v0":
                rows = orders_v0.lines_of(record)
                self._parts |= {row["order_id"].strip() for row in rows}
                self._order(orders_v0.KIND, rows, orders_v0.replaces(record), number)
            else:
                count(self._setting.result, self._event(shape, record))
        except RefusedError as refused:
            self._setting.result.refuse(number, str(refused))

    def finish(self) -> None:
        for lines in self._lines.values():
            lines.finish()
        orders_v0.spread(self._setting.connection, self._setting.file, self._parts)

    def _order(self, kind: str, rows: list[Row], replaced: tuple[str, str, str] | None, number: int) -> None:
        if not rows:
            count(self._setting.result, None)
        for row in rows:
            if isinstance(day := read.day(row.get("purchased", ""), latest=self._latest), Bad):
                # The API tells an order by its id alone; Amazon's own test data are full of days of 1970.
                self._setting.result.note(number, f"purchased {day.reason}; the cell was left out")
                row = {**row, "purchased": ""}
            self._lines[kind].add(row, number)
        if replaced:
            first, own, placed = replaced
            day = read.day(placed, latest=self._latest)
            text = day.isoformat() if isinstance(day, date) else None
            # The SKU of the first order's line is not told; FBA's report of replacements tells it.
            self._writer.put("replaced", first, "", own, placed, (text, own, None))

    def _event(self, shape: Shape, record: Record) -> Outcome | None:
        if shape == "refund_v0":
            return finances.put_event(self._writer, record, self._latest)
        if shape == "transaction":
            store = by_id().get(finances.marketplace_id(record))
            outcome = finances.put_transaction(self._writer, record, self._latest)
            if store and outcome:
                self._setting.result.marketplaces[store.code] += 1
            return outcome
        # What Messaging allows for an order changes by the hour; it is asked for when needed, and not kept.
        return returns.put_return(self._writer, record, self._latest) if shape == "return" else None


def _read(setting: DocumentSetting) -> None:
    reader = _Reader(setting)
    for number, record in _all(setting):
        known = False
        # A page is one record with many objects, which then are what is counted.
        for place, (shape, each) in enumerate(found_in(record), number):
            known = True
            reader.take(shape, each, place)
        if not known:
            setting.result.skipped += 1
    reader.finish()


def _all(setting: DocumentSetting) -> Iterator[tuple[int, Record]]:
    return records(setting.content, setting.result.refuse, _known)
