"""Writes one file with everything a seller has: both databases as of one moment each, the small files, and the key.

The server may run meanwhile: each database is copied inside one read transaction, so that the copy is what was
acknowledged at that moment. The file takes its name when it is whole on the disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from aftercare import __version__
from aftercare.config import Home, flush_folder
from aftercare.errors import NotFoundError, StoreError
from aftercare.keeping.archive import DATABASES, FILES_PURPOSE, MANIFEST, SMALL, Manifest, Member, paths
from aftercare.keeping.wrapping import seal, wrap
from aftercare.vault import Vault, connect

_BLOCK = 1 << 20


def backup(home: Home, target: Path, passphrase: str | None, *, now: datetime | None = None) -> Manifest:
    """Writes the backup of a home to a new file (0600) that nobody else can read.

    passphrase: wraps the key in the file; None leaves the key out, and only this machine's own key opens the file.
    Raises InputError (`passphrase_short`), NotFoundError (`nothing_to_back_up`), or StoreError (`backup_there`,
    `backup_failed`, and as the databases do).
    """
    there = {name: path for name, path in paths(home).items() if path.exists()}
    if not any(name in there for name in DATABASES):
        raise NotFoundError("There are no data yet.", code="nothing_to_back_up", next="Import a report first.")
    if target.exists():
        raise StoreError(
            "There is a file of that name already.",
            code="backup_there",
            next="Give the backup another name; an older backup is never overwritten.",
            path=str(target),
        )
    vault = Vault.of(home.folder)
    wrapped = wrap(vault.key, passphrase) if passphrase is not None else None
    try:
        with _staging(target) as staging:
            files: dict[str, Member] = {}
            for name in (each for each in (*DATABASES, *SMALL) if each in there):
                copy = staging / name
                if name in DATABASES:
                    _copy_database(there[name], copy, DATABASES[name])
                else:
                    copy.write_bytes(seal(vault.derived(FILES_PURPOSE), name, there[name].read_bytes()))
                files[name] = Member(copy.stat().st_size, _digest(copy))
            at = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            manifest = Manifest(at, __version__, wrapped, files)
            _write(staging / "whole", manifest.sealed(vault), {name: staging / name for name in files})
            # Linked rather than renamed: a file that came to this name meanwhile is not overwritten.
            _take_name(staging / "whole", target)
        flush_folder(target.resolve().parent)
    except (OSError, sqlite.DatabaseError) as error:
        raise StoreError(
            "The backup could not be written.",
            code="backup_failed",
            next="See that the disk has room for a second copy of the data, and that your user may write there.",
            path=str(target),
        ) from error
    return manifest


@contextlib.contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A private folder beside the target, gone at the end."""
    folder = Path(tempfile.mkdtemp(dir=target.resolve().parent, prefix=f".{target.name}."))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_database(path: Path, copy: Path, mark: str) -> None:
    # Copies inside one read transaction, in the order of the tables, without free pages; sealed with the same key.
    with contextlib.closing(connect(path, mark=mark, timeout=30.0, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))


def _write(whole: Path, manifest: bytes, copies: dict[str, Path]) -> None:
    handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    # What is sealed cannot be made smaller, so nothing is compressed.
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            archive.writestr(MANIFEST, manifest)
            for name, copy in copies.items():
                with copy.open("rb") as source, archive.open(name, "w", force_zip64=True) as sink:
                    shutil.copyfileobj(source, sink, _BLOCK)
                copy.unlink()
        file.flush()
        os.fsync(file.fileno())


def _take_name(whole: Path, target: Path) -> None:
    try:
        os.link(whole, target)
    except FileExistsError:
        raise
    except (NotImplementedError, OSError):
        # A disk without links, such as a memory stick.
        if target.exists():
            raise FileExistsError(target) from None
        whole.rename(target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def aside_name(now: datetime) -> str:
    """A name for a folder that keeps what was there before, never taken twice."""
    return f"before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
