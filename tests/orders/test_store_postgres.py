"""What holds of a team's book on a PostgreSQL server: one migration, one writer, errors without passwords."""

from __future__ import annotations

import builtins
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from aftercare.api import NAME
from aftercare.app import create_app
from aftercare.cli import main
from aftercare.config import Home
from aftercare.errors import AftercareError, NotFoundError, StoreError
from aftercare.orders import postgres as store
from aftercare.orders import schema
from aftercare.orders.book import OrderBook
from aftercare.orders.order import BuyerMessage
from aftercare.orders.postgres_words import in_postgres
from aftercare.orders.store import place_of
from orders.conftest import emptied
from orders.reports import number, report


@pytest.fixture
def url(postgres: str) -> str:
    return emptied(postgres)


@pytest.fixture
def book(url: str) -> Iterator[OrderBook]:
    with OrderBook.open(url) as opened:
        yield opened


def test_a_database_without_a_book_is_left_empty(url: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        OrderBook.open(url, create=False)
    assert raised.value.code == "book_missing"
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regclass('reading')").fetchone() == (None,)


def test_many_programs_may_open_a_new_book_at_once(url: str) -> None:
    def opened(_: int) -> int:
        with OrderBook.open(url) as book:
            return book.count()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(opened, range(6))) == [0] * 6


def test_a_book_of_a_newer_version_is_left_alone(book: OrderBook, url: str) -> None:
    with book.write() as connection:
        connection.execute("UPDATE aftercare_book SET version = ?", (schema.VERSION + 1,))

    with pytest.raises(StoreError) as raised:
        OrderBook.open(url)
    assert raised.value.code == "book_newer"


def test_another_programs_tables_are_left_alone(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE reading (x INTEGER)")

    with pytest.raises(StoreError) as raised:
        OrderBook.open(url)
    assert raised.value.code == "book_foreign"


def test_texts_are_compared_byte_by_byte_as_in_a_file(book: OrderBook) -> None:
    with book.write() as connection:
        connection.executemany("INSERT INTO title VALUES (?, ?)", [(1, "a"), (2, "B"), (3, "ä"), (4, "_")])
        rows = connection.execute("SELECT text FROM title ORDER BY text").fetchall()
    assert [text for (text,) in rows] == ["B", "_", "a", "ä"]


def test_a_second_writer_waits_and_then_says_so(book: OrderBook, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_WAIT_SECONDS", 0.01)
    inside, done = threading.Event(), threading.Event()

    def write() -> None:
        with book.write():
            inside.set()
            done.wait(10)

    with ThreadPoolExecutor(1) as pool, OrderBook.open(url) as second:
        writing = pool.submit(write)
        inside.wait(10)
        try:
            with pytest.raises(StoreError) as raised:
                second.record_messages([])
        finally:
            done.set()
        writing.result(10)
    assert raised.value.code == "book_busy"


def test_a_connection_that_the_server_closed_is_made_anew(book: OrderBook, url: str) -> None:
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aftercare'")
    with pytest.raises(StoreError) as raised:
        book.count()

    assert raised.value.code == "book_unreachable"
    assert book.count() == 0


def test_what_is_written_fails_as_a_whole(book: OrderBook) -> None:
    with pytest.raises(StoreError) as raised, book.write() as connection:
        connection.execute("INSERT INTO title VALUES (?, ?)", (1, "a"))
        connection.execute("INSERT INTO title VALUES (?, ?)", ("no number", "Ada Costa"))

    assert raised.value.code == "book_unusable" and "Ada" not in str(raised.value) + repr(raised.value.detail)
    with book.write() as connection:
        assert connection.execute("SELECT count(*) FROM title").fetchone() == (0,)


def test_truths_and_zero_bytes_are_stored_as_the_tables_hold_them(book: OrderBook) -> None:
    with book.write() as connection:
        connection.execute("INSERT INTO title VALUES (?, ?)", (True, "kett\x00le"))
        assert connection.execute("SELECT id, text FROM title").fetchall() == [(1, "kettle")]


def test_there_is_no_file_to_copy(book: OrderBook) -> None:
    with pytest.raises(StoreError) as raised:
        _ = book.path
    assert raised.value.code == "book_on_server" and "pg_dump" in raised.value.next


def test_messages_travel_whole(book: OrderBook) -> None:
    question = BuyerMessage(number(1), datetime(2026, 1, 20, 9, tzinfo=UTC), "buyer", "100 % ' ? %s", "mail.eml")
    assert book.record_messages([question]) == 1
    assert book.order(number(1)).messages == (question,)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://agent:hunter2@127.0.0.1:1/orders",
        "postgresql://agent:hunter2@host.invalid/orders",
        "postgresql://agent:hunter2@[broken/orders",
        "postgres://agent:hunter2@127.0.0.1:notaport/orders",
        "postgresql://agent:hunter2@127.0.0.1:1/orders?sslmode=hunter2",
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(address: str) -> None:
    with pytest.raises(StoreError) as raised:
        OrderBook.open(address)
    error = raised.value
    assert error.code in {"book_unreachable", "book_address_bad"} and error.next
    assert "hunter2" not in f"{error} {error.detail} {error.__cause__} {error.__context__ if error.__cause__ else ''}"


def test_a_database_that_was_not_made(url: str) -> None:
    with pytest.raises(StoreError) as raised:
        OrderBook.open(url.replace("/postgres?", "/absent?"))
    assert (raised.value.code, "createdb" in raised.value.next) == ("book_unreachable", True)


def test_the_driver_is_only_needed_here_and_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name == "psycopg":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StoreError) as raised:
        OrderBook.open("postgresql://agent@127.0.0.1/orders")
    assert raised.value.code == "book_driver_missing" and "aftercare[team]" in raised.value.next


def test_other_kinds_of_addresses_are_refused(tmp_path) -> None:
    with pytest.raises(AftercareError) as raised:
        place_of("mysql://agent@127.0.0.1/orders", tmp_path)
    assert raised.value.code == "book_kind_unknown"


@pytest.mark.parametrize(
    ("sqlite", "postgres"),
    [
        ("SELECT '?' || ? WHERE x LIKE 'a%'", "SELECT '?' || %s WHERE x LIKE 'a%%'"),
        ("INSERT OR IGNORE INTO t VALUES (?)", "INSERT INTO t VALUES (%s) ON CONFLICT DO NOTHING"),
        ("CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB) WITHOUT ROWID",
         "CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, b BYTEA)"),
        ("SELECT text FROM title", "SELECT text FROM title"),
    ],
)  # fmt: skip
def test_statements_are_said_in_its_words(sqlite: str, postgres: str) -> None:
    assert in_postgres(sqlite) == postgres


def test_the_commands_and_the_server_work_on_it(url: str, tmp_path: Path) -> None:
    (tmp_path / "orders.txt").write_text(report("all_orders", {}), encoding="utf-8")
    place = ["--home", str(tmp_path / "home"), "--book", url]
    told = CliRunner().invoke(main, ["import", *place, "--json", str(tmp_path / "orders.txt")])
    assert (told.exit_code, json.loads(told.stdout)["new"]) == (0, 1)

    checks = json.loads(CliRunner().invoke(main, ["doctor", *place, "--json"]).stdout)
    (seen,) = (each["seen"] for each in checks if each["name"] == "order book")
    assert seen.startswith("1 order line in postgresql:")

    app = create_app(Home.at(tmp_path / "home"), port=9317, book_url=url)
    office = app.extensions[NAME]
    assert office.book.count() == 1
    office.book.close()
    office.desk.close()


def test_many_rows_at_once_follow_the_statements_rules(book: OrderBook) -> None:
    put = "INSERT INTO sighting (order_id, sku, status, day) VALUES (?, ?, 'Unshipped', ?) "
    put += "ON CONFLICT (order_id, sku, status) DO UPDATE SET day = excluded.day WHERE excluded.day > sighting.day"
    rows = [(number(place % 30), "50 %\t\\N\n'", f"2026-01-{place % 7 + 10}") for place in range(90)]
    with book.write() as connection:
        connection.executemany(put, rows)
        found = connection.execute("SELECT order_id, sku, day FROM sighting").fetchall()

    newest = {order: max(row[2] for row in rows if row[0] == order) for order, _, _ in rows}
    assert sorted(found) == sorted((order, "50 %\t\\N\n'", day) for order, day in newest.items())
