"""The goals of the linter on the project's own examples, in each language."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
MAIN = ("en", "fr", "de", "es", "it")


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate_lint", ROOT / "scripts" / "evaluate_lint.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluate_lint"] = module
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()
SCORES = SCRIPT.evaluate()


def total(language: str):
    """The score of all splits of a language together."""
    score = SCRIPT.Score()
    for language_, example in SCRIPT.examples():
        if language_ == language:
            known = {name: value for name, value in example.items() if name not in ("split", "rules")}
            score.add(example, SCRIPT.lint(SCRIPT.Message.from_json({"id": "x", "lang": language, **known})))
    return score


@pytest.mark.parametrize("language", MAIN)
def test_forbidden_messages_are_blocked_and_honest_ones_pass(language: str) -> None:
    score = total(language)

    assert score.forbidden + score.honest >= (120 if language == "en" else 60)
    assert score.blocked_share >= 0.98
    assert score.named_share >= 0.90
    assert score.honest_blocked_share <= 0.02


@pytest.mark.parametrize(("language", "split"), SCORES, ids="-".join)
def test_a_split_is_judged_well_by_itself(language: str, split: str) -> None:
    score = SCORES[language, split]

    assert score.blocked_share >= 0.95
    assert score.honest_blocked_share <= 0.03
