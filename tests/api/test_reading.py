"""Reading: one answer per snippet, in order, and nothing is stored."""

from __future__ import annotations

import pytest

from aftercare.api import reading
from aftercare.api.requests import SNIPPET_MOST, SNIPPETS_MOST
from support.evidence import everything
from support.sample import ASIN, BROKEN, COMPLAINT, PRAISE, URL


def read(client, *snippets: str, **more) -> list:
    return client.post("/read", {"url": URL, "asin": None, "snippets": list(snippets), **more}).result["reviews"]


def test_each_snippet_gives_a_review_and_its_complaint_in_order(client) -> None:
    answers = read(client, COMPLAINT, PRAISE, BROKEN)

    assert [each["review"]["id"] for each in answers] == ["R1SAMPLE000001", "R1SAMPLE000003", "R1SAMPLE000002"]
    assert [each["complaint"]["type"] for each in answers] == ["service", "praise", "product_service"]
    assert answers[0]["review"]["asin"] == ASIN


def test_what_cannot_be_read_costs_no_other(client) -> None:
    answers = read(client, "<p>no review</p>", COMPLAINT, "", "\x00\ufffe<<<", "x" * (SNIPPET_MOST + 1))

    assert [each.get("error", {}).get("code") for each in answers] == [
        "no_review",
        None,
        "no_review",
        "no_review",
        "snippet_too_large",
    ]


def test_a_mistake_of_our_own_costs_no_other_either_and_tells_no_secret(client, monkeypatch, caplog) -> None:
    def stumbles(snippet: str, **_):
        raise RuntimeError(f"about {snippet}")

    monkeypatch.setattr(reading, "read_snippet", stumbles)

    [answer] = read(client, COMPLAINT)

    assert answer["error"]["code"] == "internal"
    assert answer["error"]["detail"]["id"] in caplog.text
    assert "refund" not in caplog.text + str(answer)


def test_a_review_with_a_case_names_it(client, case: int) -> None:
    [with_case, without] = read(client, BROKEN, COMPLAINT)

    assert with_case["case"] == {"id": case, "state": "flagged"}
    assert without["case"] is None


def test_reading_stores_nothing(client) -> None:
    client.get("/hello")
    before = everything(client.desk.home)

    read(client, COMPLAINT, BROKEN)

    assert everything(client.desk.home) == before


def test_an_empty_list_is_an_empty_answer(client) -> None:
    assert read(client) == []


def test_too_many_snippets_are_refused_by_name(client) -> None:
    refused = client.post("/read", {"url": URL, "asin": None, "snippets": [""] * (SNIPPETS_MOST + 1)})

    assert (refused.status, refused.error["code"], refused.error["detail"]["field"]) == (400, "bad_request", "snippets")


@pytest.mark.parametrize("url", ["", "about:blank", "javascript:alert(1)", "https://evil.example/", "\u202ehttps://x"])
def test_a_strange_address_does_not_stop_reading(client, url: str) -> None:
    [answer] = read(client, COMPLAINT, url=url)

    assert answer["review"]["body"].startswith("I sent it back")


def test_scripts_in_a_snippet_are_not_words_of_the_review(client) -> None:
    [answer] = read(client, COMPLAINT.replace("I sent", "<script>alert('evil')</script>I sent"))

    assert "evil" not in answer["review"]["body"]
