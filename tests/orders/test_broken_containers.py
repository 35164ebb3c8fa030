"""What a file can be before it is a report: packed, a folder, a device, a pipe, a bomb, a name that is no text."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file, import_paths
from orders.conftest import TODAY
from orders.reports import number, report


def good(*places: int) -> list[dict[str, str]]:
    return [{"amazon-order-id": number(place)} for place in places]


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_workbook_is_told_from_a_zip_of_reports(drop) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<xml/>")
    result = drop(packed.getvalue(), name="orders.xlsx")

    assert "is a spreadsheet" in (result.reason or "") and "as downloaded" in (result.next or "")


def test_a_file_that_is_not_there(book: OrderBook, tmp_path: Path) -> None:
    assert "no file" in (import_file(book, tmp_path / "absent.txt").reason or "")


def test_a_folder_handed_in_as_a_file(book: OrderBook, tmp_path: Path) -> None:
    assert "folder" in (import_file(book, tmp_path).reason or "")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have these")
def test_a_device_is_not_read(book: OrderBook) -> None:
    assert "is not a file" in (import_file(book, "/dev/zero").reason or "")


def test_a_bomb_is_not_unpacked(drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.orders.imports.content._FREE", 1 << 20)
    result = drop(gzip.compress(b"\0" * (8 << 20)), name="orders.txt.gz")

    assert result.kind is None and "far more" in (result.reason or "")


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_reports_are_read_as_downloaded(drop, pack: str) -> None:
    plain = report("all_orders", *good(1, 2)).encode()
    packed = io.BytesIO()
    if pack == "gz":
        packed.write(gzip.compress(plain))
    else:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("orders.txt", plain)
            archive.writestr("__MACOSX/._orders.txt", b"\0")

    assert drop(packed.getvalue(), name=f"orders.{pack}").new == 2


def test_folders_are_walked_and_hidden_files_left_out(book: OrderBook, tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "2026"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(report("all_orders", *good(1)), encoding="utf-8")
    (folder / ".hidden.txt").write_text(report("all_orders", *good(2)), encoding="utf-8")
    (folder / "note.txt").write_text("buy milk", encoding="utf-8")
    with zipfile.ZipFile(folder / "two.zip", "w") as archive:
        for place in (3, 4):
            archive.writestr(f"{place}.txt", report("all_orders", *good(place)))

    results = list(import_paths(book, [tmp_path / "reports"], today=TODAY))

    assert [result.kind for result in results] == ["all_orders", None, "all_orders", "all_orders"]
    assert book.count() == 3


@pytest.mark.skipif(os.name != "posix", reason="only POSIX names are bytes")
def test_a_name_that_is_no_text_is_still_told(book: OrderBook, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"report-\xff.txt")
    path.write_text(report("all_orders", {}), encoding="utf-8")
    result = import_file(book, path)

    assert result.new == 1
    assert result.path.encode()


def test_progress_ends_at_the_size_of_the_file(book: OrderBook, tmp_path: Path) -> None:
    path = tmp_path / "orders.txt"
    path.write_text(report("all_orders", *good(*range(1, 50))), encoding="utf-8")
    told: list[tuple[int, int]] = []
    import_file(book, path, progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def test_a_zip_within_a_zip_is_named_and_costs_no_other_file(book: OrderBook, tmp_path: Path) -> None:
    plain = report("all_orders", *good(1)).encode()
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(inner=zipped(orders=plain), orders=plain))
    inner, orders = import_paths(book, [path], today=TODAY)

    assert "zip within a zip" in (inner.reason or "") and "Unpack" in (inner.next or "")
    assert orders.new == 1


def test_a_gzip_within_a_zip_is_read(drop) -> None:
    assert drop(zipped(orders=gzip.compress(report("all_orders", *good(1)).encode())), name="orders.zip").new == 1


def test_a_bomb_within_a_zip_is_not_unpacked(drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.orders.imports.content._FREE", 1 << 20)
    result = drop(zipped(orders=gzip.compress(b"\0" * (8 << 20))), name="orders.zip")

    assert result.kind is None and "far more" in (result.reason or "")


def test_a_member_that_claims_to_be_huge_is_not_unpacked(drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.orders.imports.content._FREE", 1 << 20)
    result = drop(zipped(orders=b"\0" * (8 << 20)), name="orders.zip")

    assert result.kind is None and "far more" in (result.reason or "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_nobody_writes_into_is_not_waited_for(book: OrderBook, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "orders.txt").write_text(report("all_orders", *good(1)), encoding="utf-8")

    assert "is not a file" in (import_file(book, folder / "pipe.txt").reason or "")
    assert [result.new for result in import_paths(book, [folder], today=TODAY)] == [1]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on other systems")
def test_a_link_to_itself_is_said_and_links_in_a_circle_end(book: OrderBook, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "orders.txt").write_text(report("all_orders", *good(1)), encoding="utf-8")

    assert "cannot be read" in (import_file(book, folder / "itself.txt").reason or "")
    assert sum(result.new for result in import_paths(book, [folder], today=TODAY)) == 1


def test_a_zip_with_a_changed_byte_is_damaged(drop) -> None:
    packed = bytearray(zipped(orders=report("all_orders", *good(1)).encode() * 9))
    packed[60] ^= 0xFF
    result = drop(bytes(packed), name="orders.zip")

    assert result.kind is None and "damaged" in (result.reason or "")
