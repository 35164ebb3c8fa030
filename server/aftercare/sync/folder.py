"""A watched folder: which of its files are whole and new since they were last taken.

The folder is looked at again and again rather than listened to: shares and synchronized folders report no changes, and
that a file has stopped growing can only be seen by looking twice.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aftercare.errors import InputError

PARTIAL = (".crdownload", ".part", ".partial", ".tmp", ".temp", ".download", ".opdownload", ".filepart", ".!ut")
"""Endings under which browsers and other programs keep a file until it is whole."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Sight:
    """How a file looked: its size, the moment of its last change, and which file it is."""

    size: int
    changed: int
    file: int


class WatchedFolder:
    """The files of one folder and of the folders in it, hidden ones left out."""

    def __init__(self, folder: Path) -> None:
        """Raises InputError (`folder_missing`) where it is no folder."""
        if not folder.is_dir():
            raise InputError(
                f"{folder} is not a folder.", code="folder_missing", next="Name the folder your downloads go to."
            )
        self._folder = folder
        self._seen: dict[Path, Sight] = {}
        self._taken: dict[Path, tuple[Sight, str]] = {}
        self._offered: dict[Path, tuple[Sight, str]] = {}

    @property
    def there(self) -> bool:
        """Whether the folder is there at this moment; a drive may be unplugged, a folder moved."""
        return self._folder.is_dir()

    def ready(self) -> Iterator[Path]:
        """The files that have not changed since the look before, and whose content has not been taken.

        One that is handed out is given again until `taken` is called for it.
        """
        now = dict(self._look())
        before, self._seen = self._seen, now
        # What is gone is forgotten, so that the memory does not grow with every file that ever passed through.
        self._taken = {path: known for path, known in self._taken.items() if path in now}
        for path, sight in now.items():
            known = self._taken.get(path)
            if sight != before.get(path) or sight.size == 0 or (known and known[0] == sight):
                continue
            digest = _digest(path)
            if digest is None:
                continue
            if known and known[1] == digest:
                # Only its date was touched.
                self._taken[path] = sight, digest
                continue
            self._offered = {path: (sight, digest)}
            yield path

    def taken(self, path: Path) -> None:
        """Notes that the file, as it was when `ready` gave it, needs not be looked at again."""
        if path in self._offered:
            self._taken[path] = self._offered[path]

    def _look(self) -> Iterator[tuple[Path, Sight]]:
        for folder, folders, names in os.walk(self._folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            present = {name.casefold() for name in names}
            for name in sorted(names):
                plain = name.casefold()
                # Firefox makes the empty file first and fills another one beside it.
                if name.startswith((".", "~$")) or plain.endswith(PARTIAL) or f"{plain}.part" in present:
                    continue
                path = Path(folder, name)
                try:
                    about = path.stat()
                except OSError:
                    continue
                if path.is_file():
                    yield path, Sight(about.st_size, about.st_mtime_ns, about.st_ino)


def _digest(path: Path) -> str | None:
    """What the file holds, as a fingerprint; None where it cannot be read just now."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()
