"""The order book, wherever it lies."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from orders.conftest import TODAY, whereabouts
from orders.reports import number, report

ON_BOTH = True
WINDOW = {"first": date(2026, 1, 1), "last": date(2026, 2, 1)}


def test_what_was_imported_is_there_after_a_restart(book: OrderBook, drop) -> None:
    where = whereabouts(book)
    drop(report("all_orders", {}))
    book.close()

    with OrderBook.open(where, create=False) as again:
        assert again.count() == 1


def test_an_import_that_fails_half_way_leaves_the_book_as_it_was(book: OrderBook, drop, tmp_path: Path) -> None:
    drop(report("all_orders", {}))
    path = tmp_path / "many.txt"
    path.write_text(report("all_orders", *({"amazon-order-id": number(n)} for n in range(9))), encoding="utf-8")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(book, path, today=TODAY, progress=stop)
    assert book.count() == 1
    assert import_file(book, path, today=TODAY).new == 8


def test_readers_go_on_while_an_import_writes(book: OrderBook, drop) -> None:
    drop(report("all_orders", {}))
    inside, done = threading.Event(), threading.Event()

    def write() -> None:
        with book.write() as connection:
            connection.execute("UPDATE revision SET lines = 0")
            inside.set()
            done.wait(10)

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(write)
        inside.wait(10)
        seen = pool.submit(book.count).result(10)
        done.set()
        writing.result(10)

    assert (seen, book.count()) == (1, 0)


def test_many_threads_read_and_write(book: OrderBook, drop, tmp_path: Path) -> None:
    def work(place: int) -> int:
        path = tmp_path / f"{place}.txt"
        path.write_text(report("all_orders", {"amazon-order-id": number(place)}), encoding="utf-8")
        import_file(book, path, today=TODAY)
        return len(book.candidates(["B0HARBOR01"], marketplace="US", **WINDOW))

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(12)))

    assert max(counts) == 12 == book.count()


def test_candidates_are_of_the_product_the_days_and_the_store(book: OrderBook, drop) -> None:
    rows = {
        number(1): {},
        number(2): {"purchase-date": "2026-01-01T00:00:00+00:00"},
        number(3): {"purchase-date": "2026-02-01T23:59:59+00:00"},
        number(4): {"purchase-date": "2025-12-31T23:59:59+00:00"},
        number(5): {"asin": "B0HARBOR09"},
        number(6): {"sales-channel": "Amazon.ca"},
        number(7): {"sales-channel": "", "ship-country": "", "currency": ""},
    }
    drop(report("all_orders", *({"amazon-order-id": order} | row for order, row in rows.items())))

    found = book.candidates(["b0harbor01"], marketplace="US", **WINDOW)
    assert [line.order_id for line in found] == [number(2), number(1), number(7), number(3)]
    assert len(book.candidates(["B0HARBOR01"], marketplace=None, **WINDOW)) == 5
    assert len(book.candidates(["B0HARBOR01", "B0HARBOR09"], marketplace="US", **WINDOW)) == 5
    assert book.candidates([], marketplace="US", **WINDOW) == []


def test_lines_without_an_asin_are_found_by_the_given_sku(book: OrderBook, drop) -> None:
    drop(report("fbm_orders", {}))

    assert len(book.candidates([], marketplace="US", skus=["HB-PIL-RED"], **WINDOW)) == 1


def test_more_asins_than_one_statement_takes(book: OrderBook, drop) -> None:
    drop(report("all_orders", {}))
    asins = [f"B0{place:08d}" for place in range(3000)]

    assert len(book.candidates([*asins, "B0HARBOR01"], marketplace="US", **WINDOW)) == 1


def test_whole_orders_are_read_together_as_they_are_one_by_one(book: OrderBook, drop) -> None:
    drop(report("all_orders", {}, {"amazon-order-id": number(2)}, {"amazon-order-id": number(2), "sku": "HB-LAMP"}))
    drop(report("fulfilled_shipments", {}))
    drop(report("fba_returns", {}, {"order-id": number(3)}))
    drop(report("settlement", {}, {"order-id": number(2), "amount": "-4.00"}))
    drop(report("seller_feedback", {"Date": "2026-01-20"}))
    ids = [number(place) for place in (2, 1, 2, 3, 4)]

    together = book.whole_orders(ids)

    assert together == {order: book.order(order) for order in ids[:4]}
    assert [len(together[number(place)].lines) for place in (1, 2, 3)] == [1, 2, 0]
    assert {line.source("buyer") for line in together[number(1)].lines} == {"report2.txt"}


def test_an_unknown_order(book: OrderBook) -> None:
    assert book.order(number(1)) is None
    assert book.fact_source(number(1), "HB-PIL-BLU", 1) == {}
