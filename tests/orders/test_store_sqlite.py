"""What holds of a book in one sealed file: its rights, its durability, and what is said of a damaged one."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest

from aftercare.errors import AftercareError, NotFoundError, StoreError
from aftercare.orders import schema, sqlite_store
from aftercare.orders.book import OrderBook
from aftercare.vault import connect
from orders.reports import number, report

WINDOW = {"first": date(2026, 1, 1), "last": date(2026, 2, 1)}


def test_only_its_user_can_open_the_file(book: OrderBook) -> None:
    if os.name == "posix":
        assert stat.S_IMODE(book.path.stat().st_mode) == 0o600


def test_it_is_durable_and_checks_its_references(book: OrderBook) -> None:
    with book.write() as connection:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "user_version": schema.VERSION}
        assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_a_book_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as raised:
        OrderBook.open(tmp_path / "absent.sqlite3", create=False)
    assert raised.value.code == "book_missing"
    assert not (tmp_path / "absent.sqlite3").exists()


def damage_text(path: Path) -> None:
    path.write_bytes(b"this is not a database " * 100)


def damage_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def damage_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


@pytest.mark.parametrize("damage", [damage_text, damage_end, damage_short])
def test_a_damaged_book_is_said_to_be(book: OrderBook, drop, damage) -> None:
    drop(report("all_orders", *({"amazon-order-id": number(place)} for place in range(300))))
    book.close()
    damage(book.path)

    with pytest.raises(StoreError) as raised:
        OrderBook.open(book.path)
    assert raised.value.code == "book_damaged" and raised.value.next


def test_damage_found_later_is_said_too(book: OrderBook, drop) -> None:
    drop(report("all_orders", *({"amazon-order-id": number(place)} for place in range(300))))
    book.close()
    content = bytearray(book.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    book.path.write_bytes(content)

    with pytest.raises(StoreError) as raised, OrderBook.open(book.path) as broken:
        broken.order(number(1))
    assert raised.value.code == "book_damaged"


def test_a_book_of_a_newer_version_is_left_alone(book: OrderBook) -> None:
    with book.write() as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    book.close()

    with pytest.raises(StoreError) as raised:
        OrderBook.open(book.path)
    assert (raised.value.code, raised.value.detail) == ("book_newer", {"version": schema.VERSION + 1})


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()

    with pytest.raises(StoreError) as raised:
        OrderBook.open(path)
    assert raised.value.code == "book_foreign"


def test_a_folder_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as raised:
        OrderBook.open(tmp_path)
    assert raised.value.code == "book_read_only"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError) as raised:
            OrderBook.open(tmp_path / "book.sqlite3")
    finally:
        tmp_path.chmod(0o700)
    assert raised.value.code == "book_read_only"


def test_a_book_that_another_program_writes_to(book: OrderBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_store, "_WAIT_SECONDS", 0.0)
    other = connect(book.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with OrderBook.open(book.path) as second, pytest.raises(StoreError) as raised:
        second.record_messages([])
    other.close()
    assert raised.value.code == "book_busy"


def test_a_full_disk_stores_nothing_of_the_file(book: OrderBook, drop, tmp_path: Path) -> None:
    drop(report("all_orders", {}))
    with book.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    book._store.connection.execute(f"PRAGMA max_page_count = {pages}")
    rows = [{"amazon-order-id": number(place), "product-name": f"Pillow {place}" * 20} for place in range(2, 900)]

    with pytest.raises(StoreError) as raised:
        drop(report("all_orders", *rows))
    assert (raised.value.code, book.count()) == ("book_full", 1)


def test_candidates_are_found_by_index(book: OrderBook) -> None:
    with book.write() as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT order_id FROM line l WHERE l.asin IN (?, ?) "
            "AND l.matchable IS DISTINCT FROM 0 AND l.purchased BETWEEN ? AND ?",
            ("", "", "", ""),
        ).fetchall()
    steps = [row[3] for row in plan]

    assert not any("SCAN reading" in step or "SCAN r" in step or "SCAN merged" in step for step in steps)
    assert sum("_asin (asin=? AND purchased>?" in step for step in steps) == 2


def test_errors_are_ours_and_have_a_next_step(tmp_path: Path) -> None:
    damage_text(tmp_path / "book.sqlite3")
    with pytest.raises(AftercareError) as raised:
        OrderBook.open(tmp_path / "book.sqlite3")
    assert raised.value.message and raised.value.next
