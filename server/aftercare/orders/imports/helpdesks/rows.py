"""How tickets lie in the book's table of messages, and the rows of one ticket read and written.

A message is `zendesk:<ticket>:<message>`, with `@<author>` where only people can tell who wrote, and `#<order>` where
it is of several orders. What a ticket tells besides is kept beside its messages, in rows of the kind `notice` without
text: `zendesk:<ticket>:?order=<order>`, with the place it was named in as their reason. So files can come in any order,
and what is known of a ticket is forgotten with its order. A person is `zendesk:?user=<id>`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import quote, unquote

from aftercare.orders.imports.cells import EARLIEST
from aftercare.orders.imports.helpdesks.ticket import Fact, Kind, Message, Person, Place
from aftercare.orders.store import Connection

UNKNOWN = datetime(EARLIEST.year, EARLIEST.month, EARLIEST.day, tzinfo=UTC)
"""Stands where no moment is known; the table needs one."""

_COLUMNS = ("order_id", "at", "kind", "text", "buyer_key", "asin", "marketplace", "reason", "source")
_SELECT = f"SELECT message_id, {', '.join(_COLUMNS)} FROM message WHERE "  # noqa: S608 - names of this file only.
_PUT = (
    f"INSERT INTO message (message_id, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)}) "  # noqa: S608
    f"ON CONFLICT (message_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS)}"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, without its id."""

    order_id: str
    at: str
    kind: str
    text: str | None = None
    buyer_key: str | None = None
    asin: str | None = None
    marketplace: str | None = None
    reason: str | None = None
    source: str = ""

    def says(self) -> tuple[Any, ...]:
        """All but the file it came from."""
        return (self.order_id, self.at, self.kind, self.text, self.buyer_key, self.asin, self.marketplace, self.reason)


class TicketRows:
    """The rows of one helpdesk."""

    def __init__(self, connection: Connection, desk: str) -> None:
        self._connection = connection
        self._desk = desk

    def of_ticket(self, ticket: str) -> dict[str, Row]:
        """A ticket's rows by their ids below the ticket: messages and facts."""
        start = self._start(ticket)
        found = self._connection.execute(
            f"{_SELECT} message_id >= ? AND message_id < ?", (start, f"{start[:-1]};")
        ).fetchall()
        return {row[0][len(start) :]: Row(*row[1:]) for row in found}

    def write(self, ticket: str, before: dict[str, Row], after: dict[str, Row]) -> None:
        """Makes a ticket's rows those of `after`."""
        start = self._start(ticket)
        gone = [(start + name,) for name in before if name not in after]
        if gone:
            self._connection.executemany("DELETE FROM message WHERE message_id = ?", gone)
        changed = [(start + name, row) for name, row in after.items() if before.get(name) != row]
        if changed:
            self._connection.executemany(
                _PUT, [(name, *(getattr(row, column) for column in _COLUMNS)) for name, row in changed]
            )

    def person(self, person: str) -> Person | None:
        """What is known of a person of the helpdesk."""
        found = self._connection.execute(f"{_SELECT} message_id = ?", (self._person(person),)).fetchone()
        if not found:
            return None
        row = Row(*found[1:])
        agent = {"agent": True, "customer": False, "amazon": False}.get(row.reason or "")
        return Person(person, agent, row.buyer_key, row.reason == "amazon")

    def put_person(self, person: Person) -> None:
        """Stores what is known of a person."""
        role = "amazon" if person.amazon else {True: "agent", False: "customer", None: None}[person.agent]
        row = Row("", UNKNOWN.isoformat(), "notice", buyer_key=person.buyer_key, reason=role, source=self._desk)
        self._connection.execute(_PUT, (self._person(person.id), *(getattr(row, column) for column in _COLUMNS)))

    def tickets_of(self, people: set[str]) -> Iterator[str]:
        """The tickets that were asked by one of these people, or in which one of them wrote."""
        start = f"{self._desk}:"
        found: dict[str, None] = {}
        for (name,) in self._connection.execute(
            "SELECT message_id FROM message WHERE message_id >= ? AND message_id < ?", (start, f"{self._desk};")
        ):
            ticket, _, rest = name[len(start) :].partition(":")
            if rest and _person_in(rest) in people:
                found[unquote(ticket)] = None
        yield from found

    def _start(self, ticket: str) -> str:
        return f"{self._desk}:{quoted(ticket)}:"

    def _person(self, person: str) -> str:
        return f"{self._desk}:?user={quoted(person)}"


def quoted(part: str) -> str:
    """A part of an id without the signs that part ids."""
    return part if part.isalnum() and part.isascii() else quote(part, safe="")


def fact_name(fact: Fact) -> str:
    """The id of a fact's row below its ticket."""
    return f"?{fact.name}={quoted(fact.value)}"


def message_name(message: Message, order: str = "") -> str:
    """The id of a message's row below its ticket; `order` where there are rows for several."""
    author = f"@{quoted(message.author)}" if message.author else ""
    return f"{quoted(message.id)}{author}{f'#{order}' if order else ''}"


def fact_of(name: str, row: Row) -> Fact | None:
    """The fact that a row keeps; None where it keeps a message."""
    if not name.startswith("?"):
        return None
    what, _, value = name[1:].partition("=")
    return Fact(cast(Any, what), unquote(value), cast(Place, row.reason or "text"))


def message_of(name: str, row: Row) -> Message:
    """The message that a row keeps. Who wrote it stays open where its author is named."""
    plain, _, author = name.partition("#")[0].partition("@")
    kind = None if author else cast(Kind, row.kind)
    return Message(unquote(plain), datetime.fromisoformat(row.at), kind, row.text, unquote(author) or None)


def _person_in(name: str) -> str:
    if name.startswith("?requester="):
        return unquote(name.partition("=")[2])
    return unquote(name.partition("#")[0].partition("@")[2])
