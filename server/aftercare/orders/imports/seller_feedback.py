"""Seller feedback: the buyer's stars and words, with the order id. Its short dates differ by marketplace.

The order in the book tells the marketplace; else what the person said; else the file's own days, where only one way of
reading fits all of them. A day that could still be two days is refused, never guessed. Rater e-mails are not read.
"""

from __future__ import annotations

import re

from aftercare.orders.events import Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad, DayOrder
from aftercare.orders.imports.events import EventImporter, RefusedError, Row
from aftercare.orders.imports.recognize import rules
from aftercare.orders.imports.rows import Batch
from aftercare.orders.imports.setting import Setting
from aftercare.orders.imports.short_days import common_order

_STARS = re.compile(r"[1-5]")


class SellerFeedback(EventImporter):
    """Waits for all rows, since the days of one tell how to read those of another."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._waiting = Batch()

    def take(self, batch: Batch) -> None:
        self._waiting.numbers += batch.numbers
        self._waiting.rows += batch.rows

    def finish(self) -> None:
        """Reads the rows."""
        rows = [Row(cells, self.setting.header.places) for cells in self._waiting.rows]
        stores = [self._store(row) for row in rows]
        common = self._common_order(rows, stores)
        for number, row, store in zip(self._waiting.numbers, rows, stores, strict=True):
            try:
                self.count(self._row(row, self._order(store) or common))
                if store:
                    self.setting.result.marketplaces[store] += 1
            except RefusedError as refused:
                self.setting.result.refuse(number, str(refused))

    def _row(self, row: Row, order: DayOrder | None) -> Outcome:
        order_id = row.order_id()
        stars = row.raw("stars").strip()
        if not _STARS.fullmatch(stars):
            raise RefusedError("rating is not a number of stars from 1 to 5")
        day = read.day(row.raw("day"), order, latest=self.latest)
        if isinstance(day, Bad):
            hint = "; import these orders first, or name the marketplace" if "two different" in day.reason else ""
            raise RefusedError(f"date {day.reason}{hint}")
        text = day.isoformat() if day else None
        values = (text, int(stars), row.text("comment"), row.text("response"))
        return self.writer.put("feedback", order_id, "", "", text or "", values)

    def _store(self, row: Row) -> str | None:
        """The marketplace of the row's order, as far as it is known."""
        order_id = read.order_id(row.raw("order_id"))
        found = None
        if isinstance(order_id, str):
            found = self.setting.connection.execute(
                "SELECT marketplace FROM line WHERE order_id = ? AND marketplace IS NOT NULL", (order_id,)
            ).fetchone()
        return found[0] if found else self.setting.marketplace

    def _order(self, store: str | None) -> DayOrder | None:
        known = rules().day_orders
        return (known.get(store) or known["*"]) if store else None

    def _common_order(self, rows: list[Row], stores: list[str | None]) -> DayOrder | None:
        """How the file writes its days: one file is of one marketplace, so any order known speaks for all rows."""
        known = {self._order(store) for store in stores if store}
        if known:
            return known.pop() if len(known) == 1 else None
        return common_order((row.raw("day") for row in rows), self.latest)
