"""Opens a SQLite file that is encrypted as a whole (SQLCipher), and seals one that an older version left in the open.

Every page is encrypted and authenticated with the key of the file's folder, indexes and write-ahead log included, so
queries, transactions and recovery work as in any SQLite file.
"""

from __future__ import annotations

import contextlib
import os
import string
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare.errors import StoreError
from aftercare.vault.keys import Vault

PLAIN = b"SQLite format 3\x00"
"""How a SQLite file begins that is not encrypted."""

_PRINTABLE = frozenset(string.printable.encode())


def connect(path: Path, *, mark: str = "", **options: Any) -> sqlite.Connection:
    """A connection to the file, which is made where it is missing. `options` are those of `sqlite3.connect`.

    mark: a table that shows an unencrypted file to be Aftercare's own, to be sealed; any other one is opened as it is,
    so that the caller can say what it is. Raises StoreError (`key_missing` and others of `Vault.of`), and
    sqlite.DatabaseError where the file is no database of this key.
    """
    start = _start(path)
    if start.startswith(PLAIN):
        if not _has(path, mark):
            return sqlite.connect(str(path), **options)
        _seal(path)
    elif not Vault.there(path.parent) and _looks_random(start):
        raise StoreError(
            "The data are encrypted, and the key that opens them is missing.",
            code="key_missing",
            next="Put vault.json back into the data folder, or restore a backup: aftercare restore FILE.",
            path=str(path),
        )
    return keyed(path, Vault.of(path.parent), **options)


def keyed(path: Path, vault: Vault, **options: Any) -> sqlite.Connection:
    """A connection to a file that is sealed with the given key, or new."""
    connection = sqlite.connect(str(path), **options)
    # What goes wrong is raised; SQLCipher would also write it to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{vault.key.hex()}'\"")
    return connection


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except FileNotFoundError:
        return b""


def _looks_random(start: bytes) -> bool:
    """Whether these may be encrypted bytes, rather than a text or a file of zeros that somebody put there."""
    return len(set(start)) > len(start) // 2 and not set(start) <= _PRINTABLE


def _has(path: Path, table: str) -> bool:
    with contextlib.closing(sqlite.connect(str(path))) as plain:
        found = plain.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        return bool(found[0])


def _seal(path: Path) -> None:
    """Encrypts a file in place: a sealed copy takes its name once it is whole on the disk."""
    vault = Vault.of(path.parent)
    lock = sqlite.connect(str(path.with_name("vault.lock")), timeout=30.0, isolation_level=None)
    sealed = path.with_name(f".{path.name}.sealing")
    try:
        lock.execute("BEGIN EXCLUSIVE")
        if not _start(path).startswith(PLAIN):
            return
        sealed.unlink(missing_ok=True)
        plain = sqlite.connect(str(path), timeout=5.0, isolation_level=None)
        try:
            # This fails while any other program has the file open, so nothing can be written to it meanwhile.
            plain.execute("PRAGMA journal_mode = DELETE")
            plain.execute(f"ATTACH DATABASE ? AS sealed KEY \"x'{vault.key.hex()}'\"", (str(sealed),))
            plain.execute("SELECT sqlcipher_export('sealed')")
            for pragma in ("user_version", "application_id"):
                value = int(plain.execute(f"PRAGMA main.{pragma}").fetchone()[0])
                plain.execute(f"PRAGMA sealed.{pragma} = {value}")
            plain.execute("DETACH DATABASE sealed")
        finally:
            plain.close()
        sealed.chmod(0o600)
        with sealed.open("rb") as file:
            os.fsync(file.fileno())
        sealed.replace(path)
    finally:
        sealed.unlink(missing_ok=True)
        lock.close()
