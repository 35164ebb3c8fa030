"""Whatever a file holds, an import ends in a result, and good rows around bad ones are kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import ImportResult, import_file
from orders.conftest import TODAY
from orders.reports import KINDS, ORDER_IDS, number, report

TABLES = ("line", "returned", "refunded", "feedback", "replaced")


def imported(content: bytes) -> tuple[ImportResult, set[str]]:
    """What came of a file with this content, and the orders of which the book knows anything."""
    with tempfile.TemporaryDirectory() as folder, OrderBook.open(Path(folder) / "book.sqlite3") as book:
        path = Path(folder) / "report.txt"
        path.write_bytes(content)
        result = import_file(book, path, today=TODAY, marketplace="US")
        known = " UNION ".join(f"SELECT order_id FROM {table}" for table in TABLES)
        with book.write() as connection:
            return result, {order for (order,) in connection.execute(known)}


cells = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "5.8E+13", "1,5", "-1", "2026-01-10", "31/12/2030", '"', "=1+1", "\x00", "null", "Amazon.com"]
    ),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_any_cells_end_in_a_result(kind: str, data: st.DataObject) -> None:
    row = {column: data.draw(cells) for column in data.draw(st.sets(st.sampled_from(sorted(KINDS[kind])), max_size=5))}
    result, _ = imported(report(kind, row, {}, row).encode("utf-8", "replace"))

    assert result.rows == result.new + result.changed + result.unchanged + result.skipped + result.refused_count


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(sorted(KINDS)), st.integers(0, 600))
def test_any_bytes_end_in_a_result(junk: bytes, kind: str, place: int) -> None:
    whole = report(kind, {}, {}).encode()

    imported(whole[:place] + junk + whole[place:])
    imported(junk)


bad_lines = st.one_of(
    st.text(st.characters(blacklist_characters="\n\r\t\x00", blacklist_categories=["Cs"]), max_size=30),
    st.sampled_from(["\t", "\t" * 60, "1.1E+16\t\t\t", '"', '""', '"\t"', "900-", "x" * 150_000]),
)


# Of reimbursements the book keeps nothing, so that none of their rows can be missed in it.
KEPT = sorted(set(KINDS) - {"fba_reimbursements"})


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KEPT), st.sampled_from("\t,;"), st.lists(st.tuples(st.integers(0, 9), bad_lines), max_size=6))
def test_bad_lines_cost_no_good_row(kind: str, delimiter: str, bad: list[tuple[int, str]]) -> None:
    usual = {column: f'"{cell}"' if "," in cell else cell for column, cell in KINDS[kind].items()}
    rows = ((usual if delimiter != "\t" else {}) | {ORDER_IDS[kind]: number(n)} for n in range(10))
    header, *lines = report(kind, *rows, delimiter=delimiter, end="\n").splitlines()
    for place, line in bad:
        lines.insert(place, line)
    result, kept = imported("\n".join([header, *lines, ""]).encode())

    assert kept == {number(place) for place in range(10)}
    assert len(result.refused) <= len(bad)
