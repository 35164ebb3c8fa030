"""Tells by its first bytes what a database file is: in the open, sealed, or something that is no database."""

from __future__ import annotations

import string
from pathlib import Path

PLAIN = b"SQLite format 3\x00"
"""How a SQLite file begins that is not encrypted."""

_PRINTABLE = frozenset(string.printable.encode())


def start_of(path: Path) -> bytes:
    """The first bytes of a file; none where it is missing or empty. Raises OSError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(64)
    except FileNotFoundError:
        return b""


def looks_sealed(start: bytes) -> bool:
    """Whether these may be encrypted bytes, rather than a text or a file of zeros that somebody put there."""
    return len(set(start)) > len(start) // 2 and not set(start) <= _PRINTABLE and not start.startswith(PLAIN)


def sealed_files(folder: Path) -> list[Path]:
    """The sealed databases of a folder: as long as there is one, no new key may be drawn for the folder."""
    found = []
    for path in sorted(folder.glob("*.sqlite3")):
        try:
            start = start_of(path)
        except OSError:
            # What cannot be read now may be sealed, and may be readable again tomorrow.
            found.append(path)
            continue
        if start and looks_sealed(start):
            found.append(path)
    return found
