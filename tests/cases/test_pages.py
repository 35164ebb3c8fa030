"""Which address may be handed a message: messaging pages of the order on Seller Central, and no look-alikes."""

from __future__ import annotations

import pytest

from aftercare.cases.pages import is_page_of

ORDER = "028-1111111-2222222"
DE = "A1PA6795UKMFR9"
CONTACT = f"/messaging/contact?orderID={ORDER}&marketplaceID={DE}"
INBOX = f"/messaging/inbox?fi=search&ss={ORDER}"


@pytest.mark.parametrize(
    "url",
    [
        f"https://sellercentral.amazon.de{CONTACT}",
        f"https://sellercentral-europe.amazon.com{CONTACT}",
        f"https://sellercentral.amazon.de/messaging/contact?marketplaceID={DE}&orderID={ORDER}&ref=x#top",
        f"https://sellercentral.amazon.de/messaging/contact/?orderId={ORDER}",
        f"https://SellerCentral.Amazon.de:443{CONTACT}",
    ],
)
def test_the_contact_page_of_the_order(url: str) -> None:
    assert is_page_of(url, ORDER, "DE", "contact_buyer")


@pytest.mark.parametrize(
    "url",
    [
        f"http://sellercentral.amazon.de{CONTACT}",
        f"https://sellercentral.amazon.fr{CONTACT}",
        f"https://sellercentral.amazon.de.evil.example{CONTACT}",
        f"https://evil.example/sellercentral.amazon.de{CONTACT}",
        f"https://sellercentral.amazon.de@evil.example{CONTACT}",
        f"https://evil@sellercentral.amazon.de{CONTACT}",
        f"https://sellercentral.amazon.de:8443{CONTACT}",
        f"https://www.amazon.de{CONTACT}",
        "https://sellercentral.amazon.de/messaging/contact?orderID=028-1111111-9999999",
        f"https://sellercentral.amazon.de{CONTACT}&orderID=028-1111111-9999999",
        f"https://sellercentral.amazon.de{CONTACT}&ss=other",
        f"https://sellercentral.amazon.de/messaging/contact?orderID={ORDER}&marketplaceID=ATVPDKIKX0DER",
        "https://sellercentral.amazon.de/messaging/contact",
        f"https://sellercentral.amazon.de/messaging/contact#orderID={ORDER}",
        f"https://sellercentral.amazon.de/messaging/../gp/redirect?orderID={ORDER}",
        f"https://sellercentral.amazon.de/gp/help?orderID={ORDER}",
        f"https://sellercentral.amazon.de{INBOX}",
        f"javascript:alert('{CONTACT}')",
        f"https://[sellercentral.amazon.de{CONTACT}",
        f"https://sellercentral.amazon.de:x{CONTACT}",
        "",
    ],
)
def test_nothing_else(url: str) -> None:
    assert not is_page_of(url, ORDER, "DE", "contact_buyer")


def test_an_answer_may_go_to_the_thread_of_the_order() -> None:
    assert is_page_of(f"https://sellercentral.amazon.de{INBOX}", ORDER, "DE", "answer_thread")
    assert not is_page_of("https://sellercentral.amazon.de/messaging/inbox?ss=else", ORDER, "DE", "answer_thread")
