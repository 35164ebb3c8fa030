"""Links, e-mail addresses and telephone numbers, told from what only looks like them."""

from __future__ import annotations

import pytest

from messages.lint.judge import found, rules_of

LINKS = [
    "See https://www.brightlamp.com/help",
    "See http://192.168.0.1/setup",
    "See brightlamp.co.uk",
    "See brightlamp[.]net",
    "See brightlamp (dot) com",
    "See brightlamp dot com",
    "See www . brightlamp . com",
    "See hxxps://brightlamp.io",
    "See bit.ly/3xYzAb",
    "See amzn.to/3abc",
    "Parts are on brightlamp.it/parts",
    "Visit brightlamp.it",
    "https://www.amazon.com/dp/B000000000",
    "www.amazon.de/stores/brightlamp",
    "http://www.amazon.com/gp/your-account/order-details?orderID=1",
    "https://amazon.com.brightlamp.net/gp/your-account/order-details",
    "https://www.amazon.com@brightlamp.net/gp/css/order-history",
]
NO_LINKS = [
    "https://www.amazon.com/gp/your-account/order-details?orderID=111-1234567-1234567",
    "https://www.amazon.de/-/en/gp/your-account/order-details?orderID=1",
    "Amazon.co.uk customer service helps.",
    "It reached us.It is complete.",
    "File manual_v2.pdf, version 3.1, e.g. page 4, z.B. S. 3.",
    "At this point it works. El punto de recogida abre a las 9. Il punto di ritiro è aperto.",
    "The device has the address 192.168.0.10.",
    "5.de la tarde",
]
EMAILS = [
    "help@example.com",
    "help @ example . com",
    "help (at) example (dot) com",
    "help[at]example[dot]com",
    "support at example dot com",
    "sav arobase exemple point fr",
    "ayuda arroba ejemplo punto com",
    "aiuto chiocciola esempio punto it",
    "service (ät) beispiel punkt de",
    "info at example.com",
]
PHONES = [
    "+44 1632 960123",
    "0049 30 23125 123",
    "(212) 555-0142",
    "212.555.0142",
    "1-800-555-0199",
    "01 99 00 12 34",
    "030 / 2312 5123",
    "call 5550142",
    "tel. 912 345 678",
    "2 0 2 5 5 5 0 1 4 3 is the phone",
    "phone: ２０２ ５５５ ０１４３",
    "plus four four one six three two nine six zero one two three",
    "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
    "my phone is 0 2 0 7 9 4 6 0 1 2 3",
]
NO_PHONES = [
    "serial number 4915 2233 4455",
    "part number 800-555-0199",
    "tracking number 9405 5112 0620 4012 345678",
    "Sendungsnummer 00340 4341 6109 4000",
    "order 111-1234567-1234567",
    "order 111 1234567 1234567",
    "between 12.05.2026 and 13.05.2026",
    "2026-05-12",
    "1,299.00 USD and 12 000 000 EUR",
    "110-240 V, 50/60 Hz, 2000 mAh",
    "one, two, three, and then four screws",
    "EAN 4006381333931",
    "numéro de série 06 12 34 56 78",
]


@pytest.mark.parametrize("text", LINKS)
def test_a_link_is_found(text: str) -> None:
    assert "external_link" in rules_of(text)


@pytest.mark.parametrize("text", NO_LINKS)
def test_what_is_no_link_is_left_alone(text: str) -> None:
    assert "external_link" not in rules_of(text)


@pytest.mark.parametrize("text", EMAILS)
def test_an_email_address_is_found_and_is_no_link_as_well(text: str) -> None:
    rules = rules_of(f"Write to {text} please.")

    assert "email_or_phone" in rules
    assert "external_link" not in rules


@pytest.mark.parametrize("text", PHONES)
def test_a_telephone_number_is_found(text: str) -> None:
    assert "email_or_phone" in rules_of(f"Reach us: {text}.")


@pytest.mark.parametrize("text", NO_PHONES)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert "email_or_phone" not in rules_of(f"It has the {text}.")


def test_account_and_card_numbers_are_found_by_their_check_digits() -> None:
    assert found("Pay to DE89 3704 0044 0532 0130 00.", "personal_data")
    assert found("Your card 4111 1111 1111 1111 was charged.", "personal_data")
    assert not found("The number DE89 3704 0044 0532 0130 01 is none.", "personal_data")
    assert not found("The tracking number 4111 1111 1111 1111 is no card.", "personal_data")
