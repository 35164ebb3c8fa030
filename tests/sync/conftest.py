"""An account, a stand-in for Amazon, and a home to sync into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aftercare.config import Home
from aftercare.orders.book import OrderBook
from aftercare.sync.account import Account
from aftercare.sync.client import Amazon
from aftercare.sync.inbox import opened
from aftercare.sync.regions import Endpoints
from aftercare.sync.run import Sync, sync
from aftercare.sync.state import SyncState
from sync.stand_in import KEYS, NOW, LeapingClock, StandIn


@pytest.fixture(autouse=True)
def _key_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERCARE_KEYS", "file")


@pytest.fixture
def clock() -> LeapingClock:
    return LeapingClock()


@pytest.fixture
def stand_in(clock: LeapingClock) -> Iterator[StandIn]:
    running = StandIn(clock)
    yield running
    running.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


@pytest.fixture
def account() -> Account:
    return Account("eu", ("DE",), **KEYS)


@pytest.fixture
def amazon(account: Account, stand_in: StandIn, clock: LeapingClock) -> Amazon:
    endpoints = Endpoints(stand_in.url, f"{stand_in.url}/auth/o2/token")
    return Amazon(account, endpoints, clock, chance=lambda: 0.0)


@pytest.fixture
def synced(home: Home, amazon: Amazon) -> Callable[..., Sync]:
    """Runs one sync as the command does: with state read from the disk."""

    def run(**more: Any) -> Sync:
        with looking(home) as book, opened(home, book, marketplace="DE", today=NOW.date()) as inbox:
            return sync(amazon, SyncState(home), inbox, **more)

    return run


@contextmanager
def looking(home: Home) -> Iterator[OrderBook]:
    """The order book."""
    with OrderBook.open(home.book) as book:
        yield book
