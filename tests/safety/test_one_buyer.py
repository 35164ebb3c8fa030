"""One buyer: what is known of them is handed out whole, and forgotten whole, and of nobody else."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime

import pytest

from aftercare.cases import Desk, verify_audit
from aftercare.config import Home
from aftercare.errors import AftercareError
from aftercare.keeping.export import exported
from aftercare.keeping.forget import Forgotten, forget
from aftercare.keeping.person import Person, person_of
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.orders.order import BuyerMessage
from aftercare.vault import connect
from orders.reports import number, report
from safety.conftest import TODAY

KEY = "quietharbor7@marketplace.amazon.com"
OTHER = "otherpond9@marketplace.amazon.com"
AT = datetime(2026, 1, 20, tzinfo=UTC)


@pytest.fixture
def told(filled: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home with a second order of the first buyer, a namesake's order, and messages."""
    path = tmp_path_factory.mktemp("more") / "more.txt"
    path.write_text(
        report(
            "fulfilled_shipments",
            {"amazon-order-id": number(7)},
            {"amazon-order-id": number(8), "buyer-email": OTHER},
        )
    )
    with OrderBook.open(filled.book) as book:
        import_file(book, path, today=TODAY)
        book.record_messages(
            [
                BuyerMessage(number(1), AT, "buyer", "The pillow is flat.", "a.eml", "<1@x>", KEY),
                BuyerMessage("", AT, "buyer", "Is it firm?", "b.eml", "<2@x>", KEY),
                BuyerMessage(number(8), AT, "buyer", "Thank you.", "c.eml", "<3@x>", OTHER),
            ]
        )
    return filled


def everything(home: Home, person: Person) -> str:
    with OrderBook.open(home.book) as book, Desk.open(home) as desk:
        return json.dumps(exported(book, desk, person))


def test_orders_are_joined_by_the_relay_address_and_not_by_a_name(told: Home) -> None:
    with OrderBook.open(told.book) as book:
        by_order = person_of(book, order_id=number(1))
        by_key = person_of(book, buyer=KEY)
        by_raw_address = person_of(book, buyer="QuietHarbor7+a1b2@marketplace.amazon.com ")

    assert by_order == by_key == by_raw_address == Person((number(1), number(7)), (KEY,))


def test_an_export_holds_all_that_is_known_of_them_and_of_nobody_else(told: Home) -> None:
    with OrderBook.open(told.book) as book:
        text = everything(told, person_of(book, order_id=number(7)))

    for word in ("Ada Costa", "Salem", "too flat", "The pillow is flat.", "Is it firm?", "Rang Ada", "shipments.txt"):
        assert word in text
    for word in ("Greta Holm", "Thank you.", number(8), number(2)):
        assert word not in text


def test_what_was_forgotten_is_nowhere(told: Home) -> None:
    with OrderBook.open(told.book) as book, Desk.open(told) as desk:
        lines = book.count()
        done = forget(book, desk, person_of(book, order_id=number(1)), "Anna")
        assert book.count() == lines - 2
        assert book.order(number(1)) is None and book.order(number(7)) is None
        assert book.order(number(8)) and book.order(number(2))
        assert verify_audit(desk).intact

    assert done == Forgotten(orders=2, cases=1)
    for path, mark in ((told.book, "reading"), (told.desk, "meta")):
        with contextlib.closing(connect(path, mark=mark)) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            tables = [table for table in tables if table not in ("audit", "file")]
            rows = [repr(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}")]
        for word in ("Rang Ada", "Quiet Harbor", "never heard", "The pillow", "Is it firm", KEY, number(1), number(7)):
            assert not [row for row in rows if word in row], word


def test_the_record_says_that_somebody_was_forgotten_and_not_who(told: Home) -> None:
    with OrderBook.open(told.book) as book, Desk.open(told) as desk:
        forget(book, desk, person_of(book, order_id=number(1)), "Anna")
        last = dict(desk.read("SELECT action, details FROM audit ORDER BY seq DESC LIMIT 1")[0])

    assert last == {"action": "buyer_forgotten", "details": '{"cases":[1]}'}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "nobody_named"),
        ({"order_id": number(1), "buyer": KEY}, "nobody_named"),
        ({"order_id": "900-0"}, "nobody_known"),
        ({"buyer": "nobody@example.com"}, "nobody_known"),
        ({"buyer": "%"}, "nobody_known"),
        ({"order_id": " "}, "nobody_named"),
    ],
)
def test_whom_nobody_knows_is_said(told: Home, asked: dict[str, str], code: str) -> None:
    with OrderBook.open(told.book) as book, pytest.raises(AftercareError) as error:
        person_of(book, **asked)

    assert error.value.code == code
