"""A TinyDB storage that never leaves half a file: each write is a new file that takes the old one's name.

TinyDB's own JSONStorage writes over the old file and cuts off the rest afterwards, so that a program killed in between
leaves a file which no longer opens. Here the old file stays whole until the new one is safely on the disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tinydb import Storage

from aftercare.config import flush_folder
from aftercare.errors import StoreError


class AtomicStorage(Storage):
    """One JSON file, written to a neighbor, flushed to the disk, and renamed; only its user can open it (0600).

    Raises StoreError: `store_damaged` where the file is not what TinyDB writes (it is left as it is, for a person to
    repair), `store_unusable` where the disk refuses.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        # A link to the file stays a link: the file it points to is replaced, not the link.
        self.path = Path(path).resolve()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, or None where nothing has been written yet."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise self._damaged("it is not UTF-8 text") from error
        except OSError as error:
            raise self._unusable(error) from error
        if not text.strip():
            return None
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            place = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            raise self._damaged(f"it is not JSON{place}") from error
        if not isinstance(value, dict) or not all(_is_table(table) for table in value.values()):
            raise self._damaged("it holds JSON, but not the tables of a TinyDB file")
        return value

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replaces the file by these tables; afterwards they are on the disk."""
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # mkstemp makes files that only their user can open.
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.", suffix=".new")
            neighbor = Path(name)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                neighbor.replace(self.path)
            except BaseException:
                neighbor.unlink(missing_ok=True)
                raise
            flush_folder(self.path.parent)
        except OSError as error:
            raise self._unusable(error) from error

    def _damaged(self, why: str) -> StoreError:
        return StoreError(
            f"The file {self.path.name} cannot be read: {why}.",
            code="store_damaged",
            next="Nothing was changed in it. Repair it in a text editor, or move it away to start with an empty one.",
            path=str(self.path),
        )

    def _unusable(self, error: OSError) -> StoreError:
        return StoreError(
            f"The file {self.path.name} cannot be used: {error.strerror or 'unknown reason'}.",
            next="See that the disk has room and that your user may write to the folder.",
            path=str(self.path),
        )


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keeps other processes of this program out of a file while it is read and written again.

    Where the platform has no such lock (Windows), threads of one process are still kept apart by their owner's lock.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(
            f"The folder of {path.name} cannot be written to: {error.strerror or 'unknown reason'}.",
            next="See that your user may write to the folder.",
            path=str(path),
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_table(table: object) -> bool:
    # TinyDB numbers its documents, and keeps the numbers as texts.
    return isinstance(table, dict) and all(
        key.isascii() and key.isdecimal() and isinstance(document, dict) for key, document in table.items()
    )
