"""Whatever is sent, the answer is ours: a result, or an error with a code, a sentence and a next step; never a 500."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.api import OPERATIONS
from aftercare.api.operations import Operation
from support.sample import BROKEN, PLAIN, URL

POSTS = [each for each in OPERATIONS if each.method == "POST"]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
ODD = ("", "\x00", "\u202e\u2066", "=1+1", "<script>", "'; DROP TABLE cases; --", "a" * 30_000, BROKEN, URL)
ODD_TEXT = st.text(max_size=60) | st.sampled_from(ODD)
NEARLY = {
    "url": ODD_TEXT,
    "asin": st.none() | ODD_TEXT | st.just("B0SAMPLE01"),
    "snippets": st.lists(ODD_TEXT, max_size=3),
    "snippet": ODD_TEXT,
    "code": ODD_TEXT,
    "browser": ODD_TEXT,
    "order_id": st.none() | ODD_TEXT | st.just(PLAIN),
    "sku": st.none() | ODD_TEXT,
    "line": st.none() | st.integers(),
    "none": st.booleans(),
    "undo": st.booleans(),
    "text": ODD_TEXT,
    "lang": st.none() | ODD_TEXT | st.sampled_from(["en", "fr", "xx"]),
    "kind": st.none() | st.sampled_from(["proactive", "reply", "else"]),
    "route": st.sampled_from(["contact_buyer", "answer_thread", "leave_it"]),
    "reasons": st.dictionaries(ODD_TEXT, ODD_TEXT, max_size=2) | st.just({"too_old": "why"}),
    "permit": ODD_TEXT,
    "event": st.sampled_from(["opened", "filled", "sent_seen", "else"]),
    "detail": st.dictionaries(ODD_TEXT, ANY, max_size=3),
}


def is_ours(answer) -> bool:
    if answer.status == 200:
        read = answer.json["result"].get("reviews", [])
        return all(each.get("error", {}).get("code") != "internal" for each in read)
    error = answer.json["error"]
    return answer.status < 500 and error["code"] and error["message"] and error["next"]


def path_of(operation: Operation, case: int) -> str:
    return operation.path.replace("<int:case_id>", str(case))


@pytest.mark.parametrize("operation", POSTS, ids=lambda each: each.name)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_fields_of_the_right_kind_with_anything_in_them(client, confirmed: int, operation, data) -> None:
    body = data.draw(st.fixed_dictionaries({name: NEARLY[name] for name in operation.takes.model_fields}))

    assert is_ours(client.post(path_of(operation, confirmed), body))


@pytest.mark.parametrize("operation", POSTS, ids=lambda each: each.name)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=ANY.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200))
def test_any_json_and_any_bytes(client, confirmed: int, operation, body: bytes) -> None:
    assert is_ours(client.post(path_of(operation, confirmed), body))
