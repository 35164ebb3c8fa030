"""Real reports of sellers, with people replaced, which lie beside the repository and are not part of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file, import_paths

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "amazon-reports"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="The third-party samples are not beside this repository."),
]

READ = {
    "all_orders_us_2020.masked.txt": ("all_orders", "utf-8", "US", 13),
    "amazon_sale_report_india_2022.kaggle-head-with-promotion-ids.csv": ("sale_report", "utf-8", "IN", 9),
    "amazon_sale_report_india_2022.kaggle-subset-1001rows.csv": ("sale_report", "utf-8", "IN", 1001),
    "date_range_transactions_fr_2026.fixture.csv": ("date_range", "utf-8", "FR", 0),
    "settlement_v1_us_2015.masked.txt": ("settlement", "utf-8", None, 0),
    "fulfilled_shipments_jp_2017.masked.cp932.txt": ("fulfilled_shipments", "cp932", "JP", 17),
    "fulfilled_shipments_jp_2017.masked.utf8.txt": ("fulfilled_shipments", "utf-8", "JP", 17),
    "order_report_us_2017.masked.txt": ("fbm_orders", "utf-8", "US", 1),
    "unshipped_in_2025.masked.txt": ("unshipped_orders", "utf-8", "IN", 1),
    "fba_returns_us_2025.masked.txt": ("fba_returns", "utf-8", None, 1),
    "mfn_returns_us_2025.masked.txt": ("mfn_returns", "utf-8", None, 1),
    "settlement_v2_gb_2026.synthetic-fixture.txt": ("settlement", "utf-8", None, 1),
}


@pytest.mark.parametrize(("name", "expected"), READ.items(), ids=READ)
def test_a_sample_is_read(book: OrderBook, name: str, expected: tuple[str, str, str | None, int]) -> None:
    result = import_file(book, SAMPLES / name)

    assert (result.kind, result.encoding, result.marketplace, result.new) == expected
    assert result.refused == []


HEADERS = {
    "ALL_ORDERS": "all_orders", "GET_FLAT_FILE_ALL_ORDERS": "all_orders", "GET_FLAT_FILE_ARCHIVED": "all_orders",
    "FULFILLED": "fulfilled_shipments", "GET_AMAZON_FULFILLED": "fulfilled_shipments",
    "ACTIONABLE": "unshipped_orders", "GET_FLAT_FILE_ACTIONABLE": "unshipped_orders",
    "ORDER_REPORT": "fbm_orders", "GET_FLAT_FILE_ORDER_REPORT": "fbm_orders",
    "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS": "fba_returns",
    "GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPL": "fba_replacements",
    "MFN_RETURNS": "mfn_returns", "GET_FLAT_FILE_RETURNS": "mfn_returns",
    "GET_FBA_REIMBURSEMENTS": "fba_reimbursements", "SETTLEMENT": "settlement", "GET_V2_SETTLEMENT": "settlement",
    "GET_SELLER_FEEDBACK": "seller_feedback",
}  # fmt: skip


def test_every_header_is_recognised_as_a_report_without_rows(book: OrderBook) -> None:
    for result in import_paths(book, [SAMPLES / "headers"]):
        name = Path(result.path).name
        kind = next((kind for start, kind in HEADERS.items() if name.startswith(start)), None)
        assert (result.kind, result.rows) == (kind, 0), name


def test_both_encodings_of_one_file_say_the_same(book: OrderBook) -> None:
    import_file(book, SAMPLES / "fulfilled_shipments_jp_2017.masked.cp932.txt")
    again = import_file(book, SAMPLES / "fulfilled_shipments_jp_2017.masked.utf8.txt")

    assert again.unchanged == 17
    assert {refusal.line for refusal in again.notes} == set(range(4, 19)), "damaged item ids are said, line by line"


def test_a_split_shipment_is_one_line_with_two_pieces(book: OrderBook) -> None:
    import_file(book, SAMPLES / "fulfilled_shipments_jp_2017.masked.utf8.txt")

    (line,) = book.order("503-8919953-9771730").lines
    assert (line.quantity, line.purchased, line.city) == (2, date(2017, 6, 4), None)


def test_bare_quotes_and_placeholder_rows(book: OrderBook) -> None:
    import_file(book, SAMPLES / "all_orders_us_2020.masked.txt")

    assert '12" x 18"' in (book.order("114-7311999-3847511").lines[0].title or "")
    feedback = import_file(book, SAMPLES / "seller_feedback.airbyte-placeholder.txt")
    assert (feedback.kind, feedback.new, len(feedback.refused)) == ("seller_feedback", 0, 2)


def test_a_sale_report_says_what_became_of_each_order(book: OrderBook) -> None:
    import_file(book, SAMPLES / "amazon_sale_report_india_2022.kaggle-subset-1001rows.csv")
    window = {"marketplace": "IN", "first": date(2022, 1, 1), "last": date(2022, 12, 31)}
    with book.write() as connection:
        void = connection.execute("SELECT count(*) FROM line WHERE matchable = 0").fetchone()[0]
        asins = [asin for (asin,) in connection.execute("SELECT DISTINCT asin FROM line")]

    offered = book.candidates(asins, **window)
    assert len(offered) == 1001 - void > 800
    assert "Cancelled" not in {line.status for line in offered}
    assert {line.currency for line in offered} <= {"INR", None}
    assert min(line.purchased for line in offered) == date(2022, 3, 31)


def test_identifiers_that_no_order_can_have_are_refused_by_line(book: OrderBook) -> None:
    for name in ("fba_replacements.synthetic-fixture.txt", "date_range_transactions_us_2025.fixture.csv",
                 "all_orders_it_2017.scrubbed-in-source.txt"):  # fmt: skip
        result = import_file(book, SAMPLES / name)
        assert (result.new, [refusal.line for refusal in result.refused]) == (0, [2]), name
        assert result.refused[0].reason.startswith("order id ")


def test_a_fragment_without_its_last_columns_is_no_report(book: OrderBook) -> None:
    assert import_file(book, SAMPLES / "settlement_v2_de_2023.first-columns-fragment.txt").kind is None


def test_the_examples_of_end_user_data_are_known_and_not_kept(book: OrderBook) -> None:
    result = import_file(book, SAMPLES.parent / "sp-api" / "end_user_data_report.examples.json")

    assert (result.kind, result.new, result.refused) == ("end_user_data", 0, [])
