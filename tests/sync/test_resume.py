"""A sync that ends at any moment goes on there: nothing is asked for twice, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest

from aftercare.config import Home
from aftercare.errors import StoreError
from aftercare.sync.account import Account, Accounts
from aftercare.sync.run import Sync
from aftercare.sync.state import alone
from sync.conftest import looking
from sync.goods import ALL_ORDERS, ALL_ORDERS_TEXT, order
from sync.stand_in import NOW, LeapingClock, Reply, StandIn

Synced = Callable[..., Sync]
RECENT = NOW - timedelta(days=5)


class KilledError(BaseException):
    """Ends a sync as a signal would, past every `except` for errors."""


def test_a_report_in_progress_is_taken_up_instead_of_asked_for_again(
    home: Home, stand_in: StandIn, clock: LeapingClock, synced: Synced, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.texts = {ALL_ORDERS: ALL_ORDERS_TEXT}
    with monkeypatch.context() as patched:
        patched.setattr(clock, "wait", _killed)
        with pytest.raises(KilledError):
            synced(since=RECENT)
    asked = stand_in.count("createReport")

    synced(since=RECENT)

    assert stand_in.count("createReport") == asked == 6
    with looking(home) as book:
        assert book.count() == 1


def test_a_report_whose_creation_was_not_answered_is_found_again(
    home: Home, stand_in: StandIn, synced: Synced, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.texts = {ALL_ORDERS: ALL_ORDERS_TEXT}
    create = stand_in.create_report

    def unanswered(query: dict[str, str], body: dict) -> Reply:
        reply = create(query, body)
        reply.cut = body["reportType"] == ALL_ORDERS
        return reply

    monkeypatch.setattr(stand_in, "create_report", unanswered)

    done = synced(since=RECENT)

    assert done.problems == {}
    assert len(stand_in.asked_for(ALL_ORDERS)) == 1
    with looking(home) as book:
        assert book.count() == 1


def test_a_page_token_that_amazon_forgot_begins_the_list_anew(home: Home, stand_in: StandIn, synced: Synced) -> None:
    stand_in.order_pages = [[order(1)], [order(2)]]
    first = stand_in.search_orders({}, {})
    stand_in.then("searchOrders", first, Reply(400, {"errors": [{"code": "InvalidInput"}]}))

    done = synced(since=RECENT)

    assert done.problems == {}
    with looking(home) as book:
        assert book.count() == 2


def test_a_page_that_cannot_be_had_is_where_the_next_sync_begins(home: Home, stand_in: StandIn, synced: Synced) -> None:
    stand_in.order_pages = [[order(1)], [order(2)]]
    first = stand_in.search_orders({}, {})
    stand_in.then("searchOrders", first, *[Reply(503, b"")] * 6)
    done = synced(since=RECENT)
    before = len(stand_in.queries("searchOrders"))

    again = synced(since=RECENT)

    assert (done.problems["orders"].code, again.problems) == ("sync_unreachable", {})
    assert [query.get("paginationToken") for query in stand_in.queries("searchOrders")[before:]] == ["page1"]
    with looking(home) as book:
        assert book.count() == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9.")
def test_a_process_that_is_killed_leaves_a_sync_that_goes_on(home: Home, stand_in: StandIn, account: Account) -> None:
    stand_in.texts = {ALL_ORDERS: ALL_ORDERS_TEXT}
    stand_in.order_pages = [[order(2)]]
    Accounts(home).keep(account)
    with subprocess.Popen(_command(home), env=_environment(stand_in), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "still being made" in process.stderr.readline()
        process.kill()
    asked = stand_in.count("createReport")

    subprocess.run(_command(home), env=_environment(stand_in), check=True, capture_output=True, timeout=120)

    assert stand_in.count("createReport") == asked
    with looking(home) as book:
        assert book.count() == 2


def test_two_syncs_of_one_home_at_once_are_refused(home: Home) -> None:
    with alone(home), pytest.raises(StoreError) as raised, alone(home):
        pass

    assert raised.value.code == "sync_running"


def _killed(seconds: float) -> None:
    raise KilledError


def _command(home: Home) -> list[str]:
    since = RECENT.date().isoformat()
    return [sys.executable, "-m", "aftercare", "sync", "amazon", "--since", since, "--home", str(home.folder)]


def _environment(stand_in: StandIn) -> dict[str, str]:
    own = {"AFTERCARE_SP_API": stand_in.url, "AFTERCARE_LWA": f"{stand_in.url}/auth/o2/token"}
    return {**os.environ, **own, "AFTERCARE_KEYS": "file"}
