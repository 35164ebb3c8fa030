"""The key of a folder: drawn once, never replaced under data that need it, and every loss of it said in words."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from aftercare.config import Home
from aftercare.errors import StoreError
from aftercare.orders.book import OrderBook
from aftercare.vault import Vault
from safety.conftest import lines_of
from safety.keyrings import Memory


class Broken(Memory):
    """One whose system fails in a way that the keyring package does not foresee."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ZeroDivisionError


def refusal(folder: Path) -> StoreError:
    with pytest.raises(StoreError) as refused:
        Vault.of(folder)
    assert refused.value.next
    return refused.value


def test_the_key_goes_into_the_keyring_where_there_is_one(tmp_path: Path, ring: Memory) -> None:
    vault = Vault.of(tmp_path)

    assert vault.place == "keyring"
    assert not (tmp_path / "vault.key").exists()
    assert Vault.of(tmp_path).key == vault.key


def test_a_locked_keyring_is_said_and_draws_no_second_key(tmp_path: Path, ring: Memory) -> None:
    vault = Vault.of(tmp_path)
    ring.locked = True

    assert refusal(tmp_path).code == "key_missing"
    ring.locked = False
    assert Vault.of(tmp_path).key == vault.key


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring(), Broken()], ids=["absent", "silent", "broken"])
def test_without_a_keyring_that_works_the_key_is_a_file(tmp_path: Path, ring: Memory, backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)

    vault = Vault.of(tmp_path)

    assert vault.place == "file"
    assert Vault.of(tmp_path).key == vault.key


@pytest.mark.skipif(os.name != "posix", reason="Windows has other means to keep files private.")
def test_only_its_user_can_open_the_files_of_the_key(tmp_path: Path) -> None:
    Vault.of(tmp_path)

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_many_that_begin_at_once_agree_on_one_key(tmp_path: Path) -> None:
    keys = set()
    threads = [threading.Thread(target=lambda: keys.add(Vault.of(tmp_path).key)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(keys) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vault.json", "vault.key"]


def test_a_key_whose_description_was_never_written_is_the_key(tmp_path: Path) -> None:
    vault = Vault.of(tmp_path)
    (tmp_path / "vault.json").unlink()

    assert Vault.of(tmp_path).key == vault.key


def test_no_second_key_is_drawn_where_sealed_data_lie(filled: Home) -> None:
    (filled.folder / "vault.json").unlink()
    key = (filled.folder / "vault.key").rename(filled.folder.parent / "away")
    filled.desk.unlink()

    assert refusal(filled.folder).code == "key_missing"
    key.rename(filled.folder / "vault.key")
    assert lines_of(filled)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"version": 1}', '{"version": 1, "name": 3, "key": "file"}', "[" * 100_000]
)
def test_a_damaged_description_is_said_and_left_as_it_is(filled: Home, text: str) -> None:
    path = filled.folder / "vault.json"
    path.write_text(text)

    assert refusal(filled.folder).code == "vault_damaged"
    assert path.read_text() == text


def test_a_description_of_a_newer_version_is_left_alone(filled: Home) -> None:
    path = filled.folder / "vault.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 2}))

    assert refusal(filled.folder).code == "vault_newer"


@pytest.mark.parametrize(("text", "code"), [("", "key_missing"), ("xyz", "key_missing"), ("ab" * 32, "key_changed")])
def test_another_key_is_told_from_none(filled: Home, text: str, code: str) -> None:
    (filled.folder / "vault.key").write_text(text)

    with pytest.raises(StoreError) as refused:
        OrderBook.open(filled.book)

    assert refused.value.code == code


def test_the_description_holds_nothing_of_the_key(tmp_path: Path) -> None:
    vault = Vault.of(tmp_path)

    assert vault.key.hex()[:8] not in (tmp_path / "vault.json").read_text()
    assert vault.key.hex()[:8] not in repr(vault)
    assert vault.derived("one") != vault.derived("other") != vault.key
