"""Rule files compile, and a wrong one is refused by the name of the file and the place in it."""

from __future__ import annotations

import pytest

from aftercare.complaints.lexicon import Cue, Guard, Language, compile_language
from aftercare.complaints.reading import read
from aftercare.errors import RulesError


def cue(id: str, *phrases: str, kind: str = "failure", topic: str = "late") -> Cue:
    return Cue(id=id, kind=kind, topic=topic, why="test", phrases=phrases, catches=("x",), leaves=("y",))


def guard(reach: str, *phrases: str) -> Guard:
    return Guard(id="guard", reach=reach, why="test", phrases=phrases, catches=("x",), leaves=("y",))


def language(*cues: Cue, guards: tuple[Guard, ...] = ()) -> Language:
    return Language(
        language="en",
        spellings={},
        contrast=("but",),
        causes=("because",),
        denials=("not", "never"),
        bridges=("at", "all"),
        groups={"parcel": ("box|crate",)},
        cues=cues,
        guards=guards,
    )


def found(text: str, *cues: Cue, guards: tuple[Guard, ...] = ()) -> list[str]:
    lexicon = compile_language(language(*cues, guards=guards), "test.json")
    return [text[finding.start : finding.end] for finding in read(text, lexicon).findings]


def test_a_phrase_is_found_with_its_span():
    assert found("It came late today.", cue("a", "came late")) == ["came late"]


def test_parts_joined_by_one_sign_stand_in_one_clause_in_any_order():
    together = cue("a", "@parcel & late")

    assert found("late came the box", together) == ["late came the box"]
    assert found("the box is fine, late night", together) == []
    assert found("the box is fine but late", together) == []


def test_parts_joined_by_two_signs_stand_in_one_sentence():
    assert found("the box, late", cue("a", "box && late")) == ["box, late"]
    assert found("the box. late", cue("a", "box && late")) == []


def test_parts_joined_by_three_signs_stand_in_neighboring_sentences():
    assert found("the box. late", cue("a", "box &&& late")) == ["box. late"]
    assert found("the box. fine. late", cue("a", "box &&& late")) == []


def test_a_part_that_must_be_absent_keeps_a_phrase_from_being_found():
    assert found("late box", cue("a", "late & !box")) == []


def test_a_question_mark_is_a_part():
    assert found("is it late?", cue("a", "late & ?")) == ["late"]
    assert found("it is late.", cue("a", "late & ?")) == []


def test_a_denial_with_bridges_takes_a_cue_away():
    assert found("not at all late", cue("a", "late")) == []
    assert found("not today, late", cue("a", "late")) == ["late"]


def test_a_phrase_that_denies_by_itself_is_not_denied_by_itself():
    assert found("never at all came", cue("a", "never .. came")) == ["never at all came"]


def test_a_denial_inside_the_gap_of_a_phrase_takes_it_away():
    assert found("came not late", cue("a", "came .. late")) == []


@pytest.mark.parametrize(
    ("reach", "silenced"),
    [
        ("words", "late night"),
        ("clause", "night so late"),
        ("rest", "night, so late"),
        ("sentence", "late, this night"),
    ],
)
def test_a_guard_silences_as_far_as_it_reaches(reach: str, silenced: str):
    phrases = ("late night",) if reach == "words" else ("night",)

    assert found(silenced, cue("a", "late"), guards=(guard(reach, *phrases),)) == []


def test_a_guard_of_opinions_leaves_complaints_alone():
    guards = (guard("opinion", "good luck"),)
    good = cue("good", "good", kind="good", topic="")

    assert found("good luck", good, guards=guards) == []
    assert found("good luck", cue("a", "luck"), guards=guards) == ["luck"]


def test_a_guard_of_the_rest_ends_at_a_contrast():
    assert found("night so fine but late", cue("a", "late"), guards=(guard("rest", "night"),)) == ["late"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (cue("odd", "(late"), "opens a bracket"),
        (cue("odd", "@nobody late"), "unknown group"),
        (cue("odd", "late", topic="weather"), "no topic 'weather'"),
        (cue("odd", "!late"), "only what must be absent"),
    ],
)
def test_a_wrong_cue_is_refused_by_file_and_reason(wrong: Cue, words: str):
    with pytest.raises(RulesError, match=r"test\.json") as caught:
        compile_language(language(wrong), "test.json")
    assert words in caught.value.message
