"""What can go wrong with the files of a home: each is said in a sentence with its code, and nothing is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from aftercare.cases import Desk, add_note, open_case, verify_audit
from aftercare.config import Home
from aftercare.errors import StoreError
from aftercare.knowledge import SupportProfiles
from aftercare.knowledge.support import SupportProfile
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.reviews.review import Review
from aftercare.vault import connect
from orders.reports import number, report
from safety.conftest import TODAY, lines_of

REVIEW = Review(id="R1FULL00000001", marketplace="US", asin="B0HARBOR01", stars=1, body="Flat.")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this test may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("Only the system's administrator may make a small disk to fill.")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def many(tmp_path: Path, count: int) -> Path:
    path = tmp_path / f"many{count}.txt"
    path.write_text(report("all_orders", *({"amazon-order-id": number(place + 10)} for place in range(count))))
    return path


def test_a_full_disk_stops_an_import_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    with OrderBook.open(small_disk / "book.sqlite3") as book:
        assert import_file(book, many(tmp_path, 10), today=TODAY).new == 10
        with pytest.raises(StoreError) as refused:
            import_file(book, many(tmp_path, 20_000), today=TODAY)
        assert book.count() == 10
        assert import_file(book, many(tmp_path, 12), today=TODAY).new == 2

    assert (refused.value.code, refused.value.next) == ("book_full", "Make room on the disk, then import again.")


def test_a_full_disk_stops_notes_and_profiles_and_loses_nothing(small_disk: Path) -> None:
    home = Home.at(small_disk / "home")
    profiles = SupportProfiles(home.support)
    profiles.set(SupportProfile(asin="B0HARBOR01", notes="kept"))
    with Desk.open(home) as desk:
        case = open_case(desk, REVIEW, "Anna")
        add_note(desk, case, "kept", "Anna")
        filler = small_disk / "filler"
        with pytest.raises(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
        with pytest.raises(StoreError) as refused:
            for _ in range(200):
                add_note(desk, case, "x" * 4000, "Anna")
        with pytest.raises(StoreError) as not_written:
            profiles.set(SupportProfile(asin="B0HARBOR01", notes="x" * 9000))
        assert verify_audit(desk).intact

        filler.unlink()
        add_note(desk, case, "after", "Anna")
        assert verify_audit(desk).intact
    assert refused.value.code == "desk_unusable"
    assert not_written.value.code == "store_unusable"
    assert [each.notes for each in profiles.list()] == ["kept"]


def test_a_full_disk_while_sealing_leaves_the_old_file(small_disk: Path, tmp_path: Path) -> None:
    from safety.plain import unseal

    home = Home.at(small_disk / "home")
    with OrderBook.open(home.book) as book:
        import_file(book, many(tmp_path, 500), today=TODAY)
    unseal(home.book)
    filler = small_disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)

    with pytest.raises(StoreError) as refused:
        OrderBook.open(home.book)
    filler.unlink()

    assert refused.value.code in ("book_full", "book_read_only", "book_unusable")
    with OrderBook.open(home.book) as book:
        assert book.count() == 500


@pytest.fixture
def read_only(filled: Home) -> Iterator[Home]:
    """A home that its user may only read."""
    if os.name == "posix" and os.geteuid() != 0:
        filled.folder.chmod(0o500)
        yield filled
        filled.folder.chmod(0o700)
        return
    mount = shutil.which("mount")
    bound = mount and subprocess.run([mount, "--bind", str(filled.folder), str(filled.folder)], capture_output=True)
    if not bound or bound.returncode:
        pytest.skip("The system's administrator may write anywhere, and cannot mount a folder read-only here.")
    subprocess.run(["mount", "-o", "remount,ro,bind", str(filled.folder)], check=True)
    yield filled
    subprocess.run(["umount", "-l", str(filled.folder)], check=True)


def test_a_home_that_may_only_be_read_is_said(read_only: Home, tmp_path: Path) -> None:
    for use, codes in (
        (lambda: import_into(read_only, many(tmp_path, 3)), {"book_read_only"}),
        (lambda: Desk.open(read_only), {"desk_unusable"}),
        (lambda: SupportProfiles(read_only.support).set(SupportProfile(asin="B0HARBOR01")), {"store_unusable"}),
    ):
        with pytest.raises(StoreError) as refused:
            use()
        assert refused.value.code in codes
        assert refused.value.next


def import_into(home: Home, path: Path) -> None:
    with OrderBook.open(home.book) as book:
        import_file(book, path, today=TODAY)


@pytest.mark.skipif(os.name != "posix", reason="Processes are forked here.")
def test_two_imports_at_once_are_both_there(home: Home, tmp_path: Path) -> None:
    files = [many(tmp_path, 300), tmp_path / "returns.txt"]
    files[1].write_text(report("fba_returns", *({"order-id": number(place + 10)} for place in range(300))))
    processes = [
        multiprocessing.get_context("fork").Process(target=import_into, args=(home, path)) for path in files * 2
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 4
    with OrderBook.open(home.book) as book:
        assert book.count() == 300
        order = book.order(number(10))
    assert order and len(order.returns) == 1


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut at a page": lambda data: data[: 4096 * 2],
    "cut in a page": lambda data: data[: len(data) // 2 + 777],
    "cut in the first page": lambda data: data[:1000],
    "a first page of zeros": lambda data: bytes(4096) + data[4096:],
    "a first page of another key": lambda data: os.urandom(4096) + data[4096:],
    "garbage": lambda data: os.urandom(len(data)),
    "a text": lambda data: b"order-id\tsku\n" * 500,
    "zeros": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("which", ["book", "desk"])
def test_a_damaged_database_is_said_and_left_as_it_is(filled: Home, which: str, name: str) -> None:
    path: Path = getattr(filled, which)
    damaged = DAMAGES[name](path.read_bytes())
    path.write_bytes(damaged)

    with pytest.raises(StoreError) as refused:
        if which == "book":
            with OrderBook.open(path) as book:
                book.order(number(1))
        else:
            with Desk.open(filled) as desk:
                desk.read("SELECT * FROM notes")

    assert refused.value.code in ("book_damaged", "book_unusable", "desk_unusable")
    assert refused.value.next
    assert path.read_bytes() == damaged
    assert not re.search("Ada|Costa|Harbor", f"{refused.value} {refused.value.detail}".replace(str(path), ""))


def test_a_page_of_zeros_in_the_middle_is_found_when_it_is_read(filled: Home) -> None:
    with contextlib.closing(connect(filled.desk)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'notes'").fetchone()[0]
    data = bytearray(filled.desk.read_bytes())
    data[(root - 1) * 4096 : root * 4096] = bytes(4096)
    filled.desk.write_bytes(data)

    with Desk.open(filled) as desk, pytest.raises(StoreError) as refused:
        desk.read("SELECT * FROM notes")
    assert refused.value.code == "desk_unusable"
    # What other pages hold can still be read, and saved.
    with Desk.open(filled) as desk:
        assert desk.read("SELECT count(*) AS n FROM cases")[0]["n"] == 1


def test_a_book_of_a_newer_version_is_left_alone(filled: Home) -> None:
    with contextlib.closing(connect(filled.book)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = filled.book.read_bytes()

    with pytest.raises(StoreError) as refused:
        OrderBook.open(filled.book)

    assert refused.value.code == "book_newer"
    assert filled.book.read_bytes() == before


def test_a_database_of_another_program_is_left_in_the_open(home: Home) -> None:
    with contextlib.closing(sqlite.connect(str(home.book))) as theirs, theirs:
        theirs.execute("CREATE TABLE theirs (x)")
    before = home.book.read_bytes()

    with pytest.raises(StoreError) as refused:
        OrderBook.open(home.book)

    assert refused.value.code == "book_foreign"
    assert home.book.read_bytes() == before


def test_a_book_that_another_program_writes_to_is_read_meanwhile(filled: Home) -> None:
    with contextlib.closing(connect(filled.book, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert lines_of(filled)
