"""A way to import a mail and to look at the messages in the book."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.events import messages_of
from aftercare.orders.imports import ImportResult
from aftercare.orders.order import BuyerMessage

Thread = Callable[[str], tuple[BuyerMessage, ...]]
Read = Callable[..., BuyerMessage]


@pytest.fixture
def thread(book: OrderBook) -> Thread:
    """The messages of an order; of the empty order id those that name none."""

    def read(order_id: str) -> tuple[BuyerMessage, ...]:
        with book.write() as connection:
            return messages_of(connection, order_id)

    return read


@pytest.fixture
def read(drop: Callable[..., ImportResult], book: OrderBook) -> Read:
    """Imports one mail into an empty book and gives its message."""

    def message(content: bytes, **more: object) -> BuyerMessage:
        result = drop(content, **more)
        assert (result.kind, result.refused, result.new) == ("relay_mail", [], 1), result
        with book.write() as connection:
            ((order_id,),) = connection.execute("SELECT order_id FROM message").fetchall()
            (found,) = messages_of(connection, order_id)
            return found

    return message
