"""Addresses: on the right host, with Amazon's own capitals, and only for what is an order number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.errors import InputError
from aftercare.messages.links import is_order_id, link, links_of
from aftercare.rules.marketplaces import marketplaces

ORDER = "123-1234567-7654321"


@pytest.mark.parametrize(
    ("page", "country", "address"),
    [
        ("order", "US", f"https://sellercentral.amazon.com/orders-v3/order/{ORDER}"),
        (
            "contact",
            "CA",
            f"https://sellercentral.amazon.ca/messaging/contact?orderID={ORDER}&marketplaceID=A2EUQ1WTGCTBG2",
        ),
        (
            "contact",
            "JP",
            f"https://sellercentral.amazon.co.jp/messaging/contact?orderID={ORDER}&marketplaceID=A1VC38T7YXB528",
        ),
        ("refund", "DE", f"https://sellercentral.amazon.de/gp/orders-v2/refund?orderID={ORDER}"),
        (
            "returns",
            "UK",
            "https://sellercentral.amazon.co.uk/gp/returns/list"
            f"?searchType=orderId&keywordSearch={ORDER}&preSelectedRange=365",
        ),
        ("thread", "FR", f"https://sellercentral.amazon.fr/messaging/inbox-v3?fi=search&ss={ORDER}"),
    ],
)
def test_each_page_has_its_address(page: str, country: str, address: str) -> None:
    assert link(page, country, ORDER) == address  # type: ignore[arg-type]


def test_pages_of_no_order_need_no_order_number() -> None:
    assert link("feedback", "IT") == "https://sellercentral.amazon.it/feedback-manager/index.html"
    assert link("brand_reviews", "ES") == "https://sellercentral.amazon.es/brand-customer-reviews/"


@pytest.mark.parametrize("country", marketplaces())
def test_every_marketplace_has_a_contact_page_with_its_own_id(country: str) -> None:
    place = marketplaces()[country]

    assert link("contact", country, ORDER).startswith(f"https://{place.seller_central[0]}/")
    assert link("contact", country, ORDER).endswith(f"marketplaceID={place.id}")


@pytest.mark.parametrize(
    "order",
    [
        "",
        "123-1234567-765432",
        "123-1234567-76543210",
        "123-1234567-7654321&x=1",
        "123-1234567-7654321\n",
        " 123-1234567-7654321",
        "１２３-1234567-7654321",
        "١٢٣-1234567-7654321",
        "S01-1234567-7654321",
        "../../evil",
        "1.23E+16",
    ],
)
def test_nothing_but_an_order_number_gets_into_an_address(order: str) -> None:
    with pytest.raises(InputError) as refused:
        link("contact", "US", order)

    assert refused.value.code == "bad_order_id"
    assert order not in refused.value.message or not order


@given(st.text(max_size=25))
def test_any_text_is_either_an_order_number_or_refused(text: str) -> None:
    if is_order_id(text):
        assert link("order", "US", text).endswith(text)
    else:
        assert set(links_of(text, "US").values()) == {None}


def test_the_card_gets_four_addresses() -> None:
    assert set(links_of(ORDER, "US")) == {"order", "refund", "returns", "thread"}
    assert all(links_of(ORDER, "US").values())


def test_an_order_of_no_known_marketplace_has_none() -> None:
    assert set(links_of(ORDER, None).values()) == {None}
