"""After a purge nobody's name, address or words are in the file, and reviews still find their orders."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.config import Home
from aftercare.keeping.purge import purge_book
from aftercare.keeping.sources import SOURCES
from aftercare.keeping.sweep import sweep
from aftercare.matching.name_codes import encoded
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.orders.name_codes import codes_of, name_key_of, with_codes
from aftercare.orders.order import BuyerMessage
from aftercare.vault import Vault
from aftercare.vault.sealed import keyed
from orders.reports import number, report
from safety.conftest import TODAY

WORDS = (
    "Ada Costa",
    "Bruno Costa",
    "Greta Holm",
    "Hugo Holm",
    "quietharbor7",
    "calmdune3",
    "too flat",
    "97301",
    "Salem",
)
LATE = date(2027, 1, 1)
AT = datetime(2026, 1, 20, tzinfo=UTC)


def purge(home: Home, before: date = LATE, sources: tuple = SOURCES, *, dry_run: bool = False):
    with OrderBook.open(home.book) as book:
        return purge_book(book, Vault.of(home.folder), sources, before, dry_run=dry_run)


def dump(home: Home) -> str:
    """Everything in the book, as text."""
    with contextlib.closing(keyed(home.book, Vault.of(home.folder))) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(repr(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}"))


def held(text: str) -> list[str]:
    return [word for word in WORDS if word in text]


def test_what_was_personal_is_gone_from_every_table(filled: Home) -> None:
    assert held(dump(filled)) == list(WORDS)

    assert purge(filled).orders == 2

    assert held(dump(filled)) == []


def test_orders_days_and_products_stay(filled: Home) -> None:
    with OrderBook.open(filled.book) as book:
        before = book.order(number(1))
        count = book.count()

    purge(filled)

    with OrderBook.open(filled.book) as book:
        after = book.order(number(1))
        assert book.count() == count
    assert before and after
    for old, new in zip(before.lines, after.lines, strict=True):
        gone = {"buyer": None, "recipient": None, "buyer_key": None, "city": None, "postal_code": None, "sources": ()}
        assert replace(new, sources=()) == replace(old, **gone)


def test_names_leave_codes(filled: Home) -> None:
    purge(filled)

    with OrderBook.open(filled.book) as book, book.write() as connection:
        found = codes_of(connection, [number(1), number(2), "900-none"])
    assert set(found) == {number(1), number(2)}
    assert all(buyer and recipient for buyer, recipient in found.values())


def test_lines_without_a_name_carry_its_code(filled: Home) -> None:
    with OrderBook.open(filled.book) as book:
        named = book.order(number(1))
        purge_book(book, Vault.of(filled.folder), SOURCES, LATE)
        bare = book.order(number(1))
        assert named and bare
        with book.write() as connection:
            before, after = (with_codes(connection, order.lines)[0] for order in (named, bare))

    key = name_key_of(filled.folder)
    assert (before.buyer_code, before.recipient_code) == (None, None)
    assert (after.buyer_code, after.recipient_code) == (encoded("Ada Costa", key), encoded("Bruno Costa", key))


def test_a_second_purge_finds_nothing(filled: Home) -> None:
    purge(filled)

    assert not purge(filled).anything


def test_a_dry_run_counts_and_changes_nothing(filled: Home) -> None:
    before = dump(filled)

    assert purge(filled, dry_run=True).orders == 2
    assert dump(filled) == before


def test_an_order_is_due_by_its_delivery_or_what_comes_nearest(filled: Home) -> None:
    # The first order's carrier estimated the 15th of January; of the second the 17th is promised.
    assert purge(filled, date(2026, 1, 15)).orders == 0
    assert purge(filled, date(2026, 1, 17)).orders == 1
    assert purge(filled, date(2026, 1, 18)).orders == 1


def test_other_sources_are_left_alone(filled: Home) -> None:
    assert not purge(filled, sources=("api", "mail", "helpdesks", "channels")).anything
    assert held(dump(filled)) == list(WORDS)


def test_a_report_that_came_by_the_api_is_told_from_the_same_report_as_a_file(home: Home, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text(report("fbm_orders", {}))
    fetched = tmp_path / "sp-api-shipments.txt"
    fetched.write_text(report("fulfilled_shipments", {}))
    with OrderBook.open(home.book) as book:
        for path in (own, fetched):
            import_file(book, path, today=TODAY)

    assert purge(home, sources=("api",)).orders == 1

    assert "Ada Costa" not in dump(home)
    assert "Greta Holm" in dump(home)


def test_a_town_to_which_many_orders_went_stays(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "orders.txt"
    rows = [{"amazon-order-id": number(place), "ship-city": "Dover"} for place in range(1, 11)]
    rows.append({"amazon-order-id": number(11), "ship-city": "Hamlet"})
    path.write_text(report("all_orders", *rows))
    with OrderBook.open(home.book) as book:
        import_file(book, path, today=TODAY)

    purge(home)

    text = dump(home)
    assert "Dover" in text and "Hamlet" not in text and "97301" not in text


def test_messages_lose_their_words_also_where_they_name_no_order(filled: Home) -> None:
    with OrderBook.open(filled.book) as book:
        book.record_messages(
            [
                BuyerMessage(number(1), AT, "buyer", "My lamp hums, says Ada", "a.eml", "<1@x>", "quietharbor7"),
                BuyerMessage("", AT, "buyer", "Before I buy, says Cleo", "b.eml", "<2@x>", "stillpond1"),
            ]
        )

    assert purge(filled).messages == 1

    text = dump(filled)
    assert not any(word in text for word in ("says Ada", "says Cleo", "quietharbor7", "stillpond1"))
    assert "<1@x>" in text


def test_a_helpdesk_s_ids_do_not_keep_an_address(filled: Home, tmp_path: Path) -> None:
    ticket = {
        "id": 77, "subject": f"Order {number(1)}", "created_at": "2026-01-20T10:00:00Z",
        "via": {"source": {"from": {"address": "quietharbor7+a1@marketplace.amazon.com", "name": "Ada"}}},
        "requester": {"id": 5, "email": "quietharbor7+a1@marketplace.amazon.com", "role": "end-user"},
        "requester_id": 5, "description": "My lamp hums, says Ada", "url": "https://x.zendesk.com/api/v2/tickets/77.json",
        "status": "open", "updated_at": "2026-01-20T10:00:00Z",
    }  # fmt: skip
    path = tmp_path / "tickets.json"
    path.write_text(json.dumps([ticket]))
    with OrderBook.open(filled.book) as book:
        assert import_file(book, path, today=TODAY).new
        book.record_messages(
            [
                BuyerMessage("", AT, "buyer", "Cleo asks", "", "edesk:9:3@cleo%40pond.test"),
                BuyerMessage("", AT, "notice", None, "", "edesk:?user=cleo%40pond.test"),
            ]
        )
    assert "quietharbor7%40" in dump(filled)

    purge(filled)

    text = dump(filled)
    assert not any(word in text for word in ("quietharbor7", "cleo%40", "says Ada", "Cleo asks"))
    assert not purge(filled).anything


def test_people_of_a_helpdesk_stay_while_their_words_do(home: Home) -> None:
    with OrderBook.open(home.book) as book:
        book.record_messages(
            [
                BuyerMessage("", AT, "buyer", "Cleo asks", "", "edesk:9:3@cleo%40pond.test"),
                BuyerMessage("", datetime(1970, 1, 1, tzinfo=UTC), "notice", None, "", "edesk:?user=cleo%40pond.test"),
            ]
        )

    purge(home, date(2026, 1, 1))

    assert "edesk:?user=cleo%40pond.test" in dump(home)


def test_reading_the_same_file_again_brings_the_names_back_until_the_next_purge(
    filled: Home, reports: list[Path]
) -> None:
    purge(filled)
    with OrderBook.open(filled.book) as book:
        for path in reports:
            import_file(book, path, today=TODAY)
        order = book.order(number(1))
    assert order and order.lines[0].buyer == "Ada Costa"

    purge(filled)

    assert held(dump(filled)) == []


def test_nothing_of_it_stays_in_the_free_space_of_the_file(filled: Home) -> None:
    purge(filled)
    assert sweep(filled.book, "reading")

    with contextlib.closing(keyed(filled.book, Vault.of(filled.folder), isolation_level=None)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] == 0
    assert not filled.book.with_name("book.sqlite3-wal").exists() or not (
        filled.book.with_name("book.sqlite3-wal").stat().st_size
    )


NAMES = st.sampled_from(["", "Ada Costa", "Bruno Costa"])
CITIES = st.sampled_from(["", "Salem", "Dover"])
ROWS = st.lists(st.tuples(st.integers(1, 3), NAMES, NAMES, CITIES, st.integers(1, 28)), min_size=1, max_size=6)


def kept(rows: Iterable[tuple]) -> str:
    """Shipping reports of several days, each with some cells filled in."""
    made = [
        {
            "amazon-order-id": number(place), "buyer-name": buyer, "recipient-name": recipient, "ship-city": city,
            "reporting-date": f"2026-02-{day:02}T12:00:00+00:00",
        }
        for place, buyer, recipient, city, day in rows
    ]  # fmt: skip
    return report("fulfilled_shipments", *made)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(files=st.lists(ROWS, min_size=1, max_size=3))
def test_whatever_readings_meet_in_an_order_all_names_go(files: list, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("home")
    home = Home.at(folder / "home")
    with OrderBook.open(home.book) as book:
        for place, rows in enumerate(files):
            path = folder / f"{place}.txt"
            path.write_text(kept(rows))
            import_file(book, path, today=TODAY)
        count = book.count()

    purge(home)

    assert held(dump(home)) == []
    with OrderBook.open(home.book) as book:
        assert book.count() == count
    assert not purge(home).anything
