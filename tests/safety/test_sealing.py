"""Files of the first version lay in the open: each is sealed when it is first opened, whole or not at all."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from aftercare.cases import Desk, verify_audit
from aftercare.config import Home
from aftercare.errors import StoreError
from aftercare.orders.book import OrderBook
from aftercare.vault import sealed
from safety.conftest import lines_of
from safety.plain import forget_key, unseal, with_unmerged_pages

NAMES = (b"Ada Costa", b"Rang Ada about", b"Quiet Harbor")


@pytest.fixture
def old(filled: Home) -> Home:
    """The same home as an older version would have left it."""
    for path in (filled.book, filled.desk):
        unseal(path)
    forget_key(filled.folder)
    return filled


def bytes_of(home: Home) -> bytes:
    return b"".join(path.read_bytes() for path in home.folder.iterdir())


def test_an_old_book_and_desk_are_sealed_when_they_are_opened(old: Home) -> None:
    assert any(name in bytes_of(old) for name in NAMES)

    with OrderBook.open(old.book) as book, Desk.open(old) as desk:
        assert book.count() == 2
        assert verify_audit(desk).intact

    assert not any(name in bytes_of(old) for name in NAMES)
    with contextlib.closing(sealed.connect(old.book)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert not list(old.folder.glob("*.sealing*"))


def test_pages_that_were_not_merged_yet_are_sealed_too(old: Home) -> None:
    with_unmerged_pages(old.desk, "INSERT INTO notes (case_id, at, agent, text) VALUES (1, '', 'Ben', 'the last note')")

    with Desk.open(old) as desk:
        assert [row["text"] for row in desk.read("SELECT text FROM notes ORDER BY id")][-1] == "the last note"


def test_a_file_that_another_program_has_open_is_not_replaced(old: Home) -> None:
    with contextlib.closing(sqlite.connect(str(old.desk), isolation_level=None)) as other:
        other.execute("SELECT count(*) FROM notes").fetchall()
        with pytest.raises(StoreError) as refused:
            Desk.open(old)
        other.execute("DELETE FROM notes")

    assert refused.value.code == "desk_busy"
    with Desk.open(old) as desk:
        assert desk.read("SELECT * FROM notes") == []


@pytest.mark.skipif(os.name != "posix", reason="Processes are forked here.")
def test_several_processes_may_seal_at_once(old: Home) -> None:
    processes = [multiprocessing.get_context("fork").Process(target=lines_of, args=(old,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 4
    assert len(lines_of(old)) == 2


@pytest.mark.skipif(os.name != "posix", reason="Processes are forked here.")
@pytest.mark.parametrize("step", ["_copy", "_compare", "flush_folder"])
def test_a_kill_while_sealing_loses_nothing(old: Home, step: str) -> None:
    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def seal_and_die() -> None:
        setattr(sealed, step, die)
        OrderBook.open(old.book)

    process = multiprocessing.get_context("fork").Process(target=seal_and_die)
    process.start()
    process.join()

    assert process.exitcode == -signal.SIGKILL
    with OrderBook.open(old.book) as book:
        assert book.count() == 2
    assert not list(old.folder.glob("*.sealing*"))


def test_a_copy_that_is_not_whole_does_not_count(old: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose_a_row(connection: sqlite.Connection) -> None:
        connection.execute("DELETE FROM sealed.meta")
        compare(connection)

    compare = sealed._compare
    monkeypatch.setattr(sealed, "_compare", lose_a_row)

    with pytest.raises(StoreError) as refused:
        Desk.open(old)

    assert refused.value.code == "not_sealed"
    monkeypatch.undo()
    with Desk.open(old) as desk:
        assert verify_audit(desk).intact


def test_a_disk_that_refuses_the_copy_is_said(old: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed, "private", refuse)
    with pytest.raises(StoreError) as refused:
        OrderBook.open(old.book)
    monkeypatch.undo()

    assert refused.value.code == "store_unusable"
    assert len(lines_of(old)) == 2
