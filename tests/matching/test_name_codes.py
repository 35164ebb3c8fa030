"""Names that were purged: their codes give nothing back, and still tell the buyer of a review from others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.matching import find_order
from aftercare.matching.name_codes import encoded, similarity, stand_ins
from aftercare.matching.name_levels import name_levels
from aftercare.matching.names import public_name
from aftercare.orders.order import Order, OrderLine
from aftercare.reviews.review import Review

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
OTHERS = ("Greta Holm", "Tariq Aziz", "Wei Zhang", "Maria Lopez Garcia", "Otto Brand")


def level(public: str, book: str, key: bytes = KEY) -> str:
    """The level that a public name reaches against the code of a name."""
    code = encoded(book, KEY)
    assert code
    parsed = public_name(public)
    return name_levels(parsed, (), stand_ins(parsed, [code], key))[code].level


@pytest.mark.parametrize(
    ("public", "book"),
    [
        ("Michael Reyes", "Michael Reyes"),
        ("michael reyes", "REYES, MICHAEL"),
        ("Mike Reyes", "Michael Reyes"),
        ("Mike", "Michael Reyes"),
        ("Michael R.", "Michael Reyes"),
        ("Mike R.", "Michael Reyes"),
        ("M. Reyes", "Michael Reyes"),
        ("M.R.", "Michael Reyes"),
        ("Reyes Michael", "Michael Reyes"),
        ("Reyes", "Michael Reyes"),
        ("mreyes82", "Michael Reyes"),
        ("mike_reyes", "Michael Reyes"),
        ("michaelreyes", "Michael Reyes"),
        ("Jonathon Whitfield", "Jonathan Whitfield"),
        ("Whitfeild", "Jonathan Whitfield"),
        ("Jonath", "Jonathan Whitfield"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Mohammed", "محمد علي"),
        ("Ana Lopez", "Ana Maria Lopez Garcia"),
        ("John Smith", "J Smith"),
        ("佐藤 花子", "佐藤 花子"),
        ("Sato", "佐藤 花子"),
    ],
)
def test_a_code_tells_what_the_name_would_have_told(public: str, book: str) -> None:
    parsed = public_name(public)

    assert level(public, book) == name_levels(parsed, [book])[book].level != "different"


@pytest.mark.parametrize(
    "public", ["Michael Reyes", "Mike R.", "mreyes82", "Anna", "Jürgen", "佐藤 花子", "Sunny Reader"]
)
@pytest.mark.parametrize("book", OTHERS)
def test_other_people_stay_other_people(public: str, book: str) -> None:
    parsed = public_name(public)

    assert level(public, book) == name_levels(parsed, [book])[book].level


def test_a_code_says_nothing_under_another_key() -> None:
    assert encoded("Michael Reyes", KEY) != encoded("Michael Reyes", OTHER_KEY)
    assert level("Michael Reyes", "Michael Reyes", OTHER_KEY) == "different"


def test_no_part_of_a_name_is_in_its_code() -> None:
    code = encoded("Michael Reyes", KEY)

    assert code and len(code) == 129
    assert b"Reyes" not in code and b"reyes" not in code


@pytest.mark.parametrize("name", [None, "", "  ", "Amazon Customer", "buyer@example.com", "123"])
def test_a_name_that_cannot_be_compared_has_no_code(name: str | None) -> None:
    assert encoded(name, KEY) is None


def test_alike_names_have_alike_codes() -> None:
    one, near, far = (encoded(name, KEY) for name in ("Michael Reyes", "Micheal Reyes", "Greta Holm"))
    assert one and near and far

    assert similarity(one, one) == 1
    assert similarity(one, near) > 0.6 > 0.4 > similarity(one, far)


def test_codes_of_another_form_are_left_out() -> None:
    assert stand_ins(public_name("Mike"), [b"", b"\x02" * 129, b"\x01" * 12], KEY) == {}


@settings(max_examples=60, deadline=None)
@given(public=st.text(max_size=30), book=st.text(max_size=30))
def test_any_two_names_can_be_compared(public: str, book: str) -> None:
    code = encoded(book, KEY)
    if code:
        parsed = public_name(public)
        assert len(name_levels(parsed, (), stand_ins(parsed, [code], KEY))) == (parsed.shape != "missing")


class Purged:
    """A book of orders of one product whose names were purged."""

    name_key = KEY

    def __init__(self, *names: str) -> None:
        self.lines = [
            OrderLine(
                f"900-{place:07d}-0000000", "PIL", 1, "US", "B0HARBOR01", purchased=date(2026, 1, 10),
                buyer_code=encoded(name, KEY),
            )
            for place, name in enumerate(names)
        ]  # fmt: skip

    def candidates(self, asins: object, **_: object) -> list[OrderLine]:
        return self.lines

    def order(self, order_id: str) -> Order | None:
        return next((Order(order_id, (line,)) for line in self.lines if line.order_id == order_id), None)

    def asins_sharing_family(self, asin: str) -> list[str]:
        return []


def test_a_review_finds_its_order_by_the_code_alone() -> None:
    review = Review("R1", marketplace="US", asin="B0HARBOR01", reviewer_name="Mike R.", date=date(2026, 1, 25))
    book = Purged(*OTHERS, "Michael Reyes")

    match = find_order(review, None, book, today=date(2026, 3, 1))

    best = match.candidates[0]
    assert best.line.order_id == "900-0000005-0000000"
    assert best.probability > 2 * match.candidates[1].probability
    name = next(step for step in best.evidence if step.comparison == "name")
    assert (name.level, name.words) == (
        "nickname_initial", "'Mike R.' is how a buyer whose name was purged may sign."
    )  # fmt: skip


def test_a_name_that_is_there_counts_before_a_code() -> None:
    book = Purged("Michael Reyes")
    book.lines = [replace(book.lines[0], buyer="Greta Holm")]
    review = Review("R1", marketplace="US", asin="B0HARBOR01", reviewer_name="Mike R.", date=date(2026, 1, 25))

    match = find_order(review, None, book, today=date(2026, 3, 1))

    assert next(step for step in match.candidates[0].evidence if step.comparison == "name").level == "different"
