"""How many reports become one line: the rules between sources that disagree, set-based, in SQL.

Each row of a report is a *reading*. The rules:

1. Readings of one report kind about one line: for each fact the newest filled-in cell holds (newest by the report's own
   last-updated or reporting time, never by the time of import); an empty cell never wipes a filled one. Where two
   readings of the same time disagree, the one that sorts last holds.
2. Between report kinds, for each fact the highest of KINDS that has it. Amazon's own record of the order stands above
   the shipping reports, and these add what it lacks: names, addresses, shipment and arrival.
3. Rows of equal order and SKU are told apart by Amazon's order item id, else by their number within the file; several
   shipments of one order item are one line, their quantities and prices added up.

All three are maxima over what has ever been read, so neither the order of imports nor repeats change the book. To keep
only what can still matter, a reading is dropped once a newer one of its kind has all the cells that it has.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare.orders.schema import FACTS

KINDS = {"fulfilled_shipments": 10, "unshipped_orders": 20, "fbm_orders": 30, "all_orders": 40}
"""The kinds of reports that tell of order lines; the higher holds where two disagree."""

_KEY = ("order_id", "sku", "kind", "item", "part")


def _same(one: str, other: str) -> str:
    """Two readings of the same report kind about the same line."""
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in _KEY)


_SHIPMENTS = KINDS["fulfilled_shipments"]
_FACT_LIST = ", ".join(FACTS)

# The number of a line among the lines of its order and SKU: "#2" says it itself, an item id stands where it sorts.
_NUMBER = """CASE WHEN r.item LIKE '#%' THEN CAST(substr(r.item, 2) AS INTEGER) ELSE 1 + (
    SELECT count(DISTINCT o.item) FROM reading o
    WHERE o.order_id = r.order_id AND o.sku = r.sku AND o.kind = r.kind AND o.item >= '0' AND o.item < r.item) END"""

# Several shipments of one order item: each adds its own quantity and price, as the newest of its readings tells them.
_PARTS = f"""FROM (SELECT o.{{0}} AS value, max(o.as_of * {1 << len(FACTS)} + o.shape) FROM reading o
    WHERE o.order_id = r.order_id AND o.sku = r.sku AND o.kind = r.kind AND o.item = r.item AND o.{{0}} IS NOT NULL
    GROUP BY o.part)"""
_SUMMED = {
    "quantity": f"(SELECT sum(value) {_PARTS.format('quantity')})",
    "price": f"(SELECT CASE WHEN count(*) = 1 THEN value ELSE printf('%.2f', sum(CAST(value AS REAL))) END "
    f"{_PARTS.format('price')} HAVING count(*) > 0)",
}
_SUMMED_FACTS = ", ".join(
    f"CASE WHEN r.kind = {_SHIPMENTS} THEN {_SUMMED[fact]} ELSE r.{fact} END" if fact in _SUMMED else f"r.{fact}"
    for fact in FACTS
)

# Readings that meet others, but for those that the same kind of report tells apart by their number in the file; and
# readings of what was merged before. `several`: some kind has more than one reading of them, or one of a second line.
_SHARED = """
INSERT INTO shared SELECT order_id, sku, (
    SELECT count(*) > count(DISTINCT x.kind) OR max(x.item LIKE '#%' AND x.item <> '#1')
    FROM reading x WHERE x.order_id = met.order_id AND x.sku = met.sku)
FROM (
    SELECT r.order_id, r.sku FROM touched t CROSS JOIN reading r ON r.id = t.id
    CROSS JOIN reading o ON o.order_id = r.order_id AND o.sku = r.sku
    WHERE o.id <> r.id AND NOT (o.kind = r.kind AND o.item <> r.item AND o.item LIKE '#%' AND r.item LIKE '#%')
    UNION SELECT r.order_id, r.sku FROM touched t CROSS JOIN reading r ON r.id = t.id
    CROSS JOIN merged m ON m.order_id = r.order_id AND m.sku = r.sku
) met
"""
_HIDE = """
UPDATE reading SET line = NULL WHERE line IS NOT NULL AND (order_id, sku) IN (SELECT order_id, sku FROM shared)
"""
_FORGET = "DELETE FROM merged WHERE (order_id, sku) IN (SELECT order_id, sku FROM shared)"
# The common case: each kind of report has one reading of them, so that a look at each kind tells all.
_ALIASES = {f"k{kind}": kind for kind in sorted(KINDS.values(), reverse=True)}
_MERGE_FEW = f"""
INSERT INTO merged (order_id, sku, line, {_FACT_LIST})
SELECT s.order_id, s.sku, 1, {
    ", ".join(f"coalesce({', '.join(f'{each}.{fact}' for each in _ALIASES)})" for fact in FACTS)
}
FROM shared s {
    " ".join(
        f"LEFT JOIN reading {each} ON {each}.order_id = s.order_id AND {each}.sku = s.sku AND {each}.kind = {kind}"
        for each, kind in _ALIASES.items()
    )
} WHERE NOT s.several
"""
# Else from the lowest to the highest, each writing its filled-in cells over what the ones before it wrote.
_MERGE_MANY = f"""
INSERT INTO merged (order_id, sku, line, {_FACT_LIST})
SELECT r.order_id, r.sku, {_NUMBER}, {_SUMMED_FACTS}
FROM shared s CROSS JOIN reading r ON r.order_id = s.order_id AND r.sku = s.sku
WHERE s.several ORDER BY r.kind, r.as_of, r.shape
ON CONFLICT (order_id, sku, line) DO UPDATE SET
    {", ".join(f"{fact} = coalesce(excluded.{fact}, {fact})" for fact in FACTS)}
"""
_KNOWN = f"""
SELECT count(DISTINCT new.id),
       count(DISTINCT CASE WHEN old.as_of >= new.as_of AND new.shape & ~old.shape = 0 THEN new.id END)
FROM reading new CROSS JOIN reading old ON {_same("old", "new")}
WHERE new.id > :before AND old.id <= :before
"""
_OUTDONE = f"""
    SELECT lesser.id FROM touched t CROSS JOIN reading fresh ON fresh.id = t.id
    CROSS JOIN reading lesser ON {_same("lesser", "fresh")} CROSS JOIN reading better ON {_same("better", "fresh")}
    WHERE lesser.id <> better.id AND better.as_of >= lesser.as_of AND lesser.shape & ~better.shape = 0
"""
_HIDE_OUTDONE = f"UPDATE reading SET line = NULL WHERE line IS NOT NULL AND id IN ({_OUTDONE})"
_DROP_OUTDONE = f"DELETE FROM reading WHERE id IN ({_OUTDONE})"
_MANY = "SELECT count(*) FROM shared s CROSS JOIN merged m ON m.order_id = s.order_id AND m.sku = s.sku WHERE s.several"

# The readings written by the batch at hand, and the orders and SKUs in which they meet others.
_SCRATCH = (
    "CREATE TEMP TABLE IF NOT EXISTS touched (id INTEGER)",
    "CREATE TEMP TABLE IF NOT EXISTS shared (order_id TEXT, sku TEXT, several INTEGER)",
    "CREATE TEMP TRIGGER IF NOT EXISTS replaced AFTER UPDATE OF as_of ON reading "
    "BEGIN INSERT INTO touched VALUES (new.id); END",
)


@dataclass(slots=True)
class Counts:
    """What a file did to the book, in rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


class ReadingWriter:
    """Writes the readings of one file, batch by batch, and merges the lines they touch.

    columns: the facts this file has, in the order in which the rows give them.
    """

    def __init__(self, connection: sqlite.Connection, *, kind: str, file: int, columns: Sequence[str]) -> None:
        self.counts = Counts()
        self._connection = connection
        self._upsert = _upsert(KINDS[kind], file, columns)
        for statement in _SCRATCH:
            connection.execute(statement)

    def write(self, rows: Iterable[tuple[Any, ...]], count: int) -> None:
        """Takes `count` rows of (order_id, sku, item, part, line, as_of, facts...).

        line: the number of the line among those of its order and SKU, as long as no other reading meets it.
        """
        connection = self._connection
        before = _newest(connection)
        connection.execute("DELETE FROM touched")
        written = connection.executemany(self._upsert, rows).rowcount if count else 0
        if not written:
            self.counts.unchanged += count
            return
        connection.execute("INSERT INTO touched SELECT id FROM reading WHERE id > ?", (before,))
        inserted = _newest(connection) - before
        lines = inserted - self._count(count, written, inserted, before) + self._merge()
        connection.execute("UPDATE revision SET number = number + 1, lines = lines + ?", (lines,))

    def _count(self, count: int, written: int, inserted: int, before: int) -> int:
        """Tells new from changed rows, and drops readings that no longer matter; returns how many lines these were."""
        connection = self._connection
        known, outdone = connection.execute(_KNOWN, {"before": before}).fetchone() if inserted and before else (0, 0)
        new = inserted - known
        changed = written - inserted + known - outdone
        self.counts.new += new
        self.counts.changed += changed
        self.counts.unchanged += count - new - changed
        if not known and written == inserted:
            return 0
        dropped = connection.execute(_HIDE_OUTDONE).rowcount
        connection.execute(_DROP_OUTDONE)
        return dropped

    def _merge(self) -> int:
        """Merges the lines in which readings of this batch meet others; returns by how many the lines became more."""
        connection = self._connection
        connection.execute("DELETE FROM shared")
        if not connection.execute(_SHARED).rowcount:
            return 0
        hidden, forgotten, few = (connection.execute(each).rowcount for each in (_HIDE, _FORGET, _MERGE_FEW))
        connection.execute(_MERGE_MANY)
        return int(connection.execute(_MANY).fetchone()[0]) + few - hidden - forgotten


def _newest(connection: sqlite.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM reading").fetchone()[0])


def _upsert(kind: int, file: int, facts: Sequence[str]) -> str:
    """The statement that keeps the newer of two readings with the same cells filled in."""
    columns = ("order_id", "sku", "item", "part", "line", "as_of", *facts)
    new = ", ".join(f"ifnull(excluded.{fact}, '')" for fact in facts)
    old = ", ".join(f"ifnull(reading.{fact}, '')" for fact in facts)
    return (
        f"INSERT INTO reading (kind, file, {', '.join(columns)}) "
        f"VALUES ({kind}, {file}, {', '.join('?' * len(columns))}) "
        f"ON CONFLICT ({', '.join(_KEY)}, shape) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in ("file", "as_of", *facts))
        + f" WHERE excluded.as_of > reading.as_of OR (excluded.as_of = reading.as_of AND ({new}) > ({old}))"
    )


READINGS_OF_ORDER = f"""
SELECT r.sku, coalesce(r.line, {_NUMBER}), f.name, {", ".join("r." + fact for fact in FACTS)}
FROM reading r JOIN file f ON f.id = r.file WHERE r.order_id = ? ORDER BY r.kind, r.as_of, r.shape
"""
"""What each report says of the lines of one order, lowest first: the last to speak of a fact is its source."""
