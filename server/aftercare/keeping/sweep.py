"""Clears what was taken out of a database from the rest of its file: free pages, free space in pages, and the log.

SQLite leaves what is deleted where it lay until the space is needed. The file is sealed, but whoever has its key shall
not find there what was forgotten either.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from aftercare.vault import connect

_PATIENCE = 30.0


def sweep(path: Path, mark: str) -> bool:
    """Writes the file anew without its free space, and empties its write-ahead log.

    Whether that was done: it cannot be while another program reads the file, or where the disk has no room for a second
    copy. mark: as for `connect`.
    """
    with contextlib.closing(connect(path, mark=mark, timeout=_PATIENCE, isolation_level=None)) as connection:
        try:
            # In a file rather than in memory, since a book may be larger than that; SQLCipher seals it like any other.
            connection.execute("PRAGMA temp_store = FILE")
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite.OperationalError:
            return False
        return not busy
