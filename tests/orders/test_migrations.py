"""A book that an older version wrote is brought up to date when it is opened, with all that is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.orders import schema
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.vault import connect
from orders.conftest import TODAY
from orders.reports import number, report

_COLUMNS = "order_id, sku, kind, item, as_of, file, line, asin, purchased, matchable, status, buyer"


def book_of_version(path: Path, version: int) -> None:
    """A book of an older version with one order, of which Amazon's record and a shipping report were merged."""
    with connect(path, isolation_level=None) as connection:
        for script in schema.MIGRATIONS[:version]:
            for statement in script.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("INSERT INTO file VALUES (1, 'old.txt', 'd', 'all_orders', 'utf-8', '2026-01-12')")
        record = (number(1), "HB-PIL-BLU", 40, "#1", 5, 1, None, "B0HARBOR01", "2026-01-10", 1, "Unshipped", None)
        shipment = (number(1), "HB-PIL-BLU", 10, "100", 5, 1, None, None, "2026-01-10", None, None, "Ada Costa")
        connection.executemany(f"INSERT INTO reading ({_COLUMNS}) VALUES ({', '.join('?' * 12)})", [record, shipment])
        connection.execute(
            "INSERT INTO merged (order_id, sku, line, asin, purchased, matchable, status, buyer) VALUES "
            "(?, 'HB-PIL-BLU', 1, 'B0HARBOR01', '2026-01-10', 1, 'Unshipped', 'Ada Costa')",
            (number(1),),
        )
        connection.execute("UPDATE revision SET lines = 1")
        if version == 1:
            connection.execute(
                "INSERT INTO message VALUES (?, '2026-01-20T09:00:00+00:00', 'buyer', 'd', 'Where is it?', 'a.eml')",
                (number(1),),
            )
    connection.close()


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_nothing_is_lost_on_the_way(tmp_path: Path, version: int) -> None:
    path = tmp_path / "book.sqlite3"
    book_of_version(path, version)

    with OrderBook.open(path) as book:
        order = book.order(number(1))
        assert [(line.buyer, line.status) for line in order.lines] == [("Ada Costa", "Unshipped")]
        assert [message.text for message in order.messages] == ["Where is it?"] * (version == 1)


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_a_line_merged_long_ago_takes_a_newer_report(tmp_path: Path, version: int) -> None:
    path, fresh = tmp_path / "book.sqlite3", tmp_path / "orders.txt"
    book_of_version(path, version)
    fresh.write_text(report("all_orders", {}), encoding="utf-8")

    with OrderBook.open(path) as book:
        assert import_file(book, fresh, today=TODAY).changed == 1
        (line,) = book.order(number(1)).lines
        assert (line.status, line.buyer, book.count()) == ("Shipped", "Ada Costa", 1)
        with book.write() as connection:
            assert connection.execute("SELECT count(*) FROM merged").fetchone() == (0,)
