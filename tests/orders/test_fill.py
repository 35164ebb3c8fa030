"""Filling an empty book with its indexes built at the end gives the book that row after row gives."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.orders import fill
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import files as import_files
from aftercare.orders.imports import import_file
from orders.conftest import TODAY, Drop
from orders.reports import number, report
from orders.test_merging import File, all_orders, content, fbm, shipments

READINGS = "SELECT order_id, sku, kind, item, part, as_of, line, shape FROM reading ORDER BY 1, 2, 3, 4, 5, 6, 8"
INDEXES = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'reading' ORDER BY name"
ORDER_LINES = {"all_orders": all_orders, "fulfilled_shipments": shipments, "fbm_orders": fbm}

files: st.SearchStrategy[File] = st.one_of(
    *(st.tuples(st.just(kind), st.lists(rows, min_size=1, max_size=7).map(tuple)) for kind, rows in ORDER_LINES.items())
)


def book_of(imports: list[File]) -> tuple[object, ...]:
    """All that the book holds, and what each import said it did."""
    with tempfile.TemporaryDirectory() as folder, OrderBook.open(Path(folder) / "book.sqlite3") as book:
        counts = []
        for place, (kind, rows) in enumerate(imports):
            path = Path(folder) / f"{place}.txt"
            path.write_text(report(kind, *rows), encoding="utf-8")
            result = import_file(book, path, today=TODAY)
            counts.append((result.new, result.changed, result.unchanged, result.refused_count))
        with book.write() as connection:
            readings, indexes = (connection.execute(sql).fetchall() for sql in (READINGS, INDEXES))
        return content(book), readings, indexes, counts, book.count()


@pytest.mark.parametrize(("at_once", "most"), [(1, 100), (2, 100), (100, 100), (1, 2)])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(imports=st.lists(files, min_size=1, max_size=2))
def test_a_filled_book_is_the_book_that_was_written_row_by_row(at_once: int, most: int, imports: list[File]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_files, "_ROWS_AT_ONCE", at_once)
        row_by_row = book_of(imports)
        patch.setattr(fill, "FEWEST", 1)
        patch.setattr(fill, "MOST", most)

        assert book_of(imports) == row_by_row


def test_an_import_that_fails_leaves_the_book_with_its_indexes(
    book: OrderBook, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill, "FEWEST", 1)
    with book.write() as connection:
        before = connection.execute(INDEXES).fetchall()

    def fails(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fill.Filling, "end", fails)
    with pytest.raises(KeyboardInterrupt):
        drop(report("all_orders", {"amazon-order-id": number(1)}))

    with book.write() as connection:
        assert connection.execute(INDEXES).fetchall() == before
    assert book.count() == 0


def test_only_an_empty_book_is_filled(book: OrderBook, drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fill, "FEWEST", 1)
    drop(report("all_orders", {"amazon-order-id": number(1)}))

    with book.write() as connection:
        assert fill.Filling.of(connection, [()]) is None
