"""A review has one case, which knows what a person decided, and remembers how the review changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aftercare.cases import Case, Desk, add_note, case_of, decide, find_case, notes_of, open_case, taken_orders
from aftercare.errors import InputError, NotFoundError
from aftercare.reviews.review import Review
from cases.trail import actions, last_details

ORDER = ("111-2222222-3333333", "KETTLE-1", 1)


def test_a_new_review_opens_a_flagged_case(case: Case, review: Review) -> None:
    assert case.to_json() == {"id": 1, "state": "flagged", "order_id": None, "none": False, "contacted": False}
    assert case.review == review


def test_the_same_review_again_is_the_same_case_and_writes_nothing(desk: Desk, case: Case, review: Review) -> None:
    before = actions(desk)

    assert open_case(desk, review, "Ben") == case
    assert actions(desk) == before


def test_the_same_id_in_another_marketplace_is_another_case(desk: Desk, case: Case, review: Review) -> None:
    assert open_case(desk, replace(review, marketplace="DE"), "Anna").id != case.id


def test_a_page_that_does_not_tell_the_marketplace_still_finds_the_case(desk: Desk, case: Case, review: Review) -> None:
    assert open_case(desk, replace(review, marketplace=None), "Anna").id == case.id


def test_a_case_learns_its_marketplace_when_a_page_tells_it(desk: Desk, review: Review) -> None:
    first = open_case(desk, replace(review, marketplace=None), "Anna")

    assert open_case(desk, review, "Anna") == replace(first, review=review)


def test_changed_words_are_noted_without_repeating_them(desk: Desk, case: Case, review: Review) -> None:
    again = open_case(desk, replace(review, stars=4, body="They refunded me after all."), "Anna")

    assert again.id == case.id
    assert again.review.stars == 4
    assert actions(desk)[-1] == "review_changed"
    assert last_details(desk)["fields"] == ["body", "stars"]


def test_a_fuller_reading_completes_the_case_and_a_poorer_one_takes_nothing(
    desk: Desk, case: Case, review: Review
) -> None:
    fuller = open_case(desk, replace(review, variant="Color: Red", missing=()), "Anna")
    poorer = open_case(desk, replace(review, body=None, reviewer_name=None, missing=("body", "reviewer_name")), "Anna")

    assert fuller.review.variant == "Color: Red"
    assert actions(desk)[-1] == "review_completed"
    assert poorer.review == fuller.review


def test_the_page_of_a_sibling_product_does_not_move_the_case(desk: Desk, review: Review) -> None:
    first = open_case(desk, replace(review, layout="one"), "Anna")

    assert open_case(desk, replace(review, asin="B0SIBLING1", layout="other"), "Anna") == first


def test_a_review_seen_on_the_brands_own_page_stays_the_brands(desk: Desk, case: Case, review: Review) -> None:
    open_case(desk, review, "Anna", page="brand_reviews")

    assert open_case(desk, review, "Anna", page="product").page == "brand_reviews"


@pytest.mark.parametrize(
    ("decision", "state"),
    [({"order": ORDER}, "matched"), ({"none": True}, "no_action"), ({}, "flagged")],
    ids=["an order", "none of them", "undecided"],
)
def test_a_decision_gives_the_case_its_state(desk: Desk, case: Case, decision, state: str) -> None:
    decide(desk, case, "Anna", order=("999-0000000-0000000", "OTHER", 1))

    assert decide(desk, case_of(desk, case.id), "Anna", **decision).state == state


def test_the_record_says_which_order_and_how_likely_it_was(desk: Desk, case: Case) -> None:
    decide(desk, case, "Anna", order=ORDER, probability=0.9312)

    assert actions(desk)[-1] == "order_confirmed"
    assert last_details(desk) == {"order_id": ORDER[0], "line": 1, "permille": 931}


def test_the_same_decision_twice_is_recorded_once(desk: Desk, case: Case) -> None:
    once = decide(desk, case, "Anna", order=ORDER)

    assert decide(desk, once, "Anna", order=ORDER) == once
    assert actions(desk).count("order_confirmed") == 1


def test_orders_confirmed_for_other_reviews_of_the_product_are_taken(desk: Desk, case: Case, review: Review) -> None:
    decide(desk, case, "Anna", order=ORDER)
    sibling = open_case(desk, replace(review, id="R2", asin="B0OTHER001", variant_asin=review.asin), "Anna")
    stranger = open_case(desk, replace(review, id="R3", asin="B0OTHER002"), "Anna")

    assert taken_orders(desk, sibling) == {ORDER[0]}
    assert taken_orders(desk, stranger) == set()
    assert taken_orders(desk, case) == set()


def test_a_case_nobody_opened_is_not_found(desk: Desk, review: Review) -> None:
    assert find_case(desk, review) is None
    for number in (1, 0, -1, 2**70):
        with pytest.raises(NotFoundError) as refused:
            case_of(desk, number)
        assert refused.value.code == "case_unknown"


def test_notes_keep_their_order_and_their_writers(desk: Desk, case: Case) -> None:
    add_note(desk, case, "  Refund started.  ", "Anna")
    add_note(desk, case, "Refund done: 50.00 USD\n=SUM(A1)", "Ben")

    assert [(note.agent, note.text) for note in notes_of(desk, case)] == [
        ("Anna", "Refund started."),
        ("Ben", "Refund done: 50.00 USD\n=SUM(A1)"),
    ]


def test_an_empty_note_is_refused(desk: Desk, case: Case) -> None:
    with pytest.raises(InputError) as refused:
        add_note(desk, case, " \n ", "Anna")

    assert refused.value.code == "note_empty"


def test_a_review_with_half_a_surrogate_pair_can_be_kept(desk: Desk, review: Review) -> None:
    kept = open_case(desk, replace(review, id="R9", body="broken \ud83d emoji"), "Anna")

    assert "broken" in (kept.review.body or "")
