"""One buyer: what is known of them is handed out whole, and forgotten whole, and of nobody else."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from pathlib import Path

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


def ticket(number_: int, order_id: str, requester: int) -> dict[str, object]:
    return {
        "id": number_, "requester_id": requester, "subject": f"Pillow {order_id}", "description": "It is flat.",
        "status": "open", "created_at": "2026-01-21T10:00:00Z", "via": {"channel": "email"}, "custom_fields": [],
    }  # fmt: skip


def ids(book: OrderBook) -> set[str]:
    with book.write() as connection:
        return {row[0] for row in connection.execute("SELECT message_id FROM message") if row[0].startswith("zendesk")}


def test_who_asked_is_forgotten_with_their_tickets_and_nobody_elses(told: Home, tmp_path: Path) -> None:
    file = tmp_path / "tickets.json"
    users = [{"id": each, "role": "end-user", "email": f"{each}@example.com"} for each in (7, 8)]
    tickets = [ticket(501, number(1), 7), ticket(502, number(8), 8)]
    file.write_text(json.dumps({"users": users, "tickets": tickets}))
    with OrderBook.open(told.book) as book, Desk.open(told) as desk:
        assert import_file(book, file, today=TODAY).kind == "zendesk"
        person = person_of(book, order_id=number(1))
        assert {"zendesk:501:?requester=7", "zendesk:?user=7"} <= ids(book)
        assert "zendesk:501:?requester=7" in json.dumps(exported(book, desk, person))
        forget(book, desk, person, "Anna")
        left = ids(book)

    assert not [each for each in left if ":501:" in each or each.endswith("=7")]
    assert {"zendesk:502:?requester=8", "zendesk:?user=8"} <= left


def test_the_person_of_another_ticket_stays(told: Home, tmp_path: Path) -> None:
    file = tmp_path / "tickets.json"
    file.write_text(json.dumps({"tickets": [ticket(501, number(1), 7), ticket(502, number(8), 7)],
                                "users": [{"id": 7, "role": "end-user", "email": "7@example.com"}]}))  # fmt: skip
    with OrderBook.open(told.book) as book, Desk.open(told) as desk:
        import_file(book, file, today=TODAY)
        forget(book, desk, person_of(book, order_id=number(1)), "Anna")

        assert {"zendesk:502:?requester=7", "zendesk:?user=7"} <= ids(book)
