"""Packed files that are no reports are told by what they are, cost no other file, and fill neither memory nor time."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_paths
from aftercare.orders.imports.content import contents
from orders.conftest import TODAY
from orders.reports import number, report


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


PLAIN = report("all_orders", {"amazon-order-id": number(1)}).encode()


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_an_unusual_member_costs_no_other(book: OrderBook, tmp_path: Path, method: int) -> None:
    packed = io.BytesIO(zipped({"odd.txt": PLAIN}, method))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("plain.txt", PLAIN)
    path = tmp_path / "both.zip"
    path.write_bytes(packed.getvalue())
    odd, plain = import_paths(book, [path], today=TODAY)

    assert "no downloaded report" in (odd.reason or "") and odd.path.endswith("odd.txt")
    assert plain.new == 1


PACKED = {
    "a gzip in a gzip": (gzip.compress(gzip.compress(PLAIN)), "is a gzip within a gzip"),
    "a zip in a gzip": (gzip.compress(zipped({"a.txt": PLAIN})), "is a zip within a gzip"),
    "xz": (lzma.compress(PLAIN), "is packed as .xz"),
    "bzip2": (bz2.compress(PLAIN), "is packed as .bz2"),
    "an empty zip": (zipped({}), "no file"),
    "an open spreadsheet": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        "is a spreadsheet",
    ),
    "a text document": (zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "is a text document"),
}


@pytest.mark.parametrize(("content", "said"), PACKED.values(), ids=PACKED)
def test_what_is_packed_is_told_by_what_it_is(book: OrderBook, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "orders.bin"
    path.write_bytes(content)
    (result,) = import_paths(book, [path], today=TODAY)

    assert said in (result.reason or "") and result.next


def test_far_too_many_members_are_refused_at_once(book: OrderBook, tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(zipped({f"{place}.txt": b"x" for place in range(1_001)}))
    (result,) = import_paths(book, [path], today=TODAY)

    assert "more than 1,000 files" in (result.reason or "")


def test_the_list_of_a_zip_is_read_once_for_all_its_members(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    path.write_bytes(zipped({"1.txt": b"a", "2.txt": b"b"}))
    first, second = contents(path)

    assert first.archive is second.archive is not None
    assert [b"".join(block for block, _ in each.blocks()) for each in (first, second, first)] == [b"a", b"b", b"a"]


def test_members_that_together_unpack_to_too_much_are_not_unpacked(drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.orders.imports.content._FREE", 1 << 20)
    result = drop(zipped({f"{place}.txt": b" " * (1 << 20) for place in range(3)}), name="orders.zip")

    assert "far more" in (result.reason or "")


def test_a_mail_folder_without_mails_is_called_so(book: OrderBook, tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / "Inbox" / part).mkdir(parents=True)
    (result,) = import_paths(book, [tmp_path / "Inbox"], today=TODAY)

    assert "mail folder without mails" in (result.reason or "")


PAGES = {
    "<!DOCTYPE html>\n<html><form action='/ap/signin'></form></html>": "web page, not a report; it asks to sign in",
    '<?xml version="1.0"?>\n<AmazonEnvelope></AmazonEnvelope>': "is XML",
}


@pytest.mark.parametrize("text", PAGES)
def test_markup_is_called_so(drop, text: str) -> None:
    assert PAGES[text] in (drop(text).reason or "")


def test_a_table_cut_by_bars_is_read(drop) -> None:
    assert drop(report("all_orders", {"product-name": "Mug"}).replace("\t", "|")).new == 1
