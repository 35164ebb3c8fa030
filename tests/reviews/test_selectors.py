"""The part of CSS that layouts.json uses means what it means in CSS."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from aftercare.reviews.selectors import compile_selector

HTML = """<div class="a b" id="x" data-hook="review-one"><p class="b">
<span data-hook="two" href="/a b/c"></span></p><kat-link empty></kat-link></div>"""

SELECTORS = [
    "div", "p", ".b", ".a.b", "#x", "div#x.a", "kat-link", "kat-link[empty]", "[empty]", "[data-hook]",
    '[data-hook="two"]', '[data-hook^="review"]', '[data-hook$="one"]', '[data-hook*="view"]', '[href*="a b"]',
    "div span", ".a .b span", ".b .a span", 'div [data-hook="two"]', "p div",
]  # fmt: skip


@pytest.mark.parametrize("selector", SELECTORS)
def test_it_finds_what_soupsieve_finds(selector: str) -> None:
    soup = BeautifulSoup(HTML, "lxml")
    compiled = compile_selector(selector)

    assert [node for node in soup.find_all(True) if compiled.matches(node)] == soup.select(selector)


@pytest.mark.parametrize("selector", ["", "a > b", "a, b", "a:not(b)", "[a=b]", "a[b", "*", ".a.", "A"])
def test_more_than_it_knows_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="selector"):
        compile_selector(selector)
