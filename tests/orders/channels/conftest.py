"""What the book holds of the orders of other channels."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from aftercare.orders.book import OrderBook

Elsewhere = Callable[[], list[dict[str, Any]]]

_COLUMNS = (
    "channel", "order_id", "as_of", "placed", "status", "total", "refunded", "currency", "name", "email", "username",
    "city", "postal_code", "country", "name_key", "items",
)  # fmt: skip


@pytest.fixture
def elsewhere(book: OrderBook) -> Elsewhere:
    """The orders of other channels, by channel and id."""

    def read() -> list[dict[str, Any]]:
        with book.write() as connection:
            rows = connection.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM elsewhere ORDER BY channel, order_id"
            ).fetchall()
        found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        return [{**each, "items": json.loads(each["items"] or "[]")} for each in found]

    return read
