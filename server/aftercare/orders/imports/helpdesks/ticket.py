"""A ticket as every helpdesk's reader hands it on: who asked, what it names, and the messages with the buyer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["buyer", "seller", "cancellation", "notice"]
Place = Literal["fields", "subject", "text"]
PLACES: tuple[Place, ...] = ("fields", "subject", "text")
"""Where a ticket can name an order, what is most to be trusted first."""

DESCRIPTION = "description"
"""The id of the message a ticket was opened with, where the helpdesk gives it none of its own."""

STAMP = "stamp"
"""Begins the id of a message of which the helpdesk tells only when it was written."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to or from the buyer.

    kind: who wrote; None where only `author` can tell, an id that is compared with the ticket's requester and with
    the people of the helpdesk. at: in UTC; text: None where it was redacted or is not in the file.
    """

    id: str
    at: datetime
    kind: Kind | None
    text: str | None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a ticket tells: the `order` or `asin` it names and in which place, its `requester`, the `buyer`'s
    relay key, or that its `sender` is Amazon itself."""

    name: Literal["order", "asin", "requester", "buyer", "sender"]
    value: str
    place: Place = "fields"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket, or as much of it as a record tells. opened: in UTC, where it is told."""

    id: str
    opened: datetime | None = None
    facts: tuple[Fact, ...] = ()
    messages: tuple[Message, ...] = ()

    def joined(self, other: Ticket) -> Ticket:
        """What two parts of one ticket tell together."""
        opened = min((each for each in (self.opened, other.opened) if each), default=None)
        return Ticket(self.id, opened, self.facts + other.facts, self.messages + other.messages)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone a helpdesk knows: whether they work for the seller, None where that is not told."""

    id: str
    agent: bool | None
    buyer_key: str | None = None
    amazon: bool = False
