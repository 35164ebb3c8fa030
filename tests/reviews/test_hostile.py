"""Whatever a page holds, reading it ends, raises nothing, and loses no review that was whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.errors import InputError
from aftercare.reviews import read_page, read_snippet
from aftercare.reviews.dates import read_byline, read_date_line
from aftercare.reviews.review import Review
from reviews.reading import NAMES, bytes_of

REVIEW = (
    '<div id="{id}" data-hook="review"><span class="a-profile-name">Sam</span>'
    '<i data-hook="review-star-rating" class="a-star-2"></i><a data-hook="review-title">Late</a>'
    '<span data-hook="review-date">Reviewed in Canada on May 5, 2024</span>'
    '<span data-hook="avp-badge">Verified Purchase</span><span data-hook="review-body">{body}</span></div>'
)


def review(number: int = 0, body: str = "Came late.") -> str:
    return REVIEW.format(id=f"R{number:013d}", body=body)


def whole(found: Review) -> bool:
    return found.body == "Came late." and found.stars == 2 and found.missing == ("asin",)


@settings(max_examples=120, deadline=None)
@given(name=st.sampled_from(NAMES), share=st.floats(0, 1))
def test_a_page_cut_anywhere_is_read_as_far_as_it_goes(name: str, share: float) -> None:
    data = bytes_of(name)
    complete = {each.id for each in read_page(data).reviews}

    cut = read_page(data[: int(len(data) * share)])

    assert {each.id for each in cut.reviews} <= complete
    assert cut.reviews or cut.note


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    page = read_page(data)

    assert page.reviews or page.note


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_words_of_a_reviewer_reach_the_body(words: str) -> None:
    markup = words.replace("&", "&amp;").replace("<", "&lt;")

    body = read_page(review(body=markup)).reviews[0].body

    assert body is not None
    assert len(body) <= len(words)
    body.encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_any_date_line_is_read_or_left(line: str) -> None:
    read_date_line(line)
    read_byline(line)


def test_five_thousand_reviews_are_all_read() -> None:
    page = read_page("<ul>" + "".join(map(review, range(5000))) + "</ul>")

    assert len(page.reviews) == 5000
    assert all(map(whole, page.reviews))


def test_a_body_of_a_hundred_thousand_characters_is_kept_whole() -> None:
    body = "very late " * 10_000

    assert read_page(review(body=body)).reviews[0].body == body.strip()


def test_reviews_left_open_by_broken_markup_are_read_apart() -> None:
    opened = "".join(review(number).removesuffix("</div>") for number in range(300))

    page = read_page(opened)

    assert len(page.reviews) == 300
    assert all(map(whole, page.reviews))


MARKUP = {
    "scripts": "Came<script>alert(1)</script><style>b{}</style> late.",
    "pictures with words": 'Came<svg><text>x</text></svg><img alt="x"> late.',
    "forms": "Came<select><option>x</option></select><textarea>x</textarea> late.",
    "comments": "Came<!-- x --> late.<?php x ?>",
}


@pytest.mark.parametrize("body", MARKUP.values(), ids=MARKUP)
def test_what_is_not_words_is_not_read(body: str) -> None:
    assert whole(read_page(review(body=body)).reviews[0])


AROUND = {
    "twenty thousand levels around": ("<div>" * 20_000, ""),
    "half a tag before": ("<div <p class='x' <b>", ""),
    "an attribute of ten million characters": (f'<input id="ASIN" value="{"A" * 10_000_000}">', ""),
    "broken JSON in an attribute": ("""<span id="cr-state-object" data-state='{"asin": ["}'></span>""", ""),
    "a frame set": ("<frameset><frame>", "</frameset>"),
    "an XML head": ('<?xml version="1.0" encoding="x-none"?>', ""),
    "zero bytes": ("\x00\x00", "\x00"),
    "lone surrogates": ("\ud800 &#xD800;", "\udfff"),
}


@pytest.mark.parametrize(("before", "after"), AROUND.values(), ids=AROUND)
def test_what_stands_around_a_review_does_not_harm_it(before: str, after: str) -> None:
    assert whole(read_page(before + review() + after).reviews[0])


@pytest.mark.parametrize("levels", [200, 3000])
def test_words_at_any_depth_are_read(levels: int) -> None:
    assert read_page(review(body="<b>" * levels + "Came late.")).reviews[0].body == "Came late."


@pytest.mark.parametrize("hook", ["review-body", "review-title", "format-strip", "review-star-rating", "review-date"])
def test_a_hook_nested_in_itself_without_end_is_read_in_good_time(hook: str) -> None:
    nested = '<div id="R1NESTED000001" data-hook="review">' + f'<span data-hook="{hook}">x ' * 1500

    assert read_page(nested).reviews[0].id == "R1NESTED000001"


@pytest.mark.parametrize("number", ["9" * 5000, "²", "0", "6", "4.5", "٤٫٠ 5 5"])
def test_what_is_no_number_of_stars_is_missing(number: str) -> None:
    html = f'<div id="R1STARS0000001" data-hook="review"><i data-hook="review-star-rating">{number}</i></div>'

    assert "stars" in read_page(html).reviews[0].missing


@pytest.mark.parametrize("url", ["", "x", "http://[::1", "javascript:1", "https://amazon.evil.example/dp/B0TESTURL1"])
def test_an_address_that_is_none_of_amazons_tells_nothing(url: str) -> None:
    page = read_page(review(), url)

    assert (page.asin, page.marketplace) == (None, None)


PAGE = "<p>é</p>" + review(body="Schön spät für 5 €, naïve café.")
TEXT = "Schön spät für 5 €, naïve café."


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode(),
        b"\xef\xbb\xbf" + PAGE.encode(),
        b'<meta charset="iso-8859-1">' + PAGE.encode(),
        b'<meta charset="iso-8859-1">' + PAGE.encode("cp1252"),
        PAGE.encode("cp1252"),
        b'<meta charset="windows-1252">' + PAGE.encode("cp1252"),
        PAGE.encode("utf-16"),
        PAGE.encode("utf-16-le"),
        b'<meta charset="utf-8">' + PAGE.encode() + "ü".encode()[:1],
        b'<meta charset="utf-8"><p>\xff</p>' + PAGE.encode(),
        b'<meta charset="no-such-thing">' + PAGE.encode("cp1252"),
    ],
    ids=range(11),
)
def test_a_saved_page_is_read_in_whatever_encoding_it_was_stored(data: bytes) -> None:
    assert read_page(data).reviews[0].body == TEXT


def test_a_japanese_page_is_read_as_it_declares_itself() -> None:
    data = b'<meta charset="shift_jis">' + review(body="①遅れて届いた").encode("cp932")

    assert read_page(data).reviews[0].body == "①遅れて届いた"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=500), st.text(max_size=40), st.text(max_size=12))
def test_a_snippet_is_read_or_refused_by_name(data: bytes, url: str, asin: str) -> None:
    with pytest.raises(InputError):
        read_snippet(data, url=url, asin=asin)
