"""The server over 100,000 order lines: its start, its memory, and the card after a click."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from aftercare.config import Home
from aftercare.orders import import_paths
from aftercare.orders.book import OrderBook
from benches.common import Figure, milliseconds
from make_reports import make_reports

ORDERS = 100_000
TODAY = date(2026, 3, 1)
SNIPPET = """<div id="RBENCHCARD01" data-hook="review"><div class="a-profile"><span class="a-profile-name">{name}</span></div>
<i data-hook="review-star-rating" class="a-icon a-star-2"><span class="a-icon-alt">2.0 out of 5 stars</span></i>
<a data-hook="review-title"><span>Good machine, bad service</span></a>
<span data-hook="review-date">Reviewed in the United States on February 20, 2026</span><span data-hook="avp-badge">Verified Purchase</span>
<div data-hook="review-body"><span>Works well, but I returned the first one and the refund never came. Nobody answers.</span></div></div>"""


def measure() -> Iterator[Figure]:
    """Start until the first answer, memory then and after work, and the card of a review of an ordinary product."""
    from support.server import running_server

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home.at(folder / "home")
        with OrderBook.open(home.book) as book:
            list(import_paths(book, make_reports(folder / "reports", orders=ORDERS, until=TODAY).values()))
        asin, lines, buyer = _product(home.book)
        start = time.perf_counter()
        with running_server(home.folder, today=TODAY) as server:
            yield Figure("server start, 100,000 lines", time.perf_counter() - start, "s", goal=1.0)
            assert server.process is not None
            yield Figure("memory right after the start", _megabytes(server.process.pid), "MB", goal=150.0)
            token = server.pair()
            url = f"https://www.amazon.com/dp/{asin}"
            body = {"url": url, "asin": asin, "snippet": SNIPPET.format(name=buyer)}
            floor = milliseconds(lambda: server.call("GET", "/hello", token=token).result, repeat=50)
            card = milliseconds(lambda: server.call("POST", "/investigate", body, token=token).result, repeat=30)
            yield Figure(f"card, product of {lines:,} lines", card, "ms", "an empty answer", floor, 100.0)
            yield Figure("memory after the cards", _megabytes(server.process.pid), "MB")


def _product(book: Path) -> tuple[str, int, str]:
    """A product that sells well (the busiest of a hundred), how many lines it has, and one of its buyers."""
    with closing(sqlite3.connect(book)) as connection:
        asin, lines = connection.execute(
            "SELECT asin, count(*) FROM line WHERE asin IS NOT NULL GROUP BY asin ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
        named = "SELECT buyer FROM line WHERE asin = ? AND buyer IS NOT NULL LIMIT 1"
        buyer = connection.execute(named, (asin,)).fetchone()
    return asin, lines, buyer[0] if buyer else "Amazon Customer"


def _megabytes(process: int) -> float:
    """Resident memory of a process; read from /proc, so on Linux only."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
