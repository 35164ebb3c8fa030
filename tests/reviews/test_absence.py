"""A page without reviews says why, as far as it can be told."""

from __future__ import annotations

import pytest

from aftercare.reviews import read_page

WITHOUT_REVIEWS = {
    "an empty file": ("", "not_a_review_page"),
    "something that is no page": ("Dear Sir or Madam", "not_a_review_page"),
    "another shop": ("<html><body><h1>Shop</h1><div class=stars>5</div></body></html>", "not_a_review_page"),
    "the sign-in page": ('<form name="signIn"><input id="ap_email"></form>', "signed_out"),
    "the question with letters": ('<form action="/errors/validateCaptcha"><input></form>', "robot_check"),
    "the silent check": ('<div id="challenge-container"></div><script>AwsWafIntegration</script>', "robot_check"),
    "the note in the refusal": (
        "<!-- To discuss automated access to Amazon data please contact us. --><p>Sorry</p>",
        "robot_check",
    ),
    "a section left empty": ('<div id="customerReviews"><div id="reviewsMedley"></div></div>', "no_reviews"),
    "a product nobody reviewed": ('<input id="ASIN" value="B0TESTNONE"><div id="dp"></div>', "no_reviews"),
    "a quotation in Amazon's summary": (
        '<div id="reviewsMedley"><a href="/gp/customer-reviews/R1QUOTED000001"><i class="a-star-1"></i>loud</a></div>',
        "no_reviews",
    ),
    "reviews in a layout of the future": (
        '<div id="customerReviews"><cr-card data-reviewid="R1FUTURE000001"><cr-stars class="star-3"></cr-stars>'
        "Broke.</cr-card></div>",
        "unknown_layout",
    ),
    "reviews before 2015": ('<table id="productReviews"><tr><td><b>Good</b></td></tr></table>', "unknown_layout"),
    "reviews without their ids": ('<li data-hook="review"><b data-hook="review-title">Hm</b></li>', "unknown_layout"),
}


@pytest.mark.parametrize(("html", "code"), WITHOUT_REVIEWS.values(), ids=WITHOUT_REVIEWS)
def test_the_reason_is_given(html: str, code: str) -> None:
    page = read_page(html)

    assert page.reviews == ()
    assert page.note is not None
    assert page.note.code == code
    assert page.note.message
    assert page.note.next


def test_the_address_alone_can_tell() -> None:
    note = read_page("<p>Loading</p>", "https://www.amazon.com/ap/signin?openid.return_to=x").note

    assert note is not None
    assert note.code == "signed_out"


def test_a_page_with_reviews_has_no_note() -> None:
    assert read_page('<li data-hook="review" id="R1ENOUGH000001"></li>').note is None


def test_a_refused_review_is_named_by_its_place_and_costs_no_other() -> None:
    page = read_page('<li data-hook="review"></li><li data-hook="review" id="R1GOOD00000001"></li>')

    assert [error.to_json()["detail"] for error in page.refused] == [{"review": 1}]
    assert [review.id for review in page.reviews] == ["R1GOOD00000001"]
