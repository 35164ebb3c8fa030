"""The key of a data folder: 32 random bytes, drawn once, kept in the system's keyring or in a file beside the data.

`vault.json` in the folder says which, and under which name; it holds nothing secret. A system without a keyring (a
server, a container) gets the file `vault.key`, which only its user can open: whoever can read all files of this user
can then read the data too. `AFTERCARE_KEYS=file` asks for the file where there is a keyring.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from aftercare.config import flush_folder
from aftercare.errors import StoreError
from aftercare.vault import ring
from aftercare.vault.signs import sealed_files

_BYTES = 32
_RESTORE = "or restore a backup: aftercare restore FILE."
Place = Literal["keyring", "file"]


@dataclass(frozen=True, slots=True)
class Vault:
    """The key of one data folder, and where it is kept."""

    folder: Path
    name: str
    place: Place
    key: bytes

    def __repr__(self) -> str:
        # A key must not end in a log because something that holds it was printed.
        return f"Vault({str(self.folder)!r}, {self.name!r}, {self.place!r})"

    @classmethod
    def of(cls, folder: Path) -> Vault:
        """The vault of a folder; it is made where there is none.

        Raises StoreError (`key_missing`, `key_changed`, `vault_damaged`, `key_unusable`).
        """
        told = _described(folder)
        return _opened(folder, told) if told else _made(folder)

    @classmethod
    def there(cls, folder: Path) -> bool:
        """Whether the folder has a vault."""
        return (folder / "vault.json").exists()

    @classmethod
    def put(cls, folder: Path, key: bytes) -> Vault:
        """Gives a folder without a vault the key of another, as a restored backup needs it.

        Raises StoreError (`key_unusable`) where neither a keyring nor the folder takes it.
        """
        return _kept_as_new(folder, key)

    def discard(self) -> None:
        """Takes the key out of the keyring again, where a folder that was put a key is not kept."""
        if self.place == "keyring":
            ring.remove(self.name)

    def derived(self, purpose: str) -> bytes:
        """32 bytes for one purpose, from which neither the key nor those of another purpose can be computed."""
        return hmac.new(self.key, f"aftercare/{purpose}".encode(), hashlib.sha256).digest()


def _made(folder: Path) -> Vault:
    """A vault for a folder that has none. Data that are sealed already must never be given a second key."""
    left = _key_in_file(folder)
    if left is None and sealed_files(folder):
        told = _described(folder)
        if told:
            # Another process made the vault and sealed the data while this one looked.
            return _opened(folder, told)
        raise StoreError(
            "The data are encrypted, and the file that says where their key is kept is missing.",
            code="key_missing",
            next=f"Put vault.json back into the data folder, {_RESTORE}",
            path=str(folder),
        )
    # A key without its description was left by a process that ended in between, or vault.json was lost: it is the key.
    return _kept_as_new(folder, left or secrets.token_bytes(_BYTES), in_file=left is not None)


def _kept_as_new(folder: Path, key: bytes, *, in_file: bool = False) -> Vault:
    name = secrets.token_hex(8)
    place: Place = "file" if in_file or not ring.put(name, key) else "keyring"
    try:
        if place == "file" and not in_file:
            key = _written_or_there(folder, key)
        told = {"version": 1, "name": name, "key": place, "check": _check(key)}
        _write_new(folder / "vault.json", json.dumps(told) + "\n")
    except FileExistsError:
        # Another process made the vault at the same moment; its key is the one that counts.
        if place == "keyring":
            ring.remove(name)
        return Vault.of(folder)
    except OSError as error:
        if place == "keyring":
            ring.remove(name)
        raise StoreError(
            f"The key of the data folder cannot be kept: {error.strerror or 'unknown reason'}.",
            code="key_unusable",
            next="Give your user the right to write to the data folder, or choose another one with --home.",
            path=str(folder),
        ) from error
    return Vault(folder, name, place, key)


def _written_or_there(folder: Path, key: bytes) -> bytes:
    """Writes the key file, or takes the key from the one that another process wrote first."""
    try:
        _write_new(folder / "vault.key", key.hex())
    except FileExistsError:
        there = _key_in_file(folder)
        if there is None:
            raise _missing(folder, "file") from None
        return there
    return key


def _described(folder: Path) -> dict[str, Any] | None:
    """What vault.json says; None where there is none."""
    path = folder / "vault.json"
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path) from error
    if (
        not isinstance(told, dict)
        or not isinstance(told.get("name"), str)
        or told.get("key") not in ("keyring", "file")
        or not isinstance(told.get("check", ""), str)
    ):
        raise _damaged(path)
    if told.get("version") != 1:
        raise StoreError(
            "The key of the data is kept in a way that a newer Aftercare introduced.",
            code="vault_newer",
            next="Install the newer version again; nothing was changed.",
            path=str(path),
        )
    return told


def _damaged(path: Path) -> StoreError:
    return StoreError(
        "The file that says where the key of the data is kept cannot be read.",
        code="vault_damaged",
        next=f"Put vault.json back from a copy of the data folder, {_RESTORE}",
        path=str(path),
    )


def _opened(folder: Path, told: dict[str, Any]) -> Vault:
    name, place = str(told["name"]), told["key"]
    key = _key_in_file(folder) if place == "file" else _key_of(ring.get(name))
    if key is None:
        raise _missing(folder, place)
    if not hmac.compare_digest(told.get("check", _check(key)), _check(key)):
        raise StoreError(
            f"The key kept {_where(place)} is not the key of these data.",
            code="key_changed",
            next=f"Put the right key back from a copy of the data folder, {_RESTORE}",
            path=str(folder),
        )
    return Vault(folder, name, place, key)


def _missing(folder: Path, place: Place) -> StoreError:
    first = "Unlock the keyring and try again" if place == "keyring" else "Put vault.key back"
    return StoreError(
        f"The key of the data, which was kept {_where(place)}, cannot be found or read; without it the data cannot be "
        "opened.",
        code="key_missing",
        next=f"{first}, {_RESTORE}",
        path=str(folder),
    )


def _where(place: Place) -> str:
    return "in the file vault.key" if place == "file" else "in the system's keyring"


def _check(key: bytes) -> str:
    """What vault.json holds of the key: enough to tell it from another, far too little to find it."""
    return hmac.new(key, b"aftercare/check", hashlib.sha256).hexdigest()[:16]


def _key_in_file(folder: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return _key_of((folder / "vault.key").read_text(encoding="ascii", errors="replace").strip())
    return None


def _key_of(text: str | None) -> bytes | None:
    with contextlib.suppress(ValueError):
        key = bytes.fromhex(text or "")
        return key if len(key) == _BYTES else None
    return None


def _write_new(path: Path, text: str) -> None:
    """Writes a file that must not be there yet, whole and on the disk before it has its name."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # A link fails where the name is taken. File systems without links rename instead, as soon as it is not.
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except (NotImplementedError, OSError):
            if path.exists():
                raise FileExistsError(path) from None
            part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    # Pages may be sealed with this key from now on: it must not be lost with a power failure.
    flush_folder(path.parent)
