"""What a mail is: by Amazon's header, then by its words, in every language of the rules."""

from __future__ import annotations

import pytest

from aftercare.orders.imports.mail.kinds import by_notification, by_words, kind_of
from aftercare.orders.imports.mail.wording import Announcement, rules
from orders.mail.conftest import Read
from orders.mail.made import KEY, NOTICES, ORDER, mail

LANGUAGES = {"en", "fr", "de", "es", "it", "pt", "nl", "sv", "pl", "tr", "ja", "ar"}
EXAMPLES = [
    pytest.param(each, example, id=f"{each.kind}: {example[:50]}")
    for each in rules().announcements
    for example in each.catches
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_catches_its_examples(rule: Announcement, example: str) -> None:
    subject, text = (example, "") if rule.within == "subject" else ("", example)

    assert by_words(subject, text) == rule.kind


@pytest.mark.parametrize(
    ("rule", "example"), [(rule, example) for rule in rules().announcements for example in rule.leaves]
)
def test_a_rule_leaves_what_it_must_leave(rule: Announcement, example: str) -> None:
    subject, text = (example, "") if rule.within == "subject" else ("", example)

    assert by_words(subject, text) != rule.kind


@pytest.mark.parametrize("rule", rules().announcements, ids=lambda rule: rule.kind)
def test_a_rule_speaks_every_language_and_gives_its_reason(rule: Announcement) -> None:
    assert set(rule.patterns) == LANGUAGES
    assert rule.reason


@pytest.mark.parametrize(
    ("header", "kind"),
    {
        "BBC_MESSAGE_SENT_TO_MERCHANT": "buyer",
        "BBC_MESSAGE_CONFIRMATION_TO_MERCHANT": "seller",
        "RETURN_REQUEST": "return_request",
        "REFUND_ISSUED": "refund",
        "A_Z_CLAIM_RESPONDENT_NOTIFY": "claim",
        "A_Z_CLAIM_RESPONDENT_CLOSE": "claim_closed",
        "BRC_SELLER_NOTIFICATION": "cancellation",
        "BUYER_OPTED_OUT_BSM_MESSAGES": "opt_out",
        "SOMETHING_NEW": None,
        "": None,
    }.items(),
)
def test_amazons_header_names_the_kind(header: str, kind: str | None) -> None:
    assert by_notification(header) == kind


def test_the_header_goes_before_the_subject() -> None:
    kind = kind_of(header="A_Z_CLAIM_RESPONDENT_NOTIFY", subject="Return request", text="", origin="amazon")

    assert kind == "claim"


def test_a_buyer_cannot_announce_a_refund() -> None:
    assert kind_of(header="", subject="Refund issued", text="opted out of messages", origin="buyer") == "buyer"


def test_a_buyer_can_ask_to_cancel() -> None:
    assert kind_of(header="", subject="Order cancellation request", text="", origin="buyer") == "cancellation"


def test_a_notice_of_no_known_kind_is_a_notice(read: Read) -> None:
    message = read(mail("Thanks.", **{"from": NOTICES}, subject=f"Something about {ORDER}"))

    assert (message.kind, message.text) == ("notice", None)


def test_an_undelivered_message_is_an_opt_out_only_where_the_text_says_so(read: Read) -> None:
    text = f"We could not deliver your message for order {ORDER} because an attachment was too large."
    message = read(mail(text, **{"from": NOTICES}, subject="Your message was not delivered"))

    assert message.kind == "notice"


def test_an_opt_out_names_order_and_buyer(read: Read) -> None:
    why = "the buyer has opted out of messages"
    text = f'We could not deliver it for order [{ORDER}]: {why}. <a href="mailto:{KEY}">x</a>'
    message = read(mail(text, "text/html", **{"from": NOTICES}, subject="Your message was not delivered"))

    assert (message.kind, message.order_id, message.buyer_key) == ("opt_out", ORDER, KEY)
