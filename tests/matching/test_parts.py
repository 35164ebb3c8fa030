"""The parts of the evidence one by one: days, words, towns, facts, and the model file they take their numbers from."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from aftercare.complaints.complaint import TOPICS
from aftercare.matching.facts import FactWeights, facts_shown
from aftercare.matching.model import MatchingModel, matching_model
from aftercare.matching.own_words import OwnWordsWeights, PlacesNamed
from aftercare.matching.posterior import probabilities
from aftercare.matching.product import product_steps
from aftercare.matching.timing import timing_of
from aftercare.orders.order import Order, Return

from .books import ASIN, DAY, TODAY, line, others, review

MODEL = matching_model()
TIMING = timing_of(MODEL.lag, MODEL.window.before.value)


@pytest.mark.parametrize("kind", sorted(MODEL.lag.arrival))
def test_the_lag_is_a_distribution(kind: str) -> None:
    assert sum(TIMING.tables[kind]) == pytest.approx(1, abs=0.03)


def test_the_lag_is_as_broad_as_sellers_differ() -> None:
    """No lag from two days to two months is less than a quarter as likely as chance makes it."""
    chances = [TIMING.chance(line("1-A", days=days), DAY)[0] for days in range(2, 61)]

    assert min(chances) * MODEL.window.before.value > 0.25


def test_an_unknown_arrival_says_less_than_a_recorded_one() -> None:
    recorded = TIMING.chance(line("1-A", days=6), DAY)[0]
    unknown = TIMING.chance(line("1-A", days=6, delivered=None), DAY)[0]

    assert unknown < recorded


def test_the_kind_of_day_the_lag_rests_on() -> None:
    full = line("1-A", shipped=DAY, estimated_delivery=DAY, promised=DAY, fulfillment="FBA")
    known = ["delivered", "estimated_delivery", "shipped", "promised", "purchased"]
    kinds = []
    for field in known:
        kinds.append(TIMING.chance(full, DAY)[1])
        full = replace(full, **{field: None})

    assert kinds == ["delivered", "estimated", "shipped_FBA", "promised", "purchased_FBA"]


def test_rare_words_in_common_say_more_than_usual_ones() -> None:
    texts = [["arrived broken and late"]] * 20 + [["left hinge snapped"]]
    words = OwnWordsWeights("It arrived late and broken, the left hinge snapped off.", texts, MODEL.own_words)

    usual, rare = words.level(texts[0]), words.level(texts[-1])
    assert usual and rare
    assert rare[1] > usual[1] * 0.9


def test_other_words_speak_a_little_against() -> None:
    words = OwnWordsWeights("The hinge leaks water.", [["wrong color sent, wanted purple"]], MODEL.own_words)
    found = words.level(["wrong color sent, wanted purple"])

    assert found and found[0].bits < 0


@pytest.mark.parametrize("text", ["", "ok", "!!!"])
def test_a_text_without_words_says_nothing(text: str) -> None:
    assert OwnWordsWeights("The lid leaks badly.", [[text]], MODEL.own_words).level([text]) is None


def test_texts_without_spaces_are_compared_by_their_signs() -> None:
    words = OwnWordsWeights("左のヒンジが壊れました", [["ヒンジが壊れた"]], MODEL.own_words)
    found = words.level(["ヒンジが壊れた"])

    assert found and found[0].bits > 0


@pytest.mark.parametrize(
    ("text", "city", "named"),
    [
        ("We wait here in Riverton for the parcel.", "RIVERTON", True),
        ("Shipping to New Haven took a month.", "New Haven", True),
        ("I was reading in bed.", "Reading", False),
        ("It never came.", None, False),
        ("Nice product. Mobile too.", "Nice", False),
    ],
)
def test_a_town_is_named_with_a_capital_inside_a_sentence(text: str, city: str | None, named: bool) -> None:
    assert PlacesNamed(text).names(city) is named


def weights(*topics: str, returned: int, of: int) -> FactWeights:
    back = Order("1-A", (line("1-A"),), returns=(Return("1-A", None, DAY),))
    kept = Order("1-B", (line("1-B"),))
    seen = [facts_shown(order, order.lines[0], TODAY) for order in [back] * returned + [kept] * (of - returned)]
    return FactWeights((*topics, "any_complaint"), seen, DAY, MODEL.facts)


def bits_of_return(weighed: FactWeights, days_after: int = 0) -> float:
    back = Return("1-A", None, DAY + timedelta(days_after))
    shown = facts_shown(Order("1-A", (line("1-A"),), returns=(back,)), line("1-A"), TODAY)
    return sum(step.bits for step in weighed.steps(shown) if step.level == "money_back")


def test_a_return_speaks_for_the_order_of_a_refund_complaint() -> None:
    assert bits_of_return(weights("refund", returned=1, of=20)) > 2


def test_a_return_says_less_where_many_orders_came_back() -> None:
    assert bits_of_return(weights("refund", returned=10, of=20)) < bits_of_return(weights("refund", returned=1, of=20))


def test_what_came_after_the_review_counts_but_less() -> None:
    weighed = weights("refund", returned=1, of=20)

    assert 0 < bits_of_return(weighed, days_after=5) < bits_of_return(weighed)


def test_the_absence_of_what_is_never_recorded_says_little() -> None:
    kept = facts_shown(Order("1-B", (line("1-B"),)), line("1-B"), TODAY)

    def absent(weighed: FactWeights) -> float:
        return sum(step.bits for step in weighed.steps(kept) if step.level == "no_money_back")

    assert absent(weights("refund", returned=0, of=60)) > absent(weights("refund", returned=4, of=60))


def test_an_asin_says_nothing_where_the_family_has_no_other() -> None:
    step = product_steps(review(), others(5), (ASIN,), MODEL.product)

    assert step(line("1-A")).bits == 0.0


def test_bits_beyond_every_number_still_make_probabilities() -> None:
    chances, none = probabilities([5000.0, 4999.0, -5000.0])

    assert math.fsum([*chances, none]) == pytest.approx(1)
    assert chances[0] == pytest.approx(2 / 3)


@pytest.mark.parametrize("shape", sorted(MODEL.names))
def test_the_levels_of_a_shape_are_about_a_whole(shape: str) -> None:
    """Levels of books that hold half a name stand beside the others, so they are left out of the sum."""
    levels = MODEL.names[shape].levels
    whole = sum(rule.m for level, rule in levels.items() if not level.startswith("only_"))

    assert 0.9 < whole < 1.06


@pytest.mark.parametrize("kind", sorted(MODEL.facts.kinds))
def test_facts_are_expected_of_known_topics_only(kind: str) -> None:
    assert set(MODEL.facts.kinds[kind].expected) <= {*TOPICS, "any_complaint", "praise"}


@pytest.mark.parametrize(
    "broken",
    [
        {"window": {"before": {"value": -1, "why": ""}, "after": {"value": 1, "why": ""}}},
        {"lag": {"parts": []}},
        {"prior": {"verified": {"value": 1.0, "why": ""}}},
        {"unheard_of": 1},
    ],
)
def test_a_model_with_broken_numbers_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        MatchingModel.model_validate({**MODEL.model_dump(), **broken})
