"""A message is read from JSON, or refused by the name of the field that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.errors import InputError
from aftercare.messages.verdict import Message


def test_id_and_text_are_enough() -> None:
    assert Message.from_json({"id": "m1", "text": ""}) == Message(id="m1", text="")


def test_everything_known_is_read_and_the_unknown_is_ignored() -> None:
    message = Message.from_json(
        {"id": 7, "text": "x", "kind": "reply", "profile": "public_reply", "order_age_days": 3, "lang": "", "extra": 1}
    )

    assert message == Message(id="7", text="x", kind="reply", profile="public_reply", order_age_days=3)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"text": "x"}, "id"),
        ({"id": "m"}, "text"),
        ({"id": "m", "text": None}, "text"),
        ({"id": "m", "text": 1}, "text"),
        ({"id": "m", "text": "x", "kind": "push"}, "kind"),
        ({"id": "m", "text": "x", "profile": ["buyer_message"]}, "profile"),
        ({"id": "m", "text": "x", "order_age_days": "old"}, "order_age_days"),
        ({"id": "m", "text": "x", "order_age_days": True}, "order_age_days"),
        ({"id": "m", "text": "x", "order_age_days": 1.5}, "order_age_days"),
        ({"id": "m", "text": "x", "order_age_days": float("nan")}, "order_age_days"),
        ({"id": "m", "text": "x", "review_text": {}}, "review_text"),
    ],
)
def test_a_wrong_field_is_named(value: Any, field: str) -> None:
    with pytest.raises(InputError, match=f"'{field}'") as refused:
        Message.from_json(value)

    assert refused.value.detail == {"field": field}


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_what_is_no_object_is_refused(value: Any) -> None:
    with pytest.raises(InputError, match="JSON object"):
        Message.from_json(value)
