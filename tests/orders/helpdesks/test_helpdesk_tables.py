"""Tables of tickets, comments, users and tags, joined by the ticket's id."""

from __future__ import annotations

import itertools

import pytest

from aftercare.orders.book import OrderBook
from orders.helpdesks.conftest import ORDER

TABLES = {
    "zendesk_tickets": "id,subject,requester_id,submitter_id,created_at,status,description\n"
    f'51,"Lamp (Order: {ORDER})",700,700,2026-02-03 10:00:00,open,"It flickers,\nI think"\n'
    "52,Other,701,701,2026-02-03 10:00:00,deleted,SCRUBBED\n",
    "zendesk_comments": "id,ticket_id,user_id,body,public,created\n"
    '1,51,700,"It flickers,\nI think",TRUE,2026-02-03 10:00:00\n'
    "2,51,900,Ask the maker,FALSE,2026-02-03 10:30:00\n"
    "3,51,900,Please try another bulb,TRUE,2026-02-03 11:00:00\n",
    "zendesk_users": "id,role,email,name\n"
    "700,end-user,q1w2e3r4t5@marketplace.amazon.fr,A\n900,agent,kim@shop.example,Kim\n",
}


@pytest.mark.parametrize("order", list(itertools.permutations(TABLES)), ids="-".join)
def test_tables_join_in_any_order(drop, thread, book: OrderBook, order: tuple[str, ...]) -> None:
    assert [drop(TABLES[kind], name=f"{kind}.csv").kind for kind in order] == list(order)

    assert thread() == [("buyer", "It flickers,\nI think"), ("seller", "Please try another bulb")]
    assert book.order(ORDER).messages[-1].buyer_key == "q1w2e3r4t5@marketplace.amazon.fr"


def test_a_tag_names_the_order_of_its_ticket(drop, thread) -> None:
    drop(TABLES["zendesk_tickets"].replace(ORDER, "none"))
    result = drop(f"tag,ticket_id,synced\norder_{ORDER},51,x\nvip,51,x\n")

    assert (result.kind, result.new + result.changed, result.skipped) == ("zendesk_tags", 1, 1)
    assert len(thread()) == 1


def test_the_list_of_freshdesk_tells_orders(drop, book: OrderBook) -> None:
    result = drop(
        "Ticket ID,Subject,Status,Created time,Last update time,Tags,Email\n"
        f"18,Inquiry (Order: {ORDER}),Open,2026-02-03 10:00:00,2026-02-03 10:00:00,,a@b.example\n"
    )

    assert (result.kind, result.new) == ("freshdesk_tickets", 1)
    assert book.order(ORDER).messages[0].message_id.startswith("freshdesk:18:")


def test_a_comment_with_a_broken_date_is_refused_by_its_line(drop) -> None:
    result = drop(TABLES["zendesk_comments"].replace("2026-02-03 11:00:00", "soon"))

    assert [each.line for each in result.refused] == [5]
