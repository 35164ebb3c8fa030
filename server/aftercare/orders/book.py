"""The order book: everything known of the seller's orders, behind one interface, in a file or on a server.

Reading is safe from any thread, also while an import writes. What is written here comes from `orders/imports/`.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

from aftercare.errors import StoreError
from aftercare.orders import events, happened
from aftercare.orders.customers import CustomerContext, customer_of
from aftercare.orders.family import Families
from aftercare.orders.lines import STORE, chunks, detailed, lines_of, marks, rows_where, sources_of
from aftercare.orders.name_codes import name_key_of, with_codes
from aftercare.orders.order import BuyerMessage, Order, OrderLine
from aftercare.orders.store import Connection, Store, open_store


class OrderBook:
    """The order book in one place. Use it as a context manager, or close it."""

    def __init__(self, store: Store, keys: Path | None = None) -> None:
        self._store = store
        self.keys = keys
        """The data folder whose key made the codes of purged names; None where there is none at hand."""
        self._families = Families()

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = True, keys: Path | None = None) -> OrderBook:
        """Opens the book at a path or at `postgresql://user@host/name`; makes it where it is missing, if `create`.

        keys: the data folder that keeps the key of a book on a server; that of a file lies beside it.
        Raises StoreError (`book_damaged`, `book_newer`, `book_foreign`, `book_read_only`, `book_busy`, `book_full`, and
        those of a server: see `postgres.py`) or NotFoundError (`book_missing`). Every method raises StoreError where
        the place fails later.
        """
        store = open_store(path, create=create)
        return cls(store, keys if "://" in str(path) else Path(path).parent)

    def close(self) -> None:
        """Closes the book for all threads."""
        self._store.close()

    def __enter__(self) -> OrderBook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file it lies in. Raises StoreError (`book_on_server`) where there is none."""
        return self._store.path

    @property
    def place(self) -> str:
        """The file or the server's address, without a password."""
        return self._store.place

    def write(self, *, importing: bool = False) -> AbstractContextManager[Connection]:
        """One transaction; `importing` for one that only adds what a file says (see `store.py`)."""
        return self._store.write(importing=importing)

    @cached_property
    def name_key(self) -> bytes | None:
        """The key of the codes that purged names left; None where there is none at hand."""
        try:
            return name_key_of(self.keys) if self.keys else None
        except StoreError:
            # Matching goes on without the codes, as it does without the names.
            return None

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
        offered = "AND l.matchable IS DISTINCT FROM 0 AND l.purchased BETWEEN ? AND ?"
        rows: list[tuple[Any, ...]] = []
        with self._store.read() as connection:
            names = set(skus)
            for some in chunks(wanted):
                rows += rows_where(connection, f"l.asin IN ({marks(some)}) {offered}", (*some, *window))
                found = connection.execute(f"SELECT DISTINCT sku FROM product WHERE asin IN ({marks(some)})", some)
                names.update(sku for (sku,) in found)
            for some in chunks(sorted(names)):
                rows += rows_where(
                    connection, f"l.asin IS NULL AND l.sku IN ({marks(some)}) {offered}", (*some, *window)
                )
            if marketplace is not None:
                rows = [row for row in rows if row[STORE] is None or row[STORE] == marketplace]
            lines = with_codes(connection, lines_of(connection, rows, by_day=True))
        # Reports without ASINs may name a SKU that means one product here and another there.
        asked, given = set(wanted), set(skus)
        return [line for line in lines if line.asin is None or line.asin in asked or line.sku in given]

    def order(self, order_id: str) -> Order | None:
        """All that is known of one order, each line with the files its facts are from; None where it is not known."""
        return self.whole_orders((order_id,)).get(order_id)

    def whole_orders(self, order_ids: Sequence[str]) -> dict[str, Order]:
        """The whole orders by their ids, in a few queries for all of them; those not known are left out."""
        orders: dict[str, Order] = {}
        with self._store.read() as connection:
            periods = happened.refund_periods(connection)
            for some in chunks(list(dict.fromkeys(order_ids))):
                lines = detailed(connection, some)
                returns = happened.returns_by_order(connection, some)
                refunds = happened.refunds_by_order(connection, some)
                feedback = happened.feedback_by_order(connection, some)
                messages = happened.messages_by_order(connection, some)
                replacements = happened.replacements_by_order(connection, some)
                for order_id in some:
                    if any(order_id in each for each in (lines, returns, refunds, feedback, messages, replacements)):
                        own, back = lines.get(order_id, ()), returns.get(order_id, ())
                        orders[order_id] = Order(
                            order_id=order_id,
                            lines=own,
                            returns=back,
                            refunds=refunds.get(order_id, ()),
                            feedback=feedback.get(order_id, ()),
                            messages=messages.get(order_id, ()),
                            refunds_known_until=happened.refunds_known_until(periods, own, back),
                            replacements=replacements.get(order_id, ()),
                        )
        return orders

    def customer_of(self, order_id: str) -> CustomerContext | None:
        """The customer behind an order and their other orders, here and elsewhere; None where it is not known."""
        with self._store.read() as connection:
            return customer_of(connection, order_id)

    def fact_source(self, order_id: str, sku: str, line: int) -> dict[str, str]:
        """For each known fact of a line the name of the file it is from."""
        with self._store.read() as connection:
            return sources_of(connection, (order_id,)).get((order_id, sku, line), {})

    def record_messages(self, messages: Iterable[BuyerMessage]) -> int:
        """Stores messages of order threads; those already known are left as they are. Returns how many were new."""
        with self._store.write() as connection:
            return events.put_messages(connection, messages)

    def asins_sharing_family(self, asin: str) -> list[str]:
        """The ASINs that seem to be variants of the same product, without the given one; see `family.py`."""
        with self._store.read() as connection:
            return self._families.siblings(connection, asin.upper())
