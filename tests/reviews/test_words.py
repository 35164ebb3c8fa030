"""The words of a node, as a person sees them in the page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from aftercare.reviews.words import line_of, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one<br>two", "one\ntwo"),
        ("one<br><br>two", "one\n\ntwo"),
        ("one<br><br><br><br>two<br>", "one\n\ntwo"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>one</p><p><span></span></p><p>two</p>", "one\n\ntwo"),
        ("<p>one<br></p><p>two</p>", "one\ntwo"),
        ("<div><div></div><div>one</div></div>two", "one\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("  one \n two\u00a0\u00a0three ", "one two three"),
        ("<b>o</b>ne", "one"),
        ("\u200eone\u200b", "\u200eone\u200b"),
        ("", ""),
    ],
)
def test_paragraphs_are_lines(html: str, text: str) -> None:
    node = BeautifulSoup(f"<div id=x>{html}</div>", "lxml").select_one("#x")

    assert node is not None
    assert text_of(node, lambda _: False) == text


def test_silent_parts_say_nothing_and_a_line_is_one() -> None:
    node = BeautifulSoup("<p>one<i>two</i><br>three</p>", "lxml").p

    assert node is not None
    assert line_of(node, lambda inner: inner.name == "i") == "one three"
