"""Everything a server keeps, row by row and byte by byte, so that a test can show that nothing of it changed."""

from __future__ import annotations

import hashlib
from typing import Any

from aftercare.config import Home
from aftercare.vault import connect


def everything(home: Home) -> dict[str, Any]:
    """All rows of the desk, and the bytes of all other files but the server's own output."""
    kept: dict[str, Any] = {}
    with connect(home.desk) as desk:
        tables = [name for (name,) in desk.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            kept[table] = desk.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
    desk.close()
    for path in sorted(home.folder.iterdir()):
        # The rows above speak for the desk; its bytes also change where SQLite tidies up without any row changing.
        # What SQLite shares among readers (-shm) changes with each of them.
        shown = not path.name.startswith(home.desk.name) and not path.name.endswith("-shm")
        if path.is_file() and shown and path.name != "server.log":
            kept[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return kept
