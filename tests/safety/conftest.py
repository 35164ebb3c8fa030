"""A home with a small order book and desk, made through the importers and the cases as a seller would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import keyring
import pytest

from aftercare.cases import Desk, add_note, decide, open_case
from aftercare.config import Home
from aftercare.keeping import wrapping
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.reviews.review import Review
from orders.reports import number, report
from safety.keyrings import Memory

TODAY = date(2026, 3, 1)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    monkeypatch.delenv("AFTERCARE_KEYS", raising=False)
    before = keyring.get_keyring()
    memory = Memory()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching a passphrase is slow on purpose; one test does it in full."""
    monkeypatch.setattr(wrapping, "_COST", 2**10)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "shelf.aftercare"


@pytest.fixture
def other(tmp_path: Path) -> Home:
    """The home of another machine."""
    return Home.at(tmp_path / "other")


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    """Two reports: one order whose names are known, and one of another buyer."""
    folder = tmp_path / "reports"
    folder.mkdir()
    made = {
        "shipments.txt": report("fulfilled_shipments", {}),
        "fbm.txt": report("fbm_orders", {}),
        "orders.txt": report("all_orders", {}),
        "returns.txt": report("fba_returns", {}),
    }
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.fixture
def filled(home: Home, reports: list[Path]) -> Home:
    """A home with these reports imported, and a case that was confirmed and written about."""
    with OrderBook.open(home.book) as book:
        for path in reports:
            result = import_file(book, path, today=TODAY)
            assert result.kind and not result.refused
    with Desk.open(home) as desk:
        review = Review(
            id="R1SAFETY000001", marketplace="US", asin="B0HARBOR01", reviewer_name="Quiet Harbor", stars=2,
            title="No refund", body="Sent it back, never heard again.",
        )  # fmt: skip
        case = open_case(desk, review, "Anna")
        case = decide(desk, case, "Anna", order=(number(1), "HB-PIL-BLU", 1))
        add_note(desk, case, "Rang Ada about the pillow.", "Anna")
    return home


def lines_of(home: Home) -> list[str]:
    """All order lines as texts, to compare one book with another."""
    with OrderBook.open(home.book) as book:
        found = [book.order(number(place)) for place in (1, 2)]
    return [repr(order) for order in found]
