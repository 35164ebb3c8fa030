"""The policy's collected examples, each code mapped to the rules that stand for it here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from messages.lint.judge import rules_of

EXAMPLES = Path(__file__).resolve().parents[4] / "shared" / "reference" / "policy-examples.json"

# Any of these rules may name the code; the codes are finer than our rules.
RULES = {
    "review_reference": {"review_reference"},
    "implied_review_knowledge": {"review_reference"},
    "review_request": {"review_reference", "ask_positive_only"},
    "feedback_request": {"review_reference", "ask_positive_only"},
    "review_change_request": {"ask_change_or_remove", "review_reference"},
    "review_removal_request": {"ask_change_or_remove"},
    "feedback_removal_request": {"ask_change_or_remove"},
    "review_gating": {"ask_positive_only", "review_reference"},
    "incentive": {"incentive", "marketing"},
    "conditional_compensation": {"incentive", "threat_or_pressure"},
    "external_link": {"external_link"},
    "amazon_link": {"external_link"},
    "insecure_link": {"external_link"},
    "opt_out_link": {"external_link"},
    "tracking_pixel": {"external_link", "html"},
    "email_address": {"email_or_phone"},
    "phone_number": {"email_or_phone"},
    "messaging_app": {"off_platform"},
    "off_amazon_contact": {"off_platform", "email_or_phone", "external_link"},
    "off_amazon_payment": {"off_platform"},
    "marketing": {"marketing"},
    "coupon": {"marketing", "incentive"},
    "cross_sell": {"marketing", "external_link"},
    "thank_you_only": {"thank_you_only"},
    "help_only": {"thank_you_only"},
    "order_confirmation": {"amazon_tells"},
    "shipping_confirmation": {"amazon_tells"},
    "proactive_manual": {"amazon_tells"},
    "missing_order_id": {"missing_order_id"},
    "wrong_language": {"wrong_language"},
    "important_tag": {"important_tag"},
    "emoji": {"emoji_or_decoration"},
    "html": {"html"},
    "excess_line_breaks": {"excess_line_breaks"},
    "buyer_cancel_request": {"cancel_request"},
    "claim_pressure": {"threat_or_pressure"},
    "repeat_contact": {"threat_or_pressure"},
    "sensitive_info_request": {"personal_data", "off_platform"},
    "false_pretext": {"false_pretext"},
    "rude_tone": {"rude_tone", "threat_or_pressure"},
    "pressure": {"threat_or_pressure", "ask_change_or_remove"},
}

NOT_JUDGED = {
    "gif",
    "centered_text",
    "font_override",
    "logo_link",
    "product_image",
    "attachment_not_allowed",
    "spelling_grammar",
    "personal_data",
}
"""Styling, pictures and files that a text does not show; spelling; and personal data that only the order could tell.
Account and card numbers are judged, by `personal_data`."""


def policy_examples() -> list[dict]:
    return json.loads(EXAMPLES.read_text(encoding="utf-8")) if EXAMPLES.is_file() else []


def named(example: dict, number: int) -> str:
    return f"{number}-{example['language']}-{'-'.join(example['violates']) or 'honest'}"


@pytest.mark.shared
@pytest.mark.skipif(
    not EXAMPLES.is_file(), reason="The policy's examples stand beside the repository, and are absent here."
)
@pytest.mark.parametrize("example", [pytest.param(each, id=named(each, n)) for n, each in enumerate(policy_examples())])
def test_a_policy_example_is_judged_as_the_policy_says(example: dict) -> None:
    rules = set(rules_of(example["text"], lang=example["language"]))

    if not example["violates"]:
        assert rules == set()
    for code in set(example["violates"]) - NOT_JUDGED:
        assert rules & RULES[code], f"{code} is not named, only {rules}"
