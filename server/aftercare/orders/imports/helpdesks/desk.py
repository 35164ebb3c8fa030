"""What the readers of all helpdesks share: one record in, its tickets and people into their threads."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from aftercare.orders.events import Outcome
from aftercare.orders.imports.documents import DocumentKind, DocumentSetting, json_kind
from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.helpdesks.threads import Threads
from aftercare.orders.imports.helpdesks.ticket import Person, Ticket
from aftercare.orders.imports.helpdesks.values import Record

Note = Callable[[str], None]
"""Takes what was left out of a record, in words without anything from it."""

Parse = Callable[[Record, date, Note], Iterable[Ticket | Person]]
"""Reads one record as of the given day. Raises RefusedError where it cannot be used."""

_COLLECTED_EVERY = 500

UNSURE = "nothing tells yet whether buyer or seller wrote this; import the helpdesk's tickets and users as well"


@dataclass(frozen=True, slots=True)
class Desk:
    """One helpdesk: its name in ids, the name `import --json` gives its files, and how its records are read.

    parts: the arrays of its API's answers.
    """

    name: str
    kind: str
    fits: Callable[[Record], bool]
    parse: Parse
    parts: tuple[str, ...] = ()

    def document(self) -> DocumentKind:
        """The kind of JSON documents this helpdesk exports."""
        return json_kind(self.kind, self.fits, lambda setting: TicketImporter(setting, self), self.parts)


class TicketImporter:
    """Takes the records of one file of a helpdesk."""

    def __init__(self, setting: DocumentSetting, desk: Desk) -> None:
        self._setting = setting
        self._desk = desk
        self._threads = Threads(setting.connection, desk.name, setting.content.name, setting.marketplace)

    def take(self, record: Record, number: int) -> Outcome | None:
        """Stores what one record tells: new or changed where any part of it is. Raises RefusedError."""
        if not self._desk.fits(record):
            raise RefusedError(f"is no record of {self._desk.name.capitalize()} that Aftercare knows")

        def note(reason: str) -> None:
            self._setting.result.note(number, reason)

        if number % _COLLECTED_EVERY == 0:
            # Parsed markup points at itself, and imports run without the collector that would find it.
            gc.collect()
        return put_all(self._threads, self._desk.parse(record, self._setting.today, note), number)

    def finish(self) -> None:
        """Called once after the last record."""
        self._setting.result.marketplaces.update(self._threads.stores)
        for number in self._threads.finish():
            self._setting.result.note(number, UNSURE)


def put_all(threads: Threads, parsed: Iterable[Ticket | Person], number: int) -> Outcome | None:
    """Stores tickets and people, and says what the most telling of them was to the book."""
    tickets: dict[str, Ticket] = {}
    outcomes: set[Outcome | None] = set()
    for each in parsed:
        if isinstance(each, Person):
            outcomes.add(threads.put_person(each))
        else:
            tickets[each.id] = tickets[each.id].joined(each) if each.id in tickets else each
    outcomes |= {threads.put(each, number) for each in tickets.values()}
    for outcome in ("new", "changed", "unchanged"):
        if outcome in outcomes:
            return outcome
    return None
