"""The internal note: day, what was done, by which way; nobody's name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.complaints.complaint import TOPICS
from aftercare.messages.note import proposed_note
from aftercare.orders.signals import KINDS
from messages.made import TODAY, a_complaint, a_line, a_signal, ago, routes

SERVICE = a_complaint("service", "refund")
LATE = a_complaint("service", "late")
BROKEN = a_complaint("product_service", "broken")
FBA = a_line(fulfillment="FBA")


@pytest.mark.parametrize(
    ("complaint", "signals", "line", "note"),
    [
        (
            SERVICE,
            ("refund_owed",),
            a_line(),
            "refund of 50.00 USD processed proactively, buyer informed through Buyer-Seller Messaging",
        ),
        (
            SERVICE,
            ("message_waiting", "refund_owed"),
            a_line(),
            "refund of 50.00 USD processed proactively, buyer answered in the open thread",
        ),
        (SERVICE, ("message_waiting",), a_line(), "message of 2026-11-12 answered in the open thread"),
        (
            LATE,
            ("delivered_late",),
            a_line(),
            "late delivery (promised 2026-11-08, delivered 2026-11-10) taken up, "
            "buyer informed through Buyer-Seller Messaging",
        ),
        (
            LATE,
            ("delivered_late",),
            FBA,
            "FBA: delivered late (promised 2026-11-08, delivered 2026-11-10), "
            "attributed to Amazon's fulfillment network",
        ),
        (BROKEN, (), a_line(), "support offered (broken), buyer informed through Buyer-Seller Messaging"),
    ],
)
def test_the_note_says_what_was_done(complaint: Any, signals: tuple[str, ...], line: Any, note: str) -> None:
    known = tuple(a_signal(each) for each in signals)

    assert proposed_note(complaint, line, known, today=TODAY) == f"2026-11-20: {note}"


@pytest.mark.parametrize(
    ("known", "note"),
    [
        (
            {"line": a_line(purchased=ago(45), delivered=ago(40))},
            "refund of 50.00 USD processed proactively, buyer not written to",
        ),
        ({}, "refund of 50.00 USD processed proactively, buyer informed through Buyer-Seller Messaging"),
        ({"page_kind": "feedback"}, "negative seller feedback taken up in Feedback Manager"),
        ({"brand_owner": True}, "handed to Amazon's Contact Customer"),
    ],
)
def test_the_note_follows_the_way_that_is_taken(known: dict[str, Any], note: str) -> None:
    line = known.get("line", a_line())
    taken = next(route for route in routes(SERVICE, "refund_owed", **known).values() if route.recommended)

    found = proposed_note(SERVICE, line, (a_signal("refund_owed"),), today=TODAY, route=taken)

    assert found == f"2026-11-20: {note}"


def test_amounts_have_the_decimals_of_their_currency() -> None:
    owed = a_signal("refund_owed", amount=Decimal("1200"), currency="JPY")

    assert "refund of 1200 JPY" in str(proposed_note(SERVICE, a_line(), (owed,), today=TODAY))


def test_where_nothing_is_done_nothing_is_noted() -> None:
    assert proposed_note(a_complaint("product_only"), a_line(), (), today=TODAY) is None


@given(
    topics=st.lists(st.sampled_from(TOPICS), unique=True),
    signals=st.lists(st.sampled_from(KINDS), unique=True),
    line=st.sampled_from([a_line(), FBA]),
)
def test_no_note_holds_a_name(topics: list[str], signals: list[str], line: Any) -> None:
    note = proposed_note(a_complaint("service", *topics), line, tuple(map(a_signal, signals)), today=TODAY)

    assert note is None or not {"Rosa", "Keller"} & set(note.split())
