"""Where the data lie: one folder per user, readable by nobody else.

`Home` names every file Aftercare keeps, so that no other module joins paths of its own.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from aftercare.errors import StoreError

DEFAULT_PORT = 9317
"""Below the ports that Windows reserves in blocks, and used by no common program."""

EXTENSION_ID = "hapohpicpphjkkghhofgmneahpimdnag"
"""The id that the `key` in `extension/manifest.json` gives; a test compares the two."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one user's data (mode 0700) and the files in it (mode 0600)."""

    folder: Path

    @classmethod
    def at(cls, folder: str | os.PathLike[str] | None = None) -> Home:
        """The given folder, or the platform's user-data folder; it is made where it is missing.

        Raises StoreError (`home_unusable`) where the folder cannot be made or written to.
        """
        path = Path(folder) if folder else Path(platformdirs.user_data_dir("aftercare", appauthor=False))
        try:
            path.mkdir(parents=True, exist_ok=True)
            if os.name == "posix":
                path.chmod(0o700)
        except OSError as error:
            raise StoreError(
                f"The data folder {path} cannot be used: {error.strerror or 'unknown reason'}.",
                code="home_unusable",
                next="Choose another folder with --home, or give your user the right to write there.",
                path=str(path),
            ) from error
        return cls(path)

    @property
    def book(self) -> Path:
        """The order book (SQLite, sealed)."""
        return self.folder / "book.sqlite3"

    @property
    def desk(self) -> Path:
        """Cases, notes, audit trail and pairings (SQLite, sealed)."""
        return self.folder / "desk.sqlite3"

    @property
    def support(self) -> Path:
        """Support profiles per ASIN, written by a person (TinyDB)."""
        return self.folder / "support.json"

    @property
    def settings(self) -> Path:
        """Settings, written by a person (TinyDB)."""
        return self.folder / "settings.json"


def private(path: Path) -> Path:
    """Creates the file where it is missing, so that only its user can open it, and returns its path."""
    if not path.exists():
        path.touch(mode=0o600)
    elif os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return path


def flush_folder(folder: Path) -> None:
    """Makes the names of new files safe against a power failure; Windows cannot open folders for that, and need not."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
