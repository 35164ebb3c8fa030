"""Orders of other channels as the book keeps them: one row an order, each fact from the newest reading that tells it.

Channels withdraw what they once told (eBay gives an e-mail for 14 days, a name for 90), and a table tells less than an
API. So every fact has its own moment: of two readings of one fact the newer holds, of the same moment the one further
on; a reading that does not tell a fact leaves it. Money given back only grows, and what was ordered is gathered. All of
this is a maximum or a union, so neither the order of imports nor repeats nor splitting a file matter.
"""

# ruff: noqa: S608 - SQL here is put together from names in this file only, never from values.

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from aftercare.orders.customer_names import name_key
from aftercare.orders.events import Outcome
from aftercare.orders.imports.cells import money_text
from aftercare.orders.imports.channels.words import PROGRESS, Status
from aftercare.orders.store import Connection

Channel = Literal["ebay", "walmart", "shopify"]

_FACTS = (
    "placed", "status", "total", "refunded", "currency", "name", "email", "username", "city", "postal_code", "country",
)  # fmt: skip
_COLUMNS = ("channel", "order_id", "as_of", "file", *_FACTS, "name_key", "items")
_KNOWN = f"SELECT as_of, items, {', '.join(_FACTS)} FROM elsewhere WHERE channel = ? AND order_id = ?"
_PUT = f"""
INSERT INTO elsewhere ({", ".join(_COLUMNS)}) VALUES ({", ".join("?" * len(_COLUMNS))})
ON CONFLICT (channel, order_id) DO UPDATE SET {", ".join(f"{each} = excluded.{each}" for each in _COLUMNS[2:])}
"""
_TIMELESS = "-"
"""The moment of a fact that has none, since only its size counts."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing ordered."""

    sku: str | None = None
    title: str | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class ElsewhereOrder:
    """What one reading says of an order: None is "not told".

    as_of: the newest moment the reading speaks of, in UTC as `2026-05-14T22:25:26Z`, empty where it has none. placed:
    the day, ISO. name, city, postal_code, country: the buyer's where both name and place are told, else the
    recipient's.
    """

    channel: Channel
    order_id: str
    as_of: str
    placed: str | None = None
    status: Status | None = None
    total: Decimal | None = None
    refunded: Decimal | None = None
    currency: str | None = None
    name: str | None = None
    email: str | None = None
    username: str | None = None
    city: str | None = None
    postal_code: str | None = None
    country: str | None = None
    items: tuple[Item, ...] = ()


_Facts = dict[str, tuple[str, str]]
"""For each fact that is told the moment it is from and its text."""


class ElsewhereWriter:
    """Writes the orders of one file."""

    def __init__(self, connection: Connection, file: int) -> None:
        self._connection = connection
        self._file = file

    def put(self, order: ElsewhereOrder) -> Outcome:
        """Stores what a reading says, beside what others said."""
        row = self._connection.execute(_KNOWN, (order.channel, order.order_id)).fetchone()
        before = _stored(row[0], dict(zip(_FACTS, row[2:], strict=True))) if row else {}
        items_before = _items(row[1]) if row else ()
        facts = merged(before, _told(order))
        items = gathered([*items_before, *order.items])
        as_of = _moments(facts, max(order.as_of, row[0].split(" ")[0] if row else ""))
        if row and facts == before and items == items_before and as_of == row[0]:
            return "unchanged"
        values = [facts[fact][1] if fact in facts else None for fact in _FACTS]
        key = name_key(facts["name"][1]) if "name" in facts else None
        listed = json.dumps([_item_json(each) for each in items], ensure_ascii=False) if items else None
        self._connection.execute(_PUT, (order.channel, order.order_id, as_of, self._file, *values, key, listed))
        if row is None:
            return "new"
        same = [facts.get(fact, ("", None))[1] for fact in _FACTS] == list(row[2:]) and items == items_before
        return "unchanged" if same else "changed"


def merged(one: Mapping[str, tuple[str, str]], other: Mapping[str, tuple[str, str]]) -> _Facts:
    """The better of two readings, fact by fact."""
    return {
        fact: max((facts[fact] for facts in (one, other) if fact in facts), key=lambda found: _rank(fact, found))
        for fact in _FACTS
        if fact in one or fact in other
    }


def _rank(fact: str, found: tuple[str, str]) -> tuple[Any, ...]:
    moment, value = found
    if fact == "refunded":
        return (Decimal(value),)
    if fact == "status":
        return moment, PROGRESS.index(value) if value in PROGRESS else -1
    return moment, len(value), value


def gathered(items: Iterable[Item]) -> tuple[Item, ...]:
    """Each thing once with the largest quantity told; one told without SKU or title stands back for its fuller form."""
    found: dict[tuple[str, str], int | None] = {}
    for each in items:
        key = (each.sku or "", each.title or "")
        if any(key):
            known = found.get(key)
            found[key] = max(known or 0, each.quantity or 0) or known
    skus = {sku for sku, title in found if sku and title}
    titles = {title for sku, title in found if sku and title}
    return tuple(
        Item(sku or None, title or None, found[sku, title])
        for sku, title in sorted(found)
        if (sku and title) or (sku and sku not in skus) or (title and title not in titles)
    )


def added(items: Sequence[Item]) -> tuple[Item, ...]:
    """The things of one order in one file: rows that are equal can both be real, so their quantities add up."""
    sums: dict[tuple[str | None, str | None], int | None] = {}
    for each in items:
        key, quantity = (each.sku, each.title), each.quantity
        known = sums.get(key)
        sums[key] = (known or 0) + (quantity or 0) if known is not None or quantity is not None else None
    return gathered(Item(sku, title, quantity) for (sku, title), quantity in sums.items())


def _told(order: ElsewhereOrder) -> _Facts:
    found: _Facts = {}
    for fact in _FACTS:
        value = getattr(order, fact)
        if value is not None:
            shown = money_text(value) if isinstance(value, Decimal) else str(value)
            found[fact] = (_TIMELESS if fact == "refunded" else order.as_of, shown)
    return found


def _stored(as_of: str, values: Mapping[str, str | None]) -> _Facts:
    latest, *others = as_of.split(" ")
    moments = dict(each.split("=", 1) for each in others)
    return {
        fact: (_TIMELESS if fact == "refunded" else moments.get(fact, latest), str(value))
        for fact, value in values.items()
        if value is not None
    }


def _moments(facts: Mapping[str, tuple[str, str]], latest: str) -> str:
    """The newest moment told of, then those of the facts that are older: `2026-05-14T22:25:26Z email=2026-05-01T…`."""
    older = (f" {fact}={moment}" for fact, (moment, _) in facts.items() if moment not in (latest, _TIMELESS))
    return latest + "".join(older)


def _item_json(item: Item) -> dict[str, Any]:
    return {"sku": item.sku, "title": item.title, "quantity": item.quantity}


def _items(listed: str | None) -> tuple[Item, ...]:
    return tuple(Item(each["sku"], each["title"], each["quantity"]) for each in json.loads(listed or "[]"))
