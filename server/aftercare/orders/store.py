"""Where an order book lies and what every place of it can do: one file of this machine (SQLite), or a server of a team.

The tables, their migrations and all queries are the same for both. What differs stands in `sqlite_store.py` and
`postgres.py`, behind the few methods below.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from aftercare.errors import AftercareError

POSTGRES = ("postgresql", "postgres")
_PLACES = "Give a path, or an address such as sqlite:///C:/data/book.sqlite3 or postgresql://user@host/name."


class Connection(Protocol):
    """What queries run on, with `?` for values. Cursors have `fetchone`, `fetchall` and `rowcount`, and iterate."""

    def execute(self, sql: str, values: Any = ..., /) -> Any: ...
    def executemany(self, sql: str, values: Iterable[Any], /) -> Any: ...


class Store(Protocol):
    """An open order book's place; safe to share between threads."""

    @property
    def path(self) -> Path:
        """The file. Raises StoreError (`book_on_server`) where there is none."""
        ...

    @property
    def place(self) -> str:
        """The file or the server's address, as a person may see it: without a password."""
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """One snapshot of the book for several queries."""
        ...

    def write(self, *, importing: bool = False) -> AbstractContextManager[Connection]:
        """One transaction, one at a time: all of it is stored when the block ends, or nothing where it raises.

        importing: it only adds what one file says, under the row of `file` that the block itself writes.
        """
        ...

    def close(self) -> None:
        """Closes the connections of all threads."""
        ...


def open_store(where: str | os.PathLike[str], *, create: bool) -> Store:
    """Opens the book at a path or an address such as `postgresql://user@host/name`, and makes or migrates its tables.

    Raises StoreError, and NotFoundError (`book_missing`) where there is none and `create` is false.
    """
    kind, separator, _ = os.fspath(where).partition("://")
    if separator and kind in POSTGRES:
        # The driver is only there, and only needed, where a team's book is.
        from aftercare.orders.postgres import PostgresStore

        return PostgresStore(os.fspath(where), create=create)
    from aftercare.orders.sqlite_store import SqliteStore

    return SqliteStore(Path(where), create=create)


def place_of(url: str | None, default: Path) -> str | Path:
    """What `--book` means: a path, `sqlite:///path`, or `postgresql://…`; the default where nothing was said.

    Raises AftercareError (`book_kind_unknown`).
    """
    if url is None:
        return default
    kind, separator, rest = url.strip().partition("://")
    # As elsewhere: sqlite:///relative/path, and sqlite:////absolute/path.
    path = rest.removeprefix("/") if separator else kind
    if not path or "\0" in path:
        # Nothing here must not mean the default: it is what an unset variable leaves of an address.
        raise AftercareError("No order book is named.", code="book_kind_unknown", next=_PLACES)
    if not separator:
        return Path(url)
    if kind in POSTGRES:
        return url
    if kind != "sqlite":
        raise AftercareError(
            f"An order book of the kind '{kind}' cannot be opened.",
            code="book_kind_unknown",
            next=_PLACES,
        )
    return Path(path)
