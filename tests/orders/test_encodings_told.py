"""Code pages are told by the stores and the letters; where they cannot be, it is said."""

from __future__ import annotations

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports.code_pages import code_page
from orders.reports import number, report

PAGES = {
    "Polish": ("cp1250", "Białystok", {"sales-channel": "Amazon.pl"}),
    "Turkish": ("cp1254", "Beşiktaş", {"sales-channel": "Amazon.com.tr"}),
    "Arabic": ("cp1256", "القاهرة", {"sales-channel": "Amazon.eg"}),
    "an old Mac's": ("mac_roman", "Lüneburg", {}),
    "Japanese of a Unix": ("euc_jp", "さいたま市", {"sales-channel": "Amazon.co.jp"}),
}


@pytest.mark.parametrize(("page", "town", "more"), PAGES.values(), ids=PAGES)
def test_the_code_page_of_a_store_is_found(book: OrderBook, drop, page: str, town: str, more: dict[str, str]) -> None:
    result = drop(report("fulfilled_shipments", {"ship-city": town, **more}), encoding=page)

    assert (result.encoding, result.notes) == (page, [])
    assert book.order(number(1)).lines[0].city == town


def test_german_letters_in_a_polish_report_do_not_hide_it() -> None:
    towns = "Białystok Köln Düsseldorf Zürich Gdańsk"

    assert code_page(f"Amazon.pl\t{towns}\t".encode("cp1250")) == ("cp1250", False)


def test_a_polish_store_among_french_orders_changes_nothing() -> None:
    towns = "Œuvre à Orléans Crème brûlée Forêt Besançon Hyères Évêque"

    assert code_page(f"Amazon.pl\t{towns}\t".encode("cp1252")) == ("cp1252", False)


@pytest.mark.parametrize("town", ["Château-d’Œx", "Besançon", "A Coruña", "Århus", "Škofja", "L’Haÿ", "10 € – «½»"])
def test_western_letters_stay_western_whatever_the_store(town: str) -> None:
    for store in (b"Amazon.pl", b"Amazon.com.tr", b"Amazon.eg", b"Amazon.fr"):
        assert code_page(store + b"\t" + town.encode("cp1252") + b"\t") == ("cp1252", False)


def test_letters_that_may_be_wrong_are_noted(drop) -> None:
    result = drop(
        report("fulfilled_shipments", {"ship-city": "Pawłowice", "recipient-name": "Michał"}), encoding="cp1250"
    )

    assert result.new == 1
    assert any("letters" in note.reason for note in result.notes)


def test_a_sign_cut_off_by_the_end_of_the_file_spoils_no_other(book: OrderBook, drop) -> None:
    text = report("fulfilled_shipments", {"ship-city": "Köln"})
    drop(text.encode() + b"\xc3")

    assert book.order(number(1)).lines[0].city == "Köln"


def test_zeros_between_cells_are_left_out(book: OrderBook, drop) -> None:
    assert drop(report("all_orders", {"product-name": "Mug"}).replace("\t", "\t\x00")).new == 1
    assert book.order(number(1)).lines[0].title == "Mug"
