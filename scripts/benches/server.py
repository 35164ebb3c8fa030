"""The server over 100,000 order lines: its start, its memory, and the card after a click."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from itertools import accumulate
from pathlib import Path

from aftercare.config import Home
from aftercare.orders import import_paths
from aftercare.orders.book import OrderBook
from aftercare.vault import connect
from benches.common import Figure, milliseconds
from make_reports import make_reports

ORDERS = 100_000
TODAY = date(2026, 3, 1)
SNIPPET = """<div id="{id}" data-hook="review">
<div class="a-profile"><span class="a-profile-name">{name}</span></div>
<i data-hook="review-star-rating" class="a-icon a-star-2"><span class="a-icon-alt">2.0 out of 5 stars</span></i>
<a data-hook="review-title"><span>Good machine, bad service</span></a>
<span data-hook="review-date">Reviewed in the United States on February 20, 2026</span>
<span data-hook="avp-badge">Verified Purchase</span>
<div data-hook="review-body"><span>Works well, but I returned the first one and the refund never came.</span></div>
</div>"""


def measure() -> Iterator[Figure]:
    """Start until the first answer, memory then and after work, and the card for two products."""
    from support.server import running_server

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home.at(folder / "home")
        with OrderBook.open(home.book) as book:
            list(import_paths(book, make_reports(folder / "reports", orders=ORDERS, until=TODAY).values()))
        start = time.perf_counter()
        with running_server(home.folder, today=TODAY) as server:
            yield Figure("server start, 100,000 lines", time.perf_counter() - start, "s", goal=1.0)
            assert server.process is not None
            yield Figure("memory right after the start", _megabytes(server.process.pid), "MB", goal=150.0)
            token = server.pair()
            floor = milliseconds(lambda: server.call("GET", "/hello", token=token).result, repeat=50)
            for name, share, goal in (("ordinary", 0.5, 100.0), ("busiest", 0.0, None)):
                asin, lines, buyer = _product(home.book, share)
                snippet = SNIPPET.format(id=f"RBENCH{name.upper()[:6]}1", name=buyer)
                body = {"url": f"https://www.amazon.com/dp/{asin}", "asin": asin, "snippet": snippet}
                call = partial(server.call, "POST", "/investigate", body, token=token)
                card = milliseconds(lambda call=call: call().result, repeat=30)
                yield Figure(f"card, {name} product ({lines:,} lines)", card, "ms", "an empty answer", floor, goal)
            yield Figure("memory after the cards", _megabytes(server.process.pid), "MB")


def _product(book: Path, share: float) -> tuple[str, int, str]:
    """A product, its number of lines, and one of its buyers: that share of all lines is of products that sell more.

    Half of all reviews are of products that sell more than the one at 0.5; at 0 it is the busiest of all.
    """
    with closing(connect(book)) as connection:
        sold = connection.execute(
            "SELECT asin, count(*) FROM line WHERE asin IS NOT NULL GROUP BY asin ORDER BY count(*) DESC"
        ).fetchall()
        sums = list(accumulate(lines for _, lines in sold))
        asin, lines = sold[next(place for place, passed in enumerate(sums) if passed > share * sums[-1])]
        named = "SELECT buyer FROM line WHERE asin = ? AND buyer IS NOT NULL LIMIT 1"
        buyer = connection.execute(named, (asin,)).fetchone()
    return asin, lines, buyer[0] if buyer else "Amazon Customer"


def _megabytes(process: int) -> float:
    """Resident memory of a process; read from /proc, so on Linux only."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
