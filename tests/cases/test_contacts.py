"""Contacts: no text leaves with a blocking finding, none reaches a page of another order, none is handed over twice."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from aftercare.cases import (
    Case,
    ContactRefusedError,
    Desk,
    Outgoing,
    Pairing,
    case_of,
    decide,
    export_audit,
    open_pairing,
    pair,
    past_contacts,
    permit_contact,
    record_event,
    redeem,
    revoke_pairing,
    verify_audit,
)
from aftercare.errors import AftercareError
from aftercare.messages.verdict import Finding, Verdict
from cases.trail import actions, last_details

ORDER = "111-2222222-3333333"
URL = f"https://sellercentral.amazon.com/messaging/contact?orderID={ORDER}&marketplaceID=ATVPDKIKX0DER"
OUT = Outgoing(
    text="Hello, your refund for order 111-2222222-3333333 was sent today.",
    lang="en",
    kind="proactive",
    route="contact_buyer",
    order_id=ORDER,
    marketplace="US",
    url=URL,
    verdict=Verdict("R1"),
)
BLOCKS = Finding("incentive", "block", 0, 5, "Hello", "why", "where from")
WARNS = Finding("too_old", "warn", 0, 5, "Hello", "why", "where from")


def permit(desk: Desk, case: Case, anna: Pairing, *findings: Finding, **reasons: str) -> str:
    return permit_contact(desk, case, replace(OUT, verdict=Verdict("R1", findings)), reasons, anna).permit


def refusal_of(desk: Desk, secret: str, url: str, pairing: Pairing) -> str:
    with pytest.raises(AftercareError) as refused:
        redeem(desk, secret, url, pairing)
    return refused.value.code


def test_a_clean_text_gets_a_permit_for_its_page(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    given = permit_contact(desk, confirmed, OUT, {}, anna)

    assert given.url == URL
    assert given.expires == "2026-03-01T09:45:00Z"
    assert len(given.permit) >= 22  # 128 bits


def test_the_page_of_its_order_gets_the_text(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    assert redeem(desk, permit(desk, confirmed, anna), URL, anna) == {
        "case": confirmed.id,
        "text": OUT.text,
        "order_id": ORDER,
        "lang": "en",
    }


def test_a_blocking_finding_keeps_the_page_shut(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    with pytest.raises(ContactRefusedError) as refused:
        permit(desk, confirmed, anna, WARNS, BLOCKS, incentive="I insist", too_old="it is a safety matter")

    assert (refused.value.code, refused.value.status) == ("message_blocked", 409)
    assert refused.value.detail["verdict"]["verdict"] == "block"
    assert actions(desk)[-1] == "contact_refused"


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_a_warning_needs_a_reason(desk: Desk, confirmed: Case, anna: Pairing, reason: str | None) -> None:
    with pytest.raises(ContactRefusedError) as refused:
        permit(desk, confirmed, anna, WARNS, **({} if reason is None else {"too_old": reason}))

    assert refused.value.code == "reason_needed"
    assert refused.value.detail["rules"] == ["too_old"]


def test_the_reason_for_a_warning_is_kept_and_its_hash_recorded(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    assert permit(desk, confirmed, anna, WARNS, too_old="The buyer asked by telephone.", other="not asked for")

    kept = json.loads(desk.read("SELECT reasons FROM contacts")[0]["reasons"])
    assert kept == {"too_old": "The buyer asked by telephone."}
    assert list(last_details(desk)["warnings"]) == ["too_old"]
    assert "telephone" not in json.dumps(list(export_audit(desk)))


def test_a_permit_works_once(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    secret = permit(desk, confirmed, anna)
    redeem(desk, secret, URL, anna)

    assert refusal_of(desk, secret, URL, anna) == "permit_unknown"


def test_a_permit_lasts_fifteen_minutes(desk: Desk, confirmed: Case, anna: Pairing, clock) -> None:
    secret = permit(desk, confirmed, anna)
    clock.pass_(minutes=15)

    assert refusal_of(desk, secret, URL, anna) == "permit_expired"


def test_a_wrong_page_does_not_use_the_permit_up(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    secret = permit(desk, confirmed, anna)

    assert refusal_of(desk, secret, URL.replace("3333333", "4444444"), anna) == "permit_other_order"
    assert redeem(desk, secret, URL, anna)


def test_a_permit_is_of_no_use_to_another_browser(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    _, ben = pair(desk, open_pairing(desk), "Ben")
    secret = permit(desk, confirmed, anna)

    assert refusal_of(desk, secret, URL, ben) == "permit_unknown"


def test_a_made_up_permit_is_not_known(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    assert refusal_of(desk, "made-up", URL, anna) == "permit_unknown"


def test_a_newer_text_of_the_case_voids_the_older_permit(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    old, new = permit(desk, confirmed, anna), permit(desk, confirmed, anna)

    assert refusal_of(desk, old, URL, anna) == "permit_unknown"
    assert redeem(desk, new, URL, anna)


def test_another_decision_about_the_order_voids_the_permit(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    secret = permit(desk, confirmed, anna)
    decide(desk, confirmed, anna.browser, none=True)

    assert refusal_of(desk, secret, URL, anna) == "permit_unknown"


def test_revoking_the_browser_voids_its_permits(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    secret = permit(desk, confirmed, anna)
    revoke_pairing(desk, anna.id)

    assert refusal_of(desk, secret, URL, anna) == "permit_unknown"


def test_a_message_counts_as_sent_when_the_page_showed_it(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    redeem(desk, permit(desk, confirmed, anna), URL, anna)
    record_event(desk, confirmed, "filled", {"chars": 64}, anna.browser)
    filled = past_contacts(desk, ORDER)[0]
    record_event(desk, confirmed, "sent_seen", {}, anna.browser)
    sent = past_contacts(desk, ORDER)[0]

    assert (filled.filled, filled.sent) == ("2026-03-01T09:30:00Z", None)
    assert sent.sent == "2026-03-01T09:30:00Z"
    assert case_of(desk, confirmed.id).state == "contacted"


def test_a_permit_that_no_page_asked_for_is_no_contact(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    permit(desk, confirmed, anna)

    assert past_contacts(desk, ORDER) == ()


def test_what_the_page_tells_is_kept_without_words(desk: Desk, case: Case, anna: Pairing) -> None:
    detail = {
        "chars": 12,
        "rules": ["too_old"],
        "agent": "x",
        "text": "Dear Jane Doe",
        "Bad Name": 1,
        "nested": {"a": "Jane"},
    }
    record_event(desk, case, "edited", detail, anna.browser)

    kept = last_details(desk)
    assert (kept["chars"], kept["rules"]) == (12, ["too_old"])
    assert "Jane" not in json.dumps(kept)
    assert "Bad Name" not in kept


def test_a_contacted_case_stays_contacted_when_the_decision_is_undone(
    desk: Desk, confirmed: Case, anna: Pairing
) -> None:
    record_event(desk, confirmed, "sent_seen", {}, anna.browser)

    assert decide(desk, case_of(desk, confirmed.id), anna.browser).state == "contacted"


def test_the_whole_way_of_a_contact_stands_in_the_record(desk: Desk, confirmed: Case, anna: Pairing) -> None:
    redeem(desk, permit(desk, confirmed, anna), URL, anna)
    for event in ("opened", "filled", "sent_seen"):
        record_event(desk, confirmed, event, {}, anna.browser)

    assert actions(desk)[-6:] == [
        "order_confirmed",
        "contact_permitted",
        "contact_opened",
        "page_opened",
        "page_filled",
        "page_sent_seen",
    ]
    assert verify_audit(desk).intact
