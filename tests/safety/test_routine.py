"""What is past its days goes by itself when the server starts, and reviews find their orders afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftercare.cases import Desk, export_audit
from aftercare.config import Home
from aftercare.keeping.retention import set_retention
from aftercare.keeping.routine import purge_due
from aftercare.matching import find_order
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.reviews.review import Review
from orders.reports import number, report
from safety.conftest import TODAY


@pytest.fixture
def fetched(tmp_path: Path, home: Home) -> Home:
    """A book with one order that came by Amazon's API and was delivered long ago, and one from an own file."""
    api, own = tmp_path / "sp-api_orders.txt", tmp_path / "orders.txt"
    api.write_text(report("fbm_orders", {"order-id": number(1), "buyer-name": "Ada Costa"}))
    own.write_text(report("fbm_orders", {"order-id": number(2), "buyer-name": "Hugo Holm"}))
    with OrderBook.open(home.book) as book:
        for path in (api, own):
            assert import_file(book, path, today=TODAY).new == 1
    return home


def names(home: Home) -> list[str | None]:
    with OrderBook.open(home.book) as book:
        return [book.order(number(place)).lines[0].buyer for place in (1, 2)]


def run(home: Home, today: date) -> None:
    with OrderBook.open(home.book) as book, Desk.open(home) as desk:
        purge_due(home, book, desk, today, "server")


def test_what_came_by_the_api_loses_its_names_after_thirty_days(fetched: Home) -> None:
    run(fetched, date(2026, 12, 1))

    assert names(fetched) == [None, "Hugo Holm"]


def test_nothing_goes_before_its_days_have_passed(fetched: Home) -> None:
    run(fetched, date(2026, 1, 20))

    assert names(fetched) == ["Ada Costa", "Hugo Holm"]


def test_own_files_keep_their_names_until_the_seller_sets_days(fetched: Home) -> None:
    set_retention(fetched, "reports", 10)

    run(fetched, date(2026, 12, 1))

    assert names(fetched) == [None, None]


def test_the_record_tells_of_it_once(fetched: Home) -> None:
    run(fetched, date(2026, 12, 1))
    run(fetched, date(2026, 12, 1))

    with Desk.open(fetched) as desk:
        assert [entry["agent"] for entry in export_audit(desk) if entry["action"] == "names_purged"] == ["server"]


def test_a_review_still_prefers_the_order_whose_name_was_purged(tmp_path: Path, home: Home) -> None:
    orders = tmp_path / "sp-api_orders.txt"
    people = ("Ada Costa", "Hugo Holm", "Greta Lind", "Bruno Silva")
    rows = [
        {"order-id": number(place), "buyer-name": name, "recipient-name": name} for place, name in enumerate(people, 1)
    ]
    orders.write_text(report("fbm_orders", *rows))
    known = tmp_path / "all.txt"
    known.write_text(report("all_orders", *({"amazon-order-id": number(place)} for place in range(1, len(people) + 1))))
    with OrderBook.open(home.book) as book:
        for path in (orders, known):
            assert not import_file(book, path, today=TODAY).refused
        line = book.order(number(3)).lines[0]
        review = Review("R1", asin=line.asin, marketplace="US", reviewer_name="Greta L.", date=TODAY, body="Fine.")
        with Desk.open(home) as desk:
            purge_due(home, book, desk, date(2027, 6, 1), "server")

        found = find_order(review, None, book, today=TODAY)

    assert found.candidates[0].line.order_id == number(3)
    assert found.candidates[0].probability > 2 * found.candidates[1].probability
