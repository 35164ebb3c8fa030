"""One buyer: all orders that the same person is known to have placed, by the relay address that Amazon gives them.

Only what is certain counts, since these orders are handed out or forgotten together: equal relay or e-mail addresses.
People who share a name are never taken for one.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from aftercare.errors import InputError, NotFoundError
from aftercare.orders.book import OrderBook
from aftercare.orders.store import Connection

_ORDERS = ("reading", "message", "returned", "refunded", "feedback", "replaced", "sighting", "name_code", "elsewhere")
_RELAY = "@marketplace.amazon."


@dataclass(frozen=True, slots=True)
class Person:
    """A buyer's orders, and the addresses by which they were joined."""

    orders: tuple[str, ...]
    keys: tuple[str, ...]


def person_of(book: OrderBook, *, order_id: str | None = None, buyer: str | None = None) -> Person:
    """The buyer of an order, or of an address. Raises InputError (`nobody_named`) or NotFoundError (`nobody_known`)."""
    order_id, buyer = (order_id or "").strip(), _key(buyer or "")
    if bool(order_id) == bool(buyer):
        raise InputError(
            "One buyer is needed.", code="nobody_named", next="Give either --order ID or --buyer KEY, not both."
        )
    with book.write() as connection:
        orders, keys = ({order_id} if order_id else set()), ({buyer} if buyer else set())
        while True:
            more_keys = _keys_of(connection, orders) - keys
            keys |= more_keys
            more_orders = _orders_of(connection, keys) - orders
            orders |= more_orders
            if not more_keys and not more_orders:
                break
        known = {each for each in orders if _known(connection, each)}
        spoken = any(_told(connection, key) for key in keys)
    if not known and not spoken:
        raise NotFoundError(
            "Nothing is known of this buyer.",
            code="nobody_known",
            next="Look the order up in Seller Central, and check its number.",
        )
    return Person(tuple(sorted(known)), tuple(sorted(keys)))


def _key(buyer: str) -> str:
    """An address as the book keeps it: small letters; of a relay address the part that stays the same."""
    address = buyer.strip().lower()
    name, at, host = address.partition("@")
    return f"{name.partition('+')[0]}{at}{host}" if _RELAY in address else address


def _keys_of(connection: Connection, orders: Collection[str]) -> set[str]:
    found: set[str] = set()
    for order_id in orders:
        for table, column in (("reading", "buyer_key"), ("message", "buyer_key"), ("elsewhere", "email")):
            found.update(
                row[0]
                for row in connection.execute(f"SELECT {column} FROM {table} WHERE order_id = ?", (order_id,))
                if row[0]
            )
    return found


def _orders_of(connection: Connection, keys: Collection[str]) -> set[str]:
    found: set[str] = set()
    for key in keys:
        for table, column in (("reading", "buyer_key"), ("message", "buyer_key"), ("elsewhere", "email")):
            found.update(
                row[0]
                for row in connection.execute(f"SELECT order_id FROM {table} WHERE {column} = ?", (key,))
                if row[0]
            )
    return found


def _known(connection: Connection, order_id: str) -> bool:
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE order_id = ? LIMIT 1", (order_id,)).fetchone()
        for table in _ORDERS
    )


def _told(connection: Connection, key: str) -> bool:
    return connection.execute("SELECT 1 FROM message WHERE buyer_key = ? LIMIT 1", (key,)).fetchone() is not None
