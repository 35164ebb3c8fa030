"""Who is behind an order: the customer's other orders, on Amazon and elsewhere, each by an identity that is said.

From the order the search goes along what orders share: the relay key of Amazon's mail, an e-mail address, a member name
on eBay, a full name in one postcode. Each step costs its odds, so what is reached over two steps is less sure than what
is reached over one, and what is likelier another person's is not counted. A shared name alone, or a shared postcode
alone, is no step at all. Names that were purged are simply no longer steps.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from aftercare.orders.customer_links import Identity, Key, Node, keys_of, orders_of
from aftercare.orders.customer_names import customer_rules, is_of_amazon
from aftercare.orders.store import Connection

_MOST_ORDERS = 500
"""Orders followed; a customer with more is a firm, of which the first hundreds say enough."""

_NOT_BOUGHT = ("replacement", "cancelled")


@dataclass(frozen=True, slots=True)
class CustomerOrder:
    """One order of the customer: channel is `amazon`, `ebay`, `walmart` or `shopify`.

    probability: that it is the same customer's, 1 for the order asked about. identity: how it was reached, each step
    from the order asked about. bought: false where it was cancelled, sent in replacement, or is a copy
    of an Amazon order. refunded: what was given
    back in all, refunded_on: the last day of it, where that is known.
    """

    channel: str
    order_id: str
    placed: date | None
    probability: float
    identity: tuple[Identity, ...]
    bought: bool
    refunded: Decimal | None = None
    refunded_on: date | None = None
    currency: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As the card shows it."""
        return {
            "channel": self.channel,
            "order_id": self.order_id,
            "placed": self.placed.isoformat() if self.placed else None,
            "probability": round(self.probability, 3),
            "identity": list(self.identity),
            "bought": self.bought,
            "refunded": str(self.refunded) if self.refunded else None,
            "refunded_on": self.refunded_on.isoformat() if self.refunded_on else None,
            "currency": self.currency,
        }


@dataclass(frozen=True, slots=True)
class CustomerContext:
    """What is known of the customer behind an order; `orders` holds the order itself first, then the others, oldest
    first."""

    orders: tuple[CustomerOrder, ...]

    @property
    def bought(self) -> tuple[CustomerOrder, ...]:
        """The orders that count as purchases."""
        return tuple(each for each in self.orders if each.bought)

    @property
    def since(self) -> date | None:
        """The day of the first purchase."""
        return min((each.placed for each in self.bought if each.placed), default=None)

    @property
    def place(self) -> int | None:
        """Which purchase of the customer's this order is, from 1; None where days are missing or it is none."""
        this = self.orders[0]
        if not this.bought or any(each.placed is None for each in self.bought):
            return None
        return 1 + sum((each.placed or date.max) < (this.placed or date.min) for each in self.bought)

    @property
    def last_refund(self) -> CustomerOrder | None:
        """The order on which money was given back last, by the day of the refund, or of the order where the channel
        does not tell it."""
        refunded = [each for each in self.orders if each.refunded]
        return max(refunded, key=lambda each: each.refunded_on or each.placed or date.min, default=None)

    def to_json(self) -> dict[str, Any]:
        """The `customer` of docs/protocol.md."""
        counts = Counter(each.channel for each in self.bought)
        first = {
            channel: min((each.placed for each in self.bought if each.channel == channel and each.placed), default=None)
            for channel in counts
        }
        others = [each for each in self.orders[1:]]
        said: dict[Identity, list[float]] = {}
        for each in others:
            said.setdefault(each.identity[-1], []).append(each.probability)
        last = self.last_refund
        return {
            "orders": len(self.bought),
            "place": self.place,
            "since": self.since.isoformat() if self.since else None,
            "channels": [
                {"channel": channel, "orders": number, "since": day.isoformat() if (day := first[channel]) else None}
                for channel, number in sorted(counts.items())
            ],
            "last_refund": last.to_json() if last else None,
            "identities": [
                {"identity": kind, "orders": len(odds), "probability": round(min(odds), 3)}
                for kind, odds in sorted(said.items())
            ],
            "others": [each.to_json() for each in others],
        }


def customer_of(connection: Connection, order_id: str) -> CustomerContext | None:
    """The customer behind an Amazon order; None where the book does not know the order.

    The likeliest orders are followed first, so that each is reached by its surest way.
    """
    start: Node = ("amazon", order_id)
    if _described(connection, start, 1.0, ()) is None:
        return None
    least = customer_rules().odds.least
    turn = count()
    waiting: list[tuple[float, int, Node, tuple[Identity, ...]]] = [(-1.0, next(turn), start, ())]
    found: dict[Node, CustomerOrder] = {}
    followed: set[Key] = set()
    names: set[str] = set()
    while waiting and len(found) < _MOST_ORDERS:
        minus, _, node, way = heapq.heappop(waiting)
        described = None if node in found else _described(connection, node, -minus, way)
        if described is None:
            continue
        found[node] = described
        for key in keys_of(connection, node):
            if key in followed or not _is_own(key, node, names, asked=node == start):
                continue
            followed.add(key)
            odds, orders = orders_of(connection, key)
            if -minus * odds >= least:
                for other in orders:
                    heapq.heappush(waiting, (minus * odds, next(turn), other, (*way, key.identity)))
    this = found.pop(start)
    others = sorted(found.values(), key=lambda each: (each.placed or date.max, each.channel, each.order_id))
    return CustomerContext((this, *others))


def _is_own(key: Key, node: Node, names: set[str], *, asked: bool) -> bool:
    """Whether a key is the customer's own, and not that of someone they sent a present to.

    Channels tell of many orders only who received them. So names are taken from the order asked about, or from Amazon's
    other orders of the same relay key where it has none; from there on only these names are followed, wherever they
    moved. `names` gathers them.
    """
    if key.identity != "name_and_postcode":
        return True
    if key.value in names or asked or (not names and node[0] == "amazon"):
        names.add(key.value)
        return True
    return False


def _described(
    connection: Connection, node: Node, probability: float, way: tuple[Identity, ...]
) -> CustomerOrder | None:
    """What the book says of one order; None where it has only heard of it."""
    channel, order_id = node
    if channel == "amazon":
        return _amazon(connection, order_id, probability, way)
    row = connection.execute(
        "SELECT placed, status, refunded, currency, email FROM elsewhere WHERE channel = ? AND order_id = ?", node
    ).fetchone()
    if row is None:
        return None
    placed, status, refunded, currency, email = row
    bought = status not in _NOT_BOUGHT and not is_of_amazon(email)
    return CustomerOrder(channel, order_id, _day(placed), probability, way, bought, _money(refunded), None, currency)


def _amazon(
    connection: Connection, order_id: str, probability: float, way: tuple[Identity, ...]
) -> CustomerOrder | None:
    lines = connection.execute(
        "SELECT purchased, matchable, currency FROM line WHERE order_id = ?", (order_id,)
    ).fetchall()
    if not lines and not connection.execute("SELECT 1 FROM message WHERE order_id = ?", (order_id,)).fetchone():
        return None
    # A settlement and a returns report tell of the same money; where both do, the settlement counts.
    refunds = connection.execute(
        "SELECT origin, day, amount, currency FROM refunded WHERE order_id = ?", (order_id,)
    ).fetchall()
    settled = [each for each in refunds if each[0] == "settlement"] or refunds
    amount = sum((Decimal(each[2]) for each in settled if each[2] is not None), Decimal())
    return CustomerOrder(
        "amazon",
        order_id,
        _day(min((each[0] for each in lines if each[0]), default=None)),
        probability,
        way,
        not lines or any(each[1] != 0 for each in lines),
        amount if amount > 0 else None,
        _day(max((each[1] for each in settled if each[1]), default=None)) if amount > 0 else None,
        next((each for each in _currencies(settled, lines)), None),
    )


def _currencies(refunds: list[Any], lines: list[Any]) -> Iterator[str]:
    yield from (each[3] for each in refunds if each[3])
    yield from (each[2] for each in lines if each[2])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _money(text: str | None) -> Decimal | None:
    amount = Decimal(text) if text else None
    return amount or None


__all__ = ["CustomerContext", "CustomerOrder", "Identity", "customer_of"]
