"""Returns: FBA's report with the buyer's own comments, and that of orders the seller ships, with refunds and claims."""

from __future__ import annotations

from decimal import Decimal

from aftercare.orders.events import Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad
from aftercare.orders.imports.events import EventImporter, Row
from aftercare.orders.imports.setting import Setting


class FbaReturns(EventImporter):
    """Each row is one unit that came back to Amazon; its licence plate number is its key."""

    def row(self, row: Row, number: int) -> Outcome:
        order_id, sku = row.order_id(), row.text("sku") or ""
        day = self.day(row, "day", needed=True) or ""
        unit = row.text("unit")
        key = (
            unit if unit and not read.is_rounded(unit) else self.writer.number(f"{order_id} {sku} {day}").split(" ")[-1]
        )
        self.learn(row)
        values = (
            day,
            self.quantity(row, number),
            row.text("reason"),
            row.text("status"),
            row.text("comment"),
            day,
            None,
        )
        return self.writer.put("returned", order_id, sku, key, day, values)


class MfnReturns(EventImporter):
    """Each row is one return request of an order the seller ships; Amazon's RMA id is its key."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._days: dict[str, list[str]] = {}

    def row(self, row: Row, number: int) -> Outcome:
        order_id, sku = row.order_id(), row.text("sku") or ""
        day = self.day(row, "day", needed=True) or ""
        received = self.day(row, "received", number=number)
        as_of = max(day, received or "")
        key = row.text("rma") or self.writer.number(f"{order_id} {sku} {day}").split(" ")[-1]
        claim = {"y": 1, "n": 0}.get(row.raw("claim").strip().casefold()[:1])
        reason, status = row.text("reason"), row.text("status")
        values = (day, self.quantity(row, number), reason, status, None, received, claim)
        self.learn(row)
        outcome = self.writer.put("returned", order_id, sku, key, as_of, values)
        currency = (row.text("currency") or "").upper()
        self._days.setdefault(currency, []).append(as_of)
        self._days[currency].append(day)
        refund = self._refund(row, number, order_id, sku, key, as_of, received, currency)
        return "changed" if outcome == "unchanged" and refund != "unchanged" else outcome

    def _refund(
        self, row: Row, number: int, order_id: str, sku: str, key: str, as_of: str, day: str | None, currency: str
    ) -> Outcome:
        amount = read.money(row.raw("refunded"))
        if isinstance(amount, Bad):
            self.setting.result.note(number, f"refunded {amount.reason}; the cell was left out")
        if not isinstance(amount, Decimal) or amount <= 0:
            return "unchanged"
        # The report does not say when the money was paid, only that it was.
        values = (key, "returns", None, read.money_text(amount), currency or None)
        return self.writer.put("refunded", order_id, sku, key, as_of, values)

    def finish(self) -> None:
        """Notes from when to when this report tells of refunds."""
        self.setting.connection.executemany(
            "INSERT INTO refund_period (first, last, marketplace, currency, fulfillment) "
            "VALUES (?, ?, '', ?, 'FBM') ON CONFLICT DO NOTHING",
            [(min(days), max(days), currency) for currency, days in self._days.items()],
        )
