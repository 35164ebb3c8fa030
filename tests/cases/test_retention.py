"""Forgetting: the words are gone from the file, the decisions and the record are not."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.cases import (
    Case,
    Desk,
    Pairing,
    add_note,
    case_of,
    forget_cases,
    notes_of,
    open_case,
    permit_contact,
    redeem,
    verify_audit,
)
from aftercare.config import Home
from aftercare.reviews.review import Review
from cases.test_contacts import OUT

LATER = date(2026, 9, 1)


@pytest.fixture
def told(desk: Desk, confirmed: Case, anna: Pairing) -> Case:
    """A case with everything in it that a person wrote."""
    add_note(desk, confirmed, "Called Jane Example.", anna.browser)
    redeem(desk, permit_contact(desk, confirmed, OUT, {}, anna).permit, OUT.url, anna)
    return confirmed


def test_words_and_names_are_gone_from_the_files(desk: Desk, told: Case, home: Home) -> None:
    assert forget_cases(desk, LATER, "command line") == 1
    desk.close()

    left = b"".join(path.read_bytes() for path in home.folder.iterdir())
    for word in (b"Sunny Reader", b"never saw the refund", b"Jane Example", b"your refund for order"):
        assert word not in left


def test_what_was_decided_and_done_stays(desk: Desk, told: Case) -> None:
    forget_cases(desk, LATER, "command line")
    left = case_of(desk, told.id)

    assert (left.order_id, left.state) == (told.order_id, told.state)
    assert left.review == Review(id="R1EXAMPLE00001", marketplace="US", asin="B0EXAMPLE1", stars=2)
    assert [note.text for note in notes_of(desk, told)] == [""]
    assert verify_audit(desk).intact


def test_newer_cases_are_left_alone(desk: Desk, told: Case) -> None:
    assert forget_cases(desk, date(2026, 3, 1), "command line") == 0
    assert case_of(desk, told.id).review.body


def test_forgetting_twice_forgets_once(desk: Desk, told: Case) -> None:
    forget_cases(desk, LATER, "command line")

    assert forget_cases(desk, LATER, "command line") == 0


def test_a_review_that_is_seen_again_is_known_again(desk: Desk, told: Case, review: Review) -> None:
    forget_cases(desk, LATER, "command line")

    again = open_case(desk, review, "Anna")

    assert again.id == told.id
    assert again.review.body == review.body
