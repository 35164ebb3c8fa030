"""Drops helpdesk records into an empty order book, and reads what became of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import ImportResult

ORDER = "113-1234567-7654321"
OTHER = "305-7654321-1234567"

Tell = Callable[..., ImportResult]
Thread = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def tell(drop: Callable[..., ImportResult]) -> Tell:
    """Imports a value as a JSON file."""
    return lambda value, **more: drop(json.dumps(value), **more)


@pytest.fixture
def thread(book: OrderBook) -> Thread:
    """What was said about an order: who, which words, oldest first."""

    def said(order: str = ORDER) -> list[tuple[Any, ...]]:
        found = book.order(order)
        return [(each.kind, each.text) for each in found.messages if each.kind != "notice"] if found else []

    return said


@pytest.fixture
def rows(book: OrderBook) -> Callable[[], list[tuple[Any, ...]]]:
    """All that the book's table of messages holds, without the files it came from."""

    def held() -> list[tuple[Any, ...]]:
        with book.write() as connection:
            return connection.execute(
                "SELECT message_id, order_id, at, kind, text, buyer_key, asin, marketplace, reason FROM message "
                "ORDER BY message_id"
            ).fetchall()

    return held
