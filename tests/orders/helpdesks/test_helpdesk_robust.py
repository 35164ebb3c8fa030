"""Whatever JSON a helpdesk's file holds, an import ends in a result, and the good tickets around are kept."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import ImportResult, import_file
from aftercare.orders.imports.helpdesks.bodies import written
from aftercare.orders.imports.helpdesks.named import asins_in, buyer_key, is_amazon, orders_in
from aftercare.orders.imports.helpdesks.values import ident, moment, strings
from aftercare.orders.twins import same_words
from orders.conftest import TODAY
from orders.helpdesks.conftest import ORDER

MOMENT = "2026-02-03T10:00:00Z"
GOOD: dict[str, dict[str, Any]] = {
    "zendesk": {
        "id": 1, "requester_id": 2, "submitter_id": 2, "subject": ORDER, "description": "Hello", "created_at": MOMENT,
        "via": {"channel": "email", "source": {"from": {"address": "a@b.example"}, "rel": None}}, "tags": ["a"],
        "status": "open", "custom_fields": [{"id": 3, "value": "x"}], "is_public": True,
        "comments": [{"id": 4, "author_id": 2, "body": "Hello", "public": True, "created_at": MOMENT}],
        "audits": [{"id": 5, "created_at": MOMENT, "events": [{"id": 6, "type": "Comment", "body": "x"}]}],
    },
    "gorgias": {
        "id": 1, "subject": ORDER, "customer": {"email": "a@b.example"}, "created_datetime": MOMENT, "spam": False,
        "messages": [
            {"id": 2, "from_agent": False, "public": True, "body_text": "Hello", "created_datetime": MOMENT,
             "source": {"from": {"address": "x"}, "to": [{"address": "y"}]}, "sender": {"email": "z"}}
        ],
    },
    "freshdesk": {
        "id": 1, "subject": ORDER, "status": 2, "requester_id": 3, "created_at": MOMENT, "source": 1, "spam": False,
        "description_text": "Hello", "stats": {"agent_responded_at": MOMENT}, "requester": {"email": "a@b.example"},
        "conversations": [
            {"id": 2, "incoming": True, "private": False, "body_text": "Hi", "created_at": MOMENT, "to_emails": ["x"]}
        ],
    },
    "edesk": {
        "id": 1, "subject": ORDER, "seller_order_id": ORDER, "created_at": MOMENT, "contact": {"email": "a@b.example"},
        "messages": [
            {"id": 2, "type": "Message", "direction": "Incoming", "body": "Hello", "created_at": MOMENT, "errors": []}
        ],
    },
}  # fmt: skip

values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=12),
        st.sampled_from(["", ORDER, MOMENT, "\ud800", "\x00", "<p>", "9999-12-31T23:59:59-23:59", "0001-01-01", "1e9"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A record of a helpdesk of which some values, at any depth, are anything."""
    record = json.loads(json.dumps(GOOD[draw(st.sampled_from(sorted(GOOD)))]))
    for _ in range(draw(st.integers(0, 4))):
        place: Any = record
        while True:
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            inner = place[key]
            if isinstance(inner, dict | list) and inner and draw(st.booleans()):
                place = inner
                continue
            place[key] = draw(values)
            break
    return record


def imported(content: str) -> tuple[ImportResult, int]:
    """The result, and how many messages the order of the good tickets has."""
    with tempfile.TemporaryDirectory() as folder, OrderBook.open(Path(folder) / "book.sqlite3") as book:
        path = Path(folder) / "tickets.json"
        path.write_text(content, encoding="utf-8", errors="replace")
        result = import_file(book, path, today=TODAY)
        order = book.order(ORDER)
        return result, len(order.messages) if order else 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.one_of(damaged(), values), max_size=12), st.sampled_from(sorted(GOOD)), st.data())
def test_any_records_end_in_a_result_and_cost_no_good_one(records: list[Any], desk: str, data: st.DataObject) -> None:
    good = {**GOOD[desk], "id": 987654321}
    records.insert(data.draw(st.integers(0, len(records))), good)
    result, messages = imported(json.dumps(records))

    assert result.rows == result.new + result.changed + result.unchanged + result.skipped + result.refused_count
    assert messages or result.kind not in (None, desk), result.refused


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(values, st.dictionaries(st.sampled_from(["tickets", "users", "messages", "data"]), values)))
def test_any_json_ends_in_a_result(value: Any) -> None:
    imported(json.dumps(value))


@settings(deadline=None)
@given(values, st.text(max_size=200))
def test_the_parts_take_any_value(value: Any, text: str) -> None:
    ident(value)
    moment(value, TODAY)
    assert list(strings(value)) is not None
    orders_in(value, text)
    asins_in(value, text)
    buyer_key([text])
    is_amazon(text)
    same_words(text, text[:20])
    written(value, text)


LONG = {
    "dashes": "-" * 300_000,
    "rule and dashes": "x\n" + "- " * 150_000,
    "redacted": "▇" * 300_000 + "x",
    "blanks": " " * 300_000 + "x",
    "colons": "a: b\n" * 60_000,
    "one line of addresses": "a@b.example " * 20_000 + ":",
    "tags": "<div>" * 30_000,
    "open tags": "<p " * 100_000,
    "letters": "abcdefghij" * 30_000 + "@",
    "digits": "1" * 300_000,
    "order ids": f"{ORDER} " * 15_000,
    "quotes": "> x\n" * 70_000,
    "attributions": "On 10:02 x wrote\n" * 20_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_text_of_any_length_is_read_in_one_go(name: str) -> None:
    text = LONG[name]

    assert len(written(text, text) or "") <= 50_000
    assert len(orders_in(text)) <= 1 and asins_in(text) == () and buyer_key([text]) is None
