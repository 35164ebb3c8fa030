"""The automaton finds what the phrases say, whatever stands between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.messages.lint.automaton import Automaton
from aftercare.text import Phrasebook, words_of
from aftercare.text.phrase_syntax import PhraseSyntaxError

PHRASES = {
    "word": "review",
    "prefix": "refund*",
    "suffix": "*ware",
    "either": "(gift card|voucher) now",
    "maybe": "the (old)? lamp",
    "gap": "never ..2 came",
    "number": "# stars",
    "optional start": "(please)? change it",
    "optional end": "leave (us)? (a note)?",
    "nested": "(we|I) (saw|have (just|now)? read) (your|the) (words|long text)",
}
AUTOMATON = Automaton((key, phrase) for key, phrase in PHRASES.items())


def hits(text: str) -> set[tuple[str, str]]:
    words = words_of(text)
    return {(found.key, " ".join(words.texts[found.first : found.last + 1])) for found in AUTOMATON.find(words.texts)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a Review came", {("word", "review")}),
        ("refunds and firmware", {("prefix", "refunds"), ("suffix", "firmware")}),
        ("gift card now voucher now", {("either", "gift card now"), ("either", "voucher now")}),
        ("the lamp the old lamp", {("maybe", "the lamp"), ("maybe", "the old lamp")}),
        ("it never really ever came", {("gap", "never really ever came")}),
        ("it never really ever even came", set()),
        ("5 stars", {("number", "5 stars")}),
        ("please change it", {("optional start", "change it")}),
        ("leave us a note", {("optional end", "leave")}),
        ("we have just read the long text", {("nested", "we have just read the long text")}),
        ("", set()),
    ],
)
def test_a_phrase_is_found_as_short_as_it_can_be(text: str, expected: set) -> None:
    assert hits(text) == expected


VOCABULARY = [
    "review",
    "refund",
    "refunds",
    "software",
    "gift",
    "card",
    "voucher",
    "now",
    "the",
    "old",
    "lamp",
    "never",
    "came",
    "5",
    "stars",
    "please",
    "change",
    "it",
    "leave",
    "us",
    "a",
    "note",
]


@given(
    st.lists(
        st.sampled_from([*VOCABULARY, "we", "saw", "have", "just", "read", "your", "words", "long", "text", "x"]),
        max_size=14,
    )
)
def test_it_ends_phrases_where_the_plain_search_does(words: list[str]) -> None:
    text = words_of(" ".join(words))
    plain = Phrasebook(PHRASES.items())

    assert {(hit.key, hit.last) for hit in plain.find(text)} <= {
        (found.key, found.last) for found in AUTOMATON.find(text.texts)
    }


def test_a_phrase_that_stands_for_too_many_is_refused() -> None:
    with pytest.raises(PhraseSyntaxError, match="stands for"):
        Automaton([("x", " ".join(["(a b|c d|e f)"] * 7))])
