"""The order book: everything known of the seller's orders, in one SQLite file, behind one interface.

Reading is safe from any thread, also while an import writes. What is written here comes from `orders/imports/`.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare.orders import events
from aftercare.orders.family import Families
from aftercare.orders.merge import READINGS_OF_ORDER
from aftercare.orders.order import BuyerMessage, Order, OrderLine
from aftercare.orders.schema import FACTS
from aftercare.orders.store import Store

_MOST_PARAMETERS = 500
_READ = (
    "order_id", "sku", "line", "marketplace", "asin", "quantity", "price", "currency", "buyer", "recipient",
    "buyer_key", "city", "state", "postal_code", "country", "purchased", "shipped", "delivered", "estimated_delivery",
    "promised", "fulfillment", "status", "status_day", "ship_by",
)  # fmt: skip
_LINES = f"SELECT {', '.join(_READ)}, (SELECT text FROM title WHERE id = l.title) FROM line l"
# A report without ASINs is filled from others, where a SKU means one product only (in that store, if it is known).
_ASIN_OF_SKU = """
SELECT min(asin) FROM product WHERE sku = ? AND (marketplace IN (?, '') OR ? IS NULL) HAVING count(DISTINCT asin) = 1
"""


class OrderBook:
    """The order book in one file. Use it as a context manager, or close it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._families = Families()

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = True) -> OrderBook:
        """Opens the book; makes it where it is missing, unless `create` is false.

        Raises StoreError (`book_damaged`, `book_newer`, `book_foreign`, `book_read_only`, `book_busy`, `book_full`) or
        NotFoundError (`book_missing`). Every method raises StoreError where the file fails later.
        """
        return cls(Store(Path(path), create=create))

    def close(self) -> None:
        """Closes the file for all threads."""
        self._store.close()

    def __enter__(self) -> OrderBook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the book lies."""
        return self._store.path

    def write(self) -> AbstractContextManager[sqlite.Connection]:
        """One transaction, for the importers."""
        return self._store.write()

    def count(self) -> int:
        """How many order lines are known."""
        with self._store.read() as connection:
            return int(connection.execute("SELECT lines FROM revision").fetchone()[0])

    def revision(self) -> int:
        """A number that grows whenever order lines change; what is computed from them can be kept until it does."""
        with self._store.read() as connection:
            return int(connection.execute("SELECT number FROM revision").fetchone()[0])

    def candidates(
        self,
        asins: Collection[str],
        *,
        marketplace: str | None,
        first: date,
        last: date,
        skus: Collection[str] = (),
    ) -> list[OrderLine]:
        """Lines of these products bought from `first` to `last`, both included, that a review can be about.

        Also lines whose report gives no ASIN, where their SKU is known to be one of the ASINs or is among `skus`. Lines
        of another marketplace are left out, those of an unknown one are not; None asks for all. Cancelled lines and
        orders from outside Amazon are never offered. By purchase day, then order.
        """
        wanted = sorted({asin.upper() for asin in asins})
        window = (first.isoformat(), last.isoformat())
        rows: list[tuple[Any, ...]] = []
        with self._store.read() as connection:
            names = set(skus)
            for some in _chunks(wanted):
                rows += connection.execute(
                    f"{_LINES} WHERE l.asin IN ({_marks(some)}) AND l.matchable IS NOT 0 "
                    "AND l.purchased BETWEEN ? AND ?",
                    (*some, *window),
                )
                names.update(
                    sku
                    for (sku,) in connection.execute(
                        f"SELECT DISTINCT sku FROM product WHERE asin IN ({_marks(some)})",
                        some,
                    )
                )
            for some in _chunks(sorted(names)):
                rows += connection.execute(
                    f"{_LINES} WHERE l.asin IS NULL AND l.sku IN ({_marks(some)}) AND l.matchable IS NOT 0 "
                    "AND l.purchased BETWEEN ? AND ?",
                    (*some, *window),
                )
            if marketplace is not None:
                rows = [row for row in rows if row[3] is None or row[3] == marketplace]
            lines = [_line(row) if row[4] else self._with_asin(connection, row) for row in rows]
        # Reports without ASINs may name a SKU that means one product here and another there.
        asked, given = set(wanted), set(skus)
        lines = [line for line in lines if line.asin is None or line.asin in asked or line.sku in given]
        lines.sort(key=lambda line: (line.purchased or date.min, line.order_id, line.sku, line.line))
        return lines

    def order(self, order_id: str) -> Order | None:
        """All that is known of one order, each line with the files its facts are from; None where it is not known."""
        with self._store.read() as connection:
            rows = connection.execute(f"{_LINES} WHERE l.order_id = ? ORDER BY sku, line", (order_id,)).fetchall()
            lines = _detailed(connection, order_id, [self._with_asin(connection, row) for row in rows])
            returns = events.returns_of(connection, order_id)
            order = Order(
                order_id=order_id,
                lines=lines,
                returns=returns,
                refunds=events.refunds_of(connection, order_id),
                feedback=events.feedback_of(connection, order_id),
                messages=events.messages_of(connection, order_id),
                refunds_known_until=events.refunds_known_until(connection, lines, returns),
                replacements=events.replacements_of(connection, order_id),
            )
        known = order.lines or order.returns or order.refunds or order.feedback or order.messages or order.replacements
        return order if known else None

    def fact_source(self, order_id: str, sku: str, line: int) -> dict[str, str]:
        """For each known fact of a line the name of the file it is from."""
        with self._store.read() as connection:
            return _sources(connection, order_id).get((sku, line), {})

    def record_messages(self, messages: Iterable[BuyerMessage]) -> int:
        """Stores messages of order threads; those already known are left as they are. Returns how many were new."""
        with self._store.write() as connection:
            return events.put_messages(connection, messages)

    def asins_sharing_family(self, asin: str) -> list[str]:
        """The ASINs that seem to be variants of the same product, without the given one; see `family.py`."""
        with self._store.read() as connection:
            return self._families.siblings(connection, asin.upper())

    def _with_asin(self, connection: sqlite.Connection, row: tuple[Any, ...]) -> OrderLine:
        order_id, sku, number, store, asin, *rest = row
        if asin is None:
            asin = (connection.execute(_ASIN_OF_SKU, (sku, store, store)).fetchone() or (None,))[0]
        return _line((order_id, sku, number, store, asin, *rest))


def _chunks(values: list[str]) -> Iterable[list[str]]:
    for start in range(0, len(values), _MOST_PARAMETERS):
        yield values[start : start + _MOST_PARAMETERS]


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


@lru_cache(maxsize=20_000)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=20_000)
def _money(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _line(row: tuple[Any, ...]) -> OrderLine:
    (order_id, sku, number, marketplace, asin, quantity, price, currency, buyer, recipient, buyer_key, city, state,
     postal_code, country, purchased, shipped, delivered, estimated, promised, fulfillment, status, status_day, ship_by,
     title) = row  # fmt: skip
    return OrderLine(
        order_id, sku, number, marketplace, asin, title, quantity, _money(price), currency, buyer, recipient, buyer_key,
        city, state, postal_code, country, _day(purchased), _day(shipped), _day(delivered), _day(estimated),
        _day(promised), fulfillment, status, _day(status_day), None, _day(ship_by),
    )  # fmt: skip


def _detailed(connection: sqlite.Connection, order_id: str, lines: list[OrderLine]) -> tuple[OrderLine, ...]:
    """The lines of one order with the files of their facts, and with the last day their status was seen."""
    if not lines:
        return ()
    sources = _sources(connection, order_id)
    seen = {
        (sku, status): day
        for sku, status, day in connection.execute(
            "SELECT sku, status, day FROM sighting WHERE order_id = ?", (order_id,)
        )
    }
    return tuple(
        replace(
            line,
            sources=tuple(sources.get((line.sku, line.line), {}).items()),
            status_seen=_day(seen.get((line.sku, line.status))),
        )
        for line in lines
    )


def _sources(connection: sqlite.Connection, order_id: str) -> dict[tuple[str, int], dict[str, str]]:
    """For each line (SKU, number) of an order the file of each fact."""
    lines: dict[tuple[str, int], dict[str, str]] = {}
    for sku, number, file, *facts in connection.execute(READINGS_OF_ORDER, (order_id,)):
        known = lines.setdefault((sku, number), {})
        known.update((fact, file) for fact, value in zip(FACTS, facts, strict=True) if value is not None)
        known.pop("matchable", None)
    return lines
