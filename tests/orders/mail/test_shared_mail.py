"""Real mails with people replaced, which lie beside the repository and are not part of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.events import refunds_of
from aftercare.orders.imports import ImportResult, import_file
from aftercare.orders.imports.mail.kinds import by_words
from aftercare.orders.imports.mail.own_words import own_words
from orders.mail.conftest import Read, Thread
from orders.mail.made import NOTICES, mail

TODAY = date(2026, 12, 31)
SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "relay-mail"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="The third-party samples are not beside this repository."),
]

# name: order id, kind, marketplace, ASIN, first word of the text, first word of the reason
READ = {
    "br_copy_of_seller_reply_2026.fixture": ("", "seller", "BR", None, "Olá,", None),
    "br_presale_question_2026.fixture": ("", "buyer", "BR", None, "Olá,", None),
    "de_package_not_arrived_2026.fixture": ("301-0000001-0000001", "buyer", "DE", "B0FIXTURE1", "Habe", None),
    "es_cancellation_request_2026.fixture": ("303-0000003-0000003", "cancellation", "DE", None, None, None),
    "es_return_authorisation_2026.fixture": (
        "304-0000004-0000004", "return_request", "IT", "B0FIXTURE3", "Servia", "No"
    ),
    "it_az_claim_2026.masked": ("402-0000003-0000003", "claim", "IT", None, None, None),
    "it_buyer_message_2026.masked": ("", "buyer", "IT", None, "Confermo!", None),
    "it_buyer_opted_out_2026.masked": ("406-0000004-0000004", "opt_out", "IT", None, None, None),
    "it_refund_issued_2026.masked": ("405-0000002-0000002", "refund", "IT", "B07QJ74726", None, "Goodwill/Rimborso"),
    "it_return_request_2026.masked": (
        "403-0000001-0000001", "return_request", "IT", "B0CF2SK1VM", "Prestazioni", "Prestazioni"
    ),
}  # fmt: skip


def first(text: str | None) -> str | None:
    return text.split()[0] if text else None


@pytest.mark.parametrize("name", READ)
def test_a_sample_is_read(book: OrderBook, thread: Thread, name: str) -> None:
    result = import_file(book, SAMPLES / f"{name}.eml", today=TODAY)
    (message,) = thread(READ[name][0])

    assert (result.kind, result.new, result.refused) == ("relay_mail", 1, [])
    assert READ[name] == (
        message.order_id, message.kind, message.marketplace, message.asin, first(message.text), first(message.reason)
    )  # fmt: skip
    assert "Amazon" not in (message.text or "")


@pytest.mark.parametrize("name", READ)
def test_a_sample_is_read_without_amazons_header_too(
    drop: Callable[..., ImportResult], thread: Thread, name: str
) -> None:
    content = (SAMPLES / f"{name}.eml").read_bytes().replace(b"X-Space-Notification-Type", b"X-Other")
    drop(content, today=TODAY)

    assert [each.kind for each in thread(READ[name][0])] == [READ[name][1]]


def test_the_mailbox_holds_the_same_mails(book: OrderBook) -> None:
    first_time = import_file(book, SAMPLES / "relay_samples.mbox", today=TODAY)
    again = [import_file(book, SAMPLES / f"{name}.eml", today=TODAY) for name in READ]

    assert (first_time.new, first_time.refused) == (10, [])
    assert [each.unchanged for each in again] == [1] * 10


def test_the_refund_is_in_the_book(book: OrderBook) -> None:
    import_file(book, SAMPLES / "it_refund_issued_2026.masked.eml", today=TODAY)
    with book.write() as connection:
        (refund,) = refunds_of(connection, "405-0000002-0000002")

    assert (refund.sku, refund.amount, refund.currency) == ("INN-852IS", Decimal("169.01"), "EUR")


def test_buyers_are_told_by_their_relay_address(book: OrderBook, thread: Thread) -> None:
    import_file(book, SAMPLES / "relay_samples.mbox", today=TODAY)

    assert {each.buyer_key for each in thread("")} == {
        "a09xxxxxxw2gonxxxxxx@marketplace.amazon.it", "anonimo42@marketplace.amazon.com.br", None
    }  # fmt: skip
    assert [each.buyer_key for each in thread("406-0000004-0000004")] == ["w0xxxxxxxvtwg42@marketplace.amazon.it"]


def test_saved_bodies_are_read_within_a_mail(read: Read) -> None:
    body = (SAMPLES / "ca_buyer_message_2016.masked.body.html").read_bytes()
    message = read(mail(body, "text/html; charset=utf-8", subject="Message"))

    assert (message.order_id, message.asin) == ("701-0000005-0000005", "B00TKJISSS")
    assert message.text and len(message.text.split()) == 6


def test_a_saved_answer_is_read_without_its_history(read: Read) -> None:
    body = (SAMPLES / "us_buyer_reply_quoted_thread_2016.masked.body.html").read_bytes()
    message = read(mail(body, "text/html; charset=utf-8", subject="RE: Exchange request"))

    assert (message.order_id, message.asin) == ("102-0000006-0000006", "B01FCAWEYM")
    assert message.text and message.text.startswith("Yes please") and len(message.text.splitlines()) == 1


def test_a_saved_request_of_customer_service_is_the_customers(read: Read) -> None:
    body = (SAMPLES / "us_cs_relay_2016.masked.body.txt").read_bytes()
    message = read(mail(body, **{"from": NOTICES}, subject="About an order"))

    assert (message.kind, message.order_id, message.reason) == ("buyer", "110-0000007-0000007", "Tracking info")
    assert message.text and message.text.startswith("Hello") and "contacted by" not in message.text


def test_every_known_subject_is_told() -> None:
    lines = (SAMPLES / "subject_patterns.tsv").read_text(encoding="utf-8").splitlines()[1:]
    subjects = [line.split("\t")[1] for line in lines]
    # Answers to the seller and a topic of the buyer's own come from the relay's address, which tells them.
    by_address = [each for each in subjects if by_words(each, "") is None]

    assert all(each.lower().startswith("re: exchange") for each in by_address)


def test_a_frame_of_two_languages() -> None:
    body = (SAMPLES / "de_package_not_arrived_2026.fixture.eml").read_text(encoding="utf-8").partition("\n\n")[2]

    assert own_words(body).framed
