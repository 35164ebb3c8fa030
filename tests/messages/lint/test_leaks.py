"""Words and names that only the review could have told."""

from __future__ import annotations

import pytest

from messages.lint.judge import found, rules_of

REVIEW = (
    "The sticky green lid drove me mad on my daughter's birthday. It leaks, and my refund of 18 dollars never came."
)


@pytest.mark.parametrize(
    "text",
    [
        "A sticky green lid must have been annoying.",
        "We are sorry about your daughter and the party.",
        "Nobody wants a lid that drove me mad.",
        "Happy belated birthday to the little one!",
    ],
)
def test_telling_words_of_the_review_are_a_quote(text: str) -> None:
    assert "review_quote" in rules_of(text, review_text=REVIEW)


@pytest.mark.parametrize(
    "text",
    [
        "The refund of 18.00 USD was issued today.",
        "A new lid that does not leak ships tomorrow.",
        "In your message you told us about the green lid. A new one ships tomorrow.",
        "We received your return on 2 May and refunded it on 3 May.",
        "",
    ],
)
def test_words_that_the_order_explains_are_free(text: str) -> None:
    assert "review_quote" not in rules_of(text, review_text=REVIEW)


def test_without_a_review_nothing_is_quoted() -> None:
    assert "review_quote" not in rules_of("A sticky green lid must have been annoying.")


def test_a_quote_points_at_the_words() -> None:
    [finding] = found(
        "We know that it smells like burnt tires.", "review_quote", review_text="It smells like burnt tires!"
    )

    assert finding.text == "it smells like burnt tires"


@pytest.mark.parametrize(
    ("text", "reviewer", "buyer"),
    [
        ("Dear J. Ramirez, the refund was made.", "J. Ramirez", "Clara Stone"),
        ("Hi Sparky, the refund was made.", "Sparky", "Clara Stone"),
        ("The refund was made. Best wishes to you, Zorro99!", "zorro99", "Clara Stone"),
        ("こんにちは、田中様。", "田中", "佐藤 花子"),
        ("Dear John, the refund was made.", "John Miller", None),
    ],
)
def test_the_public_name_is_not_used(text: str, reviewer: str, buyer: str | None) -> None:
    assert "reviewer_name_leak" in rules_of(text, reviewer_name=reviewer, buyer_name=buyer)


@pytest.mark.parametrize(
    ("text", "reviewer", "buyer"),
    [
        ("Dear Clara, the refund was made.", "Clara", "Clara Stone"),
        ("Dear Clara Stone, the refund was made.", "C. Stone", "Clara Stone"),
        ("Happy to help: the part ships today.", "Happy Customer", "Clara Stone"),
        ("Dear customer of Amazon, it ships today.", "Amazon Customer", "Clara Stone"),
        ("Dear Kunde, it ships today.", "Amazon-Kunde", None),
        ("The book about the reader arrives on Friday.", "The Reader", "Clara Stone"),
        ("It ships today.", "", "Clara Stone"),
        ("It ships today.", "★", "Clara Stone"),
    ],
)
def test_the_buyers_own_name_and_everyday_words_are_free(text: str, reviewer: str, buyer: str | None) -> None:
    assert "reviewer_name_leak" not in rules_of(text, reviewer_name=reviewer, buyer_name=buyer)
