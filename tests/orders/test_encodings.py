from __future__ import annotations

import pytest

from aftercare.orders.book import OrderBook
from orders.reports import number, report

TOWNS = {
    "utf-8": ("utf-8", "utf-8", "Köln", {}),
    "with a mark": ("utf-8-sig", "utf-8-sig", "Köln", {}),
    "a European report": ("cp1252", "cp1252", "Nîmes – Gard", {}),
    "German alone": ("cp1252", "cp1252", "Tönning", {"recipient-name": "Jürgen Groß"}),
    "a Japanese report": ("cp932", "cp932", "東京都", {"product-name": "やかん", "sales-channel": "Amazon.co.jp"}),
    "Japanese without kana": ("cp932", "cp932", "東京都", {"sales-channel": "Amazon.co.jp"}),
    "a spreadsheet's": ("utf-16", "utf-16", "Köln", {}),
    "without its mark": ("utf-16-le", "utf-16-le", "Köln", {}),
}


@pytest.mark.parametrize(("written", "told", "town", "more"), TOWNS.values(), ids=TOWNS)
def test_the_encoding_is_found_and_told(book: OrderBook, drop, written, told, town, more) -> None:
    result = drop(report("fulfilled_shipments", {"ship-city": town, **more}), encoding=written)

    assert (result.encoding, result.new) == (told, 1)
    assert book.order(number(1)).lines[0].city == town


def test_one_broken_byte_does_not_spoil_the_rest(book: OrderBook, drop) -> None:
    text = report("fulfilled_shipments", {"ship-city": "Köln"}, {"amazon-order-id": number(2), "ship-city": "@"})
    result = drop(text.encode().replace(b"@\t", "Nîmes".encode("cp1252") + b"\t"))

    assert (result.encoding, result.new) == ("utf-8+cp1252", 2)
    assert [book.order(number(place)).lines[0].city for place in (1, 2)] == ["Köln", "Nîmes"]


def test_a_sign_cut_in_two_by_the_end_of_a_block_is_whole(
    book: OrderBook, drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aftercare.orders.imports.content.BLOCK", 7)
    drop(report("fulfilled_shipments", {"ship-city": "Öööö 東京都東京都"}))

    assert book.order(number(1)).lines[0].city == "Öööö 東京都東京都"
