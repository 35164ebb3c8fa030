"""An empty order book, and a way to drop a report into it.

A test file that says `ON_BOTH = True` runs with a book in a file and with one on a PostgreSQL server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import ImportResult, import_file
from orders.postgres_server import programs, running_postgres

TODAY = date(2026, 3, 1)

Drop = Callable[..., ImportResult]


STORES = ("sqlite", "postgres")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "book" in metafunc.fixturenames and getattr(metafunc.module, "ON_BOTH", False):
        metafunc.parametrize("book", STORES, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty database on a server of the tests' own."""
    if not programs():
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql); its store was not tested.")
    with running_postgres() as url:
        yield url


def emptied(url: str) -> str:
    """The address, after everything in the database was taken away."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return url


def whereabouts(book: OrderBook) -> str | Path:
    """What opens this book again."""
    return book._store._url if book.place.startswith("postgresql:") else book.path


@pytest.fixture
def book(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[OrderBook]:
    kind = getattr(request, "param", "sqlite")
    where = tmp_path / "book.sqlite3" if kind == "sqlite" else emptied(request.getfixturevalue("postgres"))
    with OrderBook.open(where) as opened:
        yield opened


@pytest.fixture
def drop(book: OrderBook, tmp_path: Path) -> Drop:
    """Writes a text (or bytes) into a file and imports it on 1 March 2026."""
    count = 0

    def dropped(content: str | bytes, name: str | None = None, encoding: str = "utf-8", **more: Any) -> ImportResult:
        nonlocal count
        count += 1
        path = tmp_path / (name or f"report{count}.txt")
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return import_file(book, path, **{"today": TODAY, **more})

    return dropped
