"""Order lines of API answers as rows of one table, so that they go through the same cleaning as reports do.

An order of version 2026-01-01 is Amazon's own record of the order, as a row of All Orders is: both are readings of
equal rank, and the newer holds. Version 0 gives orders and their items in separate answers; it ranks below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aftercare.orders.imports import cells as read
from aftercare.orders.imports.batch import Cells
from aftercare.orders.imports.documents import DocumentSetting, Record
from aftercare.orders.imports.lines import LineImporter
from aftercare.orders.imports.recognize import Header, ReportRule, rules
from aftercare.orders.imports.rows import Batch, Layout
from aftercare.orders.imports.setting import Setting

FIELDS = (
    "order_id", "sku", "item", "as_of", "channel", "asin", "title", "quantity", "price", "currency", "buyer",
    "recipient", "buyer_key", "city", "state", "postal_code", "country", "purchased", "ship_by", "shipped", "promised",
    "fulfillment", "status", "status_day",
)  # fmt: skip
"""The columns of the table. `item` is the number of the line among those of its order and SKU: `#1`, `#2`."""

Row = Mapping[str, str]
"""One line by the names of FIELDS; a missing one is empty."""

_AT_ONCE = 1_000
_SOURCE = "https://developer-docs.amazon.com/sp-api/docs/orders-api"


class Lines:
    """Takes rows and writes them to the book in batches."""

    def __init__(self, setting: DocumentSetting, kind: str) -> None:
        rule = ReportRule(
            kind=kind, name="Orders API", source=_SOURCE, needs=(), columns={field: (field,) for field in FIELDS}
        )
        places = {field: place for place, field in enumerate(FIELDS)}
        header = Header(rule, 0, places, Layout(len(FIELDS), "\t", False, 0, False))
        self._batch = Batch()
        self._importer = LineImporter(
            Setting(setting.connection, setting.file, header, setting.result, setting.today, setting.marketplace), _own
        )

    def add(self, row: Row, number: int) -> None:
        """Takes one row; `number` is what a refusal names it by."""
        self._batch.numbers.append(number)
        self._batch.rows.append([row.get(field, "") for field in FIELDS])
        if len(self._batch.rows) >= _AT_ONCE:
            self._write()

    def finish(self) -> None:
        """Writes what is left, and adds the counts to those that the result already has."""
        self._write()
        result = self._importer.setting.result
        # The importer of a table sets the counts of its file; events of the same file are counted besides.
        new, changed, unchanged = result.new, result.changed, result.unchanged
        result.new = result.changed = result.unchanged = 0
        self._importer.finish()
        result.new += new
        result.changed += changed
        result.unchanged += unchanged

    def _write(self) -> None:
        self._importer.take(self._batch)
        self._batch = Batch()


def _own(cells: Cells, facts: dict[str, Iterable[Any]]) -> None:
    """What the API adds to the common facts of a line: its number, and whether it can have a review."""
    facts["item"] = list(cells.column("item"))
    known = rules()
    facts["matchable"] = [
        None if not status else int(not (_begins(status, known.cancelled) or _begins(channel, known.other_channels)))
        for status, channel in zip(cells.column("status"), cells.column("channel"), strict=True)
    ]


def _begins(text: str, words: tuple[str, ...]) -> bool:
    return text.casefold().startswith(words)


def numbered(keys: Iterable[tuple[str, str]]) -> list[str]:
    """The numbers (`#1`, `#2`) of an order's lines among those of their SKU, given as (SKU, order item id).

    By item id, so that they do not depend on the order in which an answer lists them.
    """
    listed = list(keys)
    ranks = {key: place for place, key in enumerate(sorted(set(listed)))}
    first: dict[str, int] = {}
    for sku, item in sorted(set(listed)):
        first.setdefault(sku, ranks[sku, item])
    return [f"#{ranks[key] - first[key[0]] + 1}" for key in listed]


def money(value: Any) -> tuple[str, str]:
    """Amount and currency of a money object of any version; empty texts where there is none."""
    if not isinstance(value, dict):
        return "", ""
    amount = next((value[key] for key in ("amount", "Amount", "currencyAmount", "CurrencyAmount") if key in value), "")
    currency = value.get("currencyCode") or value.get("CurrencyCode") or ""
    return str(amount if amount is not None else ""), str(currency)


def text(value: Any) -> str:
    """A text or number as a cell; empty for anything else, and for characters that no database takes."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).encode("utf-8", "replace").decode().replace("\x00", "")


def order_id(value: Any) -> str | None:
    """A cleaned order id; None where it is none of Amazon's."""
    found = read.order_id(text(value))
    return found if isinstance(found, str) else None


def objects(value: Any) -> list[Record]:
    """The objects of a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def part(value: Any, *path: str) -> Any:
    """What stands at a path of keys; None where the way ends early."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
