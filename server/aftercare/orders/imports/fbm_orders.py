"""The order report and the Unshipped report: orders that the seller ships, with names, without ASINs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aftercare.orders.imports.batch import Cells
from aftercare.orders.imports.item_ids import with_item_ids
from aftercare.orders.imports.lines import LineImporter
from aftercare.orders.imports.setting import Setting
from aftercare.orders.imports.short_days import settled_days


@settled_days
def fbm_orders(setting: Setting) -> LineImporter:
    """The importer of one order report."""

    def extra(cells: Cells, facts: dict[str, Iterable[Any]]) -> None:
        with_item_ids(importer, cells, facts)
        facts["fulfillment"] = ["FBM"] * len(cells)

    importer = LineImporter(setting, extra)
    return importer


@settled_days
def unshipped_orders(setting: Setting) -> LineImporter:
    """The importer of one Unshipped report; every order in it still waits to be shipped."""

    def extra(cells: Cells, facts: dict[str, Iterable[Any]]) -> None:
        with_item_ids(importer, cells, facts)
        facts["fulfillment"] = ["FBM"] * len(cells)
        facts["status"] = ["Unshipped"] * len(cells)

    importer = LineImporter(setting, extra)
    return importer
