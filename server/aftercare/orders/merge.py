"""Writes readings into the book and keeps its lines true: which readings are lines of their own, and which are merged.

Each row of a report is a *reading*. Most stand alone or in pairs (Amazon's record of an order, and the shipping report
that adds the names), and are left as they are: the view `line` puts a pair together when it is read. Where more meet,
`resolve.py` says what their lines are, and `merged` keeps them. What is done here depends only on the readings that are
there, so neither the order of imports nor repeats change the book. To keep only what can still matter, a reading is
dropped once a newer one of its kind has all the cells that it has.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from aftercare.orders.fill import Filling
from aftercare.orders.resolve import KINDS, Reading, resolved
from aftercare.orders.schema import FACTS, INTEGERS, PAIRED
from aftercare.orders.store import Connection

_KEY = ("order_id", "sku", "kind", "item", "part")
_ORDER_AND_SKU = itemgetter(0, 1)


def _same(one: str, other: str) -> str:
    """Two readings of the same report kind about the same line."""
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in _KEY)


# The orders and SKUs of the batch at hand, and those of them in which readings meet. CROSS JOIN keeps SQLite to the
# order in which the tables are named, the small one first.
_SCRATCH = (
    "CREATE TEMP TABLE IF NOT EXISTS touched (order_id TEXT, sku TEXT, PRIMARY KEY (order_id, sku))",
    "CREATE TEMP TABLE IF NOT EXISTS shared (order_id TEXT, sku TEXT, paired INTEGER, crowded INTEGER, "
    "highest INTEGER, PRIMARY KEY (order_id, sku))",
)
_TOUCHED_NEW = "INSERT INTO touched SELECT DISTINCT order_id, sku FROM reading WHERE id > ?"
_INSERTED = "SELECT count(*), count(line) FROM reading WHERE id > ?"
_TOUCHED = "INSERT INTO touched VALUES (?, ?) ON CONFLICT DO NOTHING"
# Those that Amazon's own record, or another higher one, speaks of already: what is written now will be its lesser half.
_BELOW_HIGHER = """
SELECT t.order_id, t.sku FROM touched t
WHERE EXISTS (SELECT 1 FROM reading r WHERE r.order_id = t.order_id AND r.sku = t.sku AND r.kind > ?)
"""
_KNOWN = f"""
SELECT count(DISTINCT fresh.id), count(DISTINCT CASE
    WHEN old.as_of >= fresh.as_of AND (fresh.shape & ~old.shape) = 0 THEN fresh.id END)
FROM shared s CROSS JOIN reading fresh CROSS JOIN reading old
WHERE s.crowded = 1 AND fresh.order_id = s.order_id AND fresh.sku = s.sku AND fresh.id > ? AND old.id <= ?
AND {_same("old", "fresh")}
"""
_OUTDONE = f"""
    SELECT lesser.id FROM touched t CROSS JOIN reading lesser CROSS JOIN reading better
    WHERE lesser.order_id = t.order_id AND lesser.sku = t.sku AND {_same("better", "lesser")}
    AND lesser.id <> better.id AND better.as_of >= lesser.as_of AND (lesser.shape & ~better.shape) = 0
"""
_HIDE_OUTDONE = f"UPDATE reading SET line = NULL WHERE line IS NOT NULL AND id IN ({_OUTDONE})"
_DROP_OUTDONE = f"DELETE FROM reading WHERE id IN ({_OUTDONE})"
# All of this is in the index of the key, so that the readings themselves need not be looked at. Only where some were
# dropped or changed can a group come down to one reading, which is then no line of its own as yet.
_SHARED = f"""
INSERT INTO shared
SELECT order_id, sku, CASE WHEN readings = 2 AND kinds = 2 AND numbered = 0 AND (top & {PAIRED}) = {PAIRED}
    THEN 1 ELSE 0 END, CASE WHEN readings > kinds THEN 1 ELSE 0 END, top / {1 << len(FACTS)}
FROM (
    SELECT t.order_id, t.sku, count(*) AS readings, count(DISTINCT r.kind) AS kinds,
        max(CASE WHEN r.item LIKE '#%' AND r.item <> '#1' THEN 1 ELSE 0 END) AS numbered,
        max(r.kind * {1 << len(FACTS)} + r.shape) AS top
    FROM touched t CROSS JOIN reading r WHERE r.order_id = t.order_id AND r.sku = t.sku
    GROUP BY t.order_id, t.sku HAVING {{}}
) met
"""
_SHARED_NOW = _SHARED.format("count(*) > 1")
_SHARED_BEFORE_OR_NOW = _SHARED.format("count(*) > 1 OR count(r.line) = 0")
_PAIRED_READINGS = """
    SELECT r.id FROM shared s CROSS JOIN reading r
    WHERE s.paired = 1 AND r.order_id = s.order_id AND r.sku = s.sku AND r.kind {} s.highest
"""
_HIDE_LOWER = f"UPDATE reading SET line = NULL WHERE line IS NOT NULL AND id IN ({_PAIRED_READINGS.format('<')})"
_SHOW_HIGHER = f"UPDATE reading SET line = 1 WHERE line IS NULL AND id IN ({_PAIRED_READINGS.format('=')})"
_FORGET = "DELETE FROM merged WHERE (order_id, sku) IN (SELECT order_id, sku FROM shared)"
_UNPAIRED = f"""
SELECT r.order_id, r.sku, r.id, r.line, r.kind, r.item, r.part, r.as_of, r.shape, {", ".join("r." + f for f in FACTS)}
FROM shared s CROSS JOIN reading r WHERE s.paired = 0 AND r.order_id = s.order_id AND r.sku = s.sku
ORDER BY r.order_id, r.sku
"""
_RENUMBER = "UPDATE reading SET line = ? WHERE id = ?"
_MERGE = f"INSERT INTO merged (order_id, sku, line, {', '.join(FACTS)}) VALUES ({', '.join('?' * (len(FACTS) + 3))})"


@dataclass(slots=True)
class Counts:
    """What a file did to the book, in rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


class ReadingWriter:
    """Writes the readings of one file, batch by batch, and settles the lines they touch.

    columns: the facts this file has, in the order in which the rows give them.
    """

    def __init__(self, connection: Connection, *, kind: str, file: int, columns: Sequence[str]) -> None:
        self.counts = Counts()
        self._connection = connection
        self._kind = KINDS[kind]
        self._insert = _insert(KINDS[kind], file, columns)
        self._upsert = self._insert + _or_update(columns)
        self._filling: Filling | None = None
        self._begun = False
        for statement in _SCRATCH:
            connection.execute(statement)

    def write(self, rows: Iterable[tuple[Any, ...]], *, numbered: bool = False) -> None:
        """Takes rows of (order_id, sku, item, part, line, as_of, facts...). Call `finish` after the last of them.

        line: the number of the line among those of its order and SKU, as long as no other reading meets it.
        numbered: each item is that number, as "#2".
        """
        if not self._begun or self._filling:
            rows = list(rows)
            if not self._begun and rows:
                self._begun, self._filling = True, Filling.of(self._connection, rows)
            if self._filling:
                if self._filling.takes(rows, numbered=numbered):
                    self._fill(rows)
                    return
                self.finish()
        # Neighbors in the index are written together, which spares reading its pages again and again.
        ordered = sorted(rows, key=_ORDER_AND_SKU)
        if not ordered:
            return
        connection = self._connection
        before = int(connection.execute("SELECT coalesce(max(id), 0) FROM reading").fetchone()[0])
        connection.execute("DELETE FROM touched")
        may_be_below = bool(before) and self._kind < max(KINDS.values())
        if may_be_below:
            connection.executemany(_TOUCHED, {row[:2] for row in ordered})
            ordered = self._hidden_below_higher(ordered)
        written = connection.executemany(self._upsert, ordered).rowcount
        if written <= 0:
            self.counts.unchanged += len(ordered)
            return
        inserted, lines = connection.execute(_INSERTED, (before,)).fetchone()
        if not may_be_below:
            self._touch(ordered, new_only=inserted == written, before=before)
        updated = written - inserted
        shared = self._find_shared(rewritten=bool(updated))
        known, outdone = connection.execute(_KNOWN, (before, before)).fetchone() if shared and before else (0, 0)
        new = inserted - known
        self.counts.new += new
        self.counts.changed += updated + known - outdone
        self.counts.unchanged += len(ordered) - new - updated - known + outdone
        if known or updated:
            lines -= connection.execute(_HIDE_OUTDONE).rowcount
            connection.execute(_DROP_OUTDONE)
            shared = self._find_shared(rewritten=True)
        if shared:
            lines += self._settle(rewritten=bool(known or updated))
        connection.execute("UPDATE revision SET number = number + 1, lines = lines + ?", (lines,))

    def finish(self) -> None:
        """Leaves the book with all its indexes and lines."""
        filling, self._filling = self._filling, None
        for repeated in filling.end() if filling else ():
            self._connection.execute("DELETE FROM touched")
            self._connection.executemany(_TOUCHED, repeated)
            if self._find_shared(rewritten=False):
                lines = self._settle(rewritten=False)
                self._connection.execute("UPDATE revision SET lines = lines + ?", (lines,))

    def _fill(self, rows: list[tuple[Any, ...]]) -> None:
        """Adds rows that meet no other."""
        if rows:
            self._connection.executemany(self._insert, rows)
            self._connection.execute("UPDATE revision SET number = number + 1, lines = lines + ?", (len(rows),))
            self.counts.new += len(rows)

    def _touch(self, rows: list[tuple[Any, ...]], *, new_only: bool, before: int) -> None:
        """Lists the orders and SKUs that were written: those of new readings, or of the whole batch."""
        if new_only:
            self._connection.execute(_TOUCHED_NEW, (before,))
        else:
            self._connection.executemany(_TOUCHED, {row[:2] for row in rows})

    def _hidden_below_higher(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows, without a number of their own where they will only add to a line that is there.

        Hiding them afterwards would come out the same, and write each of them twice.
        """
        below = set(map(tuple, self._connection.execute(_BELOW_HIGHER, (self._kind,))))
        return [(*row[:4], None, *row[5:]) if row[:2] in below else row for row in rows] if below else rows

    def _find_shared(self, *, rewritten: bool) -> int:
        """Lists the touched orders and SKUs in which readings meet, or met before; returns how many."""
        self._connection.execute("DELETE FROM shared")
        return int(self._connection.execute(_SHARED_BEFORE_OR_NOW if rewritten else _SHARED_NOW).rowcount)

    def _settle(self, *, rewritten: bool) -> int:
        """Says anew what the lines of the shared orders and SKUs are; returns by how many they became more."""
        connection = self._connection
        more = -connection.execute(_HIDE_LOWER).rowcount - connection.execute(_FORGET).rowcount
        if rewritten:
            more += connection.execute(_SHOW_HIGHER).rowcount
        numbers: list[tuple[int | None, int]] = []
        merged: list[tuple[Any, ...]] = []
        for (order_id, sku), rows in groupby(connection.execute(_UNPAIRED).fetchall(), _ORDER_AND_SKU):
            readings = [Reading.of(row[2:]) for row in rows]
            alone, together = resolved(readings)
            for reading in readings:
                number = alone.get(reading.id)
                if number != reading.line:
                    numbers.append((number, reading.id))
                    more += (number is not None) - (reading.line is not None)
            merged += ((order_id, sku, number, *facts) for number, facts in together.items())
        if numbers:
            connection.executemany(_RENUMBER, numbers)
        if merged:
            connection.executemany(_MERGE, merged)
        return more + len(merged)


def _insert(kind: int, file: int, facts: Sequence[str]) -> str:
    """The statement that adds a reading."""
    columns = ("order_id", "sku", "item", "part", "line", "as_of", *facts)
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO reading (kind, file, {', '.join(columns)}) VALUES ({kind}, {file}, {marks})"


def _or_update(facts: Sequence[str]) -> str:
    """The rest of it, which keeps the newer of two readings with the same cells filled in."""
    empty = {fact: "0" if fact in INTEGERS else "''" for fact in facts}
    new = ", ".join(f"coalesce(excluded.{fact}, {empty[fact]})" for fact in facts)
    old = ", ".join(f"coalesce(reading.{fact}, {empty[fact]})" for fact in facts)
    return (
        f" ON CONFLICT ({', '.join(_KEY)}, shape) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in ("file", "as_of", *facts))
        + f" WHERE excluded.as_of > reading.as_of OR (excluded.as_of = reading.as_of AND ({new}) > ({old}))"
    )
