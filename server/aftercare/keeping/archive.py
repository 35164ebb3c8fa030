"""The form of a backup: a zip of known files, with a manifest of their sizes and digests under the folder's own key.

`manifest.json` comes first and says what the rest is: version, moment, the wrapped key, and of each file its size and
SHA-256. The databases are in it as they lie on the disk, sealed; the small files are sealed by `wrapping.seal`. The
manifest's own seal is an HMAC under a key derived from the data's, so that nobody without it can make or change one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftercare.config import Home
from aftercare.errors import StoreError
from aftercare.keeping.wrapping import damaged, is_hex
from aftercare.vault import Vault

FORMAT = "aftercare-backup"
VERSION = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 1 << 20
LARGEST_SMALL = 64 << 20

DATABASES = {"book.sqlite3": "reading", "desk.sqlite3": "meta"}
"""Databases, each with a table that shows it to be ours."""

SMALL = ("support.json", "settings.json", "audit.key")
"""Files that a person writes, and the key of the audit trail."""

FILES_PURPOSE, MANIFEST_PURPOSE = "backup files", "backup manifest"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup: its size there, and its digest."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. key: wrapped with a passphrase; None where only its own folder's key opens it."""

    at: str
    server: str
    key: Mapping[str, Any] | None
    files: Mapping[str, Member]

    def told(self) -> dict[str, Any]:
        """All but the seal, as it is written and sealed."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "at": self.at,
            "server": self.server,
            "key": dict(self.key) if self.key else None,
            "files": {name: {"size": each.size, "sha256": each.sha256} for name, each in self.files.items()},
        }

    def sealed(self, vault: Vault) -> bytes:
        """The manifest as a file."""
        told = self.told()
        return json.dumps({**told, "seal": _seal(told, vault.derived(MANIFEST_PURPOSE))}, indent=1).encode()


def read_manifest(data: bytes) -> tuple[Manifest, str]:
    """A manifest and its seal. Raises StoreError (`backup_damaged`, `backup_foreign`, `backup_newer`)."""
    try:
        told: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise damaged("its manifest is not JSON") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise foreign()
    version = told.get("version")
    if isinstance(version, int) and version > VERSION:
        raise StoreError(
            "The backup was written by a newer Aftercare.",
            code="backup_newer",
            next="Install that version, then restore; nothing was changed.",
        )
    key, files = told.get("key"), told.get("files")
    if (
        version != VERSION
        or not isinstance(told.get("at"), str)
        or not isinstance(told.get("server"), str)
        or not isinstance(told.get("seal"), str)
        or not (key is None or isinstance(key, dict))
        or not isinstance(files, dict)
        or not all(_is_member(name, each) for name, each in files.items())
    ):
        raise damaged("its manifest says what no backup says")
    members = {name: Member(each["size"], each["sha256"]) for name, each in files.items()}
    return Manifest(told["at"], told["server"], key, members), told["seal"]


def fits(manifest: Manifest, seal: str, vault: Vault) -> bool:
    """Whether this folder's key made the manifest."""
    return hmac.compare_digest(
        seal.encode("utf-8", "surrogatepass"), _seal(manifest.told(), vault.derived(MANIFEST_PURPOSE)).encode()
    )


def foreign() -> StoreError:
    """The error for a file that is no backup."""
    return StoreError(
        "This file is no backup of Aftercare.",
        code="backup_foreign",
        next="Give a file that `aftercare backup` wrote; nothing was changed.",
    )


def paths(home: Home) -> dict[str, Any]:
    """Where the files of a backup lie in a home, by their names in the backup."""
    return {name: home.folder / name for name in (*DATABASES, *SMALL)}


def _is_member(name: object, told: object) -> bool:
    if name not in DATABASES and name not in SMALL:
        return False
    if not isinstance(told, dict) or not is_hex(told.get("sha256"), 32):
        return False
    size = told.get("size")
    return isinstance(size, int) and size >= 0 and (name in DATABASES or size <= LARGEST_SMALL)


def _seal(told: Mapping[str, Any], key: bytes) -> str:
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
