"""The order book of a team on a PostgreSQL server: the same tables and queries as in the file of one machine.

One connection a thread; writers wait for one another, as in SQLite. Who may see the data is the server's to say:
Aftercare neither makes its users nor keeps its passwords (give them in ~/.pgpass or PGPASSWORD).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from aftercare.errors import NotFoundError, StoreError
from aftercare.orders import schema
from aftercare.orders.postgres_bulk import FEWEST, Written, bulk_of, write
from aftercare.orders.postgres_words import in_postgres

if TYPE_CHECKING:
    import psycopg

_WAIT_SECONDS = 30.0
_CONNECT_SECONDS = 10
_LOCK = schema.APPLICATION_ID
"""The number of the lock that a writer holds; any number that no other program takes will do."""


class PostgresConnection:
    """A psycopg connection that takes the book's statements."""

    def __init__(self, raw: psycopg.Connection) -> None:
        self.raw = raw

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> psycopg.Cursor:
        return self.raw.execute(in_postgres(sql), _storable(values))

    def executemany(self, sql: str, values: Iterable[Sequence[Any]], /) -> psycopg.Cursor | Written:
        rows = [_storable(row) for row in values]
        bulk = bulk_of(sql) if len(rows) >= FEWEST else None
        if bulk:
            return write(self.raw, bulk, rows)
        cursor = self.raw.cursor()
        cursor.executemany(in_postgres(sql), rows)
        return cursor

    @property
    def in_transaction(self) -> bool:
        return self.raw.info.transaction_status.name != "IDLE"


def _storable(values: Sequence[Any]) -> list[Any]:
    """The values as the tables keep them: a truth as 0 or 1, a text without the zero byte, which PostgreSQL lacks."""
    return [
        value.replace("\x00", "")
        if isinstance(value, str) and "\x00" in value
        else int(value)
        if value is True or value is False
        else value
        for value in values
    ]


class PostgresStore:
    """The connections to one database; safe to share between threads."""

    def __init__(self, url: str, *, create: bool) -> None:
        """Connects to `postgresql://user@host/name`, and makes or migrates the tables.

        Raises StoreError (`book_driver_missing`, `book_address_bad`, `book_unreachable`, `book_refused`, `book_newer`,
        `book_foreign`, `book_busy`), or NotFoundError (`book_missing`) where there are no tables and `create` is false.
        """
        self._psycopg = _driver()
        self._url, self.place = url, _shown(self._psycopg, url)
        self._local = threading.local()
        self._connections: list[PostgresConnection] = []
        self._guard = threading.Lock()
        with self.read() as reader:
            version = _version(reader)
        if not version and not create:
            raise NotFoundError(
                "There is no order book yet.", code="book_missing", next="Import a report first: aftercare import FILE."
            )
        if version < schema.VERSION:
            with self.write() as writer:
                # Read again: another process may have migrated the tables while this one waited.
                schema.migrate(writer, _version(writer))
                writer.execute("CREATE TABLE IF NOT EXISTS aftercare_book (version INTEGER NOT NULL)")
                writer.execute("DELETE FROM aftercare_book")
                writer.execute("INSERT INTO aftercare_book VALUES (?)", (schema.VERSION,))

    @property
    def path(self) -> Path:
        """There is none. Raises StoreError (`book_on_server`)."""
        raise StoreError(
            "The order book lies on a server, not in a file of this machine.",
            code="book_on_server",
            next="Back it up there, with pg_dump.",
        )

    @property
    def connection(self) -> PostgresConnection:
        """This thread's connection; a new one where the server closed the last."""
        found: PostgresConnection | None = getattr(self._local, "connection", None)
        if found is None or found.raw.closed:
            found = self._local.connection = PostgresConnection(_connected(self._psycopg, self._url, self.place))
            with self._guard:
                self._connections = [each for each in self._connections if not each.raw.closed] + [found]
        return found

    @contextmanager
    def read(self) -> Iterator[PostgresConnection]:
        """One snapshot of the book for several queries."""
        with self._errors():
            connection = self.connection
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield connection
            finally:
                if not connection.raw.closed:
                    connection.execute("ROLLBACK")

    @contextmanager
    def write(self, *, importing: bool = False) -> Iterator[PostgresConnection]:
        """One transaction, one at a time: all of it is stored when the block ends, or nothing where it raises."""
        with self._errors():
            connection = self.connection
            connection.execute("BEGIN")
            # An import knows that it touches few of many rows; the server cannot, as it has no statistics of what was
            # written a moment ago, and would read whole tables for every batch.
            try:
                connection.execute(f"SET LOCAL lock_timeout = {int(_WAIT_SECONDS * 1000)}")
                connection.execute("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
                for setting in ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit"):
                    connection.execute(f"SET LOCAL {setting} = off")
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if not connection.raw.closed and connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._guard:
            for connection in self._connections:
                connection.raw.close()
            self._connections.clear()
        self._local = threading.local()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as error:
            # The driver's own words can hold values of the statement, which are the buyers'.
            raise _in_words(error.sqlstate or "", type(error).__name__, self.place) from None


def _driver() -> ModuleType:
    try:
        import psycopg
    except ImportError:
        raise StoreError(
            "An order book on PostgreSQL needs the package psycopg, which is not installed.",
            code="book_driver_missing",
            next='Install it: pip install "aftercare[team]".',
        ) from None
    return psycopg


def _shown(driver: ModuleType, url: str) -> str:
    """The address without its password. Raises StoreError (`book_address_bad`)."""
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(url)
    except driver.Error:
        raise StoreError(
            "The address of the order book cannot be read.",
            code="book_address_bad",
            next="Give it as postgresql://user@host/name; signs such as @ in a password are written as %40.",
        ) from None
    user = f"{parts['user']}@" if parts.get("user") else ""
    port = f":{parts['port']}" if parts.get("port") else ""
    host = parts.get("host") or ""
    return f"postgresql://{user}{'' if str(host).startswith('/') else host}{port}/{parts.get('dbname') or ''}"


def _connected(driver: ModuleType, url: str, place: str) -> psycopg.Connection:
    try:
        connection = driver.connect(
            url, autocommit=True, connect_timeout=_CONNECT_SECONDS, application_name="aftercare"
        )
    except driver.OperationalError as error:
        if "authentication" in str(error) or "password" in str(error):
            raise StoreError(
                "The server of the order book does not let this user in.",
                code="book_refused",
                next="Check the user in the address, and the password in ~/.pgpass or PGPASSWORD.",
                place=place,
            ) from None
        raise StoreError(
            "The server of the order book cannot be reached, or has no such database.",
            code="book_unreachable",
            next="Check the address, whether PostgreSQL runs there, and whether the database was made (createdb).",
            place=place,
        ) from None
    connection.prepare_threshold = 3
    return connection


def _version(connection: PostgresConnection) -> int:
    """The version of the tables; 0 where there are none. Raises StoreError (`book_newer`, `book_foreign`)."""
    tables = connection.execute(
        "SELECT relname FROM pg_catalog.pg_class WHERE relname IN ('aftercare_book', 'reading') "
        "AND pg_catalog.pg_table_is_visible(oid)"
    ).fetchall()
    if ("aftercare_book",) in tables:
        return schema.checked(int((connection.execute("SELECT version FROM aftercare_book").fetchone() or (0,))[0]))
    if tables:
        raise StoreError(
            "The database holds tables of another program.",
            code="book_foreign",
            next="Make a database for Aftercare alone: createdb NAME.",
        )
    return 0


_WORDS = {
    "55P03": ("book_busy", "Another program is writing to the order book.",
              "Wait until the other import is done, then try again."),
    "53100": ("book_full", "The disk of the server is full; nothing of this was stored.",
              "Make room on the server, then import again."),
    "42501": ("book_read_only", "The server does not let this user write to the order book.",
              "Ask the server's keeper for the right to make and change tables in this database."),
    "25006": ("book_read_only", "The server can only be read from at present.",
              "Give the address of the server that takes writes."),
    "57P01": ("book_unreachable", "The server of the order book was stopped.", "Try again when it runs."),
}  # fmt: skip


def _in_words(state: str, name: str, place: str) -> StoreError:
    unknown = (
        ("book_unreachable", "The connection to the order book's server was lost.", "Try again.")
        if state[:2] in ("", "08", "57")
        else ("book_unusable", f"The order book could not be used: {name}.", "Try again; tell us if it stays so.")
    )
    code, message, further = _WORDS.get(state, unknown)
    return StoreError(message, code=code, next=further, place=place, state=state)
