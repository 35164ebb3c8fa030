"""Every lint rule keeps its promises: it catches what it says it catches, and leaves alone what it says it leaves."""

from __future__ import annotations

import pytest

from aftercare.messages.lint import lint
from aftercare.messages.lint.engine import rules
from aftercare.messages.lint.model import ANY, Example, Rule
from aftercare.messages.lint.vocabulary import word_files
from aftercare.messages.verdict import Message
from aftercare.text import LANGUAGES
from aftercare.text.phrase_syntax import parse

MAIN = {"en", "fr", "de", "es", "it"}
ALL = set(LANGUAGES)
CORE = ("review_reference", "ask_change_or_remove", "incentive", "off_platform")
CONTRACT = {
    "review_reference": "block",
    "review_quote": "block",
    "reviewer_name_leak": "block",
    "incentive": "block",
    "ask_change_or_remove": "block",
    "ask_positive_only": "block",
    "external_link": "block",
    "email_or_phone": "block",
    "off_platform": "block",
    "marketing": "block",
    "threat_or_pressure": "block",
    "missing_order_id": "warn",
    "too_old": "warn",
    "emoji_or_decoration": "warn",
    "thank_you_only": "warn",
    "excess_line_breaks": "warn",
}
WITHOUT_WORDS = {"too_long"}
"""Rules that no sentence could show; their own tests do."""

EXAMPLES = [
    pytest.param(rule, language, example, side == "catches", id=f"{rule.rule}-{side}-{language}-{number}")
    for rule in rules()
    for side in ("catches", "leaves")
    for language, examples in getattr(rule, side).items()
    for number, example in enumerate(examples)
]


@pytest.mark.parametrize(("rule", "language", "example", "caught"), EXAMPLES)
def test_an_example_is_judged_as_the_rule_says(rule: Rule, language: str, example: Example, caught: bool) -> None:
    known = example.model_dump()
    verdict = lint(Message(id="example", **{**known, "lang": known["lang"] or language}))

    assert (rule.rule in verdict.rules) == caught, f"{example.text!r} gives {verdict.rules}"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rule)
def test_a_rule_has_examples_of_both_kinds_reason_and_source(rule: Rule) -> None:
    if rule.rule not in WITHOUT_WORDS:
        assert rule.catches and rule.leaves
        assert set(rule.catches) <= set(rule.leaves) or rule.rule in ("reviewer_name_leak", "wrong_language")
    assert rule.reason.endswith(".")
    assert rule.source


def test_the_names_and_severities_of_the_contract_stand() -> None:
    there = {rule.rule: rule.severity for rule in rules()}

    assert {name: there.get(name) for name in CONTRACT} == CONTRACT


@pytest.mark.parametrize("name", CORE)
def test_the_core_rules_show_examples_in_all_twelve_languages(name: str) -> None:
    rule = next(rule for rule in rules() if rule.rule == name)

    assert set(rule.catches) == set(rule.leaves) == ALL


@pytest.mark.parametrize("name", ["ask_positive_only", "marketing", "threat_or_pressure", "email_or_phone"])
def test_other_blocking_rules_show_examples_in_the_five_main_languages(name: str) -> None:
    rule = next(rule for rule in rules() if rule.rule == name)

    assert set(rule.catches) >= MAIN
    assert set(rule.leaves) >= MAIN


def test_every_concept_is_used_by_a_rule_or_a_check() -> None:
    used = {
        name
        for rule in rules()
        for find in rule.finds
        for names in (*find.of, *find.unless)
        for name in names.split("|")
    }
    in_checks = {"courtesy", "matter", "own_message"}

    assert {file.concept for file in word_files()} - used - in_checks == set()


@pytest.mark.parametrize("file", word_files(), ids=lambda file: file.concept)
def test_the_phrases_of_a_word_file_can_be_read_and_are_in_known_languages(file) -> None:
    for by_language in (file.phrases, file.everyday):
        assert set(by_language) <= ALL | {ANY}
        for phrases in by_language.values():
            assert len(set(phrases)) == len(phrases)
            for phrase in phrases:
                assert parse(phrase, {})
