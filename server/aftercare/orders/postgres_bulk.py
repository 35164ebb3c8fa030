"""Writes many rows at once to PostgreSQL: by COPY into a scratch table, and from there with the statement's own rules.

Row by row, a statement costs a message to the server and back each; this way a million order lines take minutes less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

_INSERT = re.compile(
    r"\s*INSERT INTO (?P<table>\w+)(?: \((?P<columns>[^)]*)\))?\s*VALUES \((?P<values>[^)]*)\)"
    r"(?P<rest>\s*(?:ON CONFLICT(?: \((?P<target>[^)]*)\))? DO .*)?)",
    re.DOTALL,
)
FEWEST = 20
"""Rows from which the way over a scratch table is the shorter one."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """A statement taken apart. columns: those the rows give; target: the places of those that tell rows apart."""

    scratch: str
    make: str
    copy: str
    insert: str
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Stands for the cursor of many statements."""

    rowcount: int


@lru_cache(maxsize=100)
def bulk_of(sql: str) -> Bulk | None:
    """How to run this for many rows; None for anything but an INSERT that names its columns and only takes values."""
    match = _INSERT.fullmatch(sql)
    if match is None or not match["columns"]:
        return None
    columns = [column.strip() for column in match["columns"].split(",")]
    values = [value.strip() for value in match["values"].split(",")]
    given = [column for column, value in zip(columns, values, strict=True) if value == "?"]
    if any("?" in value for value in values if value != "?") or "?" in match["rest"]:
        return None
    scratch = f"bulk_{blake2b(sql.encode(), digest_size=8).hexdigest()}"
    told = ", ".join(given)
    rest = match["rest"].replace("%", "%%")
    selected = ", ".join(column if value == "?" else value for column, value in zip(columns, values, strict=True))
    target = {column.strip() for column in (match["target"] or "").split(",")}
    return Bulk(
        scratch,
        # SQL of names in this package only, never of values.
        f"CREATE TEMP TABLE {scratch} ON COMMIT DROP AS SELECT {told} FROM {match['table']} WITH NO DATA",  # noqa: S608
        f"COPY {scratch} ({told}) FROM STDIN",
        f"INSERT INTO {match['table']} ({', '.join(columns)}) SELECT {selected} FROM {scratch} WHERE TRUE{rest}",  # noqa: S608
        tuple(place for place, column in enumerate(given) if column in target),
    )


def write(connection: psycopg.Connection, bulk: Bulk, rows: Sequence[Sequence[Any]]) -> Written:
    """Runs the statement for all rows, inside the caller's transaction.

    One INSERT may not change a row twice, so that rows that could be the same one go one after another.
    """
    written = 0
    connection.execute(f"DROP TABLE IF EXISTS {bulk.scratch}")
    connection.execute(bulk.make)
    for number, some in enumerate(_apart(rows, bulk.target)):
        if number:
            connection.execute(f"TRUNCATE {bulk.scratch}")
        with connection.cursor() as cursor:
            with cursor.copy(bulk.copy) as copy:
                for row in some:
                    copy.write_row(row)
            written += cursor.execute(bulk.insert).rowcount
    return Written(written)


def _apart(rows: Sequence[Sequence[Any]], target: tuple[int, ...]) -> Iterable[Sequence[Sequence[Any]]]:
    """The rows in turns, in each of which no two have the same values at these places; the order of equals is kept."""
    if not target:
        return [rows]
    turns: list[list[Sequence[Any]]] = []
    count: defaultdict[tuple[Any, ...], int] = defaultdict(int)
    for row in rows:
        key = tuple([row[place] for place in target])
        turn = count[key]
        count[key] += 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(row)
    return turns
