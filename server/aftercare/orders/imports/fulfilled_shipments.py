"""The Amazon Fulfilled Shipments report: what Amazon shipped for the seller, to whom, and when it should arrive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aftercare.orders.imports.batch import Cells
from aftercare.orders.imports.item_ids import with_item_ids
from aftercare.orders.imports.lines import LineImporter
from aftercare.orders.imports.setting import Setting
from aftercare.orders.imports.short_days import settled_days


@settled_days
def fulfilled_shipments(setting: Setting) -> LineImporter:
    """The importer of one Fulfilled Shipments file."""

    def extra(cells: Cells, facts: dict[str, Iterable[Any]]) -> None:
        # An order item may leave in several shipments; each is a part of one line.
        parts = facts["part"] = [part.strip() for part in cells["part"]]
        with_item_ids(importer, cells, facts, parts)
        facts["fulfillment"] = [each or "FBA" for each in facts.get("fulfillment", [None] * len(cells))]
        facts["matchable"] = [0 if (order_id or "").startswith("S") else None for order_id in facts["order_id"]]

    importer = LineImporter(setting, extra)
    return importer
