"""Freshdesk's records: tickets as listed or with their conversations, single conversations, webhooks, account exports.

A conversation says whether it came in and whether it is private. The list of tickets has no texts; it tells when
someone last wrote. Source: https://developers.freshdesk.com/api/#conversations
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.helpdesks.bodies import written
from aftercare.orders.imports.helpdesks.desk import Desk, Note
from aftercare.orders.imports.helpdesks.named import asked_from, facts
from aftercare.orders.imports.helpdesks.ticket import DESCRIPTION, STAMP, Fact, Message, Person, Ticket
from aftercare.orders.imports.helpdesks.values import Record, first, flag, ident, moment, record, records

_TICKET_ONLY = (
    "fr_due_by", "fr_escalated", "email_config_id", "requester_id", "product_id", "conversations", "description_text",
    "statusText", "status_name", "priority", "display_id", "responder_id",
)  # fmt: skip
_TALKS = ("conversations", "notes")
_OUTBOUND = 10
_BY_BUYER = (1, 2, 7, 9)
"""Sources of tickets that their requesters open: e-mail, portal, chat, feedback widget."""

_SURVEY = 6
_WEBHOOK = "freshdesk_webhook"
_LATEST = ("ticket_latest_public_comment", "ticket_description", "ticket_url", "ticket_requester_email")


def is_freshdesk(source: Record) -> bool:
    """Whether this is a record of Freshdesk."""
    return any(
        _is_ticket(each) or _is_talk(each) or _is_webhook(each)
        for each in (source, _inner(source), record(source.get(_WEBHOOK)))
    )


def parse(source: Record, today: date, note: Note) -> Iterator[Ticket | Person]:
    """What one record tells. Raises RefusedError."""
    source = _inner(source)
    if _is_webhook(source):
        yield from _webhook(source)
    elif _is_ticket(source):
        yield from _ticket(source, today, note)
    else:
        number = ident(source.get("ticket_id"))
        if number is None:
            raise RefusedError("the conversation does not tell which ticket it belongs to")
        yield _talk(number, [source], today, note)


def _inner(source: Record) -> Record:
    """The record without the envelope of an answer, an export or a webhook."""
    for name in ("helpdesk_ticket", "ticket", "data", _WEBHOOK):
        if isinstance(source.get(name), dict) and "subject" not in source:
            return record(source[name])
    return source


def _is_ticket(source: Record) -> bool:
    status = source.get("status")
    return (
        "subject" in source
        and ("id" in source or "display_id" in source)
        and isinstance(status, int)
        and not isinstance(status, bool)
        and any(name in source for name in _TICKET_ONLY)
    )


def _is_talk(source: Record) -> bool:
    return isinstance(source.get("incoming"), bool) and isinstance(source.get("private"), bool) and "id" in source


def _is_webhook(source: Record) -> bool:
    return "ticket_id" in source and any(name in source for name in _LATEST)


def _ticket(source: Record, today: date, note: Note) -> Iterator[Ticket]:
    number = ident(first(source, "display_id", "id"))
    if number is None:
        raise RefusedError("the ticket has no usable id")
    if flag(source.get("spam")) or flag(source.get("deleted")):
        return
    opened = moment(source.get("created_at"), today)
    asking = record(source.get("requester"))
    told = list(asked_from([asking.get("email"), source.get("email"), source.get("from_email")]))
    fields = [source.get(name) for name in ("custom_fields", "custom_field", "tags", "external_id")]
    bodies = [source.get(name) for name in ("description_text", "description", "description_html")]
    told += facts(fields, source.get("subject"), bodies)
    messages = list(_opening(source, opened))
    if any(isinstance(body, str) and body.strip() for body in bodies) and opened is None:
        note("the ticket has no usable date; its description was left out")
    talks = [each for name in _TALKS for each in records(source.get(name))]
    if not talks:
        messages += _stamps(record(source.get("stats")), today)
    yield Ticket(number, opened, tuple(told), tuple(messages))
    if talks:
        yield _talk(number, talks, today, note)


def _opening(source: Record, opened: datetime | None) -> Iterator[Message]:
    """What a ticket was opened with: by its requester, unless it is a mail that the seller began."""
    words = written(source.get("description_text"), source.get("description_html"))
    words = words or written(source.get("description"))
    way = source.get("source")
    if opened and (words or way in _BY_BUYER):
        yield Message(DESCRIPTION, opened, "seller" if way == _OUTBOUND else "buyer", words)


def _stamps(stats: Record, today: date) -> Iterator[Message]:
    """Messages of which a list without texts tells only when they were written."""
    for name, kind in (
        ("first_responded_at", "seller"),
        ("agent_responded_at", "seller"),
        ("requester_responded_at", "buyer"),
    ):
        at = moment(stats.get(name), today)
        if at:
            yield Message(f"{STAMP} {kind} {at.isoformat()}", at, "seller" if kind == "seller" else "buyer", None)


def _talk(ticket: str, talks: list[Record], today: date, note: Note) -> Ticket:
    """The public conversations of one ticket."""
    told: list[Fact] = []
    messages: list[Message] = []
    for each in talks:
        if flag(each.get("private")) or flag(each.get("deleted")) or each.get("source") == _SURVEY:
            continue
        number = ident(each.get("id"))
        at = moment(each.get("created_at"), today)
        incoming = flag(each.get("incoming"))
        if number is None or at is None or incoming is None:
            note("a conversation without a usable id, date or direction was left out")
            continue
        told += facts(None, None, [each.get("body_text"), each.get("body"), each.get("body_html")])
        addresses = [each.get("from_email")] if incoming else each.get("to_emails")
        told += [fact for fact in asked_from(addresses if isinstance(addresses, list) else []) if fact.name == "buyer"]
        words = written(each.get("body_text"), first(each, "body", "body_html"))
        messages.append(Message(number, at, "buyer" if incoming else "seller", words))
    return Ticket(ticket, None, tuple(told), tuple(messages))


def _webhook(source: Record) -> Iterator[Ticket]:
    """A webhook's fields as Freshdesk names them; they have no dates, so that only what the ticket names is kept."""
    number = ident(source.get("ticket_id"))
    if number is None:
        raise RefusedError("the webhook does not tell which ticket it is about")
    told = [*asked_from([source.get("ticket_requester_email")])]
    told += facts(source.get("ticket_tags"), source.get("ticket_subject"), [source.get("ticket_description")])
    if not told:
        raise RefusedError("the webhook has no date, and names no order")
    yield Ticket(number, None, tuple(told))


FRESHDESK = Desk("freshdesk", "freshdesk", is_freshdesk, parse, ("tickets", "results", "conversations", "data"))
