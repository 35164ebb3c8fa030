"""Fills an empty book: rows go in without indexes, which are built once at the end, in half the time.

Only where nothing can meet: the book holds no reading yet, and no two rows of the file are about one line. The caller
ends the filling as soon as that no longer holds. All of it is inside the caller's transaction, so that readers and a
killed process find the book with its indexes, as it was before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare.orders.imports.seen import Seen
from aftercare.orders.store import Connection

FEWEST = 2_000
"""Rows in the first batch from which this pays. What comes in smaller batches may have several writers at work."""
MOST = 1_000_000
"""Rows until the indexes are built: their entries are sorted in memory, which must not grow with the file."""
CACHED = 200_000
"""Rows from which the pages of the file no longer fit into a cache that would be of use: nothing is looked up in them
before the indexes are built, and these need the memory to sort."""

_SMALL_CACHE = "PRAGMA cache_size = -8000"
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'reading' AND sql IS NOT NULL"
_EMPTY = "SELECT NOT EXISTS (SELECT 1 FROM reading) AND NOT EXISTS (SELECT 1 FROM merged)"
_REPEATED = """
SELECT order_id, sku FROM reading WHERE (order_id, sku) > (?, ?)
GROUP BY order_id, sku HAVING count(*) > 1 ORDER BY order_id, sku LIMIT 5000
"""


class Filling:
    """The indexes that are to be built, and what the file has shown so far."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._indexes = connection.execute(_INDEXES).fetchall()
        self._cache = int(connection.execute("PRAGMA cache_size").fetchone()[0])
        self._seen = Seen()
        self._rows = 0
        self._numbered = True
        for name, _ in self._indexes:
            connection.execute(f"DROP INDEX {name}")

    @classmethod
    def of(cls, connection: Connection, rows: Sequence[Any]) -> Filling | None:
        """Begins where these first rows are many and the book is an empty file.

        On a server, others who read the book would have to wait for the indexes.
        """
        if len(rows) < FEWEST or not isinstance(connection, sqlite.Connection):
            return None
        return cls(connection) if connection.execute(_EMPTY).fetchone()[0] else None

    def takes(self, rows: Sequence[tuple[Any, ...]], *, numbered: bool) -> bool:
        """Whether all of these rows, which begin with (order_id, sku, item, part), are about lines of their own.

        numbered: their items are numbers within the file, which no two rows of an order and SKU share.
        """
        before, self._rows = self._rows, self._rows + len(rows)
        if self._rows > MOST:
            return False
        if before <= CACHED < self._rows:
            self._connection.execute(_SMALL_CACHE)
        if numbered:
            return self._numbered
        if self._numbered and before:
            return False
        self._numbered = False
        return self._seen.add_distinct([row[:4] for row in rows], len(rows))

    def end(self) -> Iterator[list[tuple[str, str]]]:
        """Builds the indexes, then gives the orders and SKUs of which there are several rows, some at a time."""
        for _, sql in self._indexes:
            self._connection.execute(sql)
        self._connection.execute(f"PRAGMA cache_size = {self._cache}")
        last = ("", "")
        # Numbered rows are lines of their own as they stand.
        while not self._numbered:
            some = self._connection.execute(_REPEATED, last).fetchall()
            if not some:
                return
            last = some[-1]
            yield some
