"""Settlements, versions 1 and 2: what was given back to buyers.

Of each refund the parts of the price are kept; the fees that Amazon gives back to the seller are not the buyer's money.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from aftercare.orders.events import Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad
from aftercare.orders.imports.events import EventImporter, RefusedError, Row
from aftercare.orders.imports.lines import marketplace_of
from aftercare.orders.imports.recognize import rules
from aftercare.orders.imports.setting import Setting


class Settlement(EventImporter):
    """Most rows are sales and fees; only refunds are kept, and the period the settlement covers."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._comma: bool | None = None
        self._told: set[tuple[str, ...]] = set()
        self._currency: dict[str, str] = {}
        self._periods: dict[str, tuple[str, str]] = {}
        self._stores: set[tuple[str, str]] = set()

    def row(self, row: Row, number: int) -> Outcome | None:
        settlement = row.raw("settlement").strip()
        self._about(row, settlement)
        kind = row.raw("transaction").strip().casefold()
        if kind in ("order", *rules().refund):
            self._stores.add((settlement, marketplace_of(row.raw("marketplace")) or ""))
        if kind not in rules().refund:
            return None
        amount = self._given_back(row)
        if amount is None:
            return None
        order_id, sku = row.order_id(), row.text("sku") or ""
        posted = self.day(row, "posted_day", needed=True)
        moment = str(read.moment(row.raw("posted")) or posted)
        item = row.text("item") or row.text("adjustment") or ""
        parts = (settlement, row.raw("adjustment"), item, moment, row.raw("amount_group"), row.raw("amount_type"))
        key = self.writer.number("/".join(part.strip() for part in parts))
        currency = self._currency.get(settlement)
        values = (item, "settlement", posted, read.money_text(amount), currency)
        return self.writer.put("refunded", order_id, sku, key, posted or "", values)

    def _about(self, row: Row, settlement: str) -> None:
        """Takes what only some rows say, often just the first: currency, period, decimal mark."""
        if self._comma is None and (total := row.raw("total").strip() or row.raw("amount").strip()):
            self._comma = read.writes_commas(total)
        told = (settlement, row.raw("currency"), row.raw("first"), row.raw("last"))
        if told in self._told:
            return
        self._told.add(told)
        if currency := row.text("currency"):
            self._currency[settlement] = currency.upper()
        first, last = (read.day(row.raw(field)) for field in ("first", "last"))
        if isinstance(first, date) and isinstance(last, date):
            # The day of the end is only covered in part.
            self._periods[settlement] = first.isoformat(), (last - timedelta(days=1)).isoformat()

    def _given_back(self, row: Row) -> Decimal | None:
        """The money of this row that the buyer got back; None for fees and empty rows."""
        group = row.raw("amount_group").strip().casefold()
        # Version 1 has no groups, but columns for each, and may fill several in one row.
        raw = (row.raw("amount") if not group or group in rules().price_groups else "", row.raw("promotion"))
        given_back = Decimal()
        for each in raw:
            amount = read.money(each, comma=self._comma)
            if isinstance(amount, Bad):
                raise RefusedError(f"amount {amount.reason}")
            given_back -= amount or 0
        return given_back or None

    def finish(self) -> None:
        """Notes which stores' refunds are known for which days."""
        self.setting.connection.executemany(
            "INSERT INTO refund_period (first, last, marketplace, currency, fulfillment) "
            "VALUES (?, ?, ?, ?, '') ON CONFLICT DO NOTHING",
            [
                (*self._periods[settlement], store, self._currency.get(settlement, ""))
                for settlement, store in sorted(self._stores)
                if settlement in self._periods and self._periods[settlement][0] <= self._periods[settlement][1]
            ],
        )
