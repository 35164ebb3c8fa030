"""Purges an order book by days for each source, and enters it in the record: asked for, or due by the settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from aftercare.cases import Desk
from aftercare.config import Home
from aftercare.keeping.purge import Purged, purge_book
from aftercare.keeping.retention import retention
from aftercare.keeping.sources import SOURCES, Source
from aftercare.orders.book import OrderBook
from aftercare.vault import Vault


def purge_by_source(
    home: Home, book: OrderBook, desk: Desk | None, before: Mapping[Source, date], agent: str, *, dry_run: bool = False
) -> Purged:
    """Purges what came from each source and is about orders delivered before its day.

    agent: who asked, for the record, which is kept where there is a desk. Raises StoreError as book and desk do.
    """
    vault = Vault.of(book.keys or home.folder)
    total = Purged(0, 0, 0)
    for day in sorted(set(before.values())):
        sources = tuple(each for each in SOURCES if before.get(each) == day)
        purged = purge_book(book, vault, sources, day, dry_run=dry_run)
        total = total.and_also(purged)
        if purged.anything and desk and not dry_run:
            counts = {"orders": purged.orders, "messages": purged.messages, "elsewhere": purged.elsewhere}
            with desk.write() as writing:
                writing.record(agent, "names_purged", "trail", sources=sources, before=str(day), **counts)
    return total


def purge_due(home: Home, book: OrderBook, desk: Desk, today: date, agent: str) -> Purged:
    """Purges what the retention settings say is due today; free space of the file is left to `aftercare purge`."""
    days = retention(home)
    before = {each: today - timedelta(days=kept) for each in SOURCES if (kept := days[each]) is not None}
    return purge_by_source(home, book, desk, before, agent)
