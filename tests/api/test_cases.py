"""The card: opened from a snippet, found again, decided, noted."""

from __future__ import annotations

import pytest

from aftercare.cases import case_of, decide, verify_audit
from support.evidence import everything
from support.sample import BROKEN, COMPLAINT, PLAIN, RETURNED, URL


def investigate(client, snippet: str, url: str = URL) -> dict:
    return client.post("/investigate", {"url": url, "asin": None, "snippet": snippet}).result


def routes(card: dict) -> dict[str, str]:
    """Each route: "open", or the code of why not."""
    return {each["route"]: "open" if each["open"] else each["reason"]["code"] for each in card["routes"]}


def test_a_review_opens_a_case_with_candidates_and_no_way_of_contact_yet(client) -> None:
    card = investigate(client, BROKEN)

    assert card["case"] == {"id": 1, "state": "flagged", "order_id": None, "none": False, "contacted": False}
    assert {each["order_id"] for each in card["match"]["candidates"]} == {PLAIN, RETURNED}
    assert routes(card)["contact_buyer"] == "unconfirmed"
    assert card["draft"] is None


def test_probabilities_of_candidates_and_none_are_whole(client) -> None:
    match = investigate(client, COMPLAINT)["match"]

    total = match["none"] + match["beyond"] + sum(each["probability"] for each in match["candidates"])
    assert total == pytest.approx(1)


def test_the_same_review_again_is_the_same_case(client) -> None:
    assert investigate(client, BROKEN)["case"] == investigate(client, BROKEN)["case"]


def test_a_case_is_found_by_its_number_and_looking_changes_nothing(client, case: int) -> None:
    before = everything(client.desk.home)

    assert client.get(f"/cases/{case}").result["review"]["id"] == "R1SAMPLE000002"
    assert everything(client.desk.home) == before


def test_confirming_an_order_opens_ways_and_gives_a_draft_about_the_order(client, case: int) -> None:
    card = client.post(f"/cases/{case}/confirm", {"order_id": PLAIN, "sku": "KETTLE-1", "line": 1}).result

    assert card["case"]["state"] == "matched"
    assert card["order"]["order_id"] == PLAIN
    assert routes(card)["contact_buyer"] == "open"
    assert PLAIN in card["draft"]["text"]
    assert card["verdict"]["verdict"] == "ok"


def test_none_of_these_is_an_answer(client, case: int) -> None:
    card = client.post(f"/cases/{case}/confirm", {"none": True}).result

    assert (card["case"]["state"], card["case"]["none"]) == ("no_action", True)
    assert card["order"] is None
    assert card["draft"] is None


def test_a_decision_can_be_undone(client, confirmed: int) -> None:
    card = client.post(f"/cases/{confirmed}/confirm", {"undo": True}).result

    assert (card["case"]["state"], card["case"]["order_id"]) == ("flagged", None)


def test_a_case_whose_order_left_the_book_can_still_be_opened_and_decided_again(client, confirmed: int) -> None:
    decide(client.desk, case_of(client.desk, confirmed), "Anna", order=("999-9999999-9999999", "GONE", 1))

    card = client.get(f"/cases/{confirmed}").result

    assert card["case"]["order_id"] == "999-9999999-9999999"
    assert routes(card)["contact_buyer"] == "unconfirmed"
    assert client.post(f"/cases/{confirmed}/confirm", {"order_id": PLAIN}).status == 200


def test_an_order_that_is_not_in_the_book_is_refused_and_nothing_is_written(client, case: int) -> None:
    before = everything(client.desk.home)

    refused = client.post(f"/cases/{case}/confirm", {"order_id": "999-9999999-9999999"})

    assert (refused.status, refused.error["code"]) == (404, "order_not_found")
    assert everything(client.desk.home) == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"none": True, "undo": True},
        {"order_id": PLAIN, "none": True},
        {"none": 1},
        {"order_id": 7},
        {"order_id": PLAIN, "line": 0},
        {"undo": "yes"},
    ],
)
def test_a_decision_is_one_of_three(client, case: int, body: dict) -> None:
    assert client.post(f"/cases/{case}/confirm", body).error["code"] == "bad_request"


def test_an_order_taken_by_another_review_of_the_product_counts_for_less(client, confirmed: int) -> None:
    def chance() -> float:
        candidates = investigate(client, COMPLAINT)["match"]["candidates"]
        return next(each["probability"] for each in candidates if each["order_id"] == PLAIN)

    taken = chance()
    client.post(f"/cases/{confirmed}/confirm", {"undo": True})

    assert taken < chance()


def test_notes_are_kept_in_order_and_come_with_the_card(client, case: int) -> None:
    client.post(f"/cases/{case}/notes", {"text": "Called the warehouse."})
    notes = client.post(f"/cases/{case}/notes", {"text": "<b>Found</b> =it()"}).result["notes"]

    assert [note["text"] for note in notes] == ["Called the warehouse.", "<b>Found</b> =it()"]
    assert notes[0]["agent"] == "Anna, Chrome on the laptop"
    assert client.get(f"/cases/{case}").result["notes"] == notes


def test_an_empty_note_is_refused(client, case: int) -> None:
    assert client.post(f"/cases/{case}/notes", {"text": "  "}).error["code"] == "note_empty"


@pytest.mark.parametrize("call", ["confirm", "lint", "draft", "notes", "contact", "events"])
def test_a_case_that_is_none_is_not_found(client, call: str) -> None:
    body = {"text": "x", "route": "contact_buyer", "none": True, "event": "opened"}

    assert client.post(f"/cases/77/{call}", body).error["code"] == "case_unknown"


def test_on_the_brands_own_page_amazons_button_is_a_way(client) -> None:
    card = investigate(client, COMPLAINT, "https://sellercentral.amazon.com/brand-customer-reviews/")

    assert routes(card)["amazon_contact_customer"] != "brand_owner_only"


def test_all_of_it_stands_in_the_record(client, confirmed: int) -> None:
    assert verify_audit(client.desk).intact
