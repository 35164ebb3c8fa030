"""Forgets one buyer: their orders leave the book, their cases are emptied, and the record says that it was done."""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from dataclasses import dataclass

from aftercare.cases import Desk
from aftercare.cases.retention import forget_buyer
from aftercare.keeping.export import TABLES
from aftercare.keeping.person import Person
from aftercare.keeping.tickets import ticket_rows
from aftercare.orders.book import OrderBook


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much of a buyer was taken out: orders and cases."""

    orders: int
    cases: int


def forget(book: OrderBook, desk: Desk, person: Person, agent: str) -> Forgotten:
    """Takes a buyer out of both files.

    The cases come first: where the second step fails, the orders still tell whose cases they were, and the command can
    be given again. Raises StoreError as the files do. What lies free in the files afterwards is `sweep`'s.
    """
    cases = forget_buyer(desk, person.orders, agent)
    with book.write() as connection:
        lines = 0
        # Found first: the rows that tell whose tickets they are go next.
        beside = ticket_rows(connection, person)
        for order_id in person.orders:
            lines += int(connection.execute("SELECT count(*) FROM line WHERE order_id = ?", (order_id,)).fetchone()[0])
            for table in TABLES:
                connection.execute(f"DELETE FROM {table} WHERE order_id = ?", (order_id,))
        for key in person.keys:
            connection.execute("DELETE FROM message WHERE buyer_key = ?", (key,))
        for id_ in beside:
            connection.execute("DELETE FROM message WHERE message_id = ?", (id_,))
        connection.execute("UPDATE revision SET number = number + 1, lines = lines - ?", (lines,))
    return Forgotten(len(person.orders), cases)
