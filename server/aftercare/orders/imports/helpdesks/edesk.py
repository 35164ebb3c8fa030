"""eDesk's records: tickets with their messages, and single messages.

A message has a direction and one of some thirty types, of which few are words between buyer and seller.
Source: https://developers.edesk.com/
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.helpdesks.bodies import written
from aftercare.orders.imports.helpdesks.desk import Desk, Note
from aftercare.orders.imports.helpdesks.named import asked_from, facts
from aftercare.orders.imports.helpdesks.ticket import Fact, Kind, Message, Person, Ticket
from aftercare.orders.imports.helpdesks.values import Record, first, flag, ident, moment, record, records

_DIRECTIONS = ("incoming", "outgoing", "other")
_WORDS = ("message", "externalmessage", "aiquickreply")
"""Types in which people write to one another; a quick reply is one that an agent chose."""

_CANCELLATION = "amazonbuyercancellation"
_ORDER_FIELDS = ("seller_order_id", "order_id", "external_order_id", "sales_order", "sales_orders", "order")
_FIELDS = (*_ORDER_FIELDS, "external_id", "custom_fields", "tags", "asin", "items")
_TALKS = ("messages", "items", "ticket_items")


def is_edesk(source: Record) -> bool:
    """Whether this is a record of eDesk."""
    source = _inner(source)
    return _is_message(source) or _is_ticket(source)


def parse(source: Record, today: date, note: Note) -> Iterator[Ticket | Person]:
    """What one record tells. Raises RefusedError."""
    source = _inner(source)
    if _is_message(source):
        number = ident(source.get("ticket_id"))
        if number is None:
            raise RefusedError("the message does not tell which ticket it belongs to")
        yield _ticket(number, {}, [source], today, note)
        return
    number = ident(source.get("id"))
    if number is None:
        raise RefusedError("the ticket has no usable id")
    if str(source.get("status")).casefold() in ("spam", "deleted") or flag(source.get("spam")):
        return
    talks = [each for name in _TALKS for each in records(source.get(name)) if _is_message(each)]
    yield _ticket(number, source, talks, today, note)


def _inner(source: Record) -> Record:
    """The record without the envelope of an answer."""
    for name in ("data", "ticket", "Ticket", "message", "Ticket_Item"):
        if isinstance(source.get(name), dict) and "id" not in source:
            return record(source[name])
    return source


def _is_message(source: Record) -> bool:
    return (
        isinstance(source.get("type"), str)
        and isinstance(source.get("direction"), str)
        and source["direction"].casefold() in _DIRECTIONS
        and ("body" in source or "ticket_id" in source)
    )


def _is_ticket(source: Record) -> bool:
    if any(_is_message(each) for name in _TALKS for each in records(source.get(name))):
        return True
    return "id" in source and "seller_order_id" in source and ("subject" in source or "channel_id" in source)


def _ticket(number: str, source: Record, talks: list[Record], today: date, note: Note) -> Ticket:
    told: list[Fact] = []
    if source:
        asking = [record(source.get(name)) for name in ("contact", "customer", "consumer")]
        told += asked_from([*(each.get("email") for each in asking), source.get("email")])
        fields = {name: source.get(name) for name in _FIELDS if name not in _TALKS}
        told += facts(fields, source.get("subject"))
    messages: list[Message] = []
    for talk in talks:
        kind = _kind(talk)
        if kind is None:
            continue
        own, at = ident(first(talk, "id", "external_id")), moment(first(talk, "created_at", "sent_at", "date"), today)
        if own is None or at is None:
            note("a message without a usable id or date was left out")
            continue
        told += facts([talk.get(name) for name in _ORDER_FIELDS], talk.get("subject"), [talk.get("body")])
        told += [fact for fact in asked_from([talk.get("from_email"), talk.get("to_email")]) if fact.name == "buyer"]
        messages.append(Message(_unique(own, talk), at, kind, written(talk.get("body"))))
    return Ticket(number, moment(source.get("created_at"), today), tuple(told), tuple(messages))


def _kind(talk: Record) -> Kind | None:
    """Who wrote; None where it is no message, or one that could not be sent."""
    kind, direction = str(talk.get("type")).casefold(), str(talk.get("direction")).casefold()
    if kind == _CANCELLATION:
        return "cancellation"
    if kind not in _WORDS or direction == "other" or (direction == "outgoing" and talk.get("errors")):
        return None
    return "buyer" if direction == "incoming" else "seller"


def _unique(own: str, talk: Record) -> str:
    """eDesk's ids of messages need not be unique within a ticket; its type and external id tell them apart."""
    kind = str(talk.get("type"))
    other = ident(talk.get("external_id"))
    return " ".join(each for each in (own, "" if kind.casefold() == "message" else kind, other or "") if each)


EDESK = Desk("edesk", "edesk", is_edesk, parse, ("tickets", "messages", "data"))
