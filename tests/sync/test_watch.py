"""A watched folder, in a real process: what is put there comes in once, when it is whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aftercare.config import Home
from aftercare.errors import InputError
from aftercare.orders.book import OrderBook
from aftercare.sync.folder import WatchedFolder
from sync.goods import ALL_ORDERS_TEXT, FBA_RETURNS_TEXT


class Watching:
    """A running `aftercare import --watch`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def result(self) -> dict[str, Any]:
        """The next result, as soon as there is one."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read() if self.process.stderr else ""
        return json.loads(line)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def started(home: Path, folder: Path) -> Iterator[Watching]:
    command = [sys.executable, "-m", "aftercare", "import", "--watch", str(folder), "--json", "--every", "0.05"]
    process = subprocess.Popen(
        [*command, "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "AFTERCARE_KEYS": "file"},
    )
    try:
        yield Watching(process)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "downloads"
    made.mkdir()
    return made


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to end a process with.")
def test_files_come_in_as_they_are_put_there_until_the_process_is_ended(tmp_path: Path, folder: Path) -> None:
    (folder / "orders.txt").write_text(ALL_ORDERS_TEXT)
    with started(tmp_path / "home", folder) as watching:
        assert (watching.result()["kind"], watching.process.poll()) == ("all_orders", None)

        (folder / "returns.txt.part").write_text("half a file")
        (folder / "touched.txt").write_text("no report")
        assert watching.result()["kind"] is None

        (folder / "returns.txt.part").write_text(FBA_RETURNS_TEXT)
        (folder / "returns.txt.part").rename(folder / "returns.txt")
        assert watching.result()["kind"] == "fba_returns"

        assert watching.stop(signal.SIGINT) == 0
    with OrderBook.open(Home.at(tmp_path / "home").book) as book:
        assert book.count() == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let a folder be removed while it is looked at.")
def test_a_folder_that_is_removed_is_waited_for(tmp_path: Path, folder: Path) -> None:
    with started(tmp_path / "home", folder) as watching:
        assert watching.process.stderr
        assert "Watching" in watching.process.stderr.readline()
        folder.rmdir()
        assert "gone" in watching.process.stderr.readline()

        folder.mkdir()
        (folder / "orders.txt").write_text(ALL_ORDERS_TEXT)

        assert watching.result()["new"] == 1
        assert watching.stop() == 0


def looks(watched: WatchedFolder) -> list[str]:
    return [path.name for path in watched.ready()]


def test_a_file_is_ready_when_it_has_stopped_growing(folder: Path) -> None:
    watched = WatchedFolder(folder)
    file = folder / "orders.txt"
    file.write_text("a")
    assert looks(watched) == []
    file.write_text("ab")
    assert looks(watched) == []

    assert looks(watched) == ["orders.txt"]


def test_a_file_that_was_taken_is_not_ready_again_before_its_content_changes(folder: Path) -> None:
    watched = WatchedFolder(folder)
    file = folder / "orders.txt"
    file.write_text("a")
    looks(watched)
    looks(watched)
    watched.taken(file)
    os.utime(file, (1, 1))
    again = [looks(watched), looks(watched)]
    file.write_text("b")
    looks(watched)

    assert again == [[], []]
    assert looks(watched) == ["orders.txt"]


def test_a_file_that_could_not_be_taken_stays_ready(folder: Path) -> None:
    watched = WatchedFolder(folder)
    (folder / "orders.txt").write_text("a")
    looks(watched)

    assert looks(watched) == looks(watched) == ["orders.txt"]


@pytest.mark.parametrize(
    "name", ["a.txt.crdownload", "a.CRDOWNLOAD", "a.part", "a.tmp", ".hidden.txt", "~$book.csv", ".trash/a.txt"]
)
def test_what_is_not_whole_or_hidden_is_left_alone(folder: Path, name: str) -> None:
    watched = WatchedFolder(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("a")
    looks(watched)

    assert looks(watched) == []


def test_a_placeholder_beside_its_partial_file_is_left_alone(folder: Path) -> None:
    watched = WatchedFolder(folder)
    for name in ("orders.txt", "orders.txt.part"):
        (folder / name).write_text("a")
    looks(watched)

    assert looks(watched) == []


def test_an_empty_file_waits_for_its_content(folder: Path) -> None:
    watched = WatchedFolder(folder)
    (folder / "orders.txt").touch()
    looks(watched)

    assert looks(watched) == []


def test_folders_within_are_watched_too(folder: Path) -> None:
    watched = WatchedFolder(folder)
    (folder / "2026").mkdir()
    (folder / "2026" / "orders.txt").write_text("a")
    looks(watched)

    assert looks(watched) == ["orders.txt"]


def test_a_folder_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        WatchedFolder(tmp_path / "nowhere")

    assert raised.value.code == "folder_missing"


def test_a_busy_book_is_waited_for(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from aftercare.cli.watch import _take
    from aftercare.errors import StoreError

    (folder / "orders.txt").write_text(ALL_ORDERS_TEXT)
    watched = WatchedFolder(folder)
    looks(watched)
    place = Home.at(tmp_path / "home").book
    opened = OrderBook.open

    def busy(*_: object, **__: object) -> OrderBook:
        raise StoreError("Another program is writing to the order book.", code="book_busy")

    monkeypatch.setattr(OrderBook, "open", busy)
    _take(watched, place, None, True, threading.Event())
    monkeypatch.setattr(OrderBook, "open", opened)
    _take(watched, place, None, True, threading.Event())

    with OrderBook.open(place) as book:
        assert book.count() == 1
