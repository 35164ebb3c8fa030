"""A message that came as mail and as a ticket counts once, whichever came first; two equal messages stay two."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from aftercare.orders.order import BuyerMessage
from aftercare.orders.twins import once, same_words

START = datetime(2026, 2, 3, 10, tzinfo=UTC)


def said(name: str, minute: int, text: str | None = "Where is my lamp?", kind: str = "buyer") -> BuyerMessage:
    return BuyerMessage("113-1234567-7654321", START + timedelta(minutes=minute), kind, text, message_id=name)  # type: ignore[arg-type]


MAIL = said("<a@amazon.com>", 0)
TICKET = said("zendesk:1:2@3", 3, "Where is\nmy LAMP")


@pytest.mark.parametrize("order", list(itertools.permutations([MAIL, TICKET, said("gorgias:5:6", 4)])))
def test_mail_and_tickets_of_one_message_count_once(order: tuple[BuyerMessage, ...]) -> None:
    assert [each.message_id for each in once(order)] == ["<a@amazon.com>"]


APART = {
    "hours apart": said("zendesk:1:2", 90),
    "other words": said("zendesk:1:2", 1, "It is broken."),
    "the other side": said("zendesk:1:2", 1, kind="seller"),
    "another mail": said("<b@amazon.com>", 1),
}


@pytest.mark.parametrize("name", APART)
def test_others_stay_two(name: str) -> None:
    assert len(once([MAIL, APART[name]])) == 2


def test_two_equal_mails_and_their_two_tickets_are_two_messages() -> None:
    thread = [MAIL, said("<b@amazon.com>", 2), said("zendesk:1:2", 1), said("zendesk:1:3", 3)]

    assert [each.message_id for each in once(thread)] == ["<a@amazon.com>", "<b@amazon.com>"]


def test_a_message_without_text_gives_way_to_one_with_it() -> None:
    assert once([said("freshdesk:1:stamp", 0, None), said("freshdesk:1:7", 2)]) == (said("freshdesk:1:7", 2),)


def test_a_text_within_its_frame_is_the_same() -> None:
    assert same_words("Where is my lamp, please?", "Hello! Where is my lamp, please? Sent from my phone")
    assert not same_words("Hello", "Hello, where is my lamp?")
