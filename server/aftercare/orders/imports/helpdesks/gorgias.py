"""Gorgias' records: tickets with their messages, single messages, and what its HTTP integrations send.

Every message says whether an agent wrote it and whether it is public.
Source: https://developers.gorgias.com/reference/ticket-messages
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.helpdesks.bodies import written
from aftercare.orders.imports.helpdesks.desk import Desk, Note
from aftercare.orders.imports.helpdesks.named import asked_from, facts
from aftercare.orders.imports.helpdesks.ticket import Fact, Kind, Message, Person, Ticket
from aftercare.orders.imports.helpdesks.values import Record, first, flag, ident, moment, record, records

_BODIES = ("stripped_text", "body_text", "body_html", "stripped_html")


def is_gorgias(source: Record) -> bool:
    """Whether this is a record of Gorgias."""
    return (
        _is_message(source)
        or _is_message(record(source.get("message")))
        or any(map(_is_message, records(source.get("messages"))))
        or ("created_datetime" in source and ("customer" in source or "messages" in source or "via" in source))
        or ("created_datetime" in record(source.get("ticket")))
    )


def parse(source: Record, today: date, note: Note) -> Iterator[Ticket | Person]:
    """What one record tells. Raises RefusedError."""
    if _is_message(source):
        yield from _talk({"id": source.get("ticket_id")}, [source], today, note)
        return
    ticket = record(source.get("ticket")) or source
    lone = record(source.get("message")) or record(ticket.get("message"))
    if lone:
        envelope: Record = {name: source.get(name) for name in ("subject", "spam") if name in source}
        ticket = {**envelope, **record(source.get("ticket"))}
        ticket.setdefault("id", first(lone, "ticket_id") or source.get("ticket_id"))
    yield from _talk(ticket, [*records([lone] if lone else []), *records(ticket.get("messages"))], today, note)


def _is_message(source: Record) -> bool:
    return isinstance(source.get("from_agent"), bool) and any(name in source for name in (*_BODIES, "created_datetime"))


def _talk(ticket: Record, sources: list[Record], today: date, note: Note) -> Iterator[Ticket]:
    if flag(ticket.get("spam")) or ticket.get("trashed_datetime"):
        return
    asking = record(ticket.get("customer")) or record(ticket.get("requester"))
    told = list(asked_from(_addresses(asking)))
    fields = [ticket.get(name) for name in ("external_id", "tags", "custom_fields", "meta")]
    told += facts(fields, [ticket.get("subject"), *(each.get("subject") for each in sources)])
    messages: list[Message] = []
    for source in filter(_is_said, sources):
        told += facts(None, None, [source.get(name) for name in _BODIES])
        message = _message(source, ticket, today)
        if message is None:
            note("a message without a usable date was left out")
            continue
        told += _asked(source) if message.kind == "buyer" else _written_to(source)
        messages.append(message)
    opened = moment(ticket.get("created_datetime"), today)
    number = ident(ticket.get("id"))
    if number is None and messages:
        # A message that does not tell its ticket stands for itself.
        number = f"message {messages[0].id}"
    if number is None or not (messages or opened):
        raise RefusedError("has neither the id of a ticket nor a message with a usable date")
    yield Ticket(number, opened, tuple(told), tuple(messages))


def _is_said(source: Record) -> bool:
    """Whether a person said it, to or from the buyer, and it was sent."""
    inner = flag(source.get("public")) is False or source.get("channel") in ("internal-note", "internal_note")
    by_itself = source.get("via") in ("rule", "automation") or bool(source.get("rule_id"))
    return not inner and not by_itself and not source.get("failed_datetime") and not source.get("deleted_datetime")


def _message(source: Record, ticket: Record, today: date) -> Message | None:
    at = _when(source, today)
    if at is None and "created_datetime" not in source and len(records(ticket.get("messages"))) == 1:
        at = moment(ticket.get("created_datetime"), today)
    if at is None:
        return None
    # The fullest body is cut by our own rules; Gorgias' stripped text keeps frames that Amazon put around it.
    plain = first(source, "body_text", "stripped_text")
    words = written(plain, None if isinstance(plain, str) and plain.strip() else first(source, "body_html"))
    words = words or written(source.get("stripped_text"), source.get("stripped_html"))
    agent = flag(source.get("from_agent"))
    kind: Kind = "seller" if agent else "notice" if agent is None else "buyer"
    number = ident(source.get("id")) or f"at {at.isoformat()}"
    return Message(number, at, kind, words)


def _when(source: Record, today: date) -> datetime | None:
    for name in ("sent_datetime", "created_datetime"):
        found = moment(source.get(name), today)
        if found:
            return found
    return None


def _asked(source: Record) -> Iterator[Fact]:
    return asked_from([*_addresses(source.get("sender")), *_addresses(record(source.get("source")).get("from"))])


def _written_to(source: Record) -> Iterator[Fact]:
    """The buyer whom an agent wrote to; Amazon's own addresses tell nothing of who began."""
    to = records(record(source.get("source")).get("to"))
    addresses = [address for each in [*to, record(source.get("receiver"))] for address in _addresses(each)]
    return (fact for fact in asked_from(addresses) if fact.name == "buyer")


def _addresses(person: Any) -> list[Any]:
    return [record(person).get("email"), record(person).get("address")]


GORGIAS = Desk("gorgias", "gorgias", is_gorgias, parse, ("tickets", "messages", "data"))
