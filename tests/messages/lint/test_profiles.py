"""What may be said differs between a message, a contact about seller feedback, and a public answer."""

from __future__ import annotations

import pytest

from messages.lint.judge import ORDER, found, rules_of


def test_seller_feedback_may_be_spoken_of_in_feedback_manager() -> None:
    text = f"Order {ORDER}: your feedback says that the parcel came late. We refunded the shipping fee."

    assert rules_of(text, profile="seller_feedback") == ()
    assert "review_reference" in rules_of(text)


def test_a_product_review_may_not_be_spoken_of_there_either() -> None:
    text = f"Order {ORDER}: your product review says that the lid leaks."

    assert "review_reference" in rules_of(text, profile="seller_feedback")


def test_a_polite_notice_that_feedback_can_be_updated_is_free() -> None:
    text = f"Order {ORDER}: the refund was made. If you feel the matter is settled, you may update your feedback."

    assert rules_of(text, profile="seller_feedback") == ()


def test_asking_outright_for_removal_of_feedback_needs_a_reason() -> None:
    [finding] = found(f"Order {ORDER}: please remove your feedback.", "ask_change_or_remove", profile="seller_feedback")

    assert finding.severity == "warn"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Remove your feedback and get a 25% voucher.", "incentive"),
        ("Your feedback hurts our account.", "threat_or_pressure"),
        ("Please leave us positive feedback.", "ask_positive_only"),
    ],
)
def test_reward_pressure_and_asking_for_praise_are_forbidden_everywhere(text: str, rule: str) -> None:
    for profile in ("buyer_message", "seller_feedback", "public_reply"):
        assert rule in rules_of(text, profile=profile)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"Order {ORDER} was late.", "personal_data"),
        ("We are sorry, Mrs Stone.", "personal_data"),
        ("Write to help@example.com.", "email_or_phone"),
        ("Please change your stars.", "ask_change_or_remove"),
        ("Please contact us.", "public_contact"),
    ],
)
def test_a_public_answer_holds_no_data_and_asks_for_nothing(text: str, rule: str) -> None:
    assert rule in rules_of(text, profile="public_reply", buyer_name="Clara Stone")


def test_a_public_answer_may_thank_for_feedback() -> None:
    assert rules_of("Thank you for your feedback. The delay was ours.", profile="public_reply") == ()


def test_an_answer_needs_no_order_number_and_may_be_late_and_short() -> None:
    assert rules_of("You are welcome, we are here to help.", kind="reply", order_age_days=400) == ()


def test_in_an_answer_the_buyers_own_words_are_no_secret() -> None:
    text = "We read what you wrote about the zipper and send a new jacket."

    assert "review_reference" not in rules_of(text, kind="reply")
    assert "review_reference" in rules_of(text)
