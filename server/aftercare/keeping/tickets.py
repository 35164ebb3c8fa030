"""What a helpdesk's tickets keep of one buyer besides the messages of their orders: who asked, and which key they have.

Such rows name no order (`orders/imports/helpdesks/rows.py` says how they are made), so they are found by their ticket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aftercare.keeping.person import Person
from aftercare.orders.store import Connection

_TICKET = re.compile(r"([a-z]+:)[^:@#?]+:")
"""Begins the id of each row of a ticket. The ids of mail hold a plain `@`, which those of tickets write otherwise."""

_REQUESTER = "?requester="


def ticket_rows(connection: Connection, person: Person) -> list[str]:
    """The ids of the rows of this buyer's tickets that neither name their orders nor hold their address.

    A ticket that is of somebody else's order, too, was merged, and its rows are not told to be of one of them.
    """
    found: set[str] = set()
    people: set[tuple[str, str]] = set()
    for start in _tickets(connection, person):
        rows = connection.execute(
            "SELECT message_id, order_id, buyer_key FROM message WHERE message_id >= ? AND message_id < ?",
            (start, f"{start[:-1]};"),
        ).fetchall()
        if all(order_id in ("", *person.orders) and key in (None, "", *person.keys) for _, order_id, key in rows):
            ids = [str(row[0]) for row in rows]
            found.update(ids)
            desk = start.partition(":")[0]
            people.update(
                (desk, id_[len(start) + len(_REQUESTER) :]) for id_ in ids if id_.startswith(start + _REQUESTER)
            )
    for desk, asked in people:
        if not _asked_elsewhere(connection, desk, asked, found):
            found.update(_customer(connection, f"{desk}:?user={asked}"))
    return sorted(found)


def _tickets(connection: Connection, person: Person) -> set[str]:
    ids: list[str] = []
    for column, values in (("order_id", person.orders), ("buyer_key", person.keys)):
        for value in values:
            query = f"SELECT message_id FROM message WHERE {column} = ?"  # noqa: S608 - one of the two names above.
            ids += [str(row[0]) for row in connection.execute(query, (value,)).fetchall()]
    return {match[0] for match in map(_TICKET.match, ids) if match}


def _asked_elsewhere(connection: Connection, desk: str, asked: str, found: set[str]) -> bool:
    """Whether a ticket that stays was asked by the same person."""
    plain = re.sub(r"([!%_])", r"!\1", asked)
    rows = connection.execute(
        "SELECT message_id FROM message WHERE message_id LIKE ? ESCAPE '!'", (f"{desk}:%:{_REQUESTER}{plain}",)
    ).fetchall()
    return any(str(row[0]) not in found for row in rows)


def _customer(connection: Connection, id_: str) -> Iterator[str]:
    """The row of a person of the helpdesk, unless they work for the seller or are Amazon."""
    row = connection.execute("SELECT reason FROM message WHERE message_id = ?", (id_,)).fetchone()
    if row and row[0] not in ("agent", "amazon"):
        yield id_
