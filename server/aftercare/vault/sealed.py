"""Opens a SQLite file that is encrypted as a whole (SQLCipher), and seals one that an older version left in the open.

Every page is encrypted and authenticated with the key of the file's folder, indexes and write-ahead log included, so
queries, transactions and recovery work as in any SQLite file.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare.config import flush_folder, private
from aftercare.errors import StoreError
from aftercare.vault.keys import Vault
from aftercare.vault.signs import PLAIN, start_of

_PATIENCE = 30.0
"""Seconds to wait for another process that seals the same file."""


def connect(path: Path, *, mark: str = "", **options: Any) -> sqlite.Connection:
    """A connection to the file, which is made where it is missing. `options` are those of `sqlite3.connect`.

    mark: a table that shows an unencrypted file to be Aftercare's own, to be sealed; any other one is opened as it is,
    so that the caller can say what it is. Raises StoreError (`key_missing` and others of `Vault.of`, `not_sealed`,
    `store_unusable`), and sqlite.DatabaseError where the file is no database of this key.
    """
    try:
        plain = start_of(path).startswith(PLAIN)
        if plain and not _has(path, mark):
            return sqlite.connect(str(path), **options)
        if plain:
            _seal(path)
    except OSError as error:
        raise StoreError(
            f"The data cannot be read or encrypted: {error.strerror or 'unknown reason'}.",
            code="store_unusable",
            next="See that the disk has room for a second copy of the file, and that your user may read and write it.",
            path=str(path),
        ) from error
    if plain:
        with contextlib.closing(keyed(path, Vault.of(path.parent), timeout=_PATIENCE)) as sealed:
            # The copy has no write-ahead log, which those who open it take for granted.
            sealed.execute("PRAGMA journal_mode = WAL")
    return keyed(path, Vault.of(path.parent), **options)


def keyed(path: Path, vault: Vault, **options: Any) -> sqlite.Connection:
    """A connection to a file that is sealed with the given key, or new."""
    connection = sqlite.connect(str(path), **options)
    # What goes wrong is raised; SQLCipher would also write it to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{vault.key.hex()}'\"")
    return connection


def _has(path: Path, table: str) -> bool:
    with contextlib.closing(sqlite.connect(str(path), timeout=_PATIENCE)) as plain:
        found = plain.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        return bool(found[0])


def _seal(path: Path) -> None:
    """Encrypts a file in place: a sealed copy takes its name once it is whole on the disk.

    Killed at any moment, it leaves the file as it was or sealed; what lies half written beside is removed next time.
    """
    vault = Vault.of(path.parent)
    lock = sqlite.connect(str(private(path.with_name("vault.lock"))), timeout=_PATIENCE, isolation_level=None)
    sealed = path.with_name(f".{path.name}.sealing")
    try:
        # Held by one process at a time, and let go by the system when that one ends, however it ends.
        lock.execute("BEGIN EXCLUSIVE")
        if not start_of(path).startswith(PLAIN):
            return
        _remove(sealed)
        private(sealed)
        _copy(path, sealed, vault)
        with sealed.open("rb+") as file:
            os.fsync(file.fileno())
        sealed.replace(path)
        flush_folder(path.parent)
    finally:
        _remove(sealed)
        lock.close()


def _copy(path: Path, sealed: Path, vault: Vault) -> None:
    """Writes a sealed copy of a file that nobody else can write to meanwhile."""
    plain = sqlite.connect(str(path), timeout=5.0, isolation_level=None)
    try:
        # Leaving the write-ahead log takes its pages into the file, and fails while another program has it open: an
        # older Aftercare that still runs must not write into a file that is about to be replaced.
        plain.execute("PRAGMA locking_mode = EXCLUSIVE")
        if plain.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise sqlite.OperationalError("database is locked")
        plain.execute("BEGIN EXCLUSIVE")
        plain.execute("COMMIT")
        plain.execute(f"ATTACH DATABASE ? AS sealed KEY \"x'{vault.key.hex()}'\"", (str(sealed),))
        # The copy is flushed as a whole before it counts, so it needs no journal of its own.
        plain.execute("PRAGMA sealed.journal_mode = OFF")
        plain.execute("PRAGMA sealed.synchronous = OFF")
        plain.execute("SELECT sqlcipher_export('sealed')")
        for pragma in ("user_version", "application_id"):
            value = int(plain.execute(f"PRAGMA main.{pragma}").fetchone()[0])
            plain.execute(f"PRAGMA sealed.{pragma} = {value}")
        _compare(plain)
        plain.execute("DETACH DATABASE sealed")
    finally:
        plain.close()


def _compare(connection: sqlite.Connection) -> None:
    """Counts the rows of both before one replaces the other. Raises StoreError (`not_sealed`)."""
    tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        ours, theirs = (
            connection.execute(f'SELECT count(*) FROM {schema}."{table}"').fetchone()[0]  # noqa: S608
            for schema in ("main", "sealed")
        )
        if ours != theirs:
            raise StoreError(
                "The data could not be encrypted: the encrypted copy is not whole.",
                code="not_sealed",
                next="Nothing was changed. Keep a copy of the data folder and report this.",
            )


def _remove(path: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
