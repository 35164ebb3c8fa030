"""An empty order book, and a way to drop a report into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import ImportResult, import_file

TODAY = date(2026, 3, 1)

Drop = Callable[..., ImportResult]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[OrderBook]:
    with OrderBook.open(tmp_path / "book.sqlite3") as opened:
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
