"""Notes how long an order was seen waiting: a status such as "Unshipped" says nothing of the days after the report.

A report shows the state of its orders on its newest day. Where the same order shows the same open status in a later
report, nothing about it has changed, but it is known to have waited until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from aftercare.orders.imports.recognize import rules
from aftercare.orders.store import Connection


class Sightings:
    """The orders of one file that still wait, and the newest day the file tells of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: set[tuple[str, str, str]] = set()
        self._newest = ""

    def note(self, ids: Iterable[str | None], skus: Iterable[str], facts: Mapping[str, Iterable[Any]]) -> None:
        """Takes the clean columns of a batch; none of them may be an iterator that is used up by looking."""
        if "status" not in facts or "status_day" not in facts:
            return
        statuses = list(facts["status"])
        self._newest = max(self._newest, max((day for day in facts["status_day"] if day), default=""))
        if any(map(_waits, set(statuses))):
            rows = zip(ids, skus, statuses, strict=True)
            self._waiting |= {(order, sku, status) for order, sku, status in rows if order and _waits(status)}

    def write(self) -> None:
        """Stores the sightings; call it once, after the last batch."""
        if self._newest:
            self._connection.executemany(
                "INSERT INTO sighting VALUES (?, ?, ?, ?) "
                "ON CONFLICT (order_id, sku, status) DO UPDATE SET day = excluded.day "
                "WHERE excluded.day > sighting.day",
                [(*each, self._newest) for each in self._waiting],
            )


@lru_cache(maxsize=1000)
def _waits(status: str | None) -> bool:
    return (status or "").casefold() in rules().open
