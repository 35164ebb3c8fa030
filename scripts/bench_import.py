"""Importing beside its floors, in the same run on the same files: `python3 scripts/bench.py import --lines 1000000`.

The floors read the file with the csv module and insert its cells as they stand with executemany, in WAL mode with full
sync, as the book does. The first writes what the book writes: the columns it keeps, into its table with its indexes, in
a file that is sealed as the book is, with as much cache. The others write all columns into a bare table without an
index, in a sealed file and in a plain one. Where duckdb or polars is installed (`pip install duckdb`), it reads the
same file into a file of its own kind, for comparison. All start from no file and end with everything on disk; the book
holds the reports before. Then the filled book is looked into, beside bare scans of the index.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import multiprocessing
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "server"), str(ROOT / "scripts")]

UNTIL = date(2026, 3, 1)
REPORTS = ("all_orders", "fulfilled_shipments", "fbm_orders", "fba_returns", "settlement")
LINES = ("all_orders", "fulfilled_shipments", "fbm_orders")
NAMES = ("schema", "sealed", "plain", "duckdb", "polars")
GOAL = 0.6
"""Of the first floor's speed, which writes what the book writes."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds for one report of so many rows: ours, and each floor's by name."""

    kind: str
    rows: int
    ours: float
    floors: dict[str, float]


def floor(path: Path, base: Path, encoding: str = "utf-8", *, sealed: bool = False) -> int:
    """csv and executemany; returns the number of rows."""
    connection: Any
    if sealed:
        from aftercare.vault import connect

        connection = connect(base)
    else:
        connection = sqlite3.connect(base)
    with closing(connection), path.open(newline="", encoding=encoding) as file:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(rows)
        columns = ", ".join(f'"{name}"' for name in header)
        connection.execute(f"CREATE TABLE report ({columns})")
        done = connection.executemany(f"INSERT INTO report VALUES ({', '.join('?' * len(header))})", rows)  # noqa: S608
        connection.commit()
        return int(done.rowcount)


def schema_floor(path: Path, base: Path) -> int:
    """csv and executemany into the table and indexes of an empty book; returns the number of rows.

    Cells go in unread, one row a reading; an order item id or the row's number tells equal rows apart.
    """
    from aftercare.orders.imports.recognize import header_in
    from aftercare.orders.schema import FACTS
    from aftercare.vault import connect

    with closing(connect(base)) as connection, path.open(newline="", encoding="utf-8") as file:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -64000")
        header = header_in([file.readline().rstrip("\r\n")])
        if header is None:
            raise SystemExit(f"{path.name} is no report.")
        facts = [fact for fact in FACTS if fact in header.places and fact != "title"]
        cells = itemgetter(*(header.places[column] for column in ("order_id", "sku", *facts)))
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        done = connection.executemany(
            f"INSERT INTO reading (item, order_id, sku, {', '.join(facts)}, kind, as_of, file, line) "  # noqa: S608
            f"VALUES ({', '.join('?' * (len(facts) + 3))}, 1, 0, 1, 1)",
            ((f"#{number}", *cells(row)) for number, row in enumerate(rows)),
        )
        connection.commit()
        return int(done.rowcount)


def floor_names(kind: str) -> list[str]:
    """The floors to measure: the book's own where it is a report of lines; of fast readers the first installed one."""
    own = ["schema"] if kind in LINES else []
    return [*own, "sealed", "plain", *[name for name in ("duckdb", "polars") if importlib.util.find_spec(name)][:1]]


def timed_floor(name: str, path: Path, base: Path) -> float:
    """Seconds of one floor; runs in a process of its own, so that its memory is not counted as ours."""
    work: dict[str, Callable[[], object]] = {
        "schema": lambda: schema_floor(path, base),
        "sealed": lambda: floor(path, base, sealed=True),
        "plain": lambda: floor(path, base),
        "duckdb": lambda: _by_duckdb(path, base),
        "polars": lambda: _by_polars(path, base),
    }
    if name == "schema":
        # The import finds its modules loaded and its book made, too.
        from aftercare.orders.book import OrderBook
        from aftercare.orders.imports import recognize

        recognize.header_in([""])
        OrderBook.open(base).close()
    return seconds(work[name])


def _by_duckdb(path: Path, base: Path) -> None:
    import duckdb

    with duckdb.connect(str(base)) as connection:
        connection.execute(
            "CREATE TABLE report AS SELECT * FROM read_csv(?, delim = '\t', quote = '', all_varchar = true)",
            [str(path)],
        )


def _by_polars(path: Path, base: Path) -> None:
    import polars

    rows = polars.read_csv(path, separator="\t", quote_char=None, infer_schema=False)
    rows.write_parquet(base)


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def milliseconds(work: Callable[[], object], repeat: int = 50) -> float:
    """The best of many calls, in milliseconds, after one that warms up."""
    work()
    return min(seconds(work) for _ in range(repeat)) * 1000


def speeds(folder: Path, reports: dict[str, Path], book: Any) -> Iterator[Speed]:
    """Each report into the book, one after another as a seller would, each beside its floors."""
    from aftercare.orders.imports import import_file

    for number, kind in enumerate((*REPORTS, "all_orders")):
        path = reports[kind]
        with path.open("rb") as file:
            rows = sum(1 for _ in file) - 1
        floors = {}
        for name in floor_names(kind):
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
                floors[name] = other.submit(timed_floor, name, path, folder / "floor").result()
            for left in folder.glob("floor*"):
                left.unlink()
        again = " again" if number == len(REPORTS) else ""
        yield Speed(kind + again, rows, seconds(lambda path=path: import_file(book, path)), floors)


def bench(lines: int, repeat: int) -> float:
    """Prints the figures, the best of so many runs; returns the speed for All Orders beside the first floor."""
    from aftercare.orders.book import OrderBook
    from make_reports import make_reports

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Of a hundred orders, some have two or three lines.
        reports = make_reports(folder / "reports", orders=max(1, round(lines / 1.053)), until=UNTIL)
        runs: list[list[Speed]] = []
        for turn in range(repeat):
            home = folder / f"home{turn}"
            home.mkdir()
            with OrderBook.open(home / "book.sqlite3") as book:
                runs.append(list(speeds(home, reports, book)))
                if turn == repeat - 1:
                    lookups = look_ups(book)
            for left in home.iterdir():
                left.unlink()
        names = [name for name in NAMES if name in runs[0][0].floors]
        print(f"{'report':22}{'rows':>11}{'import s':>10}{'rows/s':>9}", *(f"{each + ' floor':>14}" for each in names))
        for same in zip(*runs, strict=True):
            ours = min(each.ours for each in same)
            beside = [min((each.floors[name] for each in same if name in each.floors), default=0.0) for name in names]
            print(
                f"{same[0].kind:22}{same[0].rows:11,}{ours:10.2f}{same[0].rows / ours:9,.0f}",
                *(f"{bare:8.2f} {bare / ours:5.2f}" if bare else f"{'-':>14}" for bare in beside),
            )
        print("Beside each floor: its seconds, and the import's speed as a part of the floor's (1 = as fast).")
        for what, figure in lookups.items():
            print(f"{what:60}{figure:8.3f} ms")
        print(f"{'most memory at any time':60}{_memory():8.0f} MB")
        return min(each[0].floors["schema"] for each in runs) / min(each[0].ours for each in runs)


def look_ups(book: Any) -> dict[str, float]:
    """One order, and the windows of a usual product and of the most sold one, each beside a scan of its index."""
    first, last = UNTIL - timedelta(days=150), UNTIL
    figures: dict[str, float] = {}
    with book.write() as connection:
        sold = connection.execute(
            "SELECT asin, min(order_id), count(*) FROM reading WHERE line IS NOT NULL AND asin IS NOT NULL AND "
            "purchased > ? AND matchable IS DISTINCT FROM 0 GROUP BY asin ORDER BY count(*)",
            (first.isoformat(),),
        ).fetchall()

        def bare(asin: str) -> list[tuple]:
            return connection.execute(
                "SELECT * FROM reading WHERE line IS NOT NULL AND asin = ? AND matchable IS DISTINCT FROM 0 "
                "AND purchased BETWEEN ? AND ?",
                (asin, first.isoformat(), last.isoformat()),
            ).fetchall()

        for word, (asin, order_id, _) in {"a usual": sold[len(sold) // 2], "the most sold": sold[-1]}.items():

            def window(asin: str = asin) -> list:
                return book.candidates([asin], marketplace="US", first=first, last=last)

            figures[f"candidates of {word} product ({len(window()):,} lines)"] = milliseconds(window, 20)
            figures[f"  bare scan of the index for {word} product"] = milliseconds(lambda asin=asin: bare(asin), 20)
            figures[f"one order by its id ({word} product's)"] = milliseconds(lambda id_=order_id: book.order(id_))
    return figures


def _memory() -> float:
    """The most memory this process has held, in megabytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main(arguments: list[str] | None = None) -> None:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description="Importing beside its floors.")
    parser.add_argument("--lines", type=int, default=100_000, help="order lines, for example 1000000 or 10000000")
    parser.add_argument("--repeat", type=int, default=None, help="runs; 3 up to 200,000 lines, else 1")
    given = parser.parse_args(arguments)
    ratio = bench(given.lines, given.repeat or (3 if given.lines <= 200_000 else 1))
    sys.exit(0 if ratio >= GOAL else 1)


if __name__ == "__main__":
    import os

    # A measurement asks nobody's keyring for a key.
    os.environ.setdefault("AFTERCARE_KEYS", "file")
    main()
