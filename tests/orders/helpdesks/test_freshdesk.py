"""Freshdesk's tickets as listed, with conversations, in webhooks and in exports."""

from __future__ import annotations

from typing import Any

import pytest

from orders.helpdesks.conftest import ORDER

RELAY = "z9y8x7w6v5u4t3+7b1d@marketplace.amazon.com"


def ticket(**more: Any) -> dict[str, Any]:
    return {
        "id": 18, "subject": f"Inquiry (Order: {ORDER})", "status": 2, "priority": 1, "source": 1, "requester_id": 5,
        "created_at": "2026-02-03T10:00:00Z", "spam": False, "fr_escalated": False, "custom_fields": {"cf_a": None},
        "tags": [], **more,
    }  # fmt: skip


def talk(number: int, incoming: bool, text: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "incoming": incoming, "private": False, "body_text": text, "body": f"<div>{text}</div>",
        "created_at": f"2026-02-03T1{number}:00:00Z", "ticket_id": 18, **more,
    }  # fmt: skip


TALK = [talk(1, False, "On its way."), talk(2, False, "Ask the carrier", private=True), talk(3, True, "Thank you!")]
SAID = [("buyer", "Where is it?"), ("seller", "On its way."), ("buyer", "Thank you!")]


def test_a_ticket_with_its_conversations_is_a_thread(tell, thread) -> None:
    result = tell(ticket(description_text="Where is it?", requester={"email": RELAY}, conversations=TALK))

    assert (result.kind, thread()) == ("freshdesk", SAID)


def test_conversations_of_their_own_join_the_ticket_in_either_order(tell, thread) -> None:
    tell(TALK)
    tell([ticket(description="<p>Where is it?</p>")])

    assert thread() == SAID


def test_a_list_without_texts_tells_who_wrote_when(tell, thread) -> None:
    tell([ticket(stats={"agent_responded_at": "2026-02-03T11:00:00Z", "requester_responded_at": None})])
    assert thread() == [("buyer", None), ("seller", None)]

    tell(ticket(description_text="Where is it?", conversations=TALK))
    assert thread() == SAID


def test_a_mail_that_the_seller_began_is_the_sellers(tell, thread) -> None:
    tell([ticket(source=10, description_text="Your parcel is late.")])

    assert thread() == [("seller", "Your parcel is late.")]


@pytest.mark.parametrize("more", [{"spam": True}, {"deleted": True}])
def test_spam_and_deleted_tickets_are_passed_over(tell, more) -> None:
    assert tell([ticket(**more)]).skipped == 1


def test_an_answer_with_one_ticket_tells_its_order_without_a_message(tell, book, thread) -> None:
    result = tell({"ok": True, "data": {"id": 18, "subject": f"Inquiry (Order: {ORDER})", "status": 2,
                                        "statusText": "open", "created_at": "2026-02-03T10:00:00Z"}})  # fmt: skip

    assert (result.kind, result.new, thread()) == ("freshdesk", 1, [])
    assert book.order(ORDER).messages[0].kind == "notice"


def test_a_webhook_tells_the_order_of_a_ticket_known_without_it(tell, thread) -> None:
    tell([ticket(subject="Inquiry", description_text="Where is it?")])
    tell({"freshdesk_webhook": {"ticket_id": 18, "ticket_subject": f"Inquiry {ORDER}", "ticket_description": ""}})

    assert thread() == [("buyer", "Where is it?")]


def test_an_account_export_wraps_tickets_with_notes(tell, thread) -> None:
    inner = {**ticket(description="Where is it?"), "display_id": 18, "id": 99, "notes": TALK}
    tell([{"helpdesk_ticket": inner}])

    assert thread() == SAID
