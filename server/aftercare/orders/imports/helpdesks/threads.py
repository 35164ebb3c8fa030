"""Joins what the records of a helpdesk tell of one ticket, in whatever files and order they come, into its thread.

Everything is derived anew from all that is known of the ticket whenever something new is told of it: which orders it is
about (fields before subject before text), who the buyer is, who wrote which message. So a comment finds its order when
its ticket is imported later, and an agent is known as such when the users are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from aftercare.orders.events import Outcome
from aftercare.orders.imports.helpdesks.rows import (
    UNKNOWN,
    Row,
    TicketRows,
    fact_name,
    fact_of,
    message_name,
    message_of,
)
from aftercare.orders.imports.helpdesks.ticket import DESCRIPTION, PLACES, STAMP, Fact, Kind, Message, Person, Ticket
from aftercare.orders.imports.lines import marketplace_of
from aftercare.orders.store import Connection
from aftercare.orders.twins import same_words

_SOON = timedelta(minutes=10)
_MOST_REMEMBERED = 20_000

Known = dict[str, Fact]


class Threads:
    """Writes the tickets and people of one helpdesk, from one file.

    marketplace: two letters, where the person named it; a relay address says it better.
    """

    def __init__(self, connection: Connection, desk: str, source: str, marketplace: str | None = None) -> None:
        self._rows = TicketRows(connection, desk)
        self._source = source
        self._hint = marketplace
        self._people: dict[str, Person | None] = {}
        self._learned: set[str] = set()
        self._unsure: dict[str, int] = {}
        self.stores: Counter[str] = Counter()
        """How many of the records put were of which marketplace."""

    def put(self, ticket: Ticket, number: int) -> Outcome | None:
        """Adds what a record tells of a ticket; None where that is nothing."""
        if not ticket.facts and not ticket.messages:
            return None
        self._unsure.setdefault(ticket.id, number)
        outcome, stores = self._derive(ticket)
        self.stores.update(stores)
        return outcome

    def put_person(self, person: Person) -> Outcome:
        """Adds what is told of a person; `finish` applies it to the tickets they had a part in."""
        known = self._rows.person(person.id)
        if known:
            agent = person.agent if known.agent is None else known.agent or bool(person.agent)
            keys = [key for key in (known.buyer_key, person.buyer_key) if key]
            person = Person(person.id, agent, min(keys, default=None), known.amazon or person.amazon)
        if person == known:
            return "unchanged"
        self._rows.put_person(person)
        self._people.pop(person.id, None)
        self._learned.add(person.id)
        return "changed" if known else "new"

    def finish(self) -> Iterator[int]:
        """Applies what was learned of people to the tickets that were there before them.

        Gives the numbers of records with messages of which nobody can tell yet who wrote them.
        """
        if self._learned:
            for ticket in list(self._rows.tickets_of(self._learned)):
                self._derive(Ticket(ticket))
        yield from sorted(self._unsure.values())

    def _derive(self, ticket: Ticket) -> tuple[Outcome, set[str]]:
        """What it was to the book, and the marketplace of its messages."""
        before = self._rows.of_ticket(ticket.id)
        facts: Known = {}
        messages: dict[str, Message] = {}
        for name, row in before.items():
            fact = fact_of(name, row)
            if fact:
                _add_fact(facts, fact)
            else:
                _add_message(messages, message_of(name, row))
        known = set(facts) | set(messages)
        for each in ticket.facts:
            _add_fact(facts, each)
        for message in ticket.messages:
            _add_message(messages, message)
        _drop_repeated(messages)
        after = self._thread(ticket, before, facts, messages)
        if not any(row.kind == "notice" and "@" in name for name, row in after.items()):
            self._unsure.pop(ticket.id, None)
        self._rows.write(ticket.id, before, after)
        if {name: row.says() for name, row in before.items()} == {name: row.says() for name, row in after.items()}:
            outcome: Outcome = "unchanged"
        else:
            outcome = "new" if not before or set(messages) - known else "changed"
        return outcome, {row.marketplace for row in after.values() if row.marketplace}

    def _thread(
        self, ticket: Ticket, before: dict[str, Row], facts: Known, messages: dict[str, Message]
    ) -> dict[str, Row]:
        """The rows that stand for all this."""
        moments = [each.at for each in messages.values()]
        moments += [datetime.fromisoformat(row.at) for row in before.values() if row.at != UNKNOWN.isoformat()]
        opened = min([*moments, *([ticket.opened] if ticket.opened else [])], default=UNKNOWN)
        orders = _best(facts, "order")
        asins = _best(facts, "asin")
        key = self._buyer(facts)
        told = max((row.marketplace for row in before.values() if row.marketplace), default=None)
        store = (marketplace_of(key.rpartition("@")[2]) if key else None) or told or self._hint
        after: dict[str, Row] = {}
        for name, fact in facts.items():
            row = Row(
                fact.value if fact.name == "order" else "",
                opened.isoformat(),
                "notice",
                buyer_key=fact.value if fact.name == "buyer" else None,
                reason=fact.place,
                source=before[name].source if name in before else self._source,
            )
            after[name] = row
        for message in messages.values():
            kind = self._kind(message, facts)
            for order in orders or [""]:
                name = message_name(message, order if len(orders) > 1 else "")
                old = before.get(name) or before.get(message_name(message))
                row = Row(
                    order,
                    message.at.isoformat(),
                    kind,
                    message.text,
                    key,
                    asins[0] if len(asins) == 1 else None,
                    store,
                    None,
                    old.source if old else self._source,
                )
                after[name] = row
        return after

    def _kind(self, message: Message, facts: Known) -> Kind:
        """Who wrote: as the record says; else by what is known of the author; else the requester is the buyer.

        Whoever answers a buyer without being one is taken for the seller. Where not even the requester is known, nobody
        can tell, and the message is a mere notice until they are.
        """
        author = self._person(message.author) if message.author else None
        asking = _values(facts, "requester")
        if message.kind:
            kind = message.kind
        elif author and author.agent is not None:
            kind = "seller" if author.agent else "buyer"
        elif asking:
            kind = "buyer" if message.author in asking else "seller"
        else:
            kind = "notice"
        amazon = _values(facts, "sender") or any(one and one.amazon for one in map(self._person, asking))
        return "notice" if kind == "buyer" and (amazon or (author and author.amazon)) else kind

    def _buyer(self, facts: Known) -> str | None:
        told = _values(facts, "buyer")
        if not told:
            people = map(self._person, _values(facts, "requester"))
            told = [one.buyer_key for one in people if one and one.buyer_key]
        # Tickets of two buyers that were merged are nobody's in particular.
        return told[0] if len(set(told)) == 1 else None

    def _person(self, person: str) -> Person | None:
        if person not in self._people:
            if len(self._people) >= _MOST_REMEMBERED:
                self._people.clear()
            self._people[person] = self._rows.person(person)
        return self._people[person]


def _add_fact(facts: Known, fact: Fact) -> None:
    """Of one fact told in two places, the better place holds."""
    name = fact_name(fact)
    known = facts.get(name)
    if known is None or PLACES.index(fact.place) < PLACES.index(known.place):
        facts[name] = fact


def _add_message(messages: dict[str, Message], message: Message) -> None:
    """Of two readings of one message the fuller text and the earlier moment hold."""
    name = message_name(message)
    known = messages.get(name)
    messages[name] = _joined(known, message) if known else message


def _joined(one: Message, other: Message) -> Message:
    text = max(one.text or "", other.text or "", key=lambda each: (len(each), each)) or None
    kinds = {one.kind, other.kind} - {None}
    kind = max(kinds - {"notice"} or kinds, default=None, key=str)
    return Message(one.id, min(one.at, other.at), kind, text, one.author)


def _drop_repeated(messages: dict[str, Message]) -> None:
    """Leaves out what repeats a message that is known by its own id: the description of a ticket, which its first
    comment repeats, and what only tells when someone wrote."""
    own = [each for each in messages.values() if each.id != DESCRIPTION and not each.id.startswith(STAMP)]
    for name, each in list(messages.items()):
        stamp = each.id.startswith(STAMP)
        if (stamp or each.id == DESCRIPTION) and any(
            abs(other.at - each.at) <= _SOON
            and same_words(other.text, each.text)
            and (not stamp or other.kind == each.kind)
            for other in own
        ):
            del messages[name]


def _best(facts: Known, name: str) -> list[str]:
    """What the best place that names any says."""
    found = [fact for fact in facts.values() if fact.name == name]
    best = min((PLACES.index(fact.place) for fact in found), default=0)
    return sorted(fact.value for fact in found if PLACES.index(fact.place) == best)


def _values(facts: Known, name: str) -> list[str]:
    return sorted(fact.value for fact in facts.values() if fact.name == name)
