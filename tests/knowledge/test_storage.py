"""The file of the support profiles: whole or untouched, and its user's alone."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from aftercare.errors import StoreError
from aftercare.knowledge import AtomicStorage

TABLES = {"profiles": {"1": {"asin": "B0TESTTEST", "notes": "größer"}}}


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    AtomicStorage(tmp_path / "support.json").write(TABLES)

    assert AtomicStorage(tmp_path / "support.json").read() == TABLES


def test_the_file_is_for_a_person_to_read(tmp_path: Path) -> None:
    AtomicStorage(tmp_path / "support.json").write(TABLES)

    assert '"notes": "größer"' in (tmp_path / "support.json").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX systems")
def test_only_its_user_can_open_it_even_where_the_old_file_was_open_to_all(tmp_path: Path) -> None:
    path = tmp_path / "support.json"
    path.write_text("{}", encoding="utf-8")
    path.chmod(0o644)

    AtomicStorage(path).write(TABLES)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_left_beside_it(tmp_path: Path) -> None:
    AtomicStorage(tmp_path / "support.json").write(TABLES)

    assert [each.name for each in tmp_path.iterdir()] == ["support.json"]


@pytest.mark.parametrize("content", ["", "  \n"])
def test_an_empty_file_holds_nothing_yet(tmp_path: Path, content: str) -> None:
    (tmp_path / "support.json").write_text(content, encoding="utf-8")

    assert AtomicStorage(tmp_path / "support.json").read() is None


@pytest.mark.parametrize(
    "content",
    [
        b'{"profiles": {"1": {"asin": "B0TESTTEST"}}}tail',
        b'{"profiles": {"1": {"asin"',
        b'["profiles"]',
        b'{"profiles": []}',
        b'{"profiles": {"one": {}}}',
        b'{"profiles": {"1": "text"}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
    ids=["tail", "half", "list", "table", "number", "document", "binary", "deep"],
)
def test_a_damaged_file_is_refused_and_kept_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "support.json"
    path.write_bytes(content)

    with pytest.raises(StoreError) as refused:
        AtomicStorage(path).read()

    assert refused.value.code == "store_damaged"
    assert path.read_bytes() == content


def test_a_write_that_fails_leaves_the_old_file_and_no_scrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "support.json"
    AtomicStorage(path).write(TABLES)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError):
        AtomicStorage(path).write({"profiles": {}})

    assert json.loads(path.read_text(encoding="utf-8")) == TABLES
    assert [each.name for each in tmp_path.iterdir()] == ["support.json"]


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "synced").mkdir()
    (tmp_path / "support.json").symlink_to(tmp_path / "synced" / "support.json")

    AtomicStorage(tmp_path / "support.json").write(TABLES)

    assert (tmp_path / "support.json").is_symlink()
    assert (tmp_path / "synced" / "support.json").exists()
