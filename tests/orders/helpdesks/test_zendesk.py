"""Zendesk's tickets, comments, audits and users, together and apart."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from aftercare.orders.book import OrderBook
from orders.helpdesks.conftest import ORDER, OTHER

RELAY = "q1w2e3r4t5y6u7i+0f0e7c1a-1111-4222-8333-944444444444@marketplace.amazon.de"


def ticket(**more: Any) -> dict[str, Any]:
    """A ticket that a buyer opened on 3 February 2026."""
    return {
        "id": 51, "requester_id": 700, "submitter_id": 700, "subject": f"Lamp (Bestellung: {ORDER})",
        "raw_subject": "", "description": "The lamp flickers.", "status": "open", "created_at": "2026-02-03T10:00:00Z",
        "via": {"channel": "email", "source": {"from": {"address": RELAY}}}, "custom_fields": [], "tags": [], **more,
    }  # fmt: skip


def comment(number: int, author: int, body: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "author_id": author, "body": body, "public": True, "type": "Comment",
        "created_at": f"2026-02-03T1{number}:00:00Z", "via": {"channel": "web"}, **more,
    }  # fmt: skip


USERS = [{"id": 700, "role": "end-user", "email": RELAY}, {"id": 900, "role": "agent", "email": "kim@shop.example"}]
TALK = [
    comment(0, 700, "The lamp flickers."),
    comment(1, 900, "Hm, a loose contact?", public=False),
    comment(2, 900, "Please try another bulb."),
    comment(3, 700, "That did not help."),
]
SAID = [("buyer", "The lamp flickers."), ("seller", "Please try another bulb."), ("buyer", "That did not help.")]


def test_a_ticket_tells_order_buyer_and_store(tell, book: OrderBook) -> None:
    result = tell([ticket()])

    message = next(each for each in book.order(ORDER).messages if each.kind == "buyer")
    assert (result.kind, result.new, result.refused, result.marketplace) == ("zendesk", 1, [], "DE")
    assert (message.text, message.at) == ("The lamp flickers.", datetime(2026, 2, 3, 10, tzinfo=UTC))
    assert (message.buyer_key, message.marketplace) == ("q1w2e3r4t5y6u7i@marketplace.amazon.de", "DE")
    assert message.message_id.startswith("zendesk:51:")


SHAPES = {
    "array": lambda tickets: json.dumps(tickets),
    "object": lambda tickets: json.dumps({"count": 1, "tickets": tickets, "next_page": None}),
    "lines": lambda tickets: "\n".join(map(json.dumps, tickets)),
    "pretty lone ticket": lambda tickets: json.dumps(tickets[0], indent=2),
    "answer with one ticket": lambda tickets: json.dumps({"ticket": tickets[0]}),
    "pages, one a line": lambda tickets: "\n".join(json.dumps({"tickets": [each], "users": USERS}) for each in tickets),
    "page": lambda tickets: json.dumps({"users": USERS, "groups": [{"id": 1}], "tickets": tickets, "end_time": 1}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_the_export_is_read(drop, thread, shape: str) -> None:
    result = drop(SHAPES[shape]([ticket(), ticket(id=52, subject="No order here", via=None)]))

    assert (result.kind, result.refused) == ("zendesk", [])
    assert thread() == [("buyer", "The lamp flickers.")]


def test_comments_within_a_ticket_replace_its_description_and_notes_are_left_out(tell, thread) -> None:
    tell([ticket(comments=TALK)])

    assert thread() == SAID


PARTS = {
    "tickets": {"tickets": [ticket()]},
    "comments": {"comments": [{**each, "ticket_id": "51"} for each in TALK]},
    "users": {"users": USERS},
}


@pytest.mark.parametrize("order", list(itertools.permutations(PARTS)), ids="-".join)
def test_files_of_tickets_comments_and_users_join_in_any_order(tell, thread, order: tuple[str, ...]) -> None:
    for name in (*order, *order):
        tell(PARTS[name])

    assert thread() == SAID


@pytest.mark.parametrize("order", list(itertools.permutations(PARTS)), ids="-".join)
def test_any_order_leaves_the_same_rows(tell, rows, order: tuple[str, ...], tmp_path) -> None:
    for name in order:
        tell(PARTS[name])
    first = rows()

    with OrderBook.open(tmp_path / "whole.sqlite3") as other:
        from aftercare.orders.imports import import_file
        from orders.conftest import TODAY

        whole = tmp_path / "whole.json"
        whole.write_text(json.dumps({key: value for part in PARTS.values() for key, value in part.items()}))
        import_file(other, whole, today=TODAY)
        with other.write() as connection:
            again = connection.execute(
                "SELECT message_id, order_id, at, kind, text, buyer_key, asin, marketplace, reason FROM message "
                "ORDER BY message_id"
            ).fetchall()
    assert first == again


def test_a_second_import_changes_nothing(tell) -> None:
    page = {"tickets": [ticket(comments=TALK)], "users": USERS}
    tell(page)

    assert (tell({**page, "count": 2}).unchanged, tell({**page, "count": 3}).new) == (3, 0)


def test_comments_of_an_unknown_ticket_are_kept_apart_and_said(tell, rows) -> None:
    result = tell({"comments": [{**TALK[0], "ticket_id": 51}]})

    assert "nothing tells yet whether buyer or seller" in result.notes[0].reason
    assert [(row[1], row[3]) for row in rows()] == [("", "notice")]


def test_comments_that_tell_no_ticket_are_refused(tell) -> None:
    result = tell({"comments": TALK[:1]})

    assert result.refused[0].reason == "the comment does not tell which ticket it belongs to"


@pytest.mark.parametrize(
    ("more", "order"),
    [
        ({"subject": "Help", "custom_fields": [{"id": 1, "value": ORDER}]}, ORDER),
        ({"subject": f"About {OTHER}", "custom_fields": [{"id": 1, "value": ORDER}]}, ORDER),
        ({"subject": "Help", "tags": ["vip", f"order_{ORDER}"]}, ORDER),
        ({"subject": "Help", "external_id": ORDER}, ORDER),
        ({"subject": "Help", "description": f"My order is {ORDER}, it flickers."}, ORDER),
        ({"subject": f"About {ORDER}", "description": f"Not {OTHER}!"}, ORDER),
        ({"subject": "注文番号：１１３－１２３４５６７－７６５４３２１"}, ORDER),
        ({"subject": ORDER.replace("-", "‑")}, ORDER),
    ],
)
def test_fields_come_before_the_subject_and_the_subject_before_the_text(tell, thread, more, order) -> None:
    tell([ticket(**more)])

    assert len(thread(order)) == 1
    assert thread(OTHER) == []


def test_a_ticket_about_several_orders_is_in_the_thread_of_each(tell, thread) -> None:
    tell([ticket(subject=f"{ORDER} and {OTHER}", comments=TALK)])

    assert thread() == thread(OTHER) == SAID


def test_an_order_named_in_a_later_comment_gives_the_whole_ticket_its_order(tell, thread) -> None:
    tell([ticket(subject="Lamp", comments=TALK)])
    assert thread() == []

    tell({"comments": [{**comment(4, 700, f"It is {ORDER}"), "ticket_id": 51}]})
    assert thread() == [*SAID, ("buyer", f"It is {ORDER}")]


NO_ORDERS = [
    "1113-1234567-7654321",
    "113-1234567-76543210",
    "113-1234567-7654321-9",
    "13-1234567-7654321",
    "1131234567",
]


@pytest.mark.parametrize("text", NO_ORDERS)
def test_other_numbers_are_no_orders(tell, rows, text: str) -> None:
    tell([ticket(subject=text)])

    assert {row[1] for row in rows()} == {""}


@pytest.mark.parametrize(
    "more",
    [
        {"status": "deleted", "subject": "SCRUBBED", "description": "X"},
        {"status": "suspended"},
        {"is_public": False},
        {"description": None},
        {"description": "▇▇▇▇ ▇▇▇"},
    ],
)
def test_deleted_spam_private_and_redacted_tickets_leave_no_words(tell, thread, more) -> None:
    result = tell([ticket(**more)])

    assert result.refused == []
    assert [text for _, text in thread() if text] == []


@pytest.mark.parametrize(
    "more",
    [
        {"public": False}, {"via": {"channel": "rule"}}, {"via": {"channel": "system"}}, {"author_id": -1},
        {"via": {"channel": "web", "source": {"rel": "merge"}}}, {"type": "VoiceComment"},
    ],
)  # fmt: skip
def test_what_no_person_said_to_the_buyer_is_left_out(tell, thread, more) -> None:
    tell([ticket(comments=[*TALK, comment(4, 900, "Left out", **more)])])

    assert thread() == SAID


def test_a_person_who_answers_without_being_the_requester_is_the_seller(tell, thread) -> None:
    tell([ticket(comments=[TALK[0], comment(2, 901, "We send a new one.")])])

    assert thread()[-1] == ("seller", "We send a new one.")


def test_an_agent_who_opens_a_ticket_for_the_buyer_wrote_its_description(tell, thread) -> None:
    tell([ticket(submitter_id=900)])

    assert thread() == [("seller", "The lamp flickers.")]


def test_what_amazon_wrote_is_no_message_of_the_buyer(tell, book: OrderBook) -> None:
    tell([ticket(via={"channel": "email", "source": {"from": {"address": "donotreply@amazon.com"}}})])

    assert {each.kind for each in book.order(ORDER).messages} == {"notice"}


def test_an_audit_tells_comments_requester_and_subject(tell, thread) -> None:
    events = [
        {"id": 1, "type": "Comment", "author_id": 700, "body": "The lamp flickers.", "public": True},
        {"id": 2, "type": "Create", "field_name": "requester_id", "value": "700"},
        {"id": 3, "type": "Create", "field_name": "subject", "value": f"Lamp {ORDER}"},
    ]
    answer = {"id": 4, "type": "Comment", "author_id": 900, "body": "Sorry!", "public": True}
    tell({"audits": [
        {"id": 8, "ticket_id": 51, "author_id": 700, "created_at": "2026-02-03T10:00:00Z", "events": events},
        {"id": 9, "ticket_id": 51, "author_id": 900, "created_at": "2026-02-03T11:00:00Z", "events": [answer]},
    ]})  # fmt: skip

    assert thread() == [("buyer", "The lamp flickers."), ("seller", "Sorry!")]


def test_an_event_of_the_incremental_export_tells_its_comment(tell, thread) -> None:
    tell([ticket()])
    event = {"id": 7, "event_type": "Comment", "author_id": 900, "body": "Sorry!", "public": True}
    tell({"ticket_events": [
        {"id": 6, "ticket_id": 51, "timestamp": 1770120000, "updater_id": 900, "child_events": [event]}
    ]})  # fmt: skip

    assert thread() == [("buyer", "The lamp flickers."), ("seller", "Sorry!")]


@pytest.mark.parametrize(
    ("number", "at"), [("51", "2026-02-03 10:00:00 UTC"), (51.0, 1770112800), (51, "Tue, 3 Feb 2026 11:00:00 +0100")]
)
def test_ids_and_dates_come_in_odd_forms(tell, book: OrderBook, number: Any, at: Any) -> None:
    tell([ticket(id=number, created_at=at)])

    message = book.order(ORDER).messages[-1]
    assert (message.message_id.split(":")[1], message.at) == ("51", datetime(2026, 2, 3, 10, tzinfo=UTC))


def test_one_ticket_without_an_id_costs_no_other(tell, thread) -> None:
    result = tell([ticket(), ticket(id=None), "no object", ticket(id=53)])

    assert (result.new, [each.line for each in result.refused]) == (2, [2, 3])


def test_the_asin_is_told_where_only_one_is_named(tell, book: OrderBook) -> None:
    tell(
        [
            ticket(description="# 1 / Lamp [ASIN: B0ABCDEF12]"),
            ticket(id=52, subject=OTHER, description="B0ABCDEF12 B0ABCDEF13"),
        ]
    )

    assert book.order(ORDER).messages[-1].asin == "B0ABCDEF12"
    assert book.order(OTHER).messages[-1].asin is None
