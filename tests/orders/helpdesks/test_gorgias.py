"""Gorgias' tickets, messages and what its integrations send."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.orders.book import OrderBook
from orders.helpdesks.conftest import ORDER

RELAY = "z9y8x7w6v5u4t3@marketplace.amazon.co.uk"
AT = "2026-02-03T10:00:00.123456"


def message(number: int = 1, agent: bool = False, text: str | None = "Where is it?", **more: Any) -> dict[str, Any]:
    return {
        "id": number, "from_agent": agent, "public": True, "channel": "email", "body_text": text,
        "created_datetime": AT.replace("10:", f"1{number}:"), "sender": {"email": "a@shop.example" if agent else RELAY},
        **more,
    }  # fmt: skip


def ticket(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": 8, "subject": f"Inquiry (Order: {ORDER})", "channel": "email", "customer": {"id": 3, "email": RELAY},
        "messages": list(messages), "tags": [{"name": "amazon"}], "created_datetime": AT, "spam": False, **more,
    }  # fmt: skip


def test_a_ticket_tells_the_talk_and_the_buyer(tell, thread, book: OrderBook) -> None:
    result = tell(ticket(message(1), message(2, agent=True, text="It comes today.")))

    assert (result.kind, result.new) == ("gorgias", 1)
    assert thread() == [("buyer", "Where is it?"), ("seller", "It comes today.")]
    assert {each.buyer_key for each in book.order(ORDER).messages if each.text} == {RELAY}
    assert book.order(ORDER).messages[-1].marketplace == "UK"


@pytest.mark.parametrize(
    "more",
    [
        {"public": False}, {"channel": "internal-note"}, {"via": "rule"}, {"rule_id": 4}, {"failed_datetime": AT},
        {"created_datetime": None},
    ],
)  # fmt: skip
def test_notes_rules_failed_and_undated_messages_are_left_out(tell, thread, more) -> None:
    tell(ticket(message(1), message(2, agent=True, text="Left out", **more)))

    assert thread() == [("buyer", "Where is it?")]


@pytest.mark.parametrize("more", [{"spam": True}, {"trashed_datetime": AT}])
def test_spam_and_trash_are_passed_over(tell, more) -> None:
    assert tell(ticket(message(1), **more)).skipped == 1


def test_an_integration_sends_ticket_and_message_side_by_side(tell, thread) -> None:
    result = tell({"ticket": {"id": 8, "subject": f"About {ORDER}"}, "message": message(1)})

    assert (result.kind, thread()) == ("gorgias", [("buyer", "Where is it?")])


def test_an_envelope_around_one_message_is_opened(tell, thread) -> None:
    tell({"event_id": "e", "subject": f"About {ORDER}", "spam": False, "message": message(1)})

    assert thread() == [("buyer", "Where is it?")]


def test_single_messages_join_their_ticket_in_either_order(tell, thread) -> None:
    tell({"data": [message(2, agent=True, text="It comes today.", ticket_id=8)]})
    assert thread() == []

    tell(ticket(message(1)))
    assert thread() == [("buyer", "Where is it?"), ("seller", "It comes today.")]


def test_orders_of_the_customer_are_not_those_of_the_ticket(tell, rows) -> None:
    tell(ticket(message(1), subject="Hello", customer={"email": RELAY, "integrations": {"1": {"orders": [ORDER]}}}))

    assert {row[1] for row in rows()} == {""}


def test_the_frame_of_amazon_is_cut_off(tell, thread) -> None:
    framed = (
        f"You have received a message.\n\n# {ORDER}:\n1 / Lamp [ASIN: B0ABCDEF12]\n\n"
        "------------- Begin message -------------\n\nWhere is it?\n\n------------- End message -------------\n\n"
        "For your information: https://sellercentral.amazon.co.uk\n[commMgrTok:A1B2]"
    )
    tell(ticket(message(1, text=framed), subject="Inquiry"))

    assert thread() == [("buyer", "Where is it?")]


def test_a_message_without_any_date_is_refused_by_name(tell) -> None:
    result = tell({"ticket": {"subject": f"About {ORDER}"}, "message": {"from_agent": False, "body_text": "Hello"}})

    assert "date" in result.refused[0].reason
