"""The whole answer: who is likeliest, what "none of these" does, and that no input makes it lie or fail."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.complaints.complaint import Complaint
from aftercare.errors import InputError
from aftercare.matching import Match, find_order
from aftercare.orders.order import Order, OrderLine, Return
from aftercare.reviews.review import Review

from .books import ASIN, DAY, TODAY, FakeBook, book, line, others, review


def matched(review_: Review, book_: FakeBook, complaint: Complaint | None = None, **options: object) -> Match:
    return find_order(review_, complaint, book_, today=TODAY, **options)  # type: ignore[arg-type]


def complaint(*topics: str) -> Complaint:
    return Complaint("R1", "service", topics, "high", True, (), "en", ())


def total(match: Match) -> float:
    return math.fsum([match.none, match.beyond, *(each.probability for each in match.candidates)])


def test_the_buyer_of_that_name_is_likeliest() -> None:
    match = matched(review(reviewer_name="Mike R."), book(*others(20), line("1-REYES", buyer="Michael Reyes")))

    assert match.candidates[0].line.order_id == "1-REYES"
    assert match.candidates[0].probability > 0.9


def test_the_steps_of_a_candidate_are_said_in_words_and_begin_with_the_prior() -> None:
    match = matched(review(reviewer_name="Mike R."), book(*others(20), line("1-REYES", buyer="Michael Reyes")))

    steps = match.candidates[0].evidence
    assert [each.comparison for each in steps][:4] == ["prior", "name", "timing", "product"]
    assert steps[1].words == "'Mike R.' is how Michael Reyes may sign."


def test_the_bits_of_the_steps_add_up_to_the_odds_against_none() -> None:
    match = matched(review(reviewer_name="Mike R."), book(*others(20), line("1-REYES", buyer="Michael Reyes")))

    for each in match.candidates:
        odds = math.log2(each.probability / match.none)
        assert math.fsum(step.bits for step in each.evidence) == pytest.approx(odds, abs=1e-6)


def test_an_empty_book_has_none_of_these() -> None:
    assert matched(review(), book()) == Match("R1", 1.0, (), 0)


def test_one_order_alone_is_not_certain() -> None:
    match = matched(review(), book(line("1-ONLY")))

    assert 0.02 < match.none < 0.9


def test_none_grows_when_no_buyers_name_agrees() -> None:
    unnamed = matched(review(reviewer_name="Amazon Customer"), book(*others(10)))
    named = matched(review(reviewer_name="Theodora Okafor"), book(*others(10)))

    assert named.none > unnamed.none


def test_a_pen_name_counts_less_against_an_order_than_another_persons_name() -> None:
    pen_name = matched(review(reviewer_name="BookLover99"), book(line("1-A", buyer="Olga Petrenko")))
    other = matched(review(reviewer_name="Theodora Okafor"), book(line("1-A", buyer="Olga Petrenko")))

    assert pen_name.candidates[0].probability > other.candidates[0].probability


def test_a_withheld_name_counts_neither_for_nor_against() -> None:
    match = matched(review(reviewer_name="Mike Reyes"), book(line("1-A", buyer=None), line("1-B", buyer=None)))

    assert {step.bits for each in match.candidates for step in each.evidence if step.comparison == "name"} == {0.0}


def test_a_recipients_name_counts_like_the_buyers() -> None:
    match = matched(
        review(reviewer_name="Mike Reyes"),
        book(*others(20), line("1-GIFT", buyer="Rosa Turner", recipient="Michael Reyes")),
    )

    assert match.candidates[0].line.order_id == "1-GIFT"


def test_a_common_name_weighs_less_where_many_candidates_bear_it() -> None:
    crowd = [line(f"2-{number}", days=5 + number, buyer=f"Maria {name}") for number, name in enumerate("ABCDEFGHIJKL")]
    alone = matched(review(reviewer_name="Maria"), book(*others(11), line("1-MARIA", days=10, buyer="Maria Sanz")))
    among = matched(review(reviewer_name="Maria"), book(*crowd, line("1-MARIA", days=10, buyer="Maria Sanz")))

    def bits(match: Match) -> float:
        found = next(each for each in match.candidates if each.line.order_id == "1-MARIA")
        return found.evidence[1].bits

    assert bits(among) < bits(alone)


def test_an_order_confirmed_for_another_review_falls_back() -> None:
    two = book(line("1-A", buyer="Michael Reyes"), line("1-B", buyer="Michael Reyes"))
    match = matched(review(reviewer_name="Michael Reyes"), two, taken={"1-A"})

    assert [each.line.order_id for each in match.candidates] == ["1-B", "1-A"]
    assert match.candidates[1].evidence[-1].comparison == "taken"


def test_an_unverified_review_more_likely_has_no_order() -> None:
    orders = book(*others(10))

    assert matched(review(verified=False), orders).none > matched(review(verified=True), orders).none


def test_the_reviewed_variant_is_likelier_than_its_sibling() -> None:
    families = {ASIN: ("B0SIBLING1",), "B0SIBLING1": (ASIN,)}
    orders = book(line("1-OWN"), line("1-SIBLING", asin="B0SIBLING1"), families=families)
    match = matched(review(asin="B0SIBLING1", variant_asin=ASIN), orders)

    assert match.candidates[0].line.order_id == "1-OWN"


def test_the_variants_words_are_looked_for_in_title_and_sku() -> None:
    orders = book(
        line("1-BLACK", sku="KETTLE-BLK-M", title="Kettle"), line("1-WHITE", sku="KETTLE-WHT-M", title="Kettle")
    )
    match = matched(review(variant="Color: White | Size: M"), orders)

    assert match.candidates[0].line.order_id == "1-WHITE"


def test_an_order_of_last_week_is_likelier_than_one_of_last_year() -> None:
    match = matched(review(), book(line("1-WEEK", days=8), line("1-YEAR", days=300)))

    assert match.candidates[0].line.order_id == "1-WEEK"


def test_an_order_that_arrived_after_the_review_is_unlikely() -> None:
    match = matched(review(), book(line("1-BEFORE", days=9), line("1-AFTER", days=-12, purchased=DAY)))

    assert match.candidates[0].line.order_id == "1-BEFORE"
    assert match.candidates[1].probability < 0.02


def test_a_refund_complaint_points_to_the_returned_order() -> None:
    orders = book(*others(8, buyer=None))
    returned = orders.whole[5]
    orders.whole[5] = Order(
        returned.order_id, returned.lines, returns=(Return(returned.order_id, None, DAY - timedelta(3)),)
    )
    without = matched(review(), orders, complaint("setup_help"))
    with_ = matched(review(), orders, complaint("refund"))

    def chance(match: Match) -> float:
        return next(each.probability for each in match.candidates if each.line.order_id == returned.order_id)

    assert chance(with_) > 1.5 * chance(without)


def test_what_happened_after_today_is_not_known_yet() -> None:
    def with_return(day: date) -> FakeBook:
        return FakeBook([Order("1-A", (line("1-A"),), returns=(Return("1-A", None, day),))])

    steps = matched(review(), with_return(TODAY + timedelta(1)), complaint("return")).candidates[0].evidence

    assert "money_back" not in {step.level for step in steps}


def test_lines_of_one_order_do_not_split_its_probability() -> None:
    one = matched(review(), book(line("1-A"), *others(5)))
    two = matched(review(), book(line("1-A"), line("1-A", sku="SKU-2"), *others(5)))

    assert len(two.candidates) == len(one.candidates)
    assert two.candidates[0].probability == pytest.approx(one.candidates[0].probability)


def test_a_sibling_in_the_same_order_stands_back_behind_the_reviewed_variant() -> None:
    families = {ASIN: ("B0SIBLING1",)}
    lines = (line("1-A", asin="B0SIBLING1", sku="SIB"), line("1-A", sku="OWN"))

    assert matched(review(variant_asin=ASIN), book(*lines, families=families)).candidates[0].line.sku == "OWN"


def test_the_answer_does_not_depend_on_the_order_of_the_lines() -> None:
    lines = [*others(30), *others(30, asin="B0SIBLING1", buyer=None), line("1-A", buyer="Ann Reyes")]
    families = {ASIN: ("B0SIBLING1",)}
    shuffled = random.Random(5).sample(lines, len(lines))

    def answer(some: list[OrderLine]) -> Match:
        return matched(review(reviewer_name="Ann"), book(*some, families=families))

    assert answer(shuffled) == answer(lines)


def test_equal_orders_come_in_the_order_of_their_ids() -> None:
    match = matched(review(), book(line("1-C"), line("1-A"), line("1-B")))

    assert [each.line.order_id for each in match.candidates] == ["1-A", "1-B", "1-C"]


def test_candidates_beyond_the_top_are_added_up() -> None:
    match = matched(review(), book(*others(30)), top=3)

    assert len(match.candidates) == 3
    assert match.beyond > 0
    assert match.considered == 30


def test_no_candidate_may_be_asked_for() -> None:
    match = matched(review(), book(*others(4)), top=0)

    assert match.candidates == ()
    assert total(match) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(("field", "given_fields"), [("date", {"date": None}), ("asin", {"asin": None})])
def test_a_review_without_what_is_needed_is_refused_by_the_field(field: str, given_fields: dict[str, None]) -> None:
    with pytest.raises(InputError) as refused:
        matched(review(**given_fields), book(line("1-A")))

    assert refused.value.detail["field"] == field


def test_the_variants_asin_alone_is_enough() -> None:
    assert matched(review(asin=None, variant_asin=ASIN), book(line("1-A"))).considered == 1


def test_a_review_without_a_name_is_matched_by_the_rest() -> None:
    assert matched(review(reviewer_name=None), book(line("1-A", days=8))).candidates[0].probability > 0.3


def test_a_line_without_any_day_is_a_candidate_still() -> None:
    bare = line("1-A", purchased=None, delivered=None)
    match = matched(review(), book(bare))

    assert match.candidates[0].evidence[2].bits == 0.0


def test_names_of_ten_thousand_characters_do_no_harm() -> None:
    match = matched(review(reviewer_name="Ab " * 4000), book(line("1-A", buyer="Michael " * 2000)))

    assert total(match) == pytest.approx(1, abs=1e-9)


def test_the_first_days_of_the_calendar_do_no_harm() -> None:
    assert matched(review(date=date.min), book(line("1-A"))).none == 1.0


_USUAL = st.sampled_from(["Mike R.", "Olga Petrenko", "jsmith82", "Amazon Customer"])
_NAMES = st.one_of(st.none(), st.text(max_size=40), _USUAL)
_LINES = st.lists(
    st.builds(
        line,
        st.integers(0, 12).map(lambda number: f"1-{number}"),
        days=st.integers(-40, 500),
        buyer=_NAMES,
        recipient=_NAMES,
        title=st.one_of(st.none(), st.text(max_size=30)),
        delivered=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1))),
        purchased=st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2026, 4, 1))),
        city=st.one_of(st.none(), st.text(max_size=20)),
        fulfillment=st.sampled_from([None, "FBA", "FBM"]),
    ),
    max_size=15,
)


@settings(max_examples=30, deadline=None)
@given(name=_NAMES, body=st.none() | st.text(max_size=80), variant=_NAMES, lines=_LINES, top=st.integers(0, 20))
def test_probabilities_always_add_up_to_one(
    name: str | None, body: str | None, variant: str | None, lines: list[OrderLine], top: int
) -> None:
    match = matched(
        review(reviewer_name=name, body=body, variant=variant), book(*lines), complaint("refund", "late"), top=top
    )

    assert total(match) == pytest.approx(1, abs=1e-9)
    assert all(0 <= each.probability <= 1 for each in match.candidates)


def test_a_product_given_up_does_not_make_every_late_review_a_strangers() -> None:
    """Where the book's own sales ended long before the review, so did those of whoever else sold it."""
    ended = [line(f"1-{number:02d}", days=50 + 7 * number) for number in range(12)]
    match = matched(review(), book(*ended))

    assert match.none < 0.5
