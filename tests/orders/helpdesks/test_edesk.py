"""eDesk's tickets and messages."""

from __future__ import annotations

from typing import Any

import pytest

from orders.helpdesks.conftest import ORDER


def message(number: int, direction: str, body: str, kind: str = "Message", **more: Any) -> dict[str, Any]:
    return {
        "id": number, "type": kind, "direction": direction, "body": body, "errors": [], "ticket_id": 4,
        "created_at": f"2026-02-03 1{number}:00:00", **more,
    }  # fmt: skip


TICKET = {"id": 4, "subject": "Where is it", "seller_order_id": ORDER, "contact": {"email": "abc@x.example"}}
TALK = [message(1, "Incoming", "<p>Where is it?</p>"), message(2, "Outgoing", "<p>On its way.</p>")]
SAID = [("buyer", "Where is it?"), ("seller", "On its way.")]


def test_a_ticket_tells_its_order_and_talk(tell, thread) -> None:
    result = tell({"data": [{**TICKET, "messages": TALK}]})

    assert (result.kind, thread()) == ("edesk", SAID)


def test_messages_of_their_own_join_the_ticket_in_either_order(tell, thread) -> None:
    tell(TALK)
    assert thread() == []

    tell([TICKET])
    assert thread() == SAID


@pytest.mark.parametrize(
    "left_out",
    [
        message(3, "Other", "x", "Note"), message(3, "Outgoing", "x", "AutoReply"), message(3, "Other", "x", "Status"),
        message(3, "Incoming", "x", "NegativeFeedback"), message(3, "Outgoing", "x", "Scheduled"),
        message(3, "Outgoing", "x", errors=["bounced"]), message(3, "Outgoing", "x", "AiAutoReplyHandsFree"),
    ],
)  # fmt: skip
def test_what_is_no_message_between_people_is_left_out(tell, thread, left_out) -> None:
    tell({**TICKET, "messages": [*TALK, left_out]})

    assert thread() == SAID


def test_a_wish_to_cancel_is_told_as_such(tell, thread) -> None:
    tell({**TICKET, "messages": [message(1, "Incoming", "Please cancel.", "AmazonBuyerCancellation")]})

    assert thread() == [("cancellation", "Please cancel.")]


def test_equal_ids_of_unlike_messages_are_two(tell, thread) -> None:
    tell({**TICKET, "messages": [TALK[0], {**TALK[1], "id": 1, "external_id": "other"}]})

    assert thread() == SAID
