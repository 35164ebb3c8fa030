"""The desk: one SQLite file with cases, notes, contacts, pairings and the audit trail, opened safely and written whole.

Every change happens inside `with desk.write() as writing:`, one transaction that also holds its audit entries: either
all of it is on disk when the block ends, or none of it.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare.cases import audit
from aftercare.cases.key import AuditKey
from aftercare.cases.schema import MIGRATIONS
from aftercare.config import Home, private
from aftercare.errors import StoreError
from aftercare.vault import connect

Clock = Callable[[], datetime]

_BUSY_MS = 5000
"""How long to wait for another process (the command line beside the server) to finish its change."""


class Writing:
    """One transaction: changes and the audit entries that tell of them."""

    def __init__(self, desk: Desk, connection: sqlite.Connection) -> None:
        self._desk = desk
        self.connection = connection
        self.at = stamp(desk.now())
        """The moment of the transaction, the same for all its rows."""

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> sqlite.Cursor:
        """Runs one statement."""
        return self.connection.execute(sql, values)

    def record(self, agent: str, action: str, subject: str, /, **details: Any) -> None:
        """Appends one audit entry; `details` hold ids, counts, rule names and hashes, never what people wrote."""
        audit.append(self.connection, self._desk.key, self.at, agent, action, subject, details)


class Desk:
    """An open desk. Threads may share it; each works on a connection of its own."""

    def __init__(self, home: Home, now: Clock) -> None:
        self.home = home
        self.now = now
        self.key = AuditKey(home)
        self._own = threading.local()
        self._all: list[sqlite.Connection] = []
        self._lock = threading.Lock()

    @classmethod
    def open(cls, home: Home, *, now: Clock = lambda: datetime.now(UTC)) -> Desk:
        """Opens the desk of a home; it is made where it is missing, and brought to this version where it is older.

        now: the clock, for tests. Raises StoreError (`desk_unusable`, `desk_newer`).
        """
        desk = cls(home, now)
        with _said():
            private(home.desk)
            desk._migrate()
        return desk

    def close(self) -> None:
        """Closes every thread's connection; the desk cannot be used after that."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, sql: str, values: tuple[Any, ...] = ()) -> list[sqlite.Row]:
        """All rows of one query; nothing is written."""
        with _said():
            return self._connection().execute(sql, values).fetchall()

    def rows(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[sqlite.Row]:
        """The rows of one query, one after the other, for tables that may be long."""
        with _said():
            yield from self._connection().execute(sql, values)

    @contextmanager
    def write(self) -> Iterator[Writing]:
        """One transaction, on disk when the block ends; an error inside undoes all of it."""
        with _said():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Writing(self, connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @property
    def instance(self) -> str:
        """What tells this desk from others: 32 hex digits, drawn when it was made."""
        return str(self.read("SELECT value FROM meta WHERE name = 'instance'")[0]["value"])

    def _connection(self) -> sqlite.Connection:
        own: sqlite.Connection | None = getattr(self._own, "connection", None)
        if own is None:
            # Closing happens from another thread than the one that worked with it, hence `check_same_thread`.
            own = connect(self.home.desk, mark="meta", isolation_level=None, check_same_thread=False)
            own.row_factory = sqlite.Row
            own.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
            own.execute("PRAGMA journal_mode = WAL")
            own.execute("PRAGMA synchronous = FULL")
            own.execute("PRAGMA foreign_keys = ON")
            # What is forgotten shall not stay readable in the free space of the file.
            own.execute("PRAGMA secure_delete = ON")
            self._own.connection = own
            with self._lock:
                self._all.append(own)
        return own

    def _migrate(self) -> None:
        if self._version() == len(MIGRATIONS):
            return
        if self._version() > len(MIGRATIONS):
            raise StoreError(
                "The cases were written by a newer Aftercare than this one.",
                code="desk_newer",
                next="Install the newer version again; nothing was changed.",
            )
        with self.write() as writing:
            # Two processes may start at once: the version counts again inside the transaction.
            for number in range(self._version(), len(MIGRATIONS)):
                for statement in MIGRATIONS[number]:
                    writing.run(statement)
                if number == 0:
                    self.key.create()
                    audit.begin(writing.connection, self.key, writing.at)
                    writing.run("INSERT INTO meta VALUES ('instance', ?)", (secrets.token_hex(16),))
                writing.run(f"PRAGMA user_version = {number + 1}")

    def _version(self) -> int:
        return int(self._connection().execute("PRAGMA user_version").fetchone()[0])


def stamp(moment: datetime) -> str:
    """A moment as it is stored and answered: UTC to the second, `2026-03-01T09:30:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def _said() -> Iterator[None]:
    """Turns what SQLite and the file system say into a sentence and a next step."""
    try:
        yield
    except sqlite.OperationalError as error:
        busy = error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
        raise StoreError(
            "The file of the cases is in use." if busy else "The file of the cases cannot be read or written.",
            code="desk_busy" if busy else "desk_unusable",
            next="Try again in a moment." if busy else "See that the disk is not full and the folder is writable.",
            status=503 if busy else 500,
        ) from error
    except (sqlite.NotSupportedError, sqlite.IntegrityError, sqlite.ProgrammingError, sqlite.InterfaceError):
        raise  # Mistakes in this program, which its own tests should see.
    except (sqlite.DatabaseError, OSError) as error:
        raise StoreError(
            "The file of the cases is damaged or cannot be opened.",
            code="desk_unusable",
            next="Keep a copy of the data folder, then put a backup back: aftercare restore FILE.",
        ) from error
