"""Files of channels that are wrong: each says what is wrong with it, and none costs a good order."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from orders.channels.conftest import Elsewhere
from orders.channels.exports import (
    EBAY,
    ebay_order,
    ebay_table,
    said,
    shopify_order,
    shopify_table,
    table,
    walmart_order,
    walmart_return,
    walmart_table,
)
from orders.conftest import TODAY, Drop

_LINE = json.dumps(walmart_order())

REFUSED = {
    "an order number that is empty": (walmart_table({"PO#": ""}, {}), "order number is empty"),
    "an order number of words": (walmart_table({"PO#": "see note"}, {}), "order number is not one"),
    "an eBay order without its number": (ebay_table({"Order Number": ""}, {}), "order number is empty"),
    "a name of Shopify that is empty": (shopify_table({"Total": "1", "Name": ""}, {}), "name (the order number)"),
    "a moment of Shopify that is none": (shopify_table({"Total": "1", "Created at": "soon"}, {}), "created at is not"),
    "a moment of Shopify to come": (
        shopify_table({"Total": "1", "Created at": "2199-01-01 10:00:00 +0000"}, {}), "created at lies in the future",
    ),
    "a row with too many cells": (walmart_table({"PO#": "1000000000002"}, {}).rstrip() + ',"more"', "more cells"),
    "an API's order without an id": (said([walmart_order(purchaseOrderId=""), walmart_order()]), "purchaseOrderId"),
    "a return of no order": (said([walmart_return(returnOrderLines=[{}]), walmart_return()]), "names no purchase"),
    "JSON that breaks off": (said([walmart_order(), walmart_order()])[:-40], "broken"),
    "lines of which one is broken": ("\n".join([_LINE, '{"purchaseOrderId": ', _LINE]), "JSON"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_refused_and_the_rest_is_kept(
    drop: Drop, elsewhere: Elsewhere, content: str, reason: str
) -> None:
    result = drop(content)

    assert result.refused_count == 1
    assert reason in result.refused[0].reason
    assert len(elsewhere()) == 1


LEFT_OUT = {
    "a negative total": (ebay_table({"Total Price": "-$5.00"}), "total"),
    "an absurd total": (ebay_table({"Total Price": "$99,999,999,999,999.00"}), "total"),
    "a total of words": (ebay_table({"Total Price": "free"}), "total"),
    "a day to come": (ebay_table({"Sale Date": "Jan-10-98"}), "placed"),
    "a day of no month": (ebay_table({"Sale Date": "2026-13-45"}), "placed"),
    "a quantity of words": (ebay_table({"Quantity": "some"}), "quantity"),
    "an API's day before the channel": (said([walmart_order(orderDate=1000)]), "orderDate"),
}


@pytest.mark.parametrize(("content", "field"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_cell_that_cannot_be_is_left_out_and_noted(
    drop: Drop, elsewhere: Elsewhere, content: str, field: str
) -> None:
    result = drop(content)

    assert result.ok
    assert any(field in each.reason for each in result.notes)
    assert len(elsewhere()) == 1


def test_a_table_without_a_needed_column_says_which(drop: Drop) -> None:
    columns = [column for column in EBAY if column != "Order Number"]

    assert "has no column order-number" in (drop(table(columns)).reason or "")


def test_a_file_that_ends_within_a_row_says_so(drop: Drop, elsewhere: Elsewhere) -> None:
    content = walmart_table({}, {"PO#": "1000000000002"}).rstrip()
    result = drop(content[: content.rindex("HB-PIL-BLU") - 60])

    assert result.refused_count == 1
    assert len(elsewhere()) == 1


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_nothing_that_stands_beside_good_orders_costs_them(data: st.DataObject) -> None:
    rubbish = data.draw(st.lists(st.text(max_size=60).filter(lambda each: '"' not in each), max_size=4))
    made = [ebay_table({}), walmart_table({}), shopify_table({})]
    content = data.draw(st.sampled_from(made)).rstrip() + "\r\n" + "\r\n".join(rubbish)

    assert _kept(content) >= 1


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([ebay_order, walmart_order, walmart_return, shopify_order]), st.data())
def test_odd_fields_of_one_order_cost_no_other(make: object, data: st.DataObject) -> None:
    good = make()  # type: ignore[operator]
    odd = dict(good)
    for field in data.draw(st.sets(st.sampled_from(sorted(good)), min_size=1)):
        odd[field] = data.draw(_JSON)

    assert _kept(json.dumps([good, odd])) >= 1


def _kept(content: str) -> int:
    """How many orders the book has after the file, which must be read without any other error than its own."""
    with TemporaryDirectory() as folder, OrderBook.open(Path(folder) / "book.sqlite3") as book:
        path = Path(folder) / "orders.csv"
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
        import_file(book, path, today=TODAY)
        with book.write() as connection:
            return int(connection.execute("SELECT count(*) FROM elsewhere").fetchone()[0])
