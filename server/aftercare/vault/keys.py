"""The key of a data folder: 32 random bytes, drawn once, kept in the system's keyring or in a file beside the data.

`vault.json` in the folder says which, and under which name; it holds nothing secret. A system without a keyring (a
server, a container) gets the file `vault.key`, which only its user can open: whoever can read all files of this user
can then read the data too. `AFTERCARE_KEYS=file` asks for the file where there is a keyring.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from aftercare.errors import StoreError

SERVICE = "aftercare"
"""The name under which the keyring lists the keys."""

_BYTES = 32
Place = Literal["keyring", "file"]


@dataclass(frozen=True, slots=True)
class Vault:
    """The key of one data folder, and where it is kept."""

    folder: Path
    name: str
    place: Place
    key: bytes

    @classmethod
    def of(cls, folder: Path) -> Vault:
        """The vault of a folder; it is made where there is none.

        Raises StoreError (`key_missing`, `vault_damaged`, `key_unusable`).
        """
        found = _described(folder)
        if found:
            name, place = found
            return cls(folder, name, place, _kept(folder, name, place))
        return _made(folder)

    @classmethod
    def there(cls, folder: Path) -> bool:
        """Whether the folder has a vault."""
        return (folder / "vault.json").exists()

    @classmethod
    def put(cls, folder: Path, key: bytes) -> Vault:
        """Gives a folder without a vault the key of another, as a restored backup needs it.

        Raises StoreError (`key_unusable`) where neither a keyring nor the folder takes it.
        """
        return _made(folder, key)


def _made(folder: Path, key: bytes | None = None) -> Vault:
    key = key or secrets.token_bytes(_BYTES)
    name = secrets.token_hex(8)
    place: Place = "keyring" if _into_keyring(name, key) else "file"
    try:
        if place == "file":
            _write_new(folder / "vault.key", key.hex())
        _write_new(folder / "vault.json", json.dumps({"version": 1, "name": name, "key": place}) + "\n")
    except FileExistsError:
        # Another process made the vault at the same moment; its key is the one that counts.
        return Vault.of(folder)
    except OSError as error:
        raise StoreError(
            f"The key of the data folder cannot be kept: {error.strerror or 'unknown reason'}.",
            code="key_unusable",
            next="Give your user the right to write to the data folder, or choose another one with --home.",
            path=str(folder),
        ) from error
    return Vault(folder, name, place, key)


def _described(folder: Path) -> tuple[str, Place] | None:
    path = folder / "vault.json"
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))
        name, place = told["name"], told["key"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path) from error
    if not isinstance(name, str) or place not in ("keyring", "file"):
        raise _damaged(path)
    return name, place


def _damaged(path: Path) -> StoreError:
    return StoreError(
        "The file that says where the key of the data is kept cannot be read.",
        code="vault_damaged",
        next="Put vault.json back from your last backup.",
        path=str(path),
    )


def _kept(folder: Path, name: str, place: Place) -> bytes:
    text: str | None = None
    if place == "file":
        with contextlib.suppress(OSError):
            text = (folder / "vault.key").read_text(encoding="ascii", errors="replace").strip()
    else:
        text = _from_keyring(name)
    with contextlib.suppress(ValueError):
        key = bytes.fromhex(text or "")
        if len(key) == _BYTES:
            return key
    where = "in the file vault.key" if place == "file" else "in the system's keyring"
    raise StoreError(
        f"The key of the data, which was kept {where}, cannot be found or read; without it the data cannot be opened.",
        code="key_missing",
        next="Unlock the keyring and try again, or restore a backup: aftercare restore FILE.",
        path=str(folder),
    )


def _into_keyring(name: str, key: bytes) -> bool:
    """Whether the system's keyring took the key and gives it back."""
    if os.environ.get("AFTERCARE_KEYS") == "file":
        return False
    # Loading the backends takes longer than all else here, so it waits until one is needed.
    import keyring
    import keyring.errors

    try:
        keyring.set_password(SERVICE, name, key.hex())
        return keyring.get_password(SERVICE, name) == key.hex()
    except (keyring.errors.KeyringError, RuntimeError, OSError):
        return False


def _from_keyring(name: str) -> str | None:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, name)
    except (keyring.errors.KeyringError, RuntimeError, OSError):
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
        # A link fails where the name is taken; systems without links rename, which on Windows fails likewise.
        try:
            os.link(part, path)
        except (NotImplementedError, PermissionError):
            if path.exists():
                raise FileExistsError(path) from None
            part.rename(path)
    finally:
        part.unlink(missing_ok=True)
