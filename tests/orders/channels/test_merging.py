"""One order from many readings: whatever their order, their repeats and their cuts, the book is the same."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.orders.imports.channels.elsewhere import _FACTS, Item, added, gathered, merged
from orders.channels.conftest import Elsewhere
from orders.channels.exports import ebay_order, ebay_table, said, shopify_table, walmart_order, walmart_return
from orders.conftest import TODAY, Drop

ON_BOTH = True


def test_a_later_import_of_an_older_file_changes_no_newer_fact(drop: Drop, elsewhere: Elsewhere) -> None:
    newer = ebay_order(lastModifiedDate="2026-02-01T00:00:00Z", orderPaymentStatus="FULLY_REFUNDED")
    older = ebay_order(
        lastModifiedDate="2026-01-11T00:00:00Z", pricingSummary={"total": {"value": "9", "currency": "USD"}}
    )
    drop(said([newer]))
    drop(said([older]))

    assert (elsewhere()[0]["status"], elsewhere()[0]["total"]) == ("refunded", "24.00")


def test_what_a_channel_withdraws_later_stays_known(drop: Drop, elsewhere: Elsewhere) -> None:
    drop(said([ebay_order()]))
    drop(said([ebay_order(lastModifiedDate="2026-02-20T00:00:00Z", buyer={"username": "quietharbor"})]))

    (order,) = elsewhere()
    assert (order["email"], order["name_key"]) == ("ada.costa@example.com", "ada costa")
    assert order["as_of"].startswith("2026-02-20T00:00:00Z name=2026-01-12T14:00:00Z email=2026-01-12T14:00:00Z")


def test_a_repeated_import_changes_nothing(drop: Drop, elsewhere: Elsewhere) -> None:
    drop(shopify_table({}, {"Lineitem name": "Rug"}), name="first.csv")
    before = elsewhere()
    result = drop(shopify_table({}, {"Lineitem name": "Rug"}), name="second.csv")

    assert (result.new, result.changed, result.unchanged) == (0, 0, 2)
    assert elsewhere() == before


_MOMENTS = st.sampled_from(["", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])
_VALUES = {"status": st.sampled_from(["placed", "shipped", "refunded"]), "refunded": st.sampled_from(["5.00", "12.00"])}
_TOLD = {
    fact: st.tuples(
        # Money given back has no moment, since it only grows.
        st.just("-") if fact == "refunded" else _MOMENTS,
        _VALUES.get(fact, st.sampled_from(["a", "b", "cc"])),
    )
    for fact in _FACTS
}
_READINGS = st.fixed_dictionaries({}, optional=_TOLD)
_ITEMS = st.lists(
    st.builds(
        Item, st.sampled_from([None, "S1", "S2"]), st.sampled_from([None, "Rug", "Lamp"]), st.sampled_from([None, 1, 2])
    ),
    max_size=5,
)


@given(_READINGS, _READINGS, _READINGS)
def test_readings_are_the_same_together_in_any_order(one: Any, two: Any, three: Any) -> None:
    together = merged(merged(one, two), three)

    assert together == merged(one, merged(three, two)) == merged(together, two)


@given(_ITEMS, _ITEMS, _ITEMS)
def test_things_are_the_same_together_in_any_order(one: list[Item], two: list[Item], three: list[Item]) -> None:
    together = gathered([*gathered([*one, *two]), *three])

    assert together == gathered([*gathered([*three, *two]), *one]) == gathered([*together, *three])
    assert added(added(one)) == added(one)


_FILES = [
    ebay_table({}, {"Order Number": "12-00001-00009", "Buyer Name": "Greta Holm"}),
    ebay_table({"Shipped On Date": "Jan-15-26", "Buyer Email": "", "Total Price": "$25.00"}),
    said({"orders": [ebay_order(lastModifiedDate="2026-02-02T00:00:00Z", buyer={})]}),
    said([walmart_order()]),
    said([walmart_return()]),
    shopify_table({}, {"Lineitem name": "Rug", "Lineitem quantity": "2"}),
    shopify_table({"Total": "24.00", "Financial Status": "partially_refunded", "Refunded Amount": "4.00"}),
    # The same order cut in two between its rows: the second file has only its further row.
    shopify_table({"Lineitem name": "Rug", "Lineitem quantity": "2"}),
]


def _book_of(order: list[int]) -> list[Any]:
    with TemporaryDirectory() as folder, OrderBook.open(Path(folder) / "book.sqlite3") as book:
        for turn, place in enumerate(order):
            path = Path(folder) / f"{turn}.csv"
            path.write_text(_FILES[place], encoding="utf-8")
            assert import_file(book, path, today=TODAY).ok
        with book.write() as connection:
            connection.execute("UPDATE elsewhere SET file = (SELECT min(id) FROM file)")
            return sorted(connection.execute("SELECT * FROM elsewhere").fetchall())


@pytest.fixture(scope="module")
def in_order() -> list[Any]:
    return _book_of(list(range(len(_FILES))))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, len(_FILES) - 1), max_size=3), st.randoms(use_true_random=False))
def test_files_give_the_same_book_in_any_order_and_repeated(
    in_order: list[Any], again: list[int], shuffle: random.Random
) -> None:
    order = [*range(len(_FILES)), *again]
    shuffle.shuffle(order)

    assert _book_of(order) == in_order
