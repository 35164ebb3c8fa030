"""Reads order lines from the book: the few queries, and how their rows become `OrderLine`s."""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from aftercare.orders.order import OrderLine
from aftercare.orders.resolve import line_numbers
from aftercare.orders.schema import FACTS, FOUND_BY
from aftercare.orders.store import Connection

_MOST_PARAMETERS = 500
_READ = (
    "title", "marketplace", "asin", "quantity", "price", "currency", "buyer", "recipient", "buyer_key", "city",
    "state", "postal_code", "country", "purchased", "shipped", "delivered", "estimated_delivery", "promised",
    "fulfillment", "status", "status_day", "ship_by",
)  # fmt: skip
_ORDER, _SKU, _LINE, _TITLE, STORE, ASIN = range(6)
_PURCHASED = 3 + _READ.index("purchased")

# What the view `line` gives, asked of its two halves directly, which spares copying every row once more.
_ADDED = ", ".join(f"l.{fact}" if fact in FOUND_BY else f"coalesce(l.{fact}, o.{fact})" for fact in _READ)
_HALVES = (
    f"SELECT l.order_id, l.sku, l.line, {_ADDED} FROM reading l LEFT JOIN reading o "
    "ON o.order_id = l.order_id AND o.sku = l.sku AND o.kind < l.kind AND o.line IS NULL "
    "WHERE l.line IS NOT NULL AND ",
    f"SELECT l.order_id, l.sku, l.line, {', '.join('l.' + fact for fact in _READ)} FROM merged l WHERE ",
)
# A report without ASINs is filled from others, where a SKU means one product only (in that store, if it is known).
_ASIN_OF_SKU = """
SELECT min(asin) FROM product WHERE sku = ? AND (marketplace IN (?, '') OR CAST(? AS TEXT) IS NULL)
HAVING count(DISTINCT asin) = 1
"""

Row = tuple[Any, ...]


def rows_where(connection: Connection, condition: str, values: Sequence[str]) -> list[Row]:
    """The rows of all lines `l` for which the condition holds, for `lines_of`."""
    return [row for half in _HALVES for row in connection.execute(half + condition, values)]


def lines_of(connection: Connection, rows: list[Row], *, by_day: bool) -> list[OrderLine]:
    """The lines of these rows, by purchase day (which then all of them have), else by order, SKU and number."""
    rows.sort(key=itemgetter(_PURCHASED, _ORDER, _SKU, _LINE) if by_day else itemgetter(_ORDER, _SKU, _LINE))
    titles: dict[int | None, str | None] = {None: None}
    for some in chunks(sorted({row[_TITLE] for row in rows} - {None})):
        titles.update(connection.execute(f"SELECT id, text FROM title WHERE id IN ({marks(some)})", some).fetchall())
    known: dict[tuple[str, str | None], str | None] = {}
    lines = []
    for row in rows:
        asin = row[ASIN]
        if asin is None:
            place = row[_SKU], row[STORE]
            if place not in known:
                sku, store = place
                known[place] = (connection.execute(_ASIN_OF_SKU, (sku, store, store)).fetchone() or (None,))[0]
            asin = known[place]
        lines.append(_line(row, asin, titles.get(row[_TITLE])))
    return lines


def detailed(connection: Connection, order_ids: Sequence[str]) -> dict[str, tuple[OrderLine, ...]]:
    """The lines of each order, with the files of their facts, and with the last day their status was seen."""
    found: defaultdict[str, list[OrderLine]] = defaultdict(list)
    for line in lines_of(
        connection, rows_where(connection, f"l.order_id IN ({marks(order_ids)})", order_ids), by_day=False
    ):
        found[line.order_id].append(line)
    sources = sources_of(connection, order_ids)
    seen = {
        key: day
        for *key_parts, day in connection.execute(
            f"SELECT order_id, sku, status, day FROM sighting WHERE order_id IN ({marks(order_ids)})", order_ids
        )
        for key in [tuple(key_parts)]
    }
    return {
        order_id: tuple(
            replace(
                line,
                sources=tuple(sources.get((order_id, line.sku, line.line), {}).items()),
                status_seen=_day(seen.get((order_id, line.sku, line.status))),
            )
            for line in lines
        )
        for order_id, lines in found.items()
    }


def sources_of(connection: Connection, order_ids: Sequence[str]) -> dict[tuple[str, str, int], dict[str, str]]:
    """For each line (order, SKU, number) the file of each fact: the last to speak of it, the lowest speaking first."""
    readings = connection.execute(
        f"SELECT r.order_id, r.sku, r.kind, r.item, r.line, f.name, {', '.join('r.' + fact for fact in FACTS)} "
        f"FROM reading r JOIN file f ON f.id = r.file WHERE r.order_id IN ({marks(order_ids)}) "
        "ORDER BY r.order_id, r.sku, r.kind, r.as_of, r.shape",
        order_ids,
    ).fetchall()
    lines: dict[tuple[str, str, int], dict[str, str]] = {}
    for (order_id, sku), some in groupby(readings, itemgetter(0, 1)):
        rows = list(some)
        numbers = line_numbers([(row[2], row[3]) for row in rows])
        for number, (_, _, _, _, line, file, *facts) in zip(numbers, rows, strict=True):
            known = lines.setdefault((order_id, sku, line or number), {})
            known.update((fact, file) for fact, value in zip(FACTS, facts, strict=True) if value is not None)
            known.pop("matchable", None)
    return lines


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The values in parts, each small enough for one statement."""
    for start in range(0, len(values), _MOST_PARAMETERS):
        yield values[start : start + _MOST_PARAMETERS]


def marks(values: Collection[Any]) -> str:
    """A mark for each value."""
    return ", ".join("?" * len(values))


@lru_cache(maxsize=20_000)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=20_000)
def _money(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _line(row: Row, asin: str | None, title: str | None) -> OrderLine:
    (order_id, sku, number, _, marketplace, _, quantity, price, currency, buyer, recipient, buyer_key, city, state,
     postal_code, country, purchased, shipped, delivered, estimated, promised, fulfillment, status, status_day,
     ship_by) = row  # fmt: skip
    return OrderLine(
        order_id, sku, number, marketplace, asin, title, quantity, _money(price), currency, buyer, recipient, buyer_key,
        city, state, postal_code, country, _day(purchased), _day(shipped), _day(delivered), _day(estimated),
        _day(promised), fulfillment, status, _day(status_day), None, _day(ship_by),
    )  # fmt: skip
