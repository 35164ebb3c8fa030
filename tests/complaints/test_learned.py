"""What examples taught: every language has its file, made from the examples as they are, and it judges unseen ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aftercare.complaints import triage_text
from aftercare.complaints.learned import learned_languages

SCRIPTS = Path(__file__).parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))

import triage_examples as examples  # noqa: E402

LANGUAGES = examples.languages()


def answers(language: str) -> list[tuple[dict, object]]:
    unseen = [row for row in examples.newer_of(language) if row["split"] == "test"]
    return [
        (row, triage_text("", row["body"], title=row["title"], stars=row["stars"], lang=language)) for row in unseen
    ]


def test_all_twelve_languages_are_learned() -> None:
    assert sorted(learned_languages()) == LANGUAGES
    assert len(LANGUAGES) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_was_made_from_the_examples_as_they_are(language: str) -> None:
    path = SCRIPTS.parent / "shared_rules" / "complaints" / "learned" / f"{language}.json"
    seen = examples.learned_from(examples.examples_of(language))

    assert examples.digest_of(seen) in path.read_text(encoding="utf-8"), "run scripts/train_triage.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_unseen_complaints_are_found_and_most_flags_are_right(language: str) -> None:
    pairs = answers(language)
    found = [answer.critical for row, answer in pairs if row["critical"]]
    right = [row["critical"] for row, answer in pairs if answer.critical]

    assert len(pairs) >= 60
    assert sum(found) / len(found) >= 0.75
    assert sum(right) / len(right) >= 0.68


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_answered_keeps_the_contract(language: str) -> None:
    for row, answer in answers(language):
        assert answer.critical == (answer.urgency == "critical")
        assert not answer.critical or answer.type in ("service", "product_service")
        for each in answer.evidence:
            text = row["title"] if each.field == "title" else row["body"]
            assert text[each.start : each.end] == each.text


def test_a_topic_that_only_examples_know_points_at_its_clause() -> None:
    text = "The lamp is lovely. I have been on hold with them four times and nobody ever rings me back."

    answer = triage_text("", text, lang="en")

    assert "no_response" in answer.topics
    assert any("rings me back" in each.text or "on hold" in each.text for each in answer.evidence)


@pytest.mark.parametrize("text", ["", "?", "\ud800", "\x00" * 50, "▦" * 300, "a" * 100_000])
def test_a_text_without_known_words_is_judged_by_its_stars(text: str) -> None:
    assert triage_text("", text, stars=1, lang="en").type == "product_only"
    assert triage_text("", text, stars=5, lang="en").type == "praise"
