"""Every text comes from `_locales`, in every language, and none is there for nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
LOCALES = {
    path.parent.name: {key: value["message"] for key, value in json.loads(path.read_text()).items()}
    for path in EXTENSION.glob("_locales/*/messages.json")
}
CODE = "\n".join(path.read_text() for path in EXTENSION.rglob("*") if path.suffix in {".js", ".html", ".json"}
                 and "_locales" not in path.parts)  # fmt: skip
# Texts whose key ends in a code of the server's; a code without a text shows the server's own words.
BY_CODE = (
    "type_", "typeShort_", "urgency_", "urgencyAlone_", "topic_", "risk_", "comparison_", "event_", "programme_",
    "route_", "reason_", "gap_", "confirm_", "finding_", "link_", "fulfillment_", "error_", "bar_",
)  # fmt: skip


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\$\d", text))


def test_there_are_english_and_french():
    assert sorted(LOCALES) == ["en", "fr"]


def test_all_languages_have_the_same_keys():
    assert LOCALES["fr"].keys() == LOCALES["en"].keys()


@pytest.mark.parametrize("key", LOCALES["en"])
def test_a_text_is_there_and_takes_the_same_values_in_all_languages(key: str):
    texts = [locale[key] for locale in LOCALES.values()]
    assert all(text.strip() for text in texts)
    assert len({frozenset(placeholders(text)) for text in texts}) == 1


def test_every_key_that_is_asked_for_is_there():
    asked = set(re.findall(r"(?:\bsay|\bmaybe|getMessage)\('(\w+)'", CODE)) | set(re.findall(r'data-say="(\w+)"', CODE))
    counted = {f"{key}_{form}" for key in re.findall(r"say\.count\('(\w+)'", CODE) for form in ("one", "other")}
    named = set(re.findall(r"__MSG_(\w+)__", CODE))
    assert (asked | counted | named) - LOCALES["en"].keys() == set()


def test_no_text_is_left_over():
    used = {key for key in LOCALES["en"] if re.search(rf"\b{key}\b", CODE)}
    counted = {f"{key}_{form}" for key in re.findall(r"say\.count\('(\w+)'", CODE) for form in ("one", "other")}
    assert {key for key in LOCALES["en"].keys() - used - counted if not key.startswith(BY_CODE)} == set()


def test_every_state_has_a_sentence_and_a_next_step():
    states = re.search(r"STATES = new Set\(\[(.*?)\]\)", CODE, re.S).group(1)
    for state in re.findall(r"'(\w+)'", states):
        assert {f"error_{state}", f"error_{state}_next"} <= LOCALES["en"].keys()
