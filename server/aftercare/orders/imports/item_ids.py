"""Amazon's order item ids, which tell apart the lines of one order and SKU, and what stands in for damaged ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from aftercare.orders.imports import cells as read
from aftercare.orders.imports.batch import Cells, Memo
from aftercare.orders.imports.lines import LineImporter


def with_item_ids(
    importer: LineImporter, cells: Cells, facts: dict[str, Iterable[Any]], parts: Sequence[str] | None = None
) -> None:
    """Adds the fact `item`: the order item id; a number within the file where a spreadsheet damaged it.

    Rows that are parts of a line (shipments with an id of their own) all belong to line 1 then, since Amazon gives
    equal goods of an order one item, and several shipments of it are common.
    """
    column = cells.column("item")
    items: list[str | None] = list(column)
    if not all(map(str.isdigit, column)):
        items = cells.clean("item", Memo(read.item_id))
        rows = zip(items, facts["order_id"], facts["sku"], parts or [""] * len(cells), strict=True)
        items = [item or ("#1" if part else f"#{importer.number(order, sku)}") for item, order, sku, part in rows]
    facts["item"] = items
