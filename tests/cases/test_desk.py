"""The desk's file: whole transactions, private, and honest about what is wrong with it."""

from __future__ import annotations

import os
import threading

import pytest

from aftercare.cases import Desk, verify_audit
from aftercare.config import Home
from aftercare.errors import StoreError
from aftercare.vault import connect


@pytest.mark.skipif(os.name != "posix", reason="Windows has other means to keep files private.")
def test_only_its_user_can_open_its_files(desk: Desk, home: Home) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in home.folder.iterdir()}

    assert modes["desk.sqlite3"] == 0o600
    assert set(modes.values()) == {0o600}


def test_an_error_inside_a_change_undoes_all_of_it(desk: Desk) -> None:
    before = verify_audit(desk)

    with pytest.raises(RuntimeError), desk.write() as writing:
        writing.run("INSERT INTO meta VALUES ('half', 'done')")
        writing.record("test", "half_done", "trail")
        raise RuntimeError

    assert desk.read("SELECT * FROM meta WHERE name = 'half'") == []
    assert verify_audit(desk) == before


def test_it_is_the_same_desk_when_opened_again(home: Home) -> None:
    with Desk.open(home) as first:
        instance = first.instance
    with Desk.open(home) as second:
        assert second.instance == instance


def test_a_file_of_a_newer_version_is_left_alone(home: Home) -> None:
    Desk.open(home).close()
    with connect(home.desk) as file:
        file.execute("PRAGMA user_version = 99")

    with pytest.raises(StoreError) as refused:
        Desk.open(home)

    assert refused.value.code == "desk_newer"


@pytest.mark.parametrize("contents", [b"this is no database, but a text that somebody put here" * 30, b"\0" * 5000])
def test_a_file_that_is_no_database_is_named_and_kept(home: Home, contents: bytes) -> None:
    home.desk.write_bytes(contents)

    with pytest.raises(StoreError) as refused:
        Desk.open(home)

    assert refused.value.code == "desk_unusable"
    assert home.desk.read_bytes() == contents


def test_an_empty_file_becomes_a_desk(home: Home) -> None:
    home.desk.touch()

    with Desk.open(home) as desk:
        assert verify_audit(desk).intact


def test_many_threads_write_one_after_the_other_and_lose_nothing(desk: Desk) -> None:
    def work(number: int) -> None:
        for step in range(10):
            with desk.write() as writing:
                writing.record(f"thread {number}", "step", "trail", step=step)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert verify_audit(desk).intact
    assert verify_audit(desk).entries == 1 + 4 * 10


def test_two_processes_may_open_a_new_desk_at_once(home: Home) -> None:
    errors = []

    def open_() -> None:
        try:
            Desk.open(home).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=open_) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    with Desk.open(home) as desk:
        assert verify_audit(desk).intact


def test_a_disk_that_is_full_is_said_and_loses_nothing(desk: Desk) -> None:
    pages = desk.read("PRAGMA page_count")[0][0]
    desk.read(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(StoreError) as refused, desk.write() as writing:
        writing.run("INSERT INTO meta VALUES ('long', ?)", ("x" * 100_000,))

    assert refused.value.code == "desk_unusable"
    assert verify_audit(desk).intact
