"""A desk with a clock that stands still until a test moves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aftercare.cases import Case, Desk, Pairing, decide, open_case, open_pairing, pair
from aftercare.config import Home
from aftercare.reviews.review import Review


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


@pytest.fixture
def desk(home: Home, clock: Clock) -> Iterator[Desk]:
    with Desk.open(home, now=clock) as desk:
        yield desk


@pytest.fixture
def anna(desk: Desk) -> Pairing:
    return pair(desk, open_pairing(desk), "Anna, Chrome on the laptop")[1]


@pytest.fixture
def review() -> Review:
    return Review(
        id="R1EXAMPLE00001",
        marketplace="US",
        asin="B0EXAMPLE1",
        reviewer_name="Sunny Reader",
        stars=2,
        title="No answer",
        body="I sent it back and never saw the refund.",
        missing=("variant",),
    )


@pytest.fixture
def case(desk: Desk, review: Review, anna: Pairing) -> Case:
    return open_case(desk, review, anna.browser)


@pytest.fixture
def confirmed(desk: Desk, case: Case, anna: Pairing) -> Case:
    return decide(desk, case, anna.browser, order=("111-2222222-3333333", "KETTLE-1", 1), probability=0.93)
