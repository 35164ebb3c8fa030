"""Takes the words and addresses out of messages: of an order's thread, and of those that name no order.

A row of a message stays, so that the thread still tells who wrote when. A helpdesk's ids may hold an address themselves
(`orders/imports/helpdesks/rows.py` says how they are made): such a row gets a keyed digest for an id, and rows that
hold nothing but an address go.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable
from urllib.parse import quote

from aftercare.keeping.due import messages_of
from aftercare.keeping.sources import Source
from aftercare.orders.store import Connection

_ADDRESS_ONLY = ":?buyer="
_PERSON = ":?user="
_AT = quote("@", safe="")
"""How an address is told in the id of a helpdesk's row; the ids of mail hold a plain `@`, and no person."""


def purge_thread(connection: Connection, orders: Collection[str], sources: tuple[Source, ...], key: bytes) -> None:
    """Empties the messages of these orders that came from these sources. key: that of the digests."""
    told, values = messages_of(sources)
    found = connection.execute(
        f"SELECT message_id FROM message WHERE order_id IN ({', '.join('?' * len(orders))}) AND {told}",
        (*orders, *values),
    ).fetchall()
    _empty(connection, [str(row[0]) for row in found], key)


def purge_loose(connection: Connection, sources: tuple[Source, ...], before: str, key: bytes, *, dry_run: bool) -> int:
    """Empties the messages that name no order and are older than that day; returns how many there were."""
    told, values = messages_of(sources)
    found = connection.execute(
        "SELECT message_id FROM message WHERE order_id = '' AND at < ? "
        f"AND (text IS NOT NULL OR buyer_key IS NOT NULL) AND {told}",
        (before, *values),
    ).fetchall()
    due = [str(row[0]) for row in found if _PERSON not in row[0]]
    if not dry_run:
        _empty(connection, due, key)
        if "helpdesks" in sources:
            _drop_people(connection)
    return len(due)


def _empty(connection: Connection, ids: Iterable[str], key: bytes) -> None:
    for id_ in ids:
        if _ADDRESS_ONLY in id_:
            connection.execute("DELETE FROM message WHERE message_id = ?", (id_,))
            continue
        new = id_
        if _AT in id_:
            new = f"purged:{hmac.digest(key, id_.encode('utf-8', 'surrogatepass'), 'sha256').hex()[:32]}"
            # It was purged before, and imported again since.
            connection.execute("DELETE FROM message WHERE message_id = ?", (new,))
        connection.execute(
            "UPDATE message SET message_id = ?, text = NULL, buyer_key = NULL WHERE message_id = ?", (new, id_)
        )


def _drop_people(connection: Connection) -> None:
    """Drops what is known of a helpdesk's people who have no message with words left: these rows have no day."""
    people = connection.execute(
        "SELECT message_id, buyer_key FROM message WHERE message_id LIKE ?", (f"%{_PERSON}%",)
    ).fetchall()
    people = [(str(id_), key) for id_, key in people if key or _AT in id_]
    if not people:
        return
    speaking, keys = set(), set()
    for id_, key in connection.execute("SELECT message_id, buyer_key FROM message WHERE text IS NOT NULL").fetchall():
        speaking.add(str(id_).rpartition("@")[2].partition("#")[0])
        keys.add(key)
    for id_, key in people:
        if id_.partition(_PERSON)[2] not in speaking and key not in keys:
            connection.execute("DELETE FROM message WHERE message_id = ?", (id_,))
