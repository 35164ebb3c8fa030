"""The encodings of names that were purged: read, written, and attached to order lines.

The book keeps them as bytes in the table `name_code`, one row an order; what they mean is `matching/name_codes.py`'s.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from aftercare.orders.order import OrderLine
from aftercare.orders.store import Connection
from aftercare.vault import Vault

PURPOSE = "name codes"
"""The purpose under which the vault derives the key of these codes."""

Codes = tuple[bytes | None, bytes | None]
"""The codes of an order's buyer and recipient."""

_AT_ONCE = 500


def name_key_of(folder: Path) -> bytes:
    """The key of the codes of a data folder. Raises StoreError as `Vault.of` does."""
    return Vault.of(folder).derived(PURPOSE)


def codes_of(connection: Connection, order_ids: Collection[str]) -> dict[str, Codes]:
    """The codes of these orders; orders that have none are left out."""
    found: dict[str, Codes] = {}
    listed = sorted(set(order_ids))
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        for order_id, buyer, recipient in connection.execute(
            f"SELECT order_id, buyer, recipient FROM name_code WHERE order_id IN ({', '.join('?' * len(some))})", some
        ):
            found[order_id] = (_bytes(buyer), _bytes(recipient))
    return found


def with_codes(connection: Connection, lines: Iterable[OrderLine]) -> list[OrderLine]:
    """The lines, those without any name with the codes of the names they had."""
    listed = list(lines)
    codes = codes_of(connection, {line.order_id for line in listed if not (line.buyer or line.recipient)})
    if not codes:
        return listed
    return [
        replace(line, buyer_code=codes[line.order_id][0], recipient_code=codes[line.order_id][1])
        if line.order_id in codes and not (line.buyer or line.recipient)
        else line
        for line in listed
    ]


def keep_codes(connection: Connection, codes: Mapping[str, Codes]) -> None:
    """Stores codes; one that an order has already stays where the new one is None."""
    connection.executemany(
        "INSERT INTO name_code (order_id, buyer, recipient) VALUES (?, ?, ?) ON CONFLICT (order_id) DO UPDATE SET "
        "buyer = coalesce(excluded.buyer, name_code.buyer), "
        "recipient = coalesce(excluded.recipient, name_code.recipient)",
        [(order_id, buyer, recipient) for order_id, (buyer, recipient) in codes.items()],
    )


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
