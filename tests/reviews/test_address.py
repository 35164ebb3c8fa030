"""What an address tells, in both families and all the forms Amazon has used."""

from __future__ import annotations

import pytest

from aftercare.reviews.address import market_of_page, place_of
from aftercare.reviews.layouts import layouts

ADDRESSES = {
    "https://www.amazon.com/dp/B0TESTURL1": ("US", "product", "B0TESTURL1", None),
    "https://www.amazon.co.uk/Some-Name/dp/B0TESTURL1/ref=sr_1_1?th=1": ("UK", "product", "B0TESTURL1", None),
    "https://www.amazon.co.jp/-/en/dp/B0TESTURL1": ("JP", "product", "B0TESTURL1", None),
    "https://www.amazon.de/gp/product/012345678X?psc=1": ("DE", "product", "012345678X", None),
    "https://amazon.fr/gp/aw/d/B0TESTURL1": ("FR", "product", "B0TESTURL1", None),
    "https://www.amazon.com.mx/Nombre/product-reviews/B0TESTURL1/ref=x": ("MX", "list", "B0TESTURL1", None),
    "https://www.amazon.com/portal/customer-reviews/B0TESTURL1/ref=x?filterByStar=one_star": (
        "US",
        "list",
        "B0TESTURL1",
        None,
    ),
    "https://www.amazon.com/-/es/portal/customer-reviews/srp/-/R1SINGLE00001/": ("US", "single", None, "R1SINGLE00001"),
    "https://www.amazon.in/gp/customer-reviews/R1SINGLE00001/ref=x?ie=UTF8&ASIN=B0TESTURL1": (
        "IN",
        "single",
        "B0TESTURL1",
        "R1SINGLE00001",
    ),
    "https://www.amazon.in/review/R1SINGLE00001": ("IN", "single", None, "R1SINGLE00001"),
    "https://sellercentral.amazon.de/brand-customer-reviews/ref=x": (None, "brand", None, None),
    "https://www.amazon.se/": ("SE", "unknown", None, None),
    "https://notamazon.com/dp/B0TESTURL1": (None, "unknown", None, None),
    "file:///saved/page.html": (None, "unknown", None, None),
}


@pytest.mark.parametrize(("url", "expected"), ADDRESSES.items(), ids=ADDRESSES)
def test_an_address_tells_what_it_can(url: str, expected: tuple[str | None, ...]) -> None:
    place = place_of(url, layouts())

    assert (place.marketplace and place.marketplace.code, place.kind, place.asin, place.review) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<!-- saved from url=(0031)https://www.amazon.nl/dp/B0TESTURL1 -->", "NL"),
        ("<!-- Page saved with SingleFile\n url: https://www.amazon.pl/dp/B0\n saved date: Mon -->", "PL"),
        ('<link href="https://www.amazon.com.be/dp/B0TESTURL1" rel="canonical">', "BE"),
        ('<meta property="og:url" content="https://www.amazon.com.tr/dp/B0TESTURL1">', "TR"),
        ('<a href="https://www.amazon.de/"></a>' + '<a href="https://www.amazon.it/x"></a>' * 2, "IT"),
        ('<a href="/ap/signin?marketPlaceId=A1RKKUPIHCS9HS&language=es"></a>', "ES"),
        ('<div data-marketplaceid="A21TJRUUN4KGV"></div>', "IN"),
        ('<link rel="canonical" href="https://shop.example/amazon.com">', None),
        ("", None),
    ],
)
def test_a_saved_page_names_its_store(text: str, code: str | None) -> None:
    market = market_of_page(text)

    assert (market and market.code) == code
