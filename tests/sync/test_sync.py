"""Whole syncs against a stand-in over HTTP: what comes in, and that no kind of failure costs what was good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from aftercare.config import Home
from aftercare.sync.account import Account
from aftercare.sync.client import Amazon
from aftercare.sync.errors import AccountError
from aftercare.sync.inbox import opened
from aftercare.sync.regions import Endpoints
from aftercare.sync.run import Sync, sync
from aftercare.sync.state import SyncState
from sync.conftest import looking
from sync.goods import ALL_ORDERS, ALL_ORDERS_TEXT, FBA_RETURNS, FBA_RETURNS_TEXT, item, order, refund
from sync.stand_in import NOW, SIGN_IN_PAGE, LeapingClock, Reply, StandIn

Synced = Callable[..., Sync]
FIRST = "305-0000001-0000001"


def test_a_sync_brings_orders_returns_and_refunds_together(home: Home, stand_in: StandIn, synced: Synced) -> None:
    stand_in.texts = {ALL_ORDERS: ALL_ORDERS_TEXT, FBA_RETURNS: FBA_RETURNS_TEXT}
    stand_in.order_pages = [[order()]]
    stand_in.transactions = [refund()]

    done = synced()

    assert done.problems == {}
    with looking(home) as book:
        found = book.order(FIRST)
    assert found
    (line,) = found.lines
    assert (line.asin, line.marketplace, line.buyer, line.recipient) == (
        "B0MADEUP01",
        "DE",
        "Erika Beispiel",
        "Max Beispiel",
    )
    assert (line.quantity, line.price, line.promised) == (2, Decimal("41.00"), date(2026, 2, 14))
    assert [each.comment for each in found.returns] == ["lid is loose"]
    assert [(each.amount, each.day) for each in found.refunds] == [(Decimal("41.00"), date(2026, 2, 21))]
    assert found.refunds_known_until == date(2026, 2, 25)


def test_files_of_the_api_are_told_by_their_names(home: Home, stand_in: StandIn, synced: Synced) -> None:
    stand_in.texts = {ALL_ORDERS: ALL_ORDERS_TEXT}
    stand_in.order_pages = [[order()]]

    done = synced()

    assert all(result.path.startswith("sp-api_") for result in done.results)
    with looking(home) as book, book.write() as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM file").fetchall()]
    assert names and all(name.startswith("sp-api_") for name in names)


def test_nothing_fetched_stays_behind_in_the_open(home: Home, stand_in: StandIn, synced: Synced) -> None:
    stand_in.texts = {ALL_ORDERS: ALL_ORDERS_TEXT}

    synced()

    assert not (home.folder / "incoming").exists()


def test_a_long_past_is_asked_for_in_windows_of_a_month(stand_in: StandIn, synced: Synced) -> None:
    stand_in.texts = {ALL_ORDERS: ALL_ORDERS_TEXT}

    synced(since=NOW - timedelta(days=100))

    windows = [(each["dataStartTime"], each["dataEndTime"]) for each in stand_in.asked_for(ALL_ORDERS)]
    assert [first for first, _ in windows] == ["2025-11-21T12:00:00Z", *(last for _, last in windows[:-1])]
    assert len(windows) == 4


def test_a_second_sync_asks_for_the_new_days_and_some_before(
    stand_in: StandIn, clock: LeapingClock, synced: Synced
) -> None:
    synced(since=NOW - timedelta(days=10))
    asked = len(stand_in.asked_for(ALL_ORDERS))
    clock.wait(2 * 86400)

    synced()

    (again,) = stand_in.asked_for(ALL_ORDERS)[asked:]
    assert again["dataStartTime"].startswith("2026-02-28")


def test_a_sync_right_after_another_asks_for_no_report_again(stand_in: StandIn, synced: Synced) -> None:
    synced()
    asked = stand_in.count("createReport")

    synced()

    assert stand_in.count("createReport") == asked


def test_a_report_that_failed_is_asked_for_once_more_and_then_named(stand_in: StandIn, synced: Synced) -> None:
    stand_in.then("getReport", *[Reply(200, {"processingStatus": "FATAL"})] * 100)

    done = synced(since=NOW - timedelta(days=5))

    assert done.problems[ALL_ORDERS].code == "sync_report_failed"
    assert len(stand_in.asked_for(ALL_ORDERS)) == 2
    assert "orders" not in done.problems


def test_a_role_that_is_missing_costs_only_its_own_part(home: Home, stand_in: StandIn, synced: Synced) -> None:
    stand_in.order_pages = [[order()]]
    denied = Reply(403, {"errors": [{"code": "Unauthorized", "message": "Access to requested resource is denied."}]})
    stand_in.then("createReport", *[denied] * 10)

    done = synced()

    assert done.problems[ALL_ORDERS].code == "sync_refused"
    with looking(home) as book:
        assert book.count() == 1


def test_an_access_token_that_ended_early_is_renewed(home: Home, stand_in: StandIn, synced: Synced) -> None:
    expired = Reply(
        403, {"errors": [{"code": "Unauthorized", "details": "The access token you provided has expired."}]}
    )
    stand_in.order_pages = [[order()]]
    stand_in.then("searchOrders", expired)

    done = synced()

    assert "orders" not in done.problems
    assert stand_in.access >= 2


def test_a_withdrawn_authorization_ends_the_sync_with_the_next_step(stand_in: StandIn, synced: Synced) -> None:
    stand_in.then("token", Reply(400, {"error": "invalid_grant"}))

    with pytest.raises(AccountError) as raised:
        synced()

    assert raised.value.code == "sync_token_revoked"
    assert "aftercare sync setup" in raised.value.next


def test_too_many_requests_are_waited_for_as_long_as_amazon_says(
    stand_in: StandIn, clock: LeapingClock, synced: Synced
) -> None:
    stand_in.order_pages = [[order()]]
    stand_in.then("searchOrders", *[Reply(429, {"errors": []}, {"x-amzn-RateLimit-Limit": "0.01"})] * 2)
    before = clock.waited

    done = synced()

    assert "orders" not in done.problems
    assert clock.waited - before >= 200


def test_endless_throttling_ends_that_part_and_not_the_others(stand_in: StandIn, synced: Synced) -> None:
    stand_in.then("searchOrders", *[Reply(429, {})] * 50)

    done = synced()

    assert set(done.problems) == {"orders"}
    assert done.problems["orders"].code == "sync_throttled"


@pytest.mark.parametrize(
    "fault",
    [Reply(200, SIGN_IN_PAGE), Reply(503, b""), Reply(200, {"orders": []}, cut=True), Reply(200, b'{"orders": [')],
    ids=["a sign-in page", "server down", "connection broke off", "half an answer"],
)
def test_a_broken_answer_is_asked_for_again(home: Home, stand_in: StandIn, synced: Synced, fault: Reply) -> None:
    stand_in.order_pages = [[order()]]
    stand_in.then("searchOrders", fault)

    done = synced()

    assert done.problems == {}
    with looking(home) as book:
        assert book.count() == 1


@pytest.mark.parametrize("cut", [True, False], ids=["connection broke off", "gzip broke off"])
def test_a_truncated_download_is_fetched_again(home: Home, stand_in: StandIn, synced: Synced, cut: bool) -> None:
    stand_in.texts = {ALL_ORDERS: ALL_ORDERS_TEXT}
    whole = stand_in.file({}, {}, ALL_ORDERS).body
    stand_in.then("file", Reply(200, whole, cut=True) if cut else Reply(200, whole[: len(whole) // 2]))

    done = synced(since=NOW - timedelta(days=5))

    assert done.problems == {}
    with looking(home) as book:
        assert book.order(FIRST)


def test_a_report_of_an_unknown_form_is_named_and_asked_for_again_next_time(stand_in: StandIn, synced: Synced) -> None:
    stand_in.texts = {ALL_ORDERS: "something\telse\tentirely\nnew\tcolumns\tonly\n"}

    done = synced(since=NOW - timedelta(days=5))
    again = synced(since=NOW - timedelta(days=5))

    assert done.problems[ALL_ORDERS].code == again.problems[ALL_ORDERS].code == "sync_report_unknown"
    assert len(stand_in.asked_for(ALL_ORDERS)) == 2


def test_unknown_fields_are_left_alone(home: Home, stand_in: StandIn, synced: Synced) -> None:
    stand_in.order_pages = [[order(novelty={"deep": [1, {"orderId": 5}]}, orderItems=[item(news=["x"])])]]

    done = synced()

    assert done.problems == {}
    with looking(home) as book:
        assert book.count() == 1


def test_a_wrong_clock_here_does_not_ask_for_the_future(stand_in: StandIn, synced: Synced) -> None:
    stand_in.skew = -timedelta(days=2)

    synced()

    (query,) = stand_in.queries("searchOrders")
    assert query["lastUpdatedBefore"].startswith("2026-02-27")


def test_a_settlement_is_imported_once(stand_in: StandIn, synced: Synced) -> None:
    name = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"
    stand_in.settlements = [
        {"reportId": "S1", "reportDocumentId": name, "processingStatus": "DONE", "createdTime": "2026-02-27T00:00:00Z"}
    ]
    stand_in.texts = {name: "settlement-id\torder-id\ttransaction-type\tamount-type\tamount-description\tamount\n"}

    synced()
    synced()

    assert stand_in.count("file") == 1


def test_what_was_fetched_for_one_marketplace_says_nothing_of_another(
    home: Home, stand_in: StandIn, clock: LeapingClock, account: Account, synced: Synced
) -> None:
    synced(since=NOW - timedelta(days=10))
    french = Amazon(
        replace(account, marketplaces=("FR",)), Endpoints(stand_in.url, f"{stand_in.url}/auth/o2/token"), clock
    )

    with looking(home) as book, opened(home, book, marketplace="FR", today=NOW.date()) as inbox:
        sync(french, SyncState(home), inbox, since=NOW - timedelta(days=10))

    asked = {tuple(each["marketplaceIds"]): each["dataStartTime"] for each in stand_in.asked_for(ALL_ORDERS)}
    assert asked == {("A1PA6795UKMFR9",): "2026-02-19T12:00:00Z", ("A13V1IB3VIYZZH",): "2026-02-19T12:00:00Z"}


def test_a_day_to_come_is_no_beginning(stand_in: StandIn, synced: Synced) -> None:
    assert synced(since=NOW + timedelta(days=30)).problems == {}


def test_an_answer_of_an_unknown_form_is_not_taken_for_imported(stand_in: StandIn, synced: Synced) -> None:
    stand_in.order_pages = [[{"orderNumber": "made up", "newForm": True}]]

    done = synced()
    again = synced()

    assert done.problems["orders"].code == again.problems["orders"].code == "sync_report_unknown"


@pytest.mark.parametrize("answer", [{}, {"orders": "none"}, {"message": "made up"}])
def test_an_answer_without_its_list_is_not_taken_for_an_empty_one(
    stand_in: StandIn, synced: Synced, answer: dict[str, str]
) -> None:
    stand_in.order_pages = [[order()]]
    stand_in.then("searchOrders", Reply(200, answer))

    done, again = synced(), synced()

    assert done.problems["orders"].code == "sync_report_unknown"
    assert [result.kind for result in again.results] == ["orders_api"]
