"""FBA replacements: which order went out again, under which new order id, and why."""

from __future__ import annotations

from aftercare.orders.events import Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.events import EventImporter, Row


class FbaReplacements(EventImporter):
    """Each row is one replacement shipment."""

    def row(self, row: Row, number: int) -> Outcome:
        order_id, sku = row.order_id(), row.text("sku") or ""
        day = self.day(row, "day", needed=True) or ""
        other = read.order_id(row.raw("replacement"))
        replacement = other if isinstance(other, str) else None
        key = replacement or self.writer.number(f"{order_id} {sku} {day}").split(" ")[-1]
        self.learn(row)
        return self.writer.put("replaced", order_id, sku, key, day, (day, replacement, row.text("reason")))
