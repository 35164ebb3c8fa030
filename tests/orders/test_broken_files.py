"""Each broken file costs what is broken in it, by line and reason, and nothing else."""

from __future__ import annotations

import gzip

import pytest

from aftercare.errors import InputError
from aftercare.orders.book import OrderBook
from orders.reports import KINDS, number, report


def good(*places: int) -> list[dict[str, str]]:
    return [{"amazon-order-id": number(place)} for place in places]


def lines(*rows: dict[str, str]) -> list[str]:
    return report("all_orders", *rows, end="\n").splitlines()


def test_a_bad_row_is_refused_by_line_and_reason(book: OrderBook, drop) -> None:
    result = drop(report("all_orders", *good(1), {"amazon-order-id": "1.14E+16"}, *good(3)))

    assert (result.rows, result.new) == (3, 2)
    assert [refusal.line for refusal in result.refused] == [3]
    assert "order id was rounded by a spreadsheet" in result.refused[0].reason


BAD_CELLS = {
    "no order id": ({"amazon-order-id": ""}, "order id is empty"),
    "an order id of another kind": ({"amazon-order-id": "12345"}, "order id is not an Amazon order id"),
    "a day to come": ({"purchase-date": "2031-05-06T00:00:00+00:00"}, "purchased lies in the future"),
    "a day too long ago": ({"purchase-date": "1970-01-01T00:00:00+00:00"}, "purchased lies before Amazon"),
    "no day at all": ({"purchase-date": "soon"}, "purchased is not a date"),
    "a day no calendar has": ({"purchase-date": "2026-02-30T00:00:00+00:00"}, "purchased is not a date"),
}


@pytest.mark.parametrize(("row", "reason"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_what_makes_a_row_useless_refuses_it(book: OrderBook, drop, row: dict[str, str], reason: str) -> None:
    result = drop(report("all_orders", row, *good(2)))

    assert (result.new, result.refused[0].line) == (1, 2)
    assert reason in result.refused[0].reason


LEFT_OUT = {
    "price": ("all_orders", {"item-price": "gratis"}, "price is not an amount"),
    "quantity": ("fbm_orders", {"quantity-purchased": "-1"}, "quantity is not a number"),
    "shipped": ("fulfilled_shipments", {"shipment-date": "2199-01-01T00:00:00+00:00"}, "shipped lies in the future"),
    "arrival": ("fulfilled_shipments", {"estimated-arrival-date": "1899-12-30"}, "estimated delivery lies before"),
    "received": ("mfn_returns", {"Return delivery date": "99-Foo-2026"}, "received is not a date"),
}


@pytest.mark.parametrize(("kind", "row", "reason"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_other_wrong_cells_are_left_out_and_said(drop, kind: str, row: dict[str, str], reason: str) -> None:
    result = drop(report(kind, row))

    assert (result.new, result.refused) == (1, [])
    assert (result.notes[0].line, reason in result.notes[0].reason) == (2, True)


def test_a_reason_never_quotes_the_cell(drop) -> None:
    secret = "Ada Costa, 1 Quay"
    result = drop(report("all_orders", {"amazon-order-id": secret}, {"purchase-date": secret}, {"item-price": secret}))

    assert secret not in str(result.to_json()["refused"]) + str(result.to_json()["notes"])


def test_bare_quotes_in_tab_files_are_data(book: OrderBook, drop) -> None:
    result = drop(report("all_orders", {"product-name": '"Best" pillow 12"'}, *good(2, 3)))

    assert result.new == 3
    assert book.order(number(1)).lines[0].title == '"Best" pillow 12"'


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_re_save_by_a_spreadsheet_is_quoted(book: OrderBook, drop, delimiter: str) -> None:
    title = '"Harbor Pillow, 12"" x 18""; Blue"'
    result = drop(report("all_orders", {"product-name": title}, delimiter=delimiter), name="orders.csv")

    assert result.new == 1
    assert book.order(number(1)).lines[0].title == 'Harbor Pillow, 12" x 18"; Blue'


def test_a_tab_file_saved_by_a_spreadsheet_is_unwrapped(book: OrderBook, drop) -> None:
    drop(report("all_orders", {"product-name": '"Pillow, 12"" x 18"""'}), encoding="utf-16")

    assert book.order(number(1)).lines[0].title == 'Pillow, 12" x 18"'


def test_a_tab_file_whose_header_is_quoted_is_a_re_save(book: OrderBook, drop) -> None:
    text = "\r\n".join(
        "\t".join(f'"{cell}"' for cell in line.split("\t")) for line in lines({"product-name": "Pillow"})
    )
    drop(text)

    assert book.order(number(1)).lines[0].title == "Pillow"


def test_an_order_id_that_a_spreadsheet_wrapped_is_read(book: OrderBook, drop) -> None:
    drop(report("all_orders", {"amazon-order-id": f'"=""{number(1)}"""', "product-name": ""}, delimiter=","))

    assert book.order(number(1)) is not None


def test_a_quote_never_closed_costs_only_its_row(book: OrderBook, drop) -> None:
    rows = [
        {"product-name": '"never closed'},
        *({"amazon-order-id": number(n), "product-name": "x"} for n in range(2, 99)),
    ]
    result = drop(report("all_orders", *rows, delimiter=","))

    assert result.new + len(result.refused) == 98
    assert result.new >= 97


def test_inch_marks_in_a_naive_comma_file_cost_no_row(book: OrderBook, drop) -> None:
    rows = [{"amazon-order-id": number(place), "product-name": 'Pillow 12" wide'} for place in range(1, 9)]

    assert drop(report("all_orders", *rows, delimiter=",")).new == 8


def test_a_newline_inside_a_comment_does_not_cut_the_row(book: OrderBook, drop) -> None:
    text = report("seller_feedback", {"Comments": "Came late\nand nobody answered"}, {"Order ID": number(2)})
    result = drop(text, marketplace="US")

    assert (result.new, result.refused) == (2, [])
    assert book.order(number(1)).feedback[0].comment == "Came late\nand nobody answered"


def test_a_newline_in_the_last_column_belongs_to_its_comment(book: OrderBook, drop) -> None:
    text = report("fba_returns", {"customer-comments": "too flat\nand too hard"}, {"order-id": number(2)})
    result = drop(text)

    assert (result.new, result.refused) == (2, [])
    assert book.order(number(1)).returns[0].comment == "too flat\nand too hard"


def test_rows_without_their_trailing_tabs_are_whole(drop) -> None:
    header, row = lines({})

    assert drop("\n".join([header, row.rstrip("\t"), ""])).new == 1


def test_a_row_cut_off_by_the_end_of_the_file_is_refused(drop) -> None:
    header, first, second = lines(*good(1, 2))
    result = drop("\n".join([header, first, second[:60]]))

    assert (result.new, result.refused[0].line) == (1, 3)
    assert "ends in the middle" in result.refused[0].reason


def test_a_file_without_a_last_newline_is_whole(drop) -> None:
    assert drop("\n".join(lines(*good(1, 2)))).new == 2


def test_too_many_cells_are_refused(drop) -> None:
    header, first, second = lines(*good(1, 2))
    result = drop("\n".join([header, first + "\tmore\tand more", second, ""]))

    assert (result.new, result.refused[0].line) == (1, 2)


def test_a_line_of_fifty_megabytes_is_refused_alone(drop) -> None:
    header, first, second = lines(*good(1, 2))
    result = drop("\n".join([header, first, "x" * 50_000_000, second, ""]))

    assert (result.new, [refusal.line for refusal in result.refused]) == (2, [3])


def test_nul_bytes_are_dropped(book: OrderBook, drop) -> None:
    header, first = lines({"ship-city": "Sa\x00lem"})
    drop("\n".join([header, first, ""]))

    assert book.order(number(1)).lines[0].city == "Salem"


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_a_carriage_return_inside_a_cell_is_data(drop, delimiter: str) -> None:
    row = {"product-name": "Harbor\rPillow"}

    assert drop(report("all_orders", row, *good(2), delimiter=delimiter, end="\n")).new == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_every_kind_of_line_end(drop, end: str) -> None:
    assert drop(report("all_orders", *good(1, 2), end=end)).new == 2


def test_blank_lines_and_a_preamble_are_passed_over(drop) -> None:
    header, first = lines({})

    assert drop("\n".join(["All orders", "", "sep=\t", header, "", first, "", ""])).new == 1


def test_only_a_header_is_a_report_without_rows(drop) -> None:
    result = drop(report("all_orders"))

    assert (result.kind, result.rows, result.ok) == ("all_orders", 0, True)


UNREADABLE = {
    "nothing": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "a page": b"<!doctype html><html><body>Sign in</body></html>",
    "another table": b"name\tcolor\tsize\nkettle\tred\t3\n",
    "half a gzip": gzip.compress(report("all_orders", {}).encode() * 50)[:-9],
    "half a zip": b"PK\x03\x04 and then nothing",
    "noise": bytes(range(1, 256)) * 100,
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_report_is_said_and_changes_nothing(book: OrderBook, drop, content: bytes) -> None:
    result = drop(content)

    assert (result.kind, book.count()) == (None, 0)
    assert result.reason and result.next
    assert result.to_json()["kind"] is None


def test_a_report_that_lost_a_column_is_told_which(drop) -> None:
    result = drop(report("all_orders", {}, without=["asin"]))

    assert result.kind is None and "looks like All Orders, but has no column asin" in (result.reason or "")


def test_an_unknown_marketplace_is_refused(drop) -> None:
    with pytest.raises(InputError, match="no Amazon marketplace"):
        drop(report("all_orders", {}), marketplace="XX")


def test_the_json_is_that_of_the_contract(drop) -> None:
    told = drop(report("all_orders", *good(1), {"amazon-order-id": ""})).to_json()

    assert {"path", "kind", "encoding", "marketplace", "rows", "new", "changed", "unchanged", "refused"} <= told.keys()
    assert told["refused"] == [{"line": 3, "reason": "order id is empty"}]
    assert (told["rows"], told["new"], told["encoding"]) == (2, 1, "utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_recognised_and_read_again_without_change(drop, kind: str) -> None:
    first, second = drop(report(kind, {}), marketplace="US"), drop(report(kind, {}), marketplace="US")

    assert (first.kind, first.new + first.skipped, first.refused) == (kind, 1, [])
    assert (second.new, second.changed, second.unchanged) == (0, 0, first.new)
