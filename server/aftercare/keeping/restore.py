"""Puts a backup back: everything is checked before anything is touched, and what was there is kept aside.

The data are unpacked into a folder of their own inside the home, opened, and read through. Then what was there moves
into `before-restore-…` and the new files take their places, a few renames in all. Cut short between two of them, the
same command does it again; nothing is ever deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from aftercare.cases import Desk
from aftercare.config import Home, flush_folder
from aftercare.errors import AftercareError, NotFoundError, StoreError
from aftercare.keeping.archive import (
    DATABASES,
    FILES_PURPOSE,
    LARGEST_MANIFEST,
    MANIFEST,
    SMALL,
    Manifest,
    Member,
    fits,
    foreign,
    read_manifest,
)
from aftercare.keeping.backup import aside_name
from aftercare.keeping.wrapping import damaged, unseal, unwrap
from aftercare.orders.book import OrderBook
from aftercare.vault import Vault
from aftercare.vault.sealed import keyed

_BLOCK = 1 << 20
_VAULT = ("vault.json", "vault.key")
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error)
"""What Python's reader of zip files raises where one is broken on purpose."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. aside: where what was there before is kept; None where there was nothing."""

    manifest: Manifest
    aside: Path | None


def restore(home: Home, source: Path, passphrase: Callable[[], str | None], *, now: datetime | None = None) -> Restored:
    """Puts the data of a backup into a home.

    passphrase: asked for once the file is known to be a backup that has its key in it. Raises InputError
    (`passphrase_wrong`), NotFoundError (`backup_missing`), StoreError (`backup_damaged`, `backup_foreign`,
    `backup_newer`, `backup_key_missing`, `home_in_use`, `restore_failed`); then nothing was changed.
    """
    try:
        with _opened(source) as archive:
            manifest, seal = read_manifest(_first(archive))
            _check_names(archive, manifest)
            key = _key(home, manifest, seal, passphrase)
            with _staging(home) as staging:
                vault = Vault.put(staging, key)
                try:
                    for name, member in manifest.files.items():
                        _unpack(archive, name, member, staging, vault)
                    _read_through(staging, manifest, vault)
                    return Restored(manifest, _take_places(home, staging, key, now or datetime.now(UTC)))
                finally:
                    if Vault.there(staging):
                        # It did not move into the home: nothing was restored, or the home has this key already.
                        vault.discard()
    except (OSError, zipfile.BadZipFile) as error:
        raise StoreError(
            "The backup could not be put back.",
            code="restore_failed",
            next="See that the disk has room and that your user may write to the data folder, then try again.",
            path=str(home.folder),
        ) from error


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    if not source.is_file():
        raise NotFoundError("There is no such file.", code="backup_missing", next="Give the path of a backup.")
    try:
        archive = zipfile.ZipFile(source)
    except (*_BROKEN, OSError) as error:
        raise foreign() from error
    with archive:
        yield archive


def _first(archive: zipfile.ZipFile) -> bytes:
    names = archive.namelist()
    if not names or names[0] != MANIFEST:
        raise foreign()
    # Looked at before anything is read: what is packed may unpack to any size, or break the unpacker.
    if any(info.compress_type != zipfile.ZIP_STORED or info.is_dir() for info in archive.infolist()):
        raise damaged("its files are packed in another way than backups are")
    return _read(archive, MANIFEST, LARGEST_MANIFEST)


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        with archive.open(name) as file:
            data = file.read(most + 1)
    except _BROKEN as error:
        raise damaged(f"{name} cannot be read") from error
    if len(data) > most:
        raise damaged(f"{name} is too large")
    return data


def _check_names(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Only the files that the manifest names, each once: so nothing else is ever unpacked."""
    found = [info.filename for info in archive.infolist()]
    if sorted(found) != sorted({MANIFEST, *manifest.files}):
        raise damaged("it holds other files than its manifest says")
    for name, member in manifest.files.items():
        if archive.getinfo(name).file_size != member.size:
            raise damaged(f"{name} is not as long as its manifest says")


def _key(home: Home, manifest: Manifest, seal: str, passphrase: Callable[[], str | None]) -> bytes:
    if manifest.key is None:
        own = Vault.of(home.folder) if Vault.there(home.folder) else None
        if own is None or not fits(manifest, seal, own):
            raise StoreError(
                "This backup was made without its key, and the key of this data folder does not open it.",
                code="backup_key_missing",
                next="Restore it on the machine and into the data folder it was made from.",
            )
        return own.key
    word = passphrase()
    if word is None:
        raise StoreError(
            "This backup is opened with a passphrase, and none was given.",
            code="backup_key_missing",
            next="Type the passphrase, or set AFTERCARE_PASSPHRASE.",
        )
    key = unwrap(dict(manifest.key), word)
    if not fits(manifest, seal, Vault(home.folder, "", "file", key)):
        raise damaged("its manifest was changed")
    return key


@contextlib.contextmanager
def _staging(home: Home) -> Iterator[Path]:
    for left in home.folder.glob(".restoring.*"):
        # Of a restore that was cut short: only what is in its backup.
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=home.folder, prefix=".restoring."))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(archive: zipfile.ZipFile, name: str, member: Member, staging: Path, vault: Vault) -> None:
    digest = hashlib.sha256()
    handle = os.open(staging / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as sink, archive.open(name) as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                sink.write(block)
            sink.flush()
            os.fsync(sink.fileno())
    except _BROKEN as error:
        raise damaged(f"{name} cannot be read") from error
    if digest.hexdigest() != member.sha256:
        raise damaged(f"{name} in it was changed")
    if name in SMALL:
        plain = unseal(vault.derived(FILES_PURPOSE), name, (staging / name).read_bytes())
        with (staging / name).open("r+b") as file:
            file.truncate()
            file.write(plain)
            file.flush()
            os.fsync(file.fileno())


def _read_through(staging: Path, manifest: Manifest, vault: Vault) -> None:
    """Reads every page of the databases, then opens them as the program does, which says where they are newer."""
    for name, mark in DATABASES.items():
        if name not in manifest.files:
            continue
        try:
            with contextlib.closing(keyed(staging / name, vault)) as connection:
                ours = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", (mark,)).fetchone()[0]
                whole = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
                # A copy has no write-ahead log, which the program takes for granted.
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite.DatabaseError as error:
            raise damaged(f"{name} in it cannot be read") from error
        if not (ours and whole):
            raise damaged(f"{name} in it is not whole")
    try:
        copy = Home(staging)
        if copy.desk.exists():
            Desk.open(copy).close()
        if copy.book.exists():
            OrderBook.open(copy.book).close()
    except AftercareError as error:
        if error.code not in ("book_newer", "desk_newer"):
            raise
        raise StoreError(
            "The backup was written by a newer Aftercare.",
            code="backup_newer",
            next="Install that version, then restore; nothing was changed.",
        ) from error


def _take_places(home: Home, staging: Path, key: bytes, now: datetime) -> Path | None:
    """Moves what was there aside and the new files into place; where a step fails, the earlier ones are taken back."""
    _let_go(home)
    aside = home.folder / aside_name(now)
    aside.mkdir(mode=0o700)
    moved: list[tuple[Path, Path]] = []
    names = [*DATABASES, *SMALL]
    old = [f"{name}{end}" for name in names for end in ("", "-wal", "-shm", "-journal")]
    if _has_key(home, key):
        # The key stays where it is, so that being cut short cannot part it from the data; what moves needs it, too.
        for name in _VAULT:
            if (home.folder / name).exists():
                shutil.copy2(home.folder / name, aside / name)
    else:
        names, old = [*_VAULT, *names], [*old, *_VAULT]
    try:
        for folder, other, listed in ((home.folder, aside, old), (staging, home.folder, names)):
            for name in listed:
                if (folder / name).exists():
                    (folder / name).rename(other / name)
                    moved.append((folder / name, other / name))
            flush_folder(other)
    except OSError:
        for before, after in reversed(moved):
            after.rename(before)
        shutil.rmtree(aside)
        raise
    if not any(path.name in DATABASES or path.name in SMALL for path in aside.iterdir()):
        shutil.rmtree(aside)
        return None
    return aside


def _has_key(home: Home, key: bytes) -> bool:
    try:
        return Vault.there(home.folder) and Vault.of(home.folder).key == key
    except StoreError:
        return False


def _let_go(home: Home) -> None:
    """Sees that no other program has the present databases open: it would go on writing into files moved aside."""
    for name in DATABASES:
        path = home.folder / name
        if not path.exists():
            continue
        try:
            with contextlib.closing(
                keyed(path, Vault.of(home.folder), timeout=2.0, isolation_level=None)
            ) as connection:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                connection.execute("BEGIN EXCLUSIVE")
                connection.execute("COMMIT")
                # What moves aside is one file then, with all its pages.
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite.OperationalError as error:
            if "locked" not in str(error):
                continue
            raise StoreError(
                "The data are in use by another program, such as the server.",
                code="home_in_use",
                next="End `aftercare serve` and every import, then restore again.",
                path=str(path),
            ) from error
        except (sqlite.DatabaseError, StoreError):
            # Damaged, or its key is lost: that is what a restore is for. It moves aside as it is.
            continue
