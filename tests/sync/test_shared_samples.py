"""Syncs that Amazon's own sandbox answers, which lie beside the repository and are not part of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aftercare.config import Home
from aftercare.sync.client import Amazon
from aftercare.sync.inbox import opened
from aftercare.sync.one_order import look_up
from aftercare.sync.participation import marketplaces_of
from aftercare.sync.run import Sync
from sync.conftest import looking
from sync.stand_in import NOW, Reply, StandIn

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "sp-api"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="The third-party samples are not beside this repository."),
]


def sandbox(name: str) -> Any:
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))["response"]


def without_next(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "pagination"}


PAGES = sorted(path.name for path in SAMPLES.glob("orders_2026-01-01/searchOrders.200.sandbox*.json"))


@pytest.mark.parametrize("name", PAGES)
def test_orders_of_the_sandbox_come_in(home: Home, stand_in: StandIn, synced: Callable[..., Sync], name: str) -> None:
    answer = sandbox(f"orders_2026-01-01/{name}")
    stand_in.then("searchOrders", Reply(200, without_next(answer)))

    done = synced()

    assert done.problems == {}
    with looking(home) as book:
        for told in answer["orders"]:
            found = book.order(told["orderId"])
            assert found
            assert {line.asin for line in found.lines} == {each["product"]["asin"] for each in told["orderItems"]}


def test_a_refused_search_of_the_sandbox_is_a_problem(stand_in: StandIn, synced: Callable[..., Sync]) -> None:
    stand_in.then("searchOrders", Reply(400, sandbox("orders_2026-01-01/searchOrders.400.sandbox0.json")))

    assert synced().problems["orders"].code == "sync_refused"


def test_transactions_of_the_sandbox_without_a_refund_change_nothing(
    home: Home, stand_in: StandIn, synced: Callable[..., Sync]
) -> None:
    answer = sandbox("finances_2024-06-19/listTransactions.200.sandbox0.json")
    del answer["payload"]["nextToken"]
    stand_in.then("listTransactions", Reply(200, answer))

    assert synced().problems == {}


def test_reports_of_the_sandbox_are_waited_for(stand_in: StandIn, synced: Callable[..., Sync]) -> None:
    stand_in.then("createReport", Reply(202, sandbox("reports_2021-06-30/createReport.202.sandbox0.json")))
    stand_in.then("getReport", *[Reply(200, sandbox("reports_2021-06-30/getReport.200.sandbox0.json"))] * 5)
    refused = Reply(400, sandbox("reports_2021-06-30/createReport.400.sandbox0.json"))
    stand_in.then("createReport", refused)

    done = synced()

    assert {problem.code for problem in done.problems.values()} <= {"sync_refused", "sync_report_failed"}


def test_the_sandbox_says_what_may_be_sent_and_in_which_language(home: Home, stand_in: StandIn, amazon: Amazon) -> None:
    stand_in.then("getOrder", Reply(200, sandbox("orders_2026-01-01/getOrder.200.sandbox0.json")))
    allowed = sandbox("messaging/getMessagingActionsForOrder.200.sandbox0.json")
    stand_in.then("getMessagingActionsForOrder", Reply(200, allowed))
    stand_in.then("getAttributes", Reply(200, sandbox("messaging/GetAttributes.200.sandbox0.json")))

    with looking(home) as book, opened(home, book, marketplace=None, today=NOW.date()) as inbox:
        found = look_up(amazon, inbox, "171-9876543-2109876", "BR")

    assert found.locale == "en-US"
    assert found.actions and "attributes" not in found.actions and "unexpectedProblem" in found.actions
    assert found.imported and found.imported.new == 1


def test_the_sandbox_says_where_the_seller_sells(stand_in: StandIn, amazon: Amazon) -> None:
    answer = sandbox("sellers/getMarketplaceParticipations.200.sandbox0.json")
    stand_in.then("getMarketplaceParticipations", Reply(200, answer))

    assert marketplaces_of(amazon) == ("US",)
