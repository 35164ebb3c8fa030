"""Slips of the fingers are undone where one explains them, and nothing else is touched."""

from __future__ import annotations

import pytest

from aftercare.complaints.spelling import Speller
from aftercare.text import words_of

SPELLER = Speller({"received", "delivery", "charged", "never", "smashed", "support"}, {"recvd": "received"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recieved", "received"),
        ("delivry", "delivery"),
        ("deliverry", "delivery"),
        ("suport", "support"),
        ("neverrrr", "never"),
        ("recvd", "received"),
    ],
)
def test_a_slip_is_undone(typed: str, meant: str):
    assert SPELLER.meant(typed) == meant


@pytest.mark.parametrize("typed", ["changed", "received", "supports", "deliver", "naver", "x", "2nd"])
def test_another_word_stays_itself(typed: str):
    assert SPELLER.meant(typed) == typed


def test_spans_stay_in_the_text_as_it_was_typed():
    words = SPELLER.respell(words_of("I recieved it"))

    assert words.texts[1] == "received"
    assert words.original[words.starts[1] : words.ends[1]] == "recieved"
