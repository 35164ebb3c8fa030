"""From a draft to a message seen sent: what the server lets through, in order, and what it holds back."""

from __future__ import annotations

import pytest

from aftercare.api import office
from aftercare.cases import export_audit, verify_audit
from aftercare.messages.verdict import Verdict
from support.evidence import everything
from support.sample import BROKEN, COMPLAINT, PLAIN, URL

PAGE = f"https://sellercentral.amazon.com/messaging/contact?orderID={PLAIN}&marketplaceID=ATVPDKIKX0DER"
CLEAN = (
    f"Hello,\n\nWe are writing about your order {PLAIN}. The support for this item still runs. If it does not work as "
    "it should, please describe the fault here.\n\nKind regards"
)
BROKEN_TOO = BROKEN.replace("R1SAMPLE000002", "R1SAMPLE000009")
HINTS = f"Hello, about your order {PLAIN}: we saw your review. Please change it to 5 stars and we refund you."


def contact(client, case: int, text: str = CLEAN, **more):
    return client.post(f"/cases/{case}/contact", {"text": text, "route": "contact_buyer", **more})


def redeem(client, permit: str, url: str = PAGE):
    return client.post("/contacts/redeem", {"permit": permit, "url": url})


def tell(client, case: int, event: str, **detail):
    return client.post(f"/cases/{case}/events", {"event": event, "detail": detail})


def test_the_whole_way_of_one_message(client, confirmed: int) -> None:
    permit = contact(client, confirmed).result
    given = redeem(client, permit["permit"]).result
    for event in ("opened", "filled", "sent_seen"):
        assert tell(client, confirmed, event).result == {}
    card = client.get(f"/cases/{confirmed}").result

    assert permit["url"] == PAGE
    assert given == {"case": confirmed, "text": CLEAN, "order_id": PLAIN, "lang": None}
    assert card["case"]["contacted"] is True
    assert card["case"]["state"] == "contacted"
    assert verify_audit(client.desk).intact


def test_a_buyer_who_was_written_to_is_not_written_to_again(client, confirmed: int) -> None:
    redeem(client, contact(client, confirmed).result["permit"])
    tell(client, confirmed, "sent_seen")

    refused = contact(client, confirmed)

    assert (refused.status, refused.error["code"]) == (409, "route_closed")
    assert refused.error["detail"]["reason"] == "already_contacted"


def test_that_holds_for_another_review_with_the_same_order(client, confirmed: int) -> None:
    redeem(client, contact(client, confirmed).result["permit"])
    tell(client, confirmed, "sent_seen")
    other = client.post("/investigate", {"url": URL, "asin": None, "snippet": COMPLAINT}).result["case"]["id"]
    client.post(f"/cases/{other}/confirm", {"order_id": PLAIN})

    assert contact(client, other).error["code"] == "route_closed"


def test_a_second_permit_for_the_order_voids_the_first_whichever_case_it_is_from(client, confirmed: int) -> None:
    first = contact(client, confirmed).result["permit"]
    other = client.post("/investigate", {"url": URL, "asin": None, "snippet": BROKEN_TOO}).result["case"]["id"]
    client.post(f"/cases/{other}/confirm", {"order_id": PLAIN})
    second = contact(client, other).result["permit"]

    assert redeem(client, first).error["code"] == "permit_unknown"
    assert redeem(client, second).result["case"] == other


def test_a_message_seen_sent_counts_even_where_it_was_not_ours(client, confirmed: int) -> None:
    tell(client, confirmed, "sent_seen")

    assert contact(client, confirmed).error["detail"]["reason"] == "already_contacted"


def test_a_message_that_may_have_been_sent_asks_for_a_reason_before_the_next(client, confirmed: int) -> None:
    redeem(client, contact(client, confirmed).result["permit"])
    tell(client, confirmed, "filled")

    refused = contact(client, confirmed)

    assert refused.error["code"] == "reason_needed"
    assert refused.error["detail"]["rules"] == ["perhaps_sent"]
    assert contact(client, confirmed, reasons={"perhaps_sent": "I closed the tab."}).status == 200


def test_a_blocking_finding_keeps_the_page_shut_and_says_why(client, confirmed: int) -> None:
    refused = contact(client, confirmed, HINTS, reasons={"review_reference": "please", "incentive": "please"})

    assert (refused.status, refused.error["code"]) == (409, "message_blocked")
    assert "review_reference" in refused.error["detail"]["verdict"]["rules"]
    assert refused.error["detail"]["verdict"]["findings"][0]["reason"]


def test_a_warning_needs_a_reason(client, confirmed: int) -> None:
    text = CLEAN.replace(PLAIN, "of last month")
    refused = contact(client, confirmed, text)

    assert refused.error["code"] == "reason_needed"
    assert refused.error["detail"]["rules"] == ["missing_order_id"]
    assert contact(client, confirmed, text, reasons={"missing_order_id": "It is in the subject."}).status == 200


def test_an_unconfirmed_case_has_no_way_of_contact(client, case: int) -> None:
    refused = contact(client, case)

    assert (refused.error["code"], refused.error["detail"]["reason"]) == ("route_closed", "unconfirmed")


def test_a_closed_route_cannot_be_asked_for_whatever_the_card_showed(client, confirmed: int) -> None:
    assert contact(client, confirmed, route="answer_thread").error["code"] == "route_closed"


@pytest.mark.parametrize("route", ["leave_it", "fix_silently", "report_to_amazon", "", "anything"])
def test_only_routes_that_write_can_be_asked_for(client, confirmed: int, route: str) -> None:
    assert contact(client, confirmed, route=route).error["code"] == "bad_request"


@pytest.mark.parametrize(
    "url",
    [
        PAGE.replace(PLAIN, "111-0000000-0000000"),
        PAGE.replace("sellercentral.amazon.com", "sellercentral.amazon.de"),
        PAGE.replace("https", "http"),
        "https://www.amazon.com/",
        "",
    ],
)
def test_the_text_goes_to_the_page_of_its_order_only(client, confirmed: int, url: str) -> None:
    permit = contact(client, confirmed).result["permit"]

    assert redeem(client, permit, url).error["code"] == "permit_other_order"
    assert redeem(client, permit).status == 200
    assert redeem(client, permit).error["code"] == "permit_unknown"


def test_another_browser_cannot_use_the_permit(client, confirmed: int) -> None:
    permit = contact(client, confirmed).result["permit"]
    client.pair("Ben")

    assert redeem(client, permit).error["code"] == "permit_unknown"


def test_linting_knows_the_case_and_stores_nothing(client, confirmed: int) -> None:
    before = everything(client.desk.home)

    blocked = client.post(f"/cases/{confirmed}/lint", {"text": HINTS}).result
    fine = client.post(f"/cases/{confirmed}/lint", {"text": CLEAN, "lang": "en", "kind": "proactive"}).result

    assert (blocked["verdict"], fine["verdict"]) == ("block", "ok")
    assert everything(client.desk.home) == before


def test_the_linter_is_told_everything_the_case_knows(client, confirmed: int, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(office, "lint", lambda message: asked.append(message) or Verdict(message.id))

    client.post(f"/cases/{confirmed}/lint", {"text": "Hello", "lang": "de", "kind": "reply"})

    [message] = asked
    assert (message.text, message.lang, message.kind, message.order_id) == ("Hello", "de", "reply", PLAIN)
    assert message.reviewer_name == "Sunny R."
    assert "stopped heating" in message.review_text
    assert message.order_age_days == 21


def test_an_unconfirmed_order_is_not_told_to_the_linter(client, case: int, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(office, "lint", lambda message: asked.append(message) or Verdict(message.id))

    client.post(f"/cases/{case}/lint", {"text": "Hello"})

    assert (asked[0].order_id, asked[0].buyer_name) == (None, None)


def test_an_empty_text_can_be_linted(client, confirmed: int) -> None:
    assert client.post(f"/cases/{confirmed}/lint", {"text": ""}).status == 200


def test_a_draft_in_another_language(client, confirmed: int) -> None:
    made = client.post(f"/cases/{confirmed}/draft", {"route": "contact_buyer", "lang": "fr"}).result

    assert (made["lang"], made["route"], made["kind"]) == ("fr", "contact_buyer", "proactive")
    assert "Bonjour" in made["text"]
    assert made["verdict"]["verdict"] == "ok"


def test_no_draft_for_a_closed_route(client, confirmed: int) -> None:
    refused = client.post(f"/cases/{confirmed}/draft", {"route": "answer_thread"})

    assert refused.error["code"] == "route_closed"


@pytest.mark.parametrize("event", ["opened", "filled", "edited", "send_held", "sent_seen", "copied"])
def test_what_the_page_tells_is_recorded(client, case: int, event: str) -> None:
    assert tell(client, case, event, chars=7).status == 200
    assert list(export_audit(client.desk))[-1]["action"] == f"page_{event}"


@pytest.mark.parametrize(
    "body",
    [{"event": "clicked_send"}, {"event": "edited", "detail": {"x": "y" * 5000}}, {"event": "edited", "detail": []}],
)
def test_nothing_else_is(client, case: int, body: dict) -> None:
    assert client.post(f"/cases/{case}/events", body).error["code"] == "bad_request"


def test_what_was_written_is_in_no_log_and_not_in_the_record(client, confirmed: int, caplog) -> None:
    caplog.set_level("DEBUG")
    contact(client, confirmed, HINTS)
    redeem(client, contact(client, confirmed).result["permit"])

    for text in (caplog.text, str(list(export_audit(client.desk)))):
        assert "5 stars" not in text
        assert "Kind regards" not in text
        assert "Sunny" not in text
