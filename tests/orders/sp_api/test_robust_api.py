"""Answers with anything anywhere: only what is wrong is refused, and nothing but the importers' own errors comes up."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from aftercare.orders.book import OrderBook
from orders.conftest import Drop
from orders.sp_api.test_money_and_returns import event, returned
from orders.sp_api.test_orders_v0 import ORDER, items
from sync.goods import order, refund

ON_BOTH = True
ODD = ("1e999", "2026-13-40", "\ud800", "\x00", "9" * 400, "0001-01-01T00:00:00Z", "-", "NaN")
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20), st.just([]), st.just({}), st.just([{}]), st.sampled_from(ODD),
)  # fmt: skip
GOOD = [order(), ORDER, items("KETTLE-1"), event(), refund(), returned()]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything within a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, each in inner for found in ((*path, key), *places(each, (*path, key)))]


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_wrong_values_cost_no_good_order(book: OrderBook, drop: Drop, data: st.DataObject) -> None:
    broken = [copy.deepcopy(good) for good in GOOD for _ in range(4)]
    for each in broken:
        path = data.draw(st.sampled_from(places(each)))
        holder: Any = each
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = copy.deepcopy(data.draw(VALUES))

    result = drop(json.dumps([*broken, order(77)]), name="answer.json")

    assert result.kind is not None
    assert book.order("305-0000001-0000077")


@pytest.mark.parametrize("number", [1, 30])
def test_deep_nesting_is_no_trouble(drop: Drop, number: int) -> None:
    value: Any = order()
    for _ in range(number):
        value = {"inner": value}

    drop(json.dumps(value))


def test_a_large_answer_is_read_as_a_stream(book: OrderBook, drop: Drop) -> None:
    padding = "x" * 30_000
    text = json.dumps({"orders": [order(number, note=padding) for number in range(1, 301)]})

    result = drop(text)

    assert (len(text) > 8 << 20, result.new, result.refused) == (True, 300, [])
    window = {"first": date(2026, 1, 1), "last": date(2026, 3, 1)}
    assert len(book.candidates(["B0MADEUP01"], marketplace="DE", **window)) == 300
