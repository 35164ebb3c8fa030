"""Reports that are known by name, so that a folder can be dropped whole, though none of their facts are an order's."""

from __future__ import annotations

import json

from aftercare.orders.book import OrderBook
from orders.reports import number, report


def test_reimbursements_are_no_fact_of_the_order(book: OrderBook, drop) -> None:
    result = drop(report("fba_reimbursements", {}, {"amazon-order-id": "", "reason": "Lost_Warehouse"}))

    assert (result.kind, result.skipped, result.refused) == ("fba_reimbursements", 2, [])
    assert book.order(number(1)) is None


def test_reimbursements_teach_which_sku_is_which_asin(book: OrderBook, drop) -> None:
    drop(report("fulfilled_shipments", {}))
    assert book.order(number(1)).lines[0].asin is None
    drop(report("fba_reimbursements", {}))

    assert book.order(number(1)).lines[0].asin == "B0HARBOR01"


def test_a_reimbursement_with_a_damaged_day_is_refused_by_line(drop) -> None:
    result = drop(report("fba_reimbursements", {"approval-date": "46050.3"}, {}))

    assert ([refusal.line for refusal in result.refused], result.skipped) == ([2], 1)


PERSON = {
    "fullName": "Ada Costa",
    "mailingAddress": {"city": "Köln", "postalCode": "50667", "countryCode": "DE"},
    "primaryEmail": "ada@example.com",
    "asinMetrics": [{"startDate": "2026-01-01", "asin": "B0HARBOR01", "pageViews": 3}],
}


def test_end_user_data_is_counted_and_not_kept(book: OrderBook, drop) -> None:
    content = {"reportSpecification": {"reportType": "END_USER_DATA_REPORT"}, "endUserData": [PERSON, PERSON]}
    result = drop(json.dumps(content), name="end-users.json")

    assert (result.kind, result.rows, result.skipped, result.refused) == ("end_user_data", 2, 2, [])
    assert b"ada@example.com" not in book.path.read_bytes()


def test_a_broken_record_of_end_user_data_is_refused_by_number(drop) -> None:
    result = drop(json.dumps({"endUserData": [PERSON, {"fullName": "Ada Costa"}]}), name="end-users.json")

    assert (result.skipped, [refusal.line for refusal in result.refused]) == (1, [2])
