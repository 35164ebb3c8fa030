"""A small order book in memory, and short ways to write reviews and orders for these tests."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from aftercare.orders.order import Order, OrderLine
from aftercare.reviews.review import Review

DAY = date(2026, 3, 20)
"""The day of the review in these tests."""
TODAY = date(2026, 4, 1)
ASIN = "B0TEST0001"


@dataclass
class FakeBook:
    """Whole orders, and families of ASINs."""

    whole: list[Order] = field(default_factory=list)
    families: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def candidates(
        self,
        asins: Collection[str],
        *,
        marketplace: str | None,
        first: date,
        last: date,
        skus: Collection[str] = (),
    ) -> Iterator[OrderLine]:
        for order in self.whole:
            for line in order.lines:
                in_days = line.purchased is None or first <= line.purchased <= last
                if line.asin in asins and in_days and marketplace in (None, line.marketplace):
                    yield line

    def order(self, order_id: str) -> Order | None:
        return next((order for order in self.whole if order.order_id == order_id), None)

    def asins_sharing_family(self, asin: str) -> tuple[str, ...]:
        return self.families.get(asin, ())


def review(**fields: Any) -> Review:
    """A review of the test product, written on DAY."""
    return Review(**{"id": "R1", "marketplace": "US", "asin": ASIN, "date": DAY, "verified": True, **fields})


def line(order_id: str, *, days: int = 10, **fields: Any) -> OrderLine:
    """A line that arrived so many days before the review."""
    arrived = DAY - timedelta(days=days)
    known = {
        "sku": "SKU-1",
        "line": 1,
        "marketplace": "US",
        "asin": ASIN,
        "purchased": arrived - timedelta(days=3),
        "delivered": arrived,
    }
    return OrderLine(order_id=order_id, **{**known, **fields})


def book(*lines: OrderLine, families: dict[str, tuple[str, ...]] | None = None) -> FakeBook:
    """A book of these lines, those with one id as one order."""
    by_id: dict[str, list[OrderLine]] = {}
    for each in lines:
        by_id.setdefault(each.order_id, []).append(each)
    return FakeBook([Order(order_id, tuple(own)) for order_id, own in by_id.items()], families or {})


def others(count: int, **fields: Any) -> list[OrderLine]:
    """Orders of strangers, spread over the months before the review."""
    spread = max(1, 200 // max(count, 1))
    return [
        line(f"9-{number:04d}", days=2 + number * spread, **{"buyer": STRANGERS[number % len(STRANGERS)], **fields})
        for number in range(count)
    ]


STRANGERS = (
    "Olga Petrenko", "Bruno Keller", "Ines Castel", "Farid Haddad", "Greta Lindholm", "Hugo Brandt", "Celia Fontana",
    "Tara Quinlan", "Nils Ostergaard", "Paula Ibarra", "Emeka Obi", "Wanda Zielinska",
)  # fmt: skip
