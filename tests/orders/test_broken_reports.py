"""Every kind of report, broken in every way: what is wrong is named by line or file, and nothing else is lost."""

from __future__ import annotations

import pytest

from aftercare.orders.imports import ImportResult
from aftercare.orders.imports.recognize import folded, rules
from orders.reports import KINDS, ORDER_IDS, number, report

# The column of the day without which a row means nothing, and one of each cell that may be left out.
DAYS = {
    "all_orders": "purchase-date", "fulfilled_shipments": "purchase-date", "fbm_orders": "purchase-date",
    "unshipped_orders": "purchase-date", "fba_returns": "return-date", "mfn_returns": "Return request date",
    "fba_replacements": "shipment-date", "settlement": "posted-date", "seller_feedback": "Date",
    "date_range": "date/time", "sale_report": "Date", "fba_reimbursements": "approval-date",
}  # fmt: skip
AMOUNTS = {
    "all_orders": "item-price", "fulfilled_shipments": "item-price", "fbm_orders": "item-price",
    "mfn_returns": "Refunded Amount", "settlement": "amount", "date_range": "product sales", "sale_report": "Amount",
}  # fmt: skip
COMMENTS = {"fba_returns": "customer-comments", "seller_feedback": "Comments"}

every_kind = pytest.mark.parametrize("kind", KINDS)


def two(kind: str, **first: str) -> str:
    """Two rows of two orders, the first of them with these cells."""
    return report(kind, {ORDER_IDS[kind]: number(1), **first}, {ORDER_IDS[kind]: number(2)})


def taken(result: ImportResult) -> int:
    return result.new + result.changed + result.unchanged + result.skipped


@every_kind
def test_only_a_header(drop, kind: str) -> None:
    result = drop(report(kind))

    assert (result.kind, result.rows, result.ok) == (kind, 0, True)


@every_kind
def test_a_header_that_lost_a_column_it_needs_is_not_taken_for_this_kind(drop, kind: str) -> None:
    rule = next(each for each in rules().reports if each.kind == kind)
    for field in rule.needs:
        names = {folded(name) for name in rule.columns[field]}
        result = drop(report(kind, {}, without=[column for column in KINDS[kind] if folded(column) in names]))

        assert result.kind != kind, field
        assert result.kind or (result.reason and result.next)


WRONG_DAYS = (
    "2099-01-02T00:00:00+00:00", "1899-12-30T00:00:00+00:00", "2026-02-30T00:00:00+00:00", "46050.4166", "yesterday",
)  # fmt: skip


@every_kind
def test_an_absurd_day_refuses_its_row_alone(drop, kind: str) -> None:
    result = drop(report(kind, *({DAYS[kind]: day} for day in WRONG_DAYS), {}), marketplace="US")

    assert (taken(result), [refusal.line for refusal in result.refused]) == (1, [2, 3, 4, 5, 6])
    assert not any(day in refusal.reason for day in WRONG_DAYS for refusal in result.refused)


WRONG_IDS = ("1.14E+16", "1,14464E+16", "90000000010007919", "ORDER-1", "900-0000001-00", "900-0000001-00079190", "")
# In these, a row without an order is ordinary: fees, transfers, lost stock.
ORDERLESS = {"date_range": 6, "fba_reimbursements": 0}


@every_kind
def test_an_order_number_that_is_none_refuses_its_row_alone(drop, kind: str) -> None:
    result = drop(report(kind, *({ORDER_IDS[kind]: each} for each in WRONG_IDS), {}), marketplace="US")

    wrong = ORDERLESS.get(kind, len(WRONG_IDS))
    assert [refusal.line for refusal in result.refused] == list(range(2, 2 + wrong))
    assert taken(result) == len(WRONG_IDS) + 1 - wrong
    assert all(refusal.reason.startswith("order id ") for refusal in result.refused)


WRONG_AMOUNTS = ("1e999", "12.34.56,78", "free", "9" * 40, "=1+1")


@pytest.mark.parametrize("kind", AMOUNTS)
def test_an_absurd_amount_costs_at_most_its_row_and_is_said(drop, kind: str) -> None:
    rows = [{AMOUNTS[kind]: amount, ORDER_IDS[kind]: number(place)} for place, amount in enumerate(WRONG_AMOUNTS, 1)]
    result = drop(report(kind, *rows, {ORDER_IDS[kind]: number(9)}), marketplace="US")

    assert taken(result) + result.refused_count == 6
    assert sorted(each.line for each in (*result.refused, *result.notes)) == [2, 3, 4, 5, 6]


@every_kind
def test_every_encoding(drop, kind: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp932"):
        assert taken(drop(two(kind).encode(encoding), marketplace="US")) == 2, encoding


@every_kind
def test_a_byte_of_another_encoding_costs_nothing(drop, kind: str) -> None:
    content = two(kind, note="Köln").encode() + two(kind, note="Nîmes").encode("cp1252").split(b"\n", 1)[1]
    result = drop(content, marketplace="US")

    assert (taken(result), result.refused) == (4, [])


@every_kind
def test_every_line_end(drop, kind: str) -> None:
    for end in ("\n", "\r\n", "\r"):
        assert taken(drop(report(kind, {}, {ORDER_IDS[kind]: number(9)}, end=end), marketplace="US")) == 2, repr(end)


@every_kind
def test_nul_bytes_and_empty_lines_are_passed_over(drop, kind: str) -> None:
    result = drop(two(kind).replace("\r\n", "\r\n\r\n").replace("900-", "9\x0000-", 2), marketplace="US")

    assert (taken(result), result.refused) == (2, [])


@pytest.mark.parametrize("delimiter", ["\t", ","])
@pytest.mark.parametrize(("kind", "column"), COMMENTS.items())
def test_a_newline_inside_a_comment(drop, kind: str, column: str, delimiter: str) -> None:
    comment = "came late\n\nand broken" if delimiter == "\t" else '"came, late\n\nand ""broken"""'
    result = drop(report(kind, {column: comment}, {ORDER_IDS[kind]: number(9)}, delimiter=delimiter), marketplace="US")

    assert (result.new, result.refused) == (2, [])


@every_kind
def test_a_line_too_long_to_be_a_row(drop, kind: str) -> None:
    header, first, second, _ = two(kind).split("\r\n")
    result = drop("\r\n".join([header, first, "x" * 300_000, second, ""]), marketplace="US")

    assert (taken(result), [refusal.line for refusal in result.refused]) == (2, [3])


@every_kind
def test_another_report_in_the_middle_of_the_file(drop, kind: str) -> None:
    other = report("fba_replacements" if kind != "fba_replacements" else "settlement", {})
    result = drop(two(kind) + other, marketplace="US")

    assert taken(result) >= 2
    assert all(refusal.line > 3 for refusal in result.refused)


@every_kind
def test_two_downloads_joined_by_hand(drop, kind: str) -> None:
    result = drop(two(kind) + two(kind), marketplace="US")

    assert taken(result) + result.refused_count == 5
    assert all(refusal.line == 4 for refusal in result.refused), "the second header at most"
