"""docs/protocol.md and the server say the same: every call is on the page with its fields, and its examples hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from aftercare.api import OPERATIONS
from aftercare.api.answers import HelloAnswer, InvestigationAnswer
from aftercare.api.operations import Operation
from aftercare.api.requests import PairRequest, parse
from aftercare.cases import contacts, pairings
from aftercare.gate import BODY_MOST

PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
HEADING = re.compile(r"^### `(GET|POST) (\S+)`(.*)$", re.MULTILINE)


def sections() -> dict[tuple[str, str], str]:
    """The text under each call's heading, with the heading."""
    found = list(HEADING.finditer(PAGE))
    ends = [each.start() for each in found[1:]] + [PAGE.index("## Errors any call may answer")]
    return {(each[1], each[2]): PAGE[each.start() : end] for each, end in zip(found, ends, strict=True)}


def on_the_page(operation: Operation) -> tuple[str, str]:
    return operation.method, operation.path.replace("<int:case_id>", "<id>")


def test_the_page_has_every_call_and_no_other() -> None:
    assert set(sections()) == {on_the_page(each) for each in OPERATIONS}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_every_field_a_call_takes_is_named_there(operation: Operation) -> None:
    fields = set(operation.takes.model_fields) if operation.takes else set()

    assert {name for name in fields if not re.search(rf'["`]{name}["`]', sections()[on_the_page(operation)])} == set()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_every_error_of_a_call_is_named_on_the_page(operation: Operation) -> None:
    general = {"bad_input", "note_empty"}  # Reading's own sentence, and one that a person cannot meet in the card.

    assert {code for code in operation.errors if f"`{code}`" not in PAGE} <= general


def test_the_example_of_hello_is_an_answer_of_hello() -> None:
    example = re.search(r"`(\{\"result\": .*?\}\})`", sections()[("GET", "/hello")])

    assert example
    HelloAnswer.model_validate(json.loads(example[1])["result"])


def test_the_example_of_pairing_is_a_request() -> None:
    example = re.search(r"`(\{\"code\".*?\})`", sections()[("POST", "/pair")])

    assert example
    assert parse(PairRequest, example[1].encode()).code == "ABCD-2345"


def test_the_card_on_the_page_has_the_fields_of_the_answer() -> None:
    section = sections()[("POST", "/investigate")]

    assert [name for name in InvestigationAnswer.model_fields if f'"{name}"' not in section] == []


def test_the_numbers_on_the_page_are_those_of_the_code() -> None:
    assert BODY_MOST == 8 * 1024 * 1024 and "at most 8 MB" in PAGE
    assert pairings.TRIES == 5 and "five wrong tries" in PAGE
    assert pairings.LIFETIME.total_seconds() == 120 and "two minutes" in PAGE
    assert contacts.LIFETIME.total_seconds() == 900 and "15 minutes" in PAGE
