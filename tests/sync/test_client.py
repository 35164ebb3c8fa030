"""The client by itself: limits, tokens, and what never leaves it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from aftercare.errors import InputError
from aftercare.sync.account import Account
from aftercare.sync.client import Amazon
from aftercare.sync.errors import AccountError, SyncError
from aftercare.sync.limits import PUBLISHED, Limits
from aftercare.sync.regions import Endpoints, is_local, region_of
from sync.stand_in import KEYS, LeapingClock, Reply, StandIn

ORDERS = ("searchOrders", "/orders/2026-01-01/orders")


@pytest.mark.parametrize("operation", PUBLISHED)
def test_a_burst_goes_at_once_and_what_follows_at_the_published_rate(operation: str) -> None:
    clock = LeapingClock()
    limits = Limits(clock)
    rate, burst = PUBLISHED[operation]

    for _ in range(burst):
        limits.before(operation)
    at_once = clock.waited
    for _ in range(3):
        limits.before(operation)

    assert at_once == 0
    assert clock.waited == pytest.approx(3 / rate)


def test_the_rate_that_an_answer_names_takes_the_place_of_the_published_one() -> None:
    clock = LeapingClock()
    limits = Limits(clock)
    limits.exhausted("searchOrders")
    limits.told("searchOrders", "0.5")

    limits.before("searchOrders")

    assert clock.waited == pytest.approx(2)


@pytest.mark.parametrize("limit", [None, "", "fast", "0", "-1", "nan", "inf"])
def test_a_rate_that_is_none_is_not_believed(limit: str | None) -> None:
    clock = LeapingClock()
    limits = Limits(clock)
    limits.told("getReport", limit)
    limits.exhausted("getReport")

    limits.before("getReport")

    assert clock.waited == pytest.approx(0.5)


def test_an_access_token_is_used_again_until_shortly_before_its_end(
    amazon: Amazon, stand_in: StandIn, clock: LeapingClock
) -> None:
    amazon.call(*ORDERS)
    clock.wait(3000)
    amazon.call(*ORDERS)
    before = stand_in.access
    clock.wait(500)
    amazon.call(*ORDERS)

    assert (before, stand_in.access) == (1, 2)


def test_an_unknown_application_is_told_from_a_withdrawn_authorization(amazon: Amazon, stand_in: StandIn) -> None:
    stand_in.then("token", Reply(401, {"error": "invalid_client"}))

    with pytest.raises(AccountError) as raised:
        amazon.check()

    assert raised.value.code == "sync_client_unknown"


def test_a_call_is_not_repeated_without_end(amazon: Amazon, stand_in: StandIn) -> None:
    stand_in.then("searchOrders", *[Reply(500, b"")] * 100)

    with pytest.raises(SyncError):
        amazon.call(*ORDERS)

    assert stand_in.count("searchOrders") == 6


def test_a_refusal_that_is_not_about_the_token_is_not_repeated(amazon: Amazon, stand_in: StandIn) -> None:
    stand_in.then("searchOrders", Reply(400, {"errors": [{"code": "InvalidInput"}]}))

    with pytest.raises(SyncError) as raised:
        amazon.call(*ORDERS)

    assert raised.value.detail["status_told"] == 400
    assert stand_in.count("searchOrders") == 1


def test_nobody_at_home_is_said_in_a_sentence(account: Account, clock: LeapingClock) -> None:
    nobody = Amazon(account, Endpoints("http://127.0.0.1:9", "http://127.0.0.1:9/token"), clock)

    with pytest.raises(SyncError) as raised:
        nobody.check()

    assert raised.value.code == "sync_unreachable"


def test_a_report_is_not_fetched_over_an_open_line(account: Account, clock: LeapingClock, tmp_path: Path) -> None:
    real = Amazon(account, Endpoints("https://api.example", "https://token.example"), clock)

    for address in ("http://reports.example/a", "file:///etc/hostname", "ftp://reports.example/a", ""):
        with pytest.raises(SyncError):
            real.download(address, tmp_path / "report")

    assert not (tmp_path / "report").exists()


def test_no_secret_reaches_a_log_or_an_error(
    amazon: Amazon, stand_in: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stand_in.then("searchOrders", Reply(403, {"errors": [{"message": f"denied {KEYS['refresh_token']}"}]}))

    with pytest.raises(SyncError) as raised:
        amazon.call(*ORDERS)

    said = caplog.text + str(raised.value) + str(raised.value.to_json()) + repr(amazon.account)
    for secret in (KEYS["client_secret"], KEYS["refresh_token"], "Atza|"):
        assert secret not in said


@pytest.mark.parametrize(("code", "region"), [("US", "na"), ("BR", "na"), ("GB", "eu"), ("IN", "eu"), ("jp", "fe")])
def test_each_marketplace_has_its_region(code: str, region: str) -> None:
    assert region_of(code) == region


def test_an_unknown_marketplace_has_none() -> None:
    with pytest.raises(InputError):
        region_of("XX")


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:80/x", True), ("http://[::1]/", True), ("http://localhost:5", True),
        ("http://127.0.0.1.example", False), ("https://example.com/localhost", False), ("", False),
    ],
)  # fmt: skip
def test_only_this_machine_is_local(url: str, local: bool) -> None:
    assert is_local(url) is local
