"""The labeled examples are read as well as when the rules were last tuned; no rule was tuned on the `fresh` ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aftercare.complaints import TOPICS, triage_text
from aftercare.complaints.lexicon import LANGUAGES

EXAMPLES = Path(__file__).parent / "examples"


def rows(language: str, *splits: str) -> list[dict]:
    every = json.loads((EXAMPLES / f"{language}.json").read_text(encoding="utf-8"))
    return [row for row in every if row["split"] in splits]


def share(truths: list[bool]) -> float:
    return sum(truths) / len(truths)


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_labeled_by_the_contract(language: str):
    for row in rows(language, "dev", "held", "fresh", "fresh2"):
        assert set(row["topics"]) <= set(TOPICS), row["body"]
        assert row["critical"] or row["type"] != "service", row["body"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_known_examples_stay_well_read(language: str):
    known = rows(language, "dev", "held")
    answers = [triage_text("R1", row["body"]) for row in known]

    assert share([answer.type == row["type"] for row, answer in zip(known, answers, strict=True)]) >= 0.9
    assert share([answer.critical for row, answer in zip(known, answers, strict=True) if row["critical"]]) >= 0.92
    assert share([row["critical"] for row, answer in zip(known, answers, strict=True) if answer.critical]) >= 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_flag_on_an_unknown_example_can_be_trusted(language: str):
    unknown = rows(language, "fresh", "fresh2")
    flagged = [row["critical"] for row in unknown if triage_text("R1", row["body"]).critical]

    assert share(flagged) >= 0.7
