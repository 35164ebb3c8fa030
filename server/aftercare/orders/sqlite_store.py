"""The order book in one sealed SQLite file: one connection a thread, one writer at a time, errors in a seller's words.

WAL with full sync: what was acknowledged is on disk, and readers go on while an import writes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from aftercare.config import private
from aftercare.errors import NotFoundError, StoreError
from aftercare.orders import schema
from aftercare.vault import connect

_WAIT_SECONDS = 30.0
_CACHE = "PRAGMA cache_size = -64000"
"""Decrypting a page costs more than reading it, so that a larger cache pays, and still leaves memory flat."""


class SqliteStore:
    """The file and its connections; safe to share between threads."""

    def __init__(self, path: Path, *, create: bool) -> None:
        """Opens the file, and makes or migrates its tables.

        Raises StoreError (`book_damaged`, `book_newer`, `book_foreign`, `book_read_only`, `book_busy`, `book_full`), or
        NotFoundError (`book_missing`) where there is no file and `create` is false.
        """
        self.path = path
        self._local = threading.local()
        self._connections: list[sqlite.Connection] = []
        self._guard = threading.Lock()
        self._writing = threading.RLock()
        if not create and not path.exists():
            raise NotFoundError(
                "There is no order book yet.", code="book_missing", next="Import a report first: aftercare import FILE."
            )
        try:
            if path.is_dir():
                raise IsADirectoryError(0, "it is a folder")
            private(path)
        except OSError as error:
            raise StoreError(
                f"The order book cannot be written: {error.strerror or 'unknown reason'}.",
                code="book_read_only",
                next="Give your user the right to write there, or choose another folder with --home.",
                path=str(path),
            ) from error
        with self.errors():
            connection = self.connection
            if _version(connection) < schema.VERSION:
                connection.execute("PRAGMA journal_mode = WAL")
                with self.write() as writer:
                    # Read again: another process may have migrated the file while this one waited.
                    schema.migrate(writer, _version(writer))
                    writer.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                    writer.execute(f"PRAGMA user_version = {schema.VERSION}")

    @property
    def place(self) -> str:
        """The path."""
        return str(self.path)

    @property
    def connection(self) -> sqlite.Connection:
        """This thread's connection."""
        found: sqlite.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = connect(
                self.path, mark="reading", timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            found.execute("PRAGMA synchronous = FULL")
            found.execute("PRAGMA foreign_keys = ON")
            found.execute(_CACHE)
            self._local.connection = found
            with self._guard:
                self._connections.append(found)
        return found

    @contextmanager
    def read(self) -> Iterator[sqlite.Connection]:
        """One snapshot of the book for several queries."""
        with self.errors():
            connection = self.connection
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def write(self, *, importing: bool = False) -> Iterator[sqlite.Connection]:
        """One transaction: all of it is on disk when the block ends, or nothing of it where the block raises.

        importing: the block only adds rows of a file that it has listed itself, so that their reference to it need not
        be looked up for each of a million rows.
        """
        with self._writing, self.errors():
            connection = self.connection
            if importing:
                connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                if importing:
                    connection.execute("PRAGMA foreign_keys = ON")
                    connection.execute(_CACHE)  # Filling an empty book makes it smaller for a while.

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turns SQLite's errors into StoreErrors."""
        try:
            yield
        except sqlite.DatabaseError as error:
            raise _in_words(error, self.path) from error

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._guard:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()


def _version(connection: sqlite.Connection) -> int:
    """The version of the tables in the file; 0 where it is new.

    Raises StoreError where the file belongs to a newer Aftercare or to another program.
    """
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if tables and owner != schema.APPLICATION_ID:
        raise StoreError(
            "The file is a database, but not an order book of Aftercare.",
            code="book_foreign",
            next="Choose another data folder with --home.",
        )
    return schema.checked(int(connection.execute("PRAGMA user_version").fetchone()[0]))


def _in_words(error: sqlite.Error, path: Path) -> StoreError:
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return StoreError(
            "The order book is damaged and cannot be read.",
            code="book_damaged",
            next="Put a backup in its place, or move the file away and import your reports again.",
            path=str(path),
        )
    if "locked" in text or "busy" in text:
        return StoreError(
            "Another program is writing to the order book.",
            code="book_busy",
            next="Wait until the other import is done, then try again.",
            path=str(path),
        )
    if "full" in text:
        return StoreError(
            "The disk is full; nothing of this was stored.",
            code="book_full",
            next="Make room on the disk, then import again.",
            path=str(path),
        )
    if "readonly" in text or "unable to open" in text or not os.access(path.parent, os.W_OK):
        return StoreError(
            "The order book cannot be opened for writing.",
            code="book_read_only",
            next="Give your user the right to write to the data folder, or choose another one with --home.",
            path=str(path),
        )
    return StoreError(
        f"The order book could not be used: {text}.",
        code="book_unusable",
        next="Try again; if it stays so, put a backup in its place.",
        path=str(path),
    )
