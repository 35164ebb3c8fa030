"""Each layout and each trap has a page here, with its expected reading beside it."""

from __future__ import annotations

import json

import pytest

from aftercare.reviews import read_page
from aftercare.reviews.layouts import layouts
from reviews.reading import NAMES, PAGES, as_json, bytes_of


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_read_as_written_beside_it(name: str) -> None:
    expected = json.loads((PAGES / name).with_suffix(".json").read_text(encoding="utf-8"))

    assert as_json(read_page(bytes_of(name))) == expected


@pytest.mark.parametrize("layout", [each.name for each in layouts().layouts])
def test_every_layout_has_a_page(layout: str) -> None:
    assert any(review.layout == layout for name in NAMES for review in read_page(bytes_of(name)).reviews)


def test_the_page_of_the_screen_counts_and_not_the_canonical_one() -> None:
    page = read_page(bytes_of("li.html"))

    assert b"B0TESTCAN9" in bytes_of("li.html")
    assert page.asin == "B0TESTLI01"


def test_the_original_is_read_while_the_translation_shows() -> None:
    shown_translated = read_page(bytes_of("li-foreign.html")).reviews[1]

    assert (shown_translated.title, shown_translated.body) == ("Ok", "Super")


def test_the_same_review_twice_is_read_once_and_fully() -> None:
    first = read_page(bytes_of("div-list.html")).reviews[0]

    assert first.body == "Up in ten minutes and no leak all summer."


def test_a_review_cut_off_before_its_badge_is_not_called_unverified() -> None:
    html = bytes_of("li.html").decode()
    cut = html[: html.index('<div class="a-row review-format-strip">')]

    review = read_page(cut).reviews[0]

    assert review.verified is None
    assert {"verified", "body"} <= set(review.missing)


def test_the_address_helps_where_the_page_says_nothing() -> None:
    html = bytes_of("div-list-piece.html").decode().replace("?ie=UTF8&amp;ASIN=B0TESTDIV2", "")

    page = read_page(html, "https://www.amazon.de/-/en/Stuhl/product-reviews/B0TESTURL1/ref=x?pageNumber=2")

    assert (page.asin, page.marketplace, page.kind) == ("B0TESTURL1", "DE", "list")
    assert page.reviews[0].asin == "B0TESTURL1"
