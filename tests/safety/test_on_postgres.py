"""Purge, export and forget on a team's book: the same statements, on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from aftercare.cases import Desk
from aftercare.config import Home
from aftercare.keeping.export import exported
from aftercare.keeping.forget import Forgotten, forget
from aftercare.keeping.person import person_of
from aftercare.keeping.purge import purge_book
from aftercare.keeping.sources import SOURCES
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.orders.name_codes import codes_of
from aftercare.orders.order import BuyerMessage
from aftercare.vault import Vault
from orders.conftest import emptied, postgres  # noqa: F401 - a fixture is found by its name.
from orders.reports import number
from safety.conftest import TODAY

KEY = "quietharbor7@marketplace.amazon.com"


@pytest.fixture
def book(postgres: str, reports: list[Path]) -> Iterator[OrderBook]:  # noqa: F811
    with OrderBook.open(emptied(postgres)) as opened:
        for path in reports:
            import_file(opened, path, today=TODAY)
        opened.record_messages(
            [BuyerMessage(number(1), datetime(2026, 1, 20, tzinfo=UTC), "buyer", "Flat.", "a", "<1@x>", KEY)]
        )
        yield opened


def test_a_purge_takes_the_names_and_leaves_codes(book: OrderBook, home: Home) -> None:
    vault = Vault.of(home.folder)

    assert purge_book(book, vault, ("api", "mail"), date(2027, 1, 1)).orders == 1
    assert purge_book(book, vault, SOURCES, date(2027, 1, 1), dry_run=True).orders == 2
    assert purge_book(book, vault, SOURCES, date(2027, 1, 1)).orders == 2

    order = book.order(number(1))
    assert order and [(line.buyer, line.recipient, line.buyer_key, line.postal_code) for line in order.lines] == [
        (None, None, None, None)
    ]
    assert [message.text for message in order.messages] == [None]
    assert not purge_book(book, vault, SOURCES, date(2027, 1, 1)).anything
    with book.write() as connection:
        assert set(codes_of(connection, [number(1), number(2)])) == {number(1), number(2)}


def test_one_buyer_is_exported_and_forgotten(book: OrderBook, home: Home) -> None:
    with Desk.open(home) as desk:
        person = person_of(book, buyer=KEY)
        text = json.dumps(exported(book, desk, person))
        assert "Ada Costa" in text and "Greta Holm" not in text
        assert forget(book, desk, person, "Anna") == Forgotten(orders=1, cases=0)

    assert book.order(number(1)) is None
    assert book.count() == 1
