"""Importing beside its floor, in the same run on the same files: `python3 scripts/bench_import.py --orders 100000`.

The floor reads the file with the csv module and inserts all its columns into a bare table with executemany, in WAL mode
with full sync, as the book does. Both start from no file and end with everything on disk. Also: finding candidates and
one order in the filled book, beside a bare scan of the index. Prints the ratio of speeds (1 = as fast as the floor).
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "server"), str(ROOT / "scripts")]

UNTIL = date(2026, 3, 1)


def floor(path: Path, base: Path, encoding: str = "utf-8") -> int:
    """csv and executemany; returns the number of rows."""
    with closing(sqlite3.connect(base)) as connection, path.open(newline="", encoding=encoding) as file:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(rows)
        columns = ", ".join(f'"{name}"' for name in header)
        connection.execute(f"CREATE TABLE report ({columns})")
        done = connection.executemany(f"INSERT INTO report VALUES ({', '.join('?' * len(header))})", rows)  # noqa: S608
        connection.commit()
        return done.rowcount


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def milliseconds(work: Callable[[], object], repeat: int = 50) -> float:
    """The best of many calls, in milliseconds, after one that warms up."""
    work()
    return min(seconds(work) for _ in range(repeat)) * 1000


def bench(orders: int, repeat: int) -> float:
    """Prints the figures; returns the ratio for All Orders on an empty book, the best of the floor beside the best."""
    from aftercare.orders.book import OrderBook
    from aftercare.orders.imports import import_file
    from make_reports import make_reports

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = make_reports(folder / "reports", orders=orders, until=UNTIL)
        best: dict[str, tuple[float, float]] = {}
        rows: dict[str, int] = {}
        for turn in range(repeat):
            with OrderBook.open(folder / f"book{turn}.sqlite3") as book:
                for kind in ("all_orders", "fulfilled_shipments", "fbm_orders", "fba_returns", "settlement"):
                    path = reports[kind]
                    bare = seconds(
                        lambda path=path, kind=kind, turn=turn: floor(path, folder / f"{kind}{turn}.sqlite3")
                    )
                    ours = seconds(lambda path=path, book=book: import_file(book, path))
                    rows[kind] = sum(1 for _ in path.open("rb")) - 1
                    before = best.get(kind, (bare, ours))
                    best[kind] = min(before[0], bare), min(before[1], ours)
                again = seconds(lambda book=book: import_file(book, reports["all_orders"]))
                known = best.get("all_orders again", (best["all_orders"][0], again))
                best["all_orders again"] = known[0], min(known[1], again)
                rows["all_orders again"] = rows["all_orders"]
                if turn == repeat - 1:
                    lookups = _lookups(book)
        print(f"{'report':22}{'rows':>9}{'floor s':>9}{'import s':>9}{'rows/s':>9}{'ratio':>7}")
        for kind, (bare, ours) in best.items():
            print(f"{kind:22}{rows[kind]:9,}{bare:9.2f}{ours:9.2f}{rows[kind] / ours:9,.0f}{bare / ours:7.2f}")
        for what, figure in lookups.items():
            print(f"{what:50}{figure:8.3f} ms")
        return best["all_orders"][0] / best["all_orders"][1]


def _lookups(book) -> dict[str, float]:
    """One product's window and one order, in the filled book."""
    first, last = UNTIL - timedelta(days=150), UNTIL
    with book.write() as connection:
        asin, order_id = connection.execute(
            "SELECT asin, order_id FROM line WHERE asin IS NOT NULL AND purchased > ? GROUP BY asin ORDER BY count(*) "
            "LIMIT 1 OFFSET (SELECT count(DISTINCT asin) / 2 FROM product)",
            (first.isoformat(),),
        ).fetchone()

        def bare() -> list[tuple]:
            return connection.execute(
                "SELECT * FROM line WHERE asin = ? AND matchable IS NOT 0 AND purchased BETWEEN ? AND ?",
                (asin, first.isoformat(), last.isoformat()),
            ).fetchall()

        found = book.candidates([asin], marketplace="US", first=first, last=last)
        return {
            f"candidates of one product ({len(found)} lines)": milliseconds(
                lambda: book.candidates([asin], marketplace="US", first=first, last=last)
            ),
            "  bare scan of the same index": milliseconds(bare),
            "one order by its id": milliseconds(lambda: book.order(order_id)),
        }


def main() -> None:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description="Importing beside its floor.")
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    ratio = bench(given.orders, given.repeat)
    sys.exit(0 if ratio >= 1 / 3 else 1)


if __name__ == "__main__":
    main()
