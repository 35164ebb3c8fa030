"""Zendesk's records: tickets, comments, audits, ticket events and users, from its export or its API.

A ticket names its requester, a comment its author; who works for the seller stands in the users. Comments, audits and
users may come in files of their own. Source: https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.helpdesks.bodies import written
from aftercare.orders.imports.helpdesks.desk import Desk, Note
from aftercare.orders.imports.helpdesks.named import asked_from, buyer_key, facts, is_amazon
from aftercare.orders.imports.helpdesks.ticket import DESCRIPTION, Fact, Message, Person, Ticket
from aftercare.orders.imports.helpdesks.values import Record, first, flag, ident, moment, record, records, text

_BODIES = ("plain_body", "body", "html_body")
_BY_ITSELF = ("system", "rule", "trigger", "automation", "monitor_event", "sla", "answer_bot", "answer_bot_for_agents")
"""Channels of comments that no person wrote."""

_EVENTS = ("events", "child_events")
_ROLES = {"agent": True, "admin": True, "owner": True, "end-user": False, "end_user": False}


def is_zendesk(source: Record) -> bool:
    """Whether this is a record of Zendesk."""
    source = _inner(source)
    return _is_ticket(source) or _is_comment(source) or _is_audit(source) or _is_user(source)


def parse(source: Record, today: date, note: Note) -> Iterator[Ticket | Person]:
    """What one record tells. Raises RefusedError."""
    source = _inner(source)
    if _is_user(source):
        yield from _people([source])
    elif _is_audit(source):
        yield from _audit(source, today, note)
    elif _is_ticket(source):
        yield from _ticket(source, today, note)
    else:
        number = ident(source.get("ticket_id"))
        if number is None:
            raise RefusedError("the comment does not tell which ticket it belongs to")
        yield _talk(number, [source], today, note)


def _inner(source: Record) -> Record:
    """The record without the envelope of a single answer or a webhook."""
    for name in ("ticket", "comment", "user", "audit"):
        if isinstance(source.get(name), dict) and "subject" not in source and "author_id" not in source:
            return record(source[name])
    return source


def _is_ticket(source: Record) -> bool:
    return (
        "id" in source
        and ("requester_id" in source or "submitter_id" in source)
        and ("raw_subject" in source or "subject" in source or "description" in source)
        and not isinstance(source.get("status"), int)
        and "fr_due_by" not in source
    )


def _is_comment(source: Record) -> bool:
    named = any(isinstance(source.get(name), str) for name in _BODIES)
    return named and "id" in source and "author_id" in source and isinstance(source.get("public"), bool | None)


def _is_audit(source: Record) -> bool:
    return "ticket_id" in source and any(isinstance(source.get(name), list) for name in _EVENTS)


def _is_user(source: Record) -> bool:
    return source.get("role") in _ROLES and "id" in source and ("email" in source or "name" in source)


def _people(sources: list[Record]) -> Iterator[Person]:
    for each in sources:
        number = ident(each.get("id"))
        if number is not None:
            address = text(each.get("email"))
            agent = _ROLES.get(str(each.get("role")))
            yield Person(number, agent, buyer_key([address]), is_amazon(address))


def _ticket(source: Record, today: date, note: Note) -> Iterator[Ticket | Person]:
    number = ident(source.get("id"))
    if number is None:
        raise RefusedError("the ticket has no usable id")
    if source.get("status") == "deleted" or flag(source.get("spam")) or source.get("status") == "suspended":
        return
    asking = record(source.get("requester"))
    yield from _people([each for each in (asking, record(source.get("submitter"))) if each.get("role")])
    opened = moment(source.get("created_at"), today)
    requester = ident(first(source, "requester_id")) or ident(asking.get("id"))
    told = [Fact("requester", requester)] if requester else []
    sender = record(record(record(source.get("via")).get("source")).get("from"))
    told += asked_from([sender.get("address"), asking.get("email"), source.get("requester_email")])
    description = source.get("description")
    fields = [source.get(name) for name in ("custom_fields", "fields", "external_id", "tags", "metadata")]
    told += facts(fields, [source.get("subject"), source.get("raw_subject")], [description])
    messages = []
    if text(description) and flag(source.get("is_public")) is not False:
        if opened is None:
            note("the ticket has no usable date; its description was left out")
        else:
            # The submitter always becomes the author of the first comment.
            author = ident(source.get("submitter_id")) or requester
            messages.append(Message(DESCRIPTION, opened, None if author else "notice", written(description), author))
    yield Ticket(number, opened, tuple(told), tuple(messages))
    comments = [*records(source.get("comments")), *records([source.get("comment")])]
    if comments:
        yield _talk(number, comments, today, note)
    for audit in records(source.get("audits")):
        yield from _audit({"ticket_id": number, **audit}, today, note)


def _talk(ticket: str, comments: list[Record], today: date, note: Note, at: datetime | None = None) -> Ticket:
    """The public comments of one ticket; `at` stands where they have no moment of their own."""
    told: list[Fact] = []
    messages: list[Message] = []
    for comment in comments:
        if not _is_said(comment):
            continue
        number = ident(comment.get("id"))
        when = moment(first(comment, "created_at", "created"), today) or at
        author = ident(first(comment, "author_id", "user_id"))
        if number is None or when is None:
            note("a comment without a usable id or date was left out")
            continue
        bodies = [comment.get(name) for name in _BODIES]
        told += facts(None, None, bodies)
        sender = record(record(record(comment.get("via")).get("source")).get("from"))
        told += [fact for fact in asked_from([sender.get("address")]) if fact.name == "buyer"]
        words = written(first(comment, "plain_body", "body"), comment.get("html_body"))
        messages.append(Message(number, when, None if author else "notice", words, author))
    return Ticket(ticket, None, tuple(told), tuple(messages))


def _is_said(comment: Record) -> bool:
    """Whether a person said it, to or from the buyer. Zendesk's own author id is -1."""
    via = record(comment.get("via"))
    merged = record(via.get("source")).get("rel") == "merge"
    return (
        flag(comment.get("public")) is not False
        and via.get("channel") not in _BY_ITSELF
        and not merged
        and ident(comment.get("author_id")) != "-1"
        and comment.get("type") in (None, "Comment")
    )


def _audit(source: Record, today: date, note: Note) -> Iterator[Ticket | Person]:
    """An audit, or an event of the incremental export: comments among changes of fields."""
    number = ident(source.get("ticket_id"))
    if number is None:
        raise RefusedError("the audit does not tell which ticket it belongs to")
    at = moment(first(source, "created_at", "timestamp"), today)
    told: list[Fact] = []
    comments: list[Record] = []
    for event in [each for name in _EVENTS for each in records(source.get(name))]:
        kind = first(event, "type", "event_type")
        if kind == "Comment":
            via = event.get("via") or source.get("via")
            by = first(event, "author_id") or first(source, "author_id", "updater_id")
            comments.append({**event, "type": "Comment", "via": via, "author_id": by})
        elif kind in ("Create", "Change"):
            told += _changed(event)
    yield Ticket(number, at, tuple(told), ())
    yield _talk(number, comments, today, note, at)


def _changed(event: Record) -> Iterator[Fact]:
    """What the change of a field tells; newer exports name the field as the key of its value."""
    name, value = event.get("field_name"), event.get("value")
    if name == "requester_id" and (requester := ident(value)):
        yield Fact("requester", requester)
    elif name == "subject":
        yield from facts(None, value)
    else:
        yield from facts(_values_of(event, name, value))


def _values_of(event: Record, name: Any, value: Any) -> Any:
    return value if isinstance(name, str) else [event.get("custom_ticket_fields"), event.get("tags")]


ZENDESK = Desk("zendesk", "zendesk", is_zendesk, parse, ("users", "tickets", "comments", "audits", "ticket_events"))
