"""How far each part of a sync has come, in one small file that is replaced as a whole, so that a killed sync goes on.

The file holds moments, Amazon's ids of reports, and page tokens; nothing of a buyer and nothing secret.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare.config import Home, private
from aftercare.errors import StoreError
from aftercare.knowledge import AtomicStorage
from aftercare.sync.account import Account
from aftercare.sync.clock import parsed
from aftercare.sync.regions import Region

Progress = dict[str, Any]
"""What one part of a sync remembers; values of JSON only."""


@dataclass(frozen=True, slots=True)
class Start:
    """How far back a part goes: as a person asked, or as `usual` where neither they nor an earlier sync said."""

    asked: datetime | None
    usual: datetime

    def of(self, progress: Progress) -> datetime:
        """The beginning of a part that remembers `since`, its earlier one."""
        known = parsed(progress.get("since"))
        return min(known or self.asked, self.asked) if self.asked else known or self.usual


class SyncState:
    """The progress of all parts, by region and name."""

    def __init__(self, home: Home) -> None:
        """Reads the file. Raises StoreError (`store_damaged`, `store_unusable`)."""
        self._storage = AtomicStorage(home.folder / "sync.json")
        document = (self._storage.read() or {}).get("amazon", {}).get("1", {})
        self._parts: dict[str, Progress] = {name: dict(part) for name, part in document.items()}

    def part(self, account: Account, name: str) -> Progress:
        """What a part remembers; changed in place, and stored by `save`.

        Other marketplaces are another part: what was fetched for one says nothing of the next.
        """
        return self._parts.setdefault(f"{account.region} {'+'.join(sorted(account.marketplaces))} {name}", {})

    def parts(self, region: Region) -> dict[str, Progress]:
        """All parts of a region by marketplaces and name."""
        prefix = f"{region} "
        return {name.removeprefix(prefix): part for name, part in self._parts.items() if name.startswith(prefix)}

    def forget(self, region: Region) -> None:
        """Forgets how far a region has come."""
        self._parts = {name: part for name, part in self._parts.items() if not name.startswith(f"{region} ")}
        self.save()

    def save(self) -> None:
        """Puts everything on the disk. Raises StoreError (`store_unusable`)."""
        # The copy keeps anything that is no JSON from reaching the file half written.
        self._storage.write({"amazon": {"1": json.loads(json.dumps(self._parts))}})


@contextlib.contextmanager
def alone(home: Home) -> Iterator[None]:
    """Keeps a second sync of the same data folder out. Raises StoreError (`sync_running`).

    The lock is SQLite's, which every platform has, and which ends with the process that holds it.
    """
    lock = sqlite.connect(str(private(home.folder / "sync.lock")), timeout=0.0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite.OperationalError as error:
            raise StoreError(
                "Another sync of this data folder is running.",
                code="sync_running",
                next="Wait until it is done, or end it; nothing is lost either way.",
                status=409,
            ) from error
        yield
    finally:
        lock.close()
