"""The keys of a seller's account at Amazon, one set for each region: in the system's keyring, or sealed in a file.

They are kept where the key of the data folder is kept (`vault/`). Without a keyring they lie in a database that only
its user can open and that is encrypted with the folder's key, as the order book is.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare.config import Home, private
from aftercare.errors import NotFoundError, StoreError
from aftercare.rules.marketplaces import marketplaces
from aftercare.sync.regions import Region
from aftercare.vault import Vault, connect, ring

REGIONS: tuple[Region, ...] = ("na", "eu", "fe")


@dataclass(frozen=True, slots=True)
class Account:
    """An application that a seller has authorized for their own account.

    client_id, client_secret: of the application (Login with Amazon); refresh_token: of the authorization; marketplaces:
    two letters each, those the seller sells in.
    """

    region: Region
    marketplaces: tuple[str, ...]
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


class Accounts:
    """The accounts of one data folder."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._file = home.folder / "accounts.sqlite3"

    def known(self) -> tuple[Account, ...]:
        """All accounts. Raises StoreError (`account_unreadable`)."""
        return tuple(found for found in map(self._find, REGIONS) if found)

    def of(self, region: Region) -> Account:
        """The account of a region. Raises NotFoundError (`account_missing`), StoreError (`account_unreadable`)."""
        found = self._find(region)
        if found is None:
            raise NotFoundError(
                f"No account at Amazon is set up for the region {region.upper()}.",
                code="account_missing",
                next="Set it up first: aftercare sync setup --marketplace US (or another of that region).",
            )
        return found

    def keep(self, account: Account) -> str:
        """Stores an account in place of its region's former one; returns where: `keyring` or `file`."""
        text = json.dumps(
            {
                "client_id": account.client_id,
                "client_secret": account.client_secret,
                "refresh_token": account.refresh_token,
                "marketplaces": account.marketplaces,
            }
        )
        vault = Vault.of(self._home.folder)
        if vault.place == "keyring" and _into_keyring(_name(vault, account.region), text):
            self._drop_from_file(account.region)
            return "keyring"
        with self._database() as database:
            database.execute("INSERT OR REPLACE INTO account VALUES (?, ?)", (account.region, text))
        return "file"

    def forget(self, region: Region) -> bool:
        """Removes an account; returns whether there was one."""
        there = self._text(region) is not None
        vault = Vault.of(self._home.folder)
        if vault.place == "keyring":
            ring.remove(_name(vault, region))
        self._drop_from_file(region)
        return there

    def _find(self, region: Region) -> Account | None:
        text = self._text(region)
        if text is None:
            return None
        try:
            told: dict[str, Any] = json.loads(text)
            keys = {name: told[name] for name in ("client_id", "client_secret", "refresh_token")}
            codes = tuple(code for code in told["marketplaces"] if code in marketplaces())
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(
                "The keys of the account at Amazon cannot be read.",
                code="account_unreadable",
                next="Set the account up again: aftercare sync setup.",
            ) from error
        return Account(region, codes, **keys)

    def _text(self, region: Region) -> str | None:
        vault = Vault.of(self._home.folder)
        found = ring.get(_name(vault, region)) if vault.place == "keyring" else None
        if found is None and self._file.exists():
            with self._database() as database:
                row = database.execute("SELECT text FROM account WHERE region = ?", (region,)).fetchone()
                found = row[0] if row else None
        return found

    def _drop_from_file(self, region: Region) -> None:
        if self._file.exists():
            with self._database() as database:
                database.execute("DELETE FROM account WHERE region = ?", (region,))

    @contextlib.contextmanager
    def _database(self) -> Iterator[sqlite.Connection]:
        try:
            database = connect(private(self._file), isolation_level=None, timeout=10.0)
            try:
                database.execute("PRAGMA secure_delete = ON")
                database.execute("CREATE TABLE IF NOT EXISTS account (region TEXT PRIMARY KEY, text TEXT NOT NULL)")
                yield database
            finally:
                database.close()
        except (sqlite.DatabaseError, OSError) as error:
            raise StoreError(
                "The file with the keys of the account at Amazon cannot be used.",
                code="account_unreadable",
                next="Move accounts.sqlite3 away and set the account up again: aftercare sync setup.",
                path=str(self._file),
            ) from error


def _name(vault: Vault, region: Region) -> str:
    return f"{vault.name}/amazon/{region}"


def _into_keyring(name: str, text: str) -> bool:
    # Loading the backends takes long, so it waits until one is needed.
    import keyring

    # Backends are other people's programs and raise whatever their system raises; each of these means "no".
    with contextlib.suppress(Exception):
        keyring.set_password(ring.SERVICE, name, text)
        return keyring.get_password(ring.SERVICE, name) == text
    return False
