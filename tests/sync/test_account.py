"""Where the keys of an account are kept, and that they come back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend

from aftercare.config import Home
from aftercare.errors import NotFoundError, StoreError
from aftercare.sync.account import Account, Accounts


class Memory(KeyringBackend):
    """A keyring that keeps what it is given until the test ends."""

    priority = 0.1  # type: ignore[assignment]

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.delenv("AFTERCARE_KEYS", raising=False)
    before = keyring.get_keyring()
    memory = Memory()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def test_a_keyring_is_used_where_there_is_one(home: Home, account: Account, ring: Memory) -> None:
    assert Accounts(home).keep(account) == "keyring"
    assert Accounts(home).of("eu") == account
    assert not (home.folder / "accounts.sqlite3").exists()


def test_forgetting_empties_the_keyring(home: Home, account: Account, ring: Memory) -> None:
    accounts = Accounts(home)
    accounts.keep(account)
    kept = [value for value in ring.kept.values() if account.refresh_token in value]

    assert len(kept) == 1
    assert accounts.forget("eu")
    assert not any(account.refresh_token in value for value in ring.kept.values())


def test_without_a_keyring_a_sealed_file_keeps_it(home: Home, account: Account) -> None:
    assert Accounts(home).keep(account) == "file"

    assert Accounts(home).known() == (account,)
    assert account.client_secret.encode() not in (home.folder / "accounts.sqlite3").read_bytes()


def test_each_region_has_its_own_keys(home: Home, account: Account) -> None:
    accounts = Accounts(home)
    american = replace(account, region="na", marketplaces=("US",), client_id="other")
    accounts.keep(account)
    accounts.keep(american)
    accounts.keep(replace(account, client_id="newer"))

    assert accounts.known() == (american, replace(account, client_id="newer"))
    assert (accounts.forget("na"), accounts.forget("na")) == (True, False)


def test_a_missing_account_is_said_with_the_next_step(home: Home) -> None:
    with pytest.raises(NotFoundError) as raised:
        Accounts(home).of("fe")

    assert "aftercare sync setup" in raised.value.next


def test_a_damaged_file_is_said_in_a_sentence(home: Home, account: Account) -> None:
    Accounts(home).keep(account)
    (home.folder / "accounts.sqlite3").write_bytes(b"damaged" * 1000)

    with pytest.raises(StoreError) as raised:
        Accounts(home).known()

    assert raised.value.code == "account_unreadable"
