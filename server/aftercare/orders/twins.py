"""Tells when two messages of a thread are one that came in two ways: as relay mail, and as a ticket of a helpdesk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from aftercare.orders.order import BuyerMessage

APART = timedelta(minutes=10)
"""How long a mail can take into a helpdesk."""

_SHORTEST_PART = 20
_NO_WORD = re.compile(r"[\W_]+")
_BUYER = frozenset({"buyer", "cancellation", "return_request"})
_ID = re.compile(r"([a-z_]+):")


def once(messages: Iterable[BuyerMessage]) -> tuple[BuyerMessage, ...]:
    """The messages of one order, oldest first, each once, whatever sources tell of it and in whatever order they came.

    Two are the same where the same side wrote the same words within minutes and they come from different sources; a
    message without its text is the same as one with it. Of two the mail stays, which says who wrote for certain; else
    the one whose id sorts first.
    """
    thread = sorted(messages, key=lambda each: (each.at, each.message_id))
    gone: set[int] = set()
    paired: set[tuple[int, str]] = set()
    for place, message in enumerate(thread):
        for near in range(place + 1, len(thread)):
            other = thread[near]
            if other.at - message.at > APART or place in gone:
                break
            if near in gone or not _are_one(message, other):
                continue
            # Two equal mails and one ticket are two messages: each side stands for one of the other only.
            if (place, _source(other)) in paired or (near, _source(message)) in paired:
                continue
            paired |= {(place, _source(other)), (near, _source(message))}
            gone.add(near if _rank(message) <= _rank(other) else place)
    return tuple(message for place, message in enumerate(thread) if place not in gone)


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two texts say the same but for blanks and signs, or one holds the other within a frame or a footer; a
    text that is not known is that of any other."""
    if one is None or other is None:
        return True
    short, long = sorted(
        (_NO_WORD.sub(" ", one).casefold().strip(), _NO_WORD.sub(" ", other).casefold().strip()), key=len
    )
    return short == long or (len(short) >= _SHORTEST_PART and short in long)


def _are_one(one: BuyerMessage, other: BuyerMessage) -> bool:
    same_side = one.kind == other.kind or {one.kind, other.kind} <= _BUYER
    lacks_text = (one.text is None) != (other.text is None)
    return same_side and (lacks_text or _source(one) != _source(other)) and same_words(one.text, other.text)


def _rank(message: BuyerMessage) -> tuple[bool, bool, str]:
    return (message.text is None, _source(message) != "", message.message_id)


def _source(message: BuyerMessage) -> str:
    """The helpdesk that a message comes from; empty for mail, whose ids are addresses in angle brackets."""
    match = _ID.match(message.message_id)
    return match[1] if match else ""
