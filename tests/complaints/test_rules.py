"""Every cue and every guard of every language, by its own examples: what it must catch and what it must leave alone."""

from __future__ import annotations

import pytest

from aftercare.complaints.lexicon import LANGUAGES, Cue, Guard, lexicon
from aftercare.complaints.reading import read

COMPLAINTS = ("failure", "refused", "fault", "trouble", "ask")


def cue_examples(side: str):
    for code in LANGUAGES:
        for cue in lexicon(code).language.cues:
            for number, example in enumerate(getattr(cue, side)):
                yield pytest.param(code, cue, example, id=f"{code}-{cue.id}-{number}")


def guard_examples(side: str):
    for code in LANGUAGES:
        for guard in lexicon(code).language.guards:
            for number, example in enumerate(getattr(guard, side)):
                yield pytest.param(code, guard, example, id=f"{code}-{guard.id}-{number}")


def found(code: str, text: str) -> dict[str, str]:
    return {finding.cue.id: finding.cue.kind for finding in read(text, lexicon(code)).findings}


@pytest.mark.parametrize(("code", "cue", "example"), cue_examples("catches"))
def test_cue_is_found_where_it_is_said(code: str, cue: Cue, example: str):
    assert cue.id in found(code, example)


@pytest.mark.parametrize(("code", "cue", "example"), cue_examples("leaves"))
def test_cue_is_not_found_where_it_is_not_said(code: str, cue: Cue, example: str):
    assert cue.id not in found(code, example)


@pytest.mark.parametrize(("code", "guard", "example"), guard_examples("catches"))
def test_guard_keeps_a_harmless_sentence_free_of_complaints(code: str, guard: Guard, example: str):
    assert not [cue for cue, kind in found(code, example).items() if kind in COMPLAINTS]


@pytest.mark.parametrize(("code", "guard", "example"), guard_examples("leaves"))
def test_guard_leaves_a_real_complaint_standing(code: str, guard: Guard, example: str):
    assert [cue for cue, kind in found(code, example).items() if kind in COMPLAINTS]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_has_a_reason_and_examples_of_both_kinds(code: str):
    language = lexicon(code).language
    bare = [rule.id for rule in (*language.cues, *language.guards) if not (rule.why and rule.catches and rule.leaves)]
    assert bare == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_cue_has_a_name_of_its_own(code: str):
    names = [rule.id for rule in (*lexicon(code).language.cues, *lexicon(code).language.guards)]
    assert len(names) == len(set(names))
