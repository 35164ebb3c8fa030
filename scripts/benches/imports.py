"""Importing an All Orders report, beside the csv module and executemany into the same tables, equally sealed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from aftercare.orders import import_file
from aftercare.orders.book import OrderBook
from bench_import import GOAL, schema_floor
from benches.common import Figure
from make_reports import make_reports

ORDERS = 100_000


def measure() -> Iterator[Figure]:
    """Seconds for 100,000 orders, the best of three, both from no file to everything on disk."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = make_reports(folder / "reports", orders=ORDERS)["all_orders"]
        ours = min(_seconds(lambda each=each: _import(report, folder / f"book-{each}")) for each in range(3))
        bases = [folder / f"floor-{each}" for each in range(3)]
        for base in bases:
            OrderBook.open(base).close()
        bare = min(_seconds(lambda base=base: schema_floor(report, base)) for base in bases)
        yield Figure(f"import {ORDERS:,} orders", ours, "s", "csv, executemany", bare, goal=bare / GOAL)
        again = _seconds(lambda: _import(report, folder / "book-0"))
        yield Figure("import the same file again", again, "s", "csv, executemany", bare)


def _import(report: Path, base: Path) -> None:
    with OrderBook.open(base) as book:
        import_file(book, report)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
