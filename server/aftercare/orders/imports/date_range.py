"""Date range transactions, in the seller's language: what was given back to buyers, one row for each item and moment.

Order rows are passed over: they tell neither the day of purchase nor the ASIN, and one line that left in two shipments
stands there twice. Of a refund only the parts that the buyer had paid count: goods, shipping, gift wrap, their taxes,
less promotions. `total` also holds the fees that Amazon gives back to the seller, and is not read.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import get_decimal_symbol

from aftercare.orders.events import Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad
from aftercare.orders.imports.events import EventImporter, RefusedError, Row
from aftercare.orders.imports.lines import marketplace_of
from aftercare.orders.imports.recognize import folded, rules
from aftercare.orders.imports.rows import Batch
from aftercare.orders.imports.setting import Setting
from aftercare.rules.marketplaces import marketplaces

ORIGIN = "transactions"
"""How the book calls this source of refunds; a settlement that tells of the same SKU stands above it."""

_PAID = ("sales", "sales_tax", "shipping", "shipping_tax", "gift", "gift_tax", "rebates", "rebates_tax")


class DateRange(EventImporter):
    """Keeps the refunds, and from when to when the file tells of them."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._comma: bool | None = None
        self._waiting = Batch()
        self._days: dict[str, tuple[str, str]] = {}

    def take(self, batch: Batch) -> None:
        """Writes rows once the file has shown how it writes decimals; until then they wait."""
        if self._comma is None:
            places = [self.setting.header.places[field] for field in _PAID if field in self.setting.header.places]
            shown = (read.writes_commas(row[place]) for row in batch.rows for place in places)
            self._comma = next((comma for comma in shown if comma is not None), None)
            self._waiting.numbers += batch.numbers
            self._waiting.rows += batch.rows
            if self._comma is None:
                return
            batch, self._waiting = self._waiting, Batch()
        super().take(batch)

    def row(self, row: Row, number: int) -> Outcome | None:
        if not row.raw("order_id").strip():
            return None
        sales, paid = self._amounts(row)
        gives_back = _is_refund(row.raw("transaction"))
        if not gives_back and not sales:
            return None
        order_id = row.order_id()
        posted = self._posted(row)
        store = self._store(row, order_id)
        if store:
            first, last = self._days.get(store, (posted, posted))
            self._days[store] = min(first, posted), max(last, posted)
            self.setting.result.marketplaces[store] += 1
        # Goods with a minus are the buyer's money going back, whatever the language calls it.
        if not paid or not (gives_back or sales < 0):
            return None
        sku, amount = row.text("sku") or "", read.money_text(-paid)
        # A payment that is on hold is listed again once it is released, with another settlement but the same moment.
        moment = read.moment(row.raw("posted")) or posted
        key = self.writer.number(f"{order_id} {sku} {ORIGIN}/{moment}/{amount}").rsplit(" ", 1)[-1]
        currency = marketplaces()[store].currency if store else None
        return self.writer.put("refunded", order_id, sku, key, posted, ("", ORIGIN, posted, amount, currency))

    def _amounts(self, row: Row) -> tuple[Decimal, Decimal]:
        """The goods alone, and all that the buyer paid or got back. Raises RefusedError."""
        raw = [row.raw(field).strip() for field in _PAID]
        comma = self._comma if self._comma is not None else self._stores_comma(row)
        amounts: list[Decimal] = []
        for field, each in zip(_PAID, raw, strict=True):
            amount = read.money(each, comma=comma)
            if isinstance(amount, Bad):
                raise RefusedError(f"{field.replace('_', ' ')} {amount.reason}")
            amounts.append(amount or Decimal())
        return amounts[0], sum(amounts, Decimal())

    def _stores_comma(self, row: Row) -> bool | None:
        """How the row's store writes decimals, for a file whose amounts could all be read either way."""
        store = self._store(row, row.raw("order_id").strip())
        return get_decimal_symbol(Locale.parse(marketplaces()[store].languages[0], sep="-")) == "," if store else None

    def _posted(self, row: Row) -> str:
        found = read.day(row.raw("posted"), latest=self.latest)
        if not isinstance(found, date):
            raise RefusedError(f"date {found.reason if found is not None else 'is empty'}")
        return found.isoformat()

    def _store(self, row: Row, order_id: str) -> str | None:
        """The marketplace the row names; else that of its order, else what the person said."""
        name = row.raw("marketplace").strip().lower()
        if named := rules().stores.get(name) or marketplace_of(name):
            return named
        found = self.setting.connection.execute(
            "SELECT marketplace FROM line WHERE order_id = ? AND marketplace IS NOT NULL", (order_id,)
        ).fetchone()
        return found[0] if found else self.setting.marketplace

    def finish(self) -> None:
        """Reads what still waits, and notes from when to when the refunds of a store are known.

        Only for the report by settlements: the list of transactions on a page may leave kinds of them out.
        """
        waiting, self._waiting = self._waiting, Batch()
        super().take(waiting)
        if "settlement" not in self.setting.header.places:
            return
        for store, (first, newest) in self._days.items():
            # The newest day may not have been over when the report was made.
            last = (date.fromisoformat(newest) - timedelta(days=1)).isoformat()
            if first <= last:
                self.setting.connection.execute(
                    "INSERT INTO refund_period (first, last, marketplace, currency, fulfillment) "
                    "VALUES (?, ?, ?, ?, '') ON CONFLICT DO NOTHING",
                    (first, last, store, marketplaces()[store].currency),
                )


@lru_cache(maxsize=1_000)
def _is_refund(kind: str) -> bool:
    """Whether a transaction of this type gives the buyer money back; the type may say more behind the word.

    `Refund_Retrocharge` and its like settle taxes between Amazon and the seller.
    """
    word = "" if "_" in kind else folded(kind)
    return any(word == each or word.startswith(f"{each}-") for each in map(folded, rules().refund_types))
