"""Takes names, addresses and texts out of the order book once they are due; orders, products, days and sums stay.

Names leave a keyed code by which a review can still be matched (`matching/name_codes.py`). Of addresses the country and
the state stay, and the town where at least ten orders of the book went there: then it tells nobody, and a review that
names it can still be matched. Each page of orders is one transaction, so that a purge that is cut short goes on when it
is run again.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from aftercare.keeping.due import PERSONAL, TEXTS, due_orders
from aftercare.keeping.purge_messages import purge_loose, purge_thread
from aftercare.keeping.sources import Source, files_of
from aftercare.matching.name_codes import encoded
from aftercare.orders.book import OrderBook
from aftercare.orders.name_codes import PURPOSE, Codes, keep_codes
from aftercare.orders.schema import FACTS
from aftercare.orders.store import Connection
from aftercare.vault import Vault

COMMON_TOWN = 10
"""Orders of the book that went to a town for it to stay."""

_BITS = {column: 1 << FACTS.index(column) for column in PERSONAL}
_KEY = ("order_id", "sku", "kind", "item", "part")
_ELSEWHERE = ("name", "email", "username", "city", "postal_code", "name_key")


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took out, or would take out: orders, messages without an order, and orders of other channels."""

    orders: int
    messages: int
    elsewhere: int

    def and_also(self, other: Purged) -> Purged:
        """Both together."""
        return Purged(self.orders + other.orders, self.messages + other.messages, self.elsewhere + other.elsewhere)

    @property
    def anything(self) -> bool:
        """Whether there was anything to take out."""
        return bool(self.orders or self.messages or self.elsewhere)


def purge_book(
    book: OrderBook, vault: Vault, sources: tuple[Source, ...], before: date, *, dry_run: bool = False
) -> Purged:
    """Takes out what came from these sources and is about orders delivered before that day.

    vault: the folder's, from which the key of the name codes is derived. dry_run: only counts. What lies free in the
    file afterwards is `sweep`'s. Raises StoreError as the book does.
    """
    key = vault.derived(PURPOSE)
    seen: set[str] = set()
    towns: Collection[str] | None = None
    for page in due_orders(book, sources, before):
        seen.update(page)
        if dry_run:
            continue
        if towns is None:
            towns = _common_towns(book)
        with book.write() as connection:
            _purge_lines(connection, page, sources, towns, key)
            _purge_comments(connection, page, sources)
            purge_thread(connection, page, sources, key)
            connection.execute("UPDATE revision SET number = number + 1")
    day = before.isoformat()
    with book.write() as connection:
        messages = purge_loose(connection, sources, day, key, dry_run=dry_run)
        elsewhere = _purge_elsewhere(connection, sources, day, dry_run=dry_run)
    return Purged(len(seen), messages, elsewhere)


def _common_towns(book: OrderBook) -> frozenset[str]:
    with book.write() as connection:
        return frozenset(
            row[0]
            for row in connection.execute(
                "SELECT city FROM reading WHERE city <> '' GROUP BY city HAVING count(DISTINCT order_id) >= ?",
                (COMMON_TOWN,),
            )
        )


def _purge_lines(
    connection: Connection, orders: list[str], sources: tuple[Source, ...], towns: Collection[str], key: bytes
) -> None:
    files, values = files_of(sources)
    rows = connection.execute(
        f"SELECT r.id, {', '.join(f'r.{column}' for column in (*_KEY, 'as_of', 'shape', *PERSONAL))}, "
        f"CASE WHEN r.file IN (SELECT id FROM file WHERE {files}) THEN 1 ELSE 0 END "
        f"FROM reading r WHERE r.order_id IN ({_marks(orders)}) ORDER BY r.kind, r.as_of, r.id",
        (*values, *orders),
    ).fetchall()
    shapes: defaultdict[tuple[Any, ...], set[int]] = defaultdict(set)
    for _, *row in rows:
        shapes[tuple(row[:5])].add(row[6])
    names: dict[str, dict[str, str]] = {}
    kept: defaultdict[tuple[str, str], dict[str, str | None]] = defaultdict(lambda: dict.fromkeys(PERSONAL))
    changes = []
    for id_, *row in rows:
        line, shape, facts, due = tuple(row[:5]), int(row[6]), dict(zip(PERSONAL, row[7:-1], strict=True)), row[-1]
        gone = {
            column for column, value in facts.items() if value is not None and (column != "city" or value not in towns)
        }
        if due:
            told = names.setdefault(line[0], {})
            told.update({side: facts[side] for side in ("buyer", "recipient") if facts[side]})
            bare = shape & ~sum(_BITS[column] for column in gone)
            # Two readings of one line must differ in what they tell; one that would not keeps its cells, emptied.
            empty = "" if bare != shape and bare in shapes[line] else None
            if empty is None:
                shapes[line].add(bare)
            facts = {column: empty if column in gone else value for column, value in facts.items()}
            changes.append((*facts.values(), id_))
        kept[line[0], line[1]].update({column: value for column, value in facts.items() if value})
    filled = ", ".join(f"{column} = ?" for column in PERSONAL)
    connection.executemany(f"UPDATE reading SET {filled} WHERE id = ?", changes)
    # What several readings say together is kept a second time; it must not outlive them.
    connection.executemany(
        f"UPDATE merged SET {filled} WHERE order_id = ? AND sku = ?",
        [(*facts.values(), *place) for place, facts in kept.items()],
    )
    codes: dict[str, Codes] = {
        order_id: (encoded(told.get("buyer"), key), encoded(told.get("recipient"), key))
        for order_id, told in names.items()
    }
    keep_codes(connection, {order_id: each for order_id, each in codes.items() if any(each)})


def _purge_comments(connection: Connection, orders: list[str], sources: tuple[Source, ...]) -> None:
    files, values = files_of(sources)
    for table in TEXTS:
        emptied = "comment = NULL" if table == "returned" else "comment = NULL, response = NULL"
        connection.execute(
            f"UPDATE {table} SET {emptied} WHERE order_id IN ({_marks(orders)}) "
            f"AND file IN (SELECT id FROM file WHERE {files})",
            (*orders, *values),
        )


def _purge_elsewhere(connection: Connection, sources: tuple[Source, ...], before: str, *, dry_run: bool) -> int:
    """Orders of other channels, by the day they were placed; one without a day by the day of its import."""
    files, values = files_of(sources)
    which = (
        "coalesce(placed, (SELECT substr(f.imported, 1, 10) FROM file f WHERE f.id = elsewhere.file)) < ? "
        f"AND file IN (SELECT id FROM file WHERE {files}) "
        f"AND ({' OR '.join(f'{column} IS NOT NULL' for column in _ELSEWHERE)})"
    )
    given = (before, *values)
    found = int(connection.execute(f"SELECT count(*) FROM elsewhere WHERE {which}", given).fetchone()[0])
    if found and not dry_run:
        emptied = ", ".join(f"{column} = NULL" for column in _ELSEWHERE)
        connection.execute(f"UPDATE elsewhere SET {emptied} WHERE {which}", given)
    return found


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values))
