"""How a text is folded and cut into words, with every span in the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.text import fold, folded_forms, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Été", "ete"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("ﬁn", "fin"),
        ("Ｆｕｌｌ", "full"),
        ("a\u200bb", "ab"),
    ],
)
def test_spellings_that_a_reader_takes_for_equal_fold_alike(text: str, folded: str):
    assert fold(text) == folded


def test_kana_keep_their_voicing():
    assert fold("が") != fold("か")


def test_an_umlaut_has_two_forms():
    assert folded_forms("zurück") == ("zuruck", "zurueck")
    assert folded_forms("back") == ("back",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I didn't.", ("i", "didnt")),
        ("l'avis d’été", ("l", "avis", "d", "ete")),
        ("返金なし", ("返", "金", "な", "し")),
        ("e-mail 2.5 kg", ("e", "mail", "2", "5", "kg")),
    ],
)
def test_words_of(text: str, words: tuple[str, ...]):
    assert words_of(text).texts == words


def test_sentences_and_clauses_are_counted():
    words = words_of("Nice, but late. Sad")

    assert words.sentences == (0, 0, 0, 1)
    assert words.clauses == (0, 1, 1, 2)


@given(st.text(max_size=300))
def test_spans_lie_in_order_within_any_text(text: str):
    words = words_of(text)

    assert all(0 <= start < end <= len(text) for start, end in zip(words.starts, words.ends, strict=True))
    assert list(words.starts) == sorted(words.starts)
