"""How several readings of one order and SKU become lines: the rules between sources that disagree.

1. Readings of one report kind about one line: for each fact the newest filled-in cell holds (newest by the report's own
   last-updated or reporting time, never by the time of import); an empty cell never wipes a filled one. Where two
   readings of the same time disagree, the one that sorts last holds.
2. Between report kinds, for each fact the highest of KINDS that has it. Amazon's own record of the order stands above
   the shipping reports, and these add what it lacks: names, addresses, shipment and arrival.
3. Rows of equal order and SKU are told apart by Amazon's order item id, else by their number within the file; several
   shipments of one order item are one line, their quantities and prices added up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aftercare.orders.schema import FACTS

KINDS = {
    "fulfilled_shipments": 10, "unshipped_orders": 20, "fbm_orders": 30, "orders_api_v0": 35, "all_orders": 40,
    "orders_api": 40,
}  # fmt: skip
"""The kinds of reports that tell of order lines; the higher holds where two disagree, of equal ones the newer."""

_SHIPMENTS = KINDS["fulfilled_shipments"]
_QUANTITY, _PRICE = FACTS.index("quantity"), FACTS.index("price")
_NUMBERED = re.compile(r"#([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of `reading`, but for its order and SKU; `facts` in the order of FACTS."""

    id: int
    line: int | None
    kind: int
    item: str
    part: str
    as_of: int
    shape: int
    facts: tuple[Any, ...]

    @classmethod
    def of(cls, row: Sequence[Any]) -> Reading:
        """From a row of the columns above, the facts one by one at its end."""
        id_, line, kind, item, part, as_of, shape, *facts = row
        return cls(id_, line, kind, item, part, as_of, shape, tuple(facts))


Lines = tuple[dict[int, int], dict[int, tuple[Any, ...]]]
"""The readings that are lines of their own, as id and number; and the facts of the merged lines by number."""


def resolved(readings: Sequence[Reading]) -> Lines:
    """The lines of one order and SKU, from all readings of them."""
    numbers = line_numbers([(each.kind, each.item) for each in readings])
    same_kind = len({each.kind for each in readings}) == 1
    if len(readings) == 1 or (same_kind and _told_apart([each.item for each in readings])):
        return {each.id: number for each, number in zip(readings, numbers, strict=True)}, {}
    lines: dict[int, list[Any]] = {}
    for number, each in sorted(zip(numbers, readings, strict=True), key=lambda pair: _rank(pair[1])):
        known = lines.setdefault(number, [None] * len(FACTS))
        for place, value in enumerate(_with_all_parts(each, readings)):
            if value is not None:
                known[place] = value
    return {}, {number: tuple(facts) for number, facts in lines.items()}


def line_numbers(items: Sequence[tuple[int, str]]) -> list[int]:
    """The number of each line among those of its order and SKU, from (kind, item) of all readings of them.

    "#2" says it itself; an item id stands where it sorts among those of its kind.
    """
    ids: defaultdict[int, set[str]] = defaultdict(set)
    for kind, item in items:
        if not item.startswith("#"):
            ids[kind].add(item)
    places = {kind: {item: place for place, item in enumerate(sorted(known), 1)} for kind, known in ids.items()}
    return [_own_number(item) or places.get(kind, {}).get(item, 1) for kind, item in items]


def _own_number(item: str) -> int | None:
    match = _NUMBERED.fullmatch(item)
    return int(match[1]) if match else None


def _told_apart(items: Sequence[str]) -> bool:
    """Whether these are rows of one report that are told apart by their number in the file."""
    return len(set(items)) == len(items) and all(map(_own_number, items))


def _rank(reading: Reading) -> tuple[Any, ...]:
    """The lower speaks first, and the higher over it. The last ones only see to it that there is one order."""
    said = tuple("" if value is None else str(value) for value in reading.facts)
    return reading.kind, reading.as_of, reading.shape, reading.item, reading.part, said


def _with_all_parts(reading: Reading, readings: Sequence[Reading]) -> list[Any]:
    """The facts; of a shipment with the quantities and prices of all shipments of its order item added up.

    Each part counts with the newest of its readings that tells the fact.
    """
    facts = list(reading.facts)
    if reading.kind != _SHIPMENTS:
        return facts
    siblings = sorted((each for each in readings if each.kind == _SHIPMENTS and each.item == reading.item), key=_rank)
    for place in (_QUANTITY, _PRICE):
        parts = {each.part: each.facts[place] for each in siblings if each.facts[place] is not None}
        if len(parts) > 1:
            # Decimals are told with two places at least, so that equal sums are equal texts.
            facts[place] = sum(parts.values()) if place == _QUANTITY else f"{sum(map(Decimal, parts.values())):.2f}"
        elif parts:
            (facts[place],) = parts.values()
    return facts
