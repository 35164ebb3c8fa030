"""The OpenAPI document describes every call that is served, and nothing else; real answers are as it says."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from pydantic import BaseModel

from aftercare.api import OPERATIONS
from aftercare.api.openapi import document
from support.sample import BROKEN, COMPLAINT, PLAIN, URL

DOCUMENT = document(OPERATIONS)


def served(app: Flask) -> set[tuple[str, str]]:
    return {
        (method.lower(), re.sub(r"<int:(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}
    }


def described() -> set[tuple[str, str]]:
    return {(method, path) for path, item in DOCUMENT["paths"].items() for method in item}


def test_every_call_is_described_and_every_description_is_served(client) -> None:
    assert described() == served(client._app)


def test_the_server_hands_it_out_to_paired_browsers_only(client) -> None:
    assert client.get("/openapi.json").json == DOCUMENT
    client.token = None
    assert client.get("/openapi.json").error["code"] == "not_paired"


def test_every_reference_leads_somewhere() -> None:
    names = set(re.findall(r"#/components/schemas/(\w+)", str(DOCUMENT)))

    assert names <= set(DOCUMENT["components"]["schemas"])
    assert "ConfirmRequest" in names


def test_every_call_has_a_sentence_and_a_name_of_its_own() -> None:
    operations = [each for item in DOCUMENT["paths"].values() for each in item.values()]

    assert len({each["operationId"] for each in operations}) == len(operations)
    assert all(each["summary"].endswith(".") for each in operations)


def test_only_hello_and_pairing_need_no_token() -> None:
    free = {path for path, item in DOCUMENT["paths"].items() for each in item.values() if each.get("security") == []}

    assert free == {"/hello", "/pair"}


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.takes], ids=lambda each: each.path)
def test_a_call_that_takes_something_says_what(operation) -> None:
    path = re.sub(r"<int:(\w+)>", r"{\1}", operation.path)
    body = DOCUMENT["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]

    assert body["$ref"].endswith(operation.takes.__name__)


CLEAN = f"Hello, about your order {PLAIN}: the support for this item still runs. Please tell us what you need."
PAGE = f"https://sellercentral.amazon.com/messaging/contact?orderID={PLAIN}&marketplaceID=ATVPDKIKX0DER"
CALLS = {
    "hello": None,
    "read": {"url": URL, "snippets": [BROKEN, COMPLAINT, "<p>"]},
    "investigate": {"url": URL, "snippet": BROKEN},
    "show": None,
    "confirm": {"order_id": PLAIN},
    "add": {"text": "A note."},
    "lint": {"text": "Please change your review."},
    "draft": {"route": "contact_buyer", "lang": "de"},
    "contact": {"text": CLEAN, "route": "contact_buyer"},
    "redeem": {"url": PAGE},
    "tell": {"event": "filled", "detail": {"chars": 3}},
}


@pytest.mark.parametrize("name", CALLS)
def test_a_real_answer_is_of_the_described_shape(client, confirmed: int, name: str) -> None:
    operation = next(each for each in OPERATIONS if each.name == name)
    body = CALLS[name]
    if name == "redeem":
        permit = client.post(f"/cases/{confirmed}/contact", CALLS["contact"]).result["permit"]
        body = {**CALLS["redeem"], "permit": permit}
    path = operation.path.replace("<int:case_id>", str(confirmed))
    answer = client.get(path) if operation.method == "GET" else client.post(path, body)

    assert issubclass(operation.gives, BaseModel)
    operation.gives.model_validate(answer.result)
