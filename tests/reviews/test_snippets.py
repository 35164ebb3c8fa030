"""A piece of a live page is read like the page it is from."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from aftercare.errors import InputError
from aftercare.reviews import read_page, read_snippet
from reviews.reading import bytes_of

AS_SENT = [
    ("li.html", '[data-hook="review"]'),
    ("li-foreign.html", '[data-hook="review"]'),
    ("2026.html", '[data-hook="reviewContainer"]'),
    ("div-list.html", '[data-hook="review"]'),
    ("legacy.html", '[data-hook="review"]'),
    ("mobile.html", '[data-hook="mobley-review-content"]'),
    ("brand_reviews.html", ".reviewContainer"),
]


@pytest.mark.parametrize(("name", "selector"), AS_SENT)
def test_a_snippet_reads_like_its_page(name: str, selector: str) -> None:
    page = read_page(bytes_of(name))
    snippet = str(BeautifulSoup(bytes_of(name), "lxml").select_one(selector))

    review = read_snippet(
        snippet, url="https://www.amazon.in/dp/B0TESTLEG1" if name == "legacy.html" else None, asin=page.asin
    )

    assert review == page.reviews[0]


def test_the_asin_of_the_page_is_taken_as_the_extension_sends_it() -> None:
    review = read_snippet(bytes_of("2026-no-wrapper.html"), asin="b0testsent")

    assert (review.asin, review.variant_asin) == ("B0TESTSENT", "B0TESTVAR9")


def test_what_is_no_asin_is_not_taken_for_one() -> None:
    assert read_snippet(bytes_of("2026-no-wrapper.html"), asin="<script>").asin is None


def test_a_bare_date_is_of_the_store_in_the_address() -> None:
    html = '<div id="R1BARE00000001" data-hook="review"><span data-hook="review-date">24. März 2019</span></div>'

    review = read_snippet(html, url="https://www.amazon.de/dp/B0TESTBAR1")

    assert (review.marketplace, review.country) == ("DE", "DE")


@pytest.mark.parametrize("html", ["", "words", "<div>no review</div>", b"\x00\xff"])
def test_a_snippet_without_a_review_is_refused(html: str | bytes) -> None:
    with pytest.raises(InputError) as refusal:
        read_snippet(html)

    assert refusal.value.code == "no_review"


def test_a_snippet_without_a_review_id_is_refused() -> None:
    with pytest.raises(InputError) as refusal:
        read_snippet('<div data-hook="review"><span data-hook="review-body">Broken.</span></div>')

    assert refusal.value.code == "no_review_id"
