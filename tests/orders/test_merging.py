"""Many reports, one book: whatever the order of imports, however often, in one file or in several."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.orders.imports.channels.elsewhere import ElsewhereOrder, ElsewhereWriter, Item
from aftercare.orders.order import BuyerMessage
from orders.conftest import STORES, TODAY, emptied
from orders.reports import Row, number, report

File = tuple[str, tuple[Row, ...]]
_EVENTS = {
    "returned": "order_id, sku, key, as_of, day, quantity, reason, status, comment, received, claim",
    "refunded": "order_id, sku, key, as_of, item, origin, day, amount, currency",
    "feedback": "order_id, key, as_of, day, stars, comment, response",
    "replaced": "order_id, sku, key, as_of, day, replacement_order_id, reason",
    "message": "message_id, order_id, at, kind, text, buyer_key, asin, marketplace, reason",
    "elsewhere": "channel, order_id, as_of, placed, status, total, refunded, currency, name, email, username, items",
    "product": "*",
    "refund_period": "*",
    "line": "*",
    "sighting": "*",
}

TABLES = ("revision", "file", "title", "reading", "merged", "sighting", "product", "returned", "refunded",
          "refund_period", "feedback", "replaced", "message", "elsewhere", "name_code")  # fmt: skip
ON_BOTH = True


def content(book: OrderBook) -> dict[str, list[tuple]]:
    """All facts of the book, without what only tells of the imports themselves."""
    with book.write() as connection:
        return {
            table: sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
            for table, columns in _EVENTS.items()
        }


Where = Callable[[Path], str | Path]
"""Gives the place of an empty book, in a folder that is empty too."""


@pytest.fixture(params=STORES)
def where(request: pytest.FixtureRequest) -> Where:
    if request.param == "sqlite":
        return lambda folder: folder / "book.sqlite3"
    url = emptied(request.getfixturevalue("postgres"))
    return lambda folder: without_rows(url)


def without_rows(url: str) -> str:
    """The address of a book, after its tables were emptied, which takes far less time than making them anew."""
    OrderBook.open(url).close()
    with psycopg.connect(url) as connection:
        for table in reversed(TABLES):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("INSERT INTO revision VALUES (0, 0)")
    return url


def book_of(files: Iterable[File], where: Where) -> dict[str, list[tuple]]:
    with tempfile.TemporaryDirectory() as folder, OrderBook.open(where(Path(folder))) as book:
        for place, (kind, rows) in enumerate(files):
            path = Path(folder) / f"{place}.txt"
            path.write_text(report(kind, *rows), encoding="utf-8")
            import_file(book, path, marketplace="US", today=TODAY)
        found = content(book)
        assert book.count() == len(found["line"])
        return found


moments = st.sampled_from(["2026-01-12T09:00:00+00:00", "2026-01-12T08:00:00-07:00", "2026-01-14T09:00:00+00:00", ""])
orders = st.sampled_from([number(1), number(2)])
skus = st.sampled_from(["HB-PIL-BLU", "HB-PIL-RED"])


def row(**fields: st.SearchStrategy[str]) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({}, optional={name.replace("_", "-"): value for name, value in fields.items()})


all_orders = row(
    amazon_order_id=orders,
    sku=skus,
    last_updated_date=moments,
    order_status=st.sampled_from(["Pending", "Unshipped", "Shipped", "Cancelled"]),
    quantity=st.sampled_from(["", "0", "1", "2"]),
    item_price=st.sampled_from(["", "19.90", "25.00"]),
    ship_city=st.sampled_from(["", "Salem", "Dover"]),
    asin=st.sampled_from(["", "B0HARBOR01", "B0HARBOR02"]),
    product_name=st.sampled_from(["", "Pillow", "Harbor Pillow"]),
)
shipments = row(
    amazon_order_id=orders,
    sku=skus,
    reporting_date=moments,
    amazon_order_item_id=st.sampled_from(["", "10000000000001", "10000000000002", "5.8E+13"]),
    shipment_item_id=st.sampled_from(["", "D1", "D2"]),
    quantity_shipped=st.sampled_from(["1", "3"]),
    buyer_name=st.sampled_from(["", "Ada Costa", "Adam Costa"]),
)
fbm = row(
    order_id=orders,
    sku=skus,
    payments_date=moments,
    order_item_id=st.sampled_from(["10000000000001", "20000000000002"]),
    recipient_name=st.sampled_from(["", "Hugo Holm"]),
)
unshipped = row(order_id=orders, sku=skus, reporting_date=moments)
fba_returns = row(
    order_id=orders,
    license_plate_number=st.sampled_from(["", "LPN1", "LPN2"]),
    customer_comments=st.sampled_from(["", "flat", "torn"]),
)
settlements = row(
    order_id=orders, amount=st.sampled_from(["-5.00", "-19.90"]), adjustment_id=st.sampled_from(["A", "B"])
)
feedback = st.fixed_dictionaries(
    {"Date": st.just("2026-01-20"), "Order ID": orders, "Rating": st.sampled_from(["1", "4"])}
)

mfn_returns = st.fixed_dictionaries(
    {"Order ID": orders},
    optional={
        "Amazon RMA ID": st.sampled_from(["RMA1", "RMA2"]),
        "Return delivery date": st.sampled_from(["", "26-Jan-2026"]),
        "Refunded Amount": st.sampled_from(["", "19.90"]),
    },
)
replacements = st.fixed_dictionaries(
    {"original-amazon-order-id": orders, "replacement-amazon-order-id": st.sampled_from([number(91), number(92)])}
)
date_ranges = st.fixed_dictionaries(
    {"order id": orders, "product sales": st.sampled_from(["-5.00", "-19.90"])},
    optional={"sku": skus, "date/time": st.sampled_from(["28 Jan 2026 10:00:00 UTC", "2 Feb 2026 10:00:00 UTC"])},
)
sales = st.fixed_dictionaries(
    {"Order ID": orders}, optional={"SKU": skus, "Qty": st.sampled_from(["0", "2"]), "Amount": st.just("120")}
)
reimbursements = st.fixed_dictionaries(
    {"amazon-order-id": orders, "reimbursement-id": st.sampled_from(["7001", "7002"])}
)

files: st.SearchStrategy[File] = st.one_of(
    *(
        st.tuples(st.just(kind), st.lists(rows, min_size=1, max_size=4).map(tuple))
        for kind, rows in {
            "all_orders": all_orders,
            "fulfilled_shipments": shipments,
            "fbm_orders": fbm,
            "unshipped_orders": unshipped,
            "fba_returns": fba_returns,
            "settlement": settlements,
            "seller_feedback": feedback,
            "mfn_returns": mfn_returns,
            "fba_replacements": replacements,
            "date_range": date_ranges,
            "sale_report": sales,
            "fba_reimbursements": reimbursements,
        }.items()
    )
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(files, min_size=1, max_size=4), st.data())
def test_the_order_and_repetition_of_imports_do_not_matter(
    where: Where, imports: list[File], data: st.DataObject
) -> None:
    again = data.draw(st.permutations([*imports, *data.draw(st.lists(st.sampled_from(imports), max_size=2))]))

    assert book_of(again, where) == book_of(imports, where)


moments_of_messages = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3), timezones=st.just(UTC))
messages = st.builds(
    BuyerMessage,
    order_id=orders,
    at=moments_of_messages.map(lambda moment: moment.replace(hour=0, minute=0, second=0, microsecond=0)),
    kind=st.sampled_from(["buyer", "return_request"]),
    text=st.sampled_from([None, "Where is it?", "Where is my order?"]),
    source=st.sampled_from(["a.eml", "b.mbox"]),
    message_id=st.sampled_from(["", "<1@mail>", "<2@mail>"]),
    buyer_key=st.sampled_from([None, "quietharbor7@marketplace.amazon.com"]),
    reason=st.sampled_from([None, "Defective"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(messages, min_size=1, max_size=6), st.data())
def test_messages_say_the_same_in_any_order(where: Where, told: list[BuyerMessage], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*told, *data.draw(st.lists(st.sampled_from(told), max_size=3))]))

    assert book_with(where, lambda book: book.record_messages(again)) == book_with(
        where, lambda book: [book.record_messages([each]) for each in told]
    )


sold_elsewhere = st.builds(
    ElsewhereOrder,
    channel=st.sampled_from(["ebay", "shopify"]),
    order_id=st.sampled_from(["11-1", "11-2"]),
    as_of=st.sampled_from(["", "2026-01-14T22:25:26Z", "2026-02-14T22:25:26Z"]),
    placed=st.sampled_from([None, "2026-01-10"]),
    status=st.sampled_from([None, "paid", "shipped"]),
    total=st.sampled_from([None, Decimal("19.90"), Decimal("21.00")]),
    refunded=st.sampled_from([None, Decimal("5.00"), Decimal("10.00")]),
    name=st.sampled_from([None, "Ada Costa", "A. Costa"]),
    email=st.sampled_from([None, "ada@example.com"]),
    items=st.lists(st.builds(Item, sku=skus, quantity=st.sampled_from([None, 1, 2])), max_size=2).map(tuple),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(sold_elsewhere, min_size=1, max_size=5), st.data())
def test_orders_elsewhere_are_the_same_in_any_order(
    where: Where, told: list[ElsewhereOrder], data: st.DataObject
) -> None:
    again = data.draw(st.permutations([*told, *data.draw(st.lists(st.sampled_from(told), max_size=3))]))

    assert book_with(where, partial(put_elsewhere, told=again)) == book_with(where, partial(put_elsewhere, told=told))


def put_elsewhere(book: OrderBook, told: list[ElsewhereOrder]) -> None:
    with book.write() as connection:
        connection.execute("INSERT INTO file VALUES (1, 'a.json', 'd', 'shopify', 'utf-8', '2026-03-01')")
        for each in told:
            ElsewhereWriter(connection, 1).put(each)


def book_with(where: Where, write: Callable[[OrderBook], object]) -> dict[str, list[tuple]]:
    with tempfile.TemporaryDirectory() as folder, OrderBook.open(where(Path(folder))) as book:
        write(book)
        return content(book)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(orders, skus), min_size=2, max_size=8, unique=True), st.integers(1, 7))
def test_one_file_or_two_make_the_same_book(where: Where, keys: list[tuple[str, str]], cut: int) -> None:
    rows = tuple({"amazon-order-id": order, "sku": sku} for order, sku in keys)
    halves = [("all_orders", part) for part in (rows[:cut], rows[cut:]) if part]

    assert book_of(halves, where) == book_of([("all_orders", rows)], where)


def test_an_older_file_never_overwrites_newer_facts(book: OrderBook, drop) -> None:
    old = {"last-updated-date": "2026-01-11T00:00:00+00:00", "order-status": "Unshipped"}
    drop(report("all_orders", {}))
    result = drop(report("all_orders", old))

    assert (result.changed, result.unchanged) == (0, 1)
    assert book.order(number(1)).lines[0].status == "Shipped"


def test_a_line_once_merged_stays_one(book: OrderBook, drop) -> None:
    drop(report("all_orders", {}, {"product-name": ""}))
    drop(report("all_orders", {"quantity": ""}))
    drop(report("all_orders", {}, {}))

    assert [line.line for line in book.order(number(1)).lines] == [1, 2] and book.count() == 2


def test_a_row_that_a_file_repeats_is_told_once(book: OrderBook, drop) -> None:
    later = {"reporting-date": "2026-01-20T00:00:00+00:00"}
    drop(report("fulfilled_shipments", {}, later, {}, later))

    assert book.count() == 1


def test_an_offset_does_not_make_a_moment_newer(book: OrderBook, drop) -> None:
    drop(report("all_orders", {"last-updated-date": "2026-01-12T09:00:00+00:00", "order-status": "Shipped"}))
    drop(report("all_orders", {"last-updated-date": "2026-01-12T17:00:00+09:00", "order-status": "Unshipped"}))

    assert book.order(number(1)).lines[0].status == "Shipped"


def test_an_empty_cell_never_wipes_a_filled_one(book: OrderBook, drop) -> None:
    drop(report("fulfilled_shipments", {}))
    later = {"buyer-name": "", "recipient-name": "", "reporting-date": "2026-02-01T00:00:00+00:00"}
    assert drop(report("fulfilled_shipments", later)).changed == 1

    assert book.order(number(1)).lines[0].buyer == "Ada Costa"


def test_reports_add_up_and_each_fact_knows_its_file(book: OrderBook, drop) -> None:
    drop(report("fulfilled_shipments", {"quantity-shipped": "1", "ship-city": "SALEM"}), name="shipments.txt")
    drop(report("all_orders", {"quantity": "2"}), name="orders.txt")

    (line,) = book.order(number(1)).lines
    assert (line.quantity, line.buyer, line.asin, line.city) == (2, "Ada Costa", "B0HARBOR01", "Salem")
    sources = book.fact_source(number(1), "HB-PIL-BLU", 1)
    assert {name: sources[name] for name in ("quantity", "asin", "buyer", "shipped")} == {
        "quantity": "orders.txt",
        "asin": "orders.txt",
        "buyer": "shipments.txt",
        "shipped": "shipments.txt",
    }
    assert line.source("buyer") == "shipments.txt"


def test_an_update_counts_what_changed(book: OrderBook, drop) -> None:
    rows = [{"amazon-order-id": number(place)} for place in range(1, 6)]
    drop(report("all_orders", *rows))
    rows[2] |= {"order-status": "Shipped - Delivered to Buyer", "last-updated-date": "2026-01-20T00:00:00+00:00"}
    result = drop(report("all_orders", *rows, {"amazon-order-id": number(6)}))

    assert (result.new, result.changed, result.unchanged) == (1, 1, 4)


def test_a_pending_order_fills_up_later(book: OrderBook, drop) -> None:
    pending = {"order-status": "Pending", "item-status": "", "quantity": "", "item-price": "", "currency": "",
               "last-updated-date": "2026-01-10T09:30:00+00:00"}  # fmt: skip
    drop(report("all_orders", pending))
    assert drop(report("all_orders", {})).changed == 1
    assert drop(report("all_orders", pending)).unchanged == 1

    assert book.order(number(1)).lines[0].status == "Shipped"
    assert book.count() == 1


def test_the_revision_grows_only_with_changes(book: OrderBook, drop) -> None:
    drop(report("all_orders", {}))
    before = book.revision()
    drop(report("all_orders", {}))
    assert book.revision() == before
    drop(report("all_orders", {"amazon-order-id": number(2)}))
    assert book.revision() > before


@pytest.mark.parametrize("today", [date(2026, 3, 1), date(2031, 3, 1)])
def test_a_future_day_depends_on_the_day_of_import(drop, today: date) -> None:
    result = drop(report("all_orders", {"purchase-date": "2026-03-20T00:00:00+00:00"}), today=today)

    assert (result.new == 1) == (today.year == 2031)


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_equal_rows_are_numbered_through_the_file_however_it_is_cut(
    book: OrderBook, drop, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("aftercare.orders.imports.files._ROWS_AT_ONCE", at_once)
    pair = [{"amazon-order-id": number(1)}, {"amazon-order-id": number(2)}]
    drop(report("all_orders", *pair, *pair[:1], *pair, *pair[:1]))

    assert [line.line for line in book.order(number(1)).lines] == [1, 2, 3, 4]
    assert [line.line for line in book.order(number(2)).lines] == [1, 2]
