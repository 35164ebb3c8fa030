"""What a seller's own reviews teach, and how little a few of them may."""

from __future__ import annotations

import random
from datetime import timedelta

from aftercare.matching import find_order, learned_model
from aftercare.matching.model import matching_model
from aftercare.orders.order import OrderLine
from aftercare.reviews.review import Review

from .books import DAY, TODAY, FakeBook, book, line, review

SYLLABLES = (
    "ba",
    "cho",
    "dri",
    "fe",
    "gul",
    "ha",
    "jo",
    "kem",
    "li",
    "mu",
    "no",
    "pra",
    "que",
    "rus",
    "ta",
    "ve",
    "zo",
)


def a_seller(lag: int, reviews: int, missing: float) -> tuple[list[tuple[Review, None]], FakeBook]:
    """Reviews written `lag` days after arrival by people with names of their own; some of their orders are not kept."""
    chance = random.Random(3)
    lines: list[OrderLine] = []
    written = []
    for number in range(reviews):
        name = " ".join("".join(chance.choices(SYLLABLES, k=4)).title() for _ in range(2))
        day = DAY - timedelta(days=chance.randint(0, 200))
        written.append((review(id=f"R{number}", reviewer_name=name, date=day), None))
        if chance.random() >= missing:
            arrived = day - timedelta(days=max(0, lag + chance.randint(-2, 2)))
            lines.append(line(f"1-{number:04d}", buyer=name, delivered=arrived, purchased=arrived - timedelta(3)))
    return written, book(*lines)


def test_the_lag_moves_to_the_sellers_own() -> None:
    reviews, orders = a_seller(lag=35, reviews=80, missing=0.1)
    learned = learned_model(reviews, orders, today=TODAY)

    def share_of_late(model: object) -> float:
        parts = model.lag.parts  # type: ignore[attr-defined]
        return sum(part.share for part in parts if part.median > 20) / sum(part.share for part in parts)

    assert share_of_late(learned) > share_of_late(matching_model()) + 0.2


def test_none_moves_to_the_sellers_own() -> None:
    all_there = learned_model(*a_seller(lag=10, reviews=80, missing=0.0), today=TODAY)
    half_there = learned_model(*a_seller(lag=10, reviews=80, missing=0.5), today=TODAY)

    assert all_there.prior.verified.value < matching_model().prior.verified.value < half_there.prior.verified.value


def test_a_few_reviews_change_nothing() -> None:
    assert learned_model(*a_seller(lag=35, reviews=10, missing=0.0), today=TODAY) == matching_model()


def test_learning_changes_no_model_but_its_own() -> None:
    before = matching_model().model_dump_json()
    learned_model(*a_seller(lag=35, reviews=60, missing=0.3), today=TODAY)

    assert matching_model().model_dump_json() == before


def test_the_same_reviews_teach_the_same() -> None:
    first = learned_model(*a_seller(lag=20, reviews=60, missing=0.3), today=TODAY)

    assert learned_model(*a_seller(lag=20, reviews=60, missing=0.3), today=TODAY) == first


def test_a_review_that_cannot_be_matched_is_passed_over() -> None:
    reviews, orders = a_seller(lag=20, reviews=60, missing=0.3)

    with_others = learned_model([*reviews, (review(date=None), None)], orders, today=TODAY)

    assert with_others == learned_model(reviews, orders, today=TODAY)


def test_a_learned_model_can_be_matched_with() -> None:
    reviews, orders = a_seller(lag=35, reviews=60, missing=0.0)
    model = learned_model(reviews, orders, today=TODAY)

    match = find_order(reviews[0][0], None, orders, today=TODAY, model=model)

    assert match.candidates[0].line.buyer == reviews[0][0].reviewer_name
