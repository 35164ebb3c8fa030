"""The phrase syntax, by one example for each of its signs, and the promises about time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.text import Phrasebook, words_of
from aftercare.text.phrase_syntax import PhraseSyntaxError

GROUPS = {"courier": ("driver", "delivery (guy|man)"), "nested": ("@courier", "post")}


def found(phrase: str, text: str) -> list[str]:
    book = Phrasebook([("key", phrase)], GROUPS)
    return [text[hit.start : hit.end] for hit in book.find(words_of(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "wanted"),
    [
        ("refund", "No REFUND yet", ["REFUND"]),
        ("remboursé", "pas rembourse", ["rembourse"]),
        ("refund*", "refunded", ["refunded"]),
        ("*bewertung", "Kundenbewertung", ["Kundenbewertung"]),
        ("*liefer*", "Auslieferung", ["Auslieferung"]),
        ("refund|credit note", "credit note", ["credit note"]),
        ("(money back|refund*)", "my money back", ["money back"]),
        ("the (old)? box", "the box", ["the box"]),
        ("never .. arrived", "never has it really arrived", ["never has it really arrived"]),
        ("never ..2 arrived", "never has it really arrived", []),
        ("never .. arrived", "never. it arrived", []),
        ("@courier lost", "the delivery guy lost it", ["delivery guy lost"]),
        ("@nested lost", "post lost", ["post lost"]),
        ("zurück", "zurueck", ["zurueck"]),
        ("zurück", "zuruck", ["zuruck"]),
        ("l'avis", "L’avis", ["L’avis"]),
        ("only # of #", "only 3 of 4", ["only 3 of 4"]),
        ("#", "2nd of two", ["2nd"]),
        ("didn't", "DIDNT", ["DIDNT"]),
    ],
)
def test_phrase_finds(phrase: str, text: str, wanted: list[str]):
    assert found(phrase, text) == wanted


def test_a_phrase_is_as_short_as_it_can_be():
    assert found("never .. arrived", "never arrived, arrived") == ["never arrived"]


def test_each_word_a_phrase_can_begin_at_is_reported():
    assert found("very .. late", "very very late") == ["very very late", "very late"]


@pytest.mark.parametrize(
    "phrase",
    ["", "(late", "late)", ".. late", "late ..", "@nobody", "late ..99 box", "(late|) box", "| late", "%"],
)
def test_a_malformed_phrase_is_refused(phrase: str):
    with pytest.raises(PhraseSyntaxError):
        Phrasebook([("key", phrase)], GROUPS)


def test_a_group_that_names_itself_is_refused():
    with pytest.raises(PhraseSyntaxError, match="names itself"):
        Phrasebook([("key", "@loop")], {"loop": ("a @loop",)})


def test_vocabulary_holds_whole_words_only():
    assert Phrasebook([("key", "late box* (old|#) @courier")], GROUPS).vocabulary() == {
        "late", "old", "driver", "delivery", "guy", "man",
    }  # fmt: skip


def test_work_grows_with_the_text_alone():
    # Four gaps in a row over equal words have some 40,000 ways through at each place; they are followed together.
    book = Phrasebook([("key", "a ..12 a ..12 a ..12 a ..12 b")])

    assert list(book.find(words_of("a " * 3000))) == []


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str):
    book = Phrasebook([(1, "never .. arrived"), (2, "@nested|refund*"), (3, "*e*"), (4, "#")], GROUPS)

    for hit in book.find(words_of(text)):
        assert 0 <= hit.start < hit.end <= len(text)
