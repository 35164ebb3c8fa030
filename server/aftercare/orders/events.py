"""What happened to an order after it was placed: returns, refunds, feedback, replacements, messages.

Each event has a key of its own within its order, taken from Amazon's ids where there are any. Of two readings of one
event the newer holds; of the same time the fuller one; else the one that sorts last. So neither the order of imports
nor repeats matter.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC
from hashlib import sha256
from typing import Any, Literal

from aftercare.orders.happened import messages_by_order, refunds_by_order
from aftercare.orders.order import BuyerMessage, Refund
from aftercare.orders.store import Connection

Outcome = Literal["new", "changed", "unchanged"]

_MESSAGE = ("order_id", "at", "kind", "text", "buyer_key", "asin", "marketplace", "reason", "source")
_COLUMNS = {
    "returned": ("day", "quantity", "reason", "status", "comment", "received", "claim"),
    "refunded": ("item", "origin", "day", "amount", "currency"),
    "feedback": ("day", "stars", "comment", "response"),
    "replaced": ("day", "replacement_order_id", "reason"),
}


class EventWriter:
    """Writes the events of one file."""

    def __init__(self, connection: Connection, file: int) -> None:
        self._connection = connection
        self._file = file
        self._numbers: defaultdict[str, int] = defaultdict(int)

    def number(self, key: str) -> str:
        """A key made unique within the file, for events that have no id: equal rows can both be real."""
        self._numbers[key] += 1
        return f"{key}#{self._numbers[key]}"

    def put(self, table: str, order_id: str, sku: str, key: str, as_of: str, values: Sequence[Any]) -> Outcome:
        """Stores an event, or keeps the stored one where that is better. `values` as in the table's columns."""
        columns = _COLUMNS[table]
        place = (order_id, sku, key)
        known = self._connection.execute(
            f"SELECT as_of, {', '.join(columns)} FROM {table} WHERE order_id = ? AND sku = ? AND key = ?",
            place,
        ).fetchone()
        if known and _rank(known) >= _rank((as_of, *values)):
            return "unchanged"
        self._connection.execute(
            f"INSERT INTO {table} (order_id, sku, key, as_of, file, {', '.join(columns)}) "
            f"VALUES ({', '.join('?' * (len(columns) + 5))}) "
            f"ON CONFLICT (order_id, sku, key) DO UPDATE SET {_taken('as_of', 'file', *columns)}",
            (*place, as_of, self._file, *values),
        )
        return "changed" if known else "new"


def _taken(*columns: str) -> str:
    """The columns of a row that is there, as the new row has them."""
    return ", ".join(f"{column} = excluded.{column}" for column in columns)


def _rank(row: Sequence[Any]) -> tuple[str, int, tuple[str, ...]]:
    as_of, *values = row
    return (
        as_of,
        sum(value is not None for value in values),
        tuple("" if value is None else str(value) for value in values),
    )


def put_messages(connection: Connection, messages: Iterable[BuyerMessage]) -> int:
    """Stores messages; returns how many were not known. Moments without an offset are UTC."""
    return sum(put_message(connection, each) == "new" for each in messages)


def put_message(connection: Connection, message: BuyerMessage) -> Outcome:
    """Stores one message, or keeps the stored one of its id where that says as much.

    A message without an id is told from others by its order, moment, kind and text.
    """
    moment = message.at if message.at.tzinfo else message.at.replace(tzinfo=UTC)
    at = moment.astimezone(UTC).isoformat()
    own = f"book:{message.order_id}:{at}:{message.kind}:{_digest(message.text)}"
    values = (
        message.order_id, at, message.kind, _storable(message.text), message.buyer_key, message.asin,
        message.marketplace, message.reason, message.source,
    )  # fmt: skip
    known = connection.execute(
        f"SELECT {', '.join(_MESSAGE)} FROM message WHERE message_id = ?", (message.message_id or own,)
    ).fetchone()
    if known and _fullness(known) >= _fullness(values):
        return "unchanged"
    connection.execute(
        f"INSERT INTO message (message_id, {', '.join(_MESSAGE)}) VALUES (?{', ?' * len(_MESSAGE)}) "
        f"ON CONFLICT (message_id) DO UPDATE SET {_taken(*_MESSAGE)}",
        (message.message_id or own, *values),
    )
    return "changed" if known else "new"


def _fullness(row: Sequence[Any]) -> tuple[int, tuple[str, ...]]:
    """How much a message says: of two readings of one message the fuller holds, else the one that sorts last."""
    said = tuple("" if value is None else str(value) for value in row[:-1])
    return sum(map(bool, said)), said


def _storable(text: str | None) -> str | None:
    """The text without halves of surrogate pairs, which broken mail can hold and no database takes."""
    return None if text is None else text.encode("utf-8", "replace").decode()


def _digest(text: str | None) -> str:
    return sha256((text or "").encode("utf-8", "replace")).hexdigest()[:16]


def refunds_of(connection: Connection, order_id: str) -> tuple[Refund, ...]:
    """The order's refunds, oldest first."""
    return refunds_by_order(connection, (order_id,)).get(order_id, ())


def messages_of(connection: Connection, order_id: str) -> tuple[BuyerMessage, ...]:
    """The thread, oldest first."""
    return messages_by_order(connection, (order_id,)).get(order_id, ())
