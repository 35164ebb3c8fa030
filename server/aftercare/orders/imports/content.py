"""Opens what a seller hands in: a plain file, or one packed as downloaded (.gz, .zip), within limits.

A packed file is recognized by its first bytes, not by its name. Nothing is unpacked onto the disk.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from aftercare.errors import InputError
from aftercare.orders.imports.packed import check_directory, check_members, packed_as

BLOCK = 1 << 18
"""Bytes read at a time."""

_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
"""A zip with files in it, and one without."""
_GZIP = b"\x1f\x8b"
_MOST_UNPACKED = 16 << 30
_FREE = 256 << 20
_RATIO = 100
"""Reports shrink to a tenth when packed. What grows a hundredfold beyond the first 256 MB is made to fill memory."""


@dataclass(frozen=True, slots=True)
class Content:
    """One file to read: its name for a person, the path it lies at, its member where it is in a zip, its size there.

    archive: the zip of the member; all members share one, since opening it reads its whole list of files.
    """

    name: str
    path: Path
    member: str | None
    size: int
    archive: zipfile.ZipFile | None = field(default=None, compare=False, repr=False)

    def blocks(self) -> Iterator[tuple[bytes, int]]:
        """The unpacked bytes, block by block, each with the number of packed bytes read so far.

        Raises InputError (`file_unreadable`, `file_broken`, `file_too_large`).
        """
        with _told(self.name), self._packed() as raw:
            unzipped = raw.peek(2)[:2] == _GZIP
            stream = _buffered(gzip.GzipFile(fileobj=raw)) if unzipped else raw
            done = 0
            while block := stream.read(BLOCK):
                if not done and (form := packed_as(block)):
                    raise self._still_packed(form, "gzip" if unzipped else "zip" if self.archive else None)
                done += len(block)
                # A member of a zip is read through a shared file, whose position says little; its size is known.
                read = raw.tell() if self.archive is None else min(done, self.size)
                if done > _MOST_UNPACKED or (done > _FREE and done > _RATIO * max(read, 1)):
                    raise _too_large(self.name)
                yield block, read

    def _packed(self) -> io.BufferedReader:
        """The bytes as they lie in the folder or in the zip, where they may be packed once more."""
        if self.archive is None or self.member is None:
            return self.path.open("rb")
        if self.archive.getinfo(self.member).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # The others unpack a few bytes into gigabytes at once, and no downloaded report uses them.
            raise InputError(
                f"{self.name} is packed in a way that no downloaded report is.",
                code="file_unreadable",
                next="Unpack the zip, then import the files in it.",
            )
        return _buffered(self.archive.open(self.member))

    def _still_packed(self, form: str, within: str | None) -> InputError:
        return InputError(
            f"{self.name} is a {form} within a {within}." if within else f"{self.name} is packed as {form}.",
            code="file_broken",
            next="Unpack the outer one, then import the files in it."
            if within
            else "Unpack it, then import the files.",
        )


def contents(path: Path) -> list[Content]:
    """The files in the given one: itself, or the members of a zip.

    Raises InputError (`file_missing`, `not_a_file`, `file_unreadable`, `file_broken`, `file_too_large`).
    """
    # A name that is not valid text in the system's encoding could neither be stored nor shown.
    name = path.name.encode("utf-8", "replace").decode()
    with _told(name):
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise InputError(f"{name} is a folder.", code="not_a_file", next="Name the files in it.")
        if not stat.S_ISREG(about.st_mode):
            raise InputError(f"{name} is not a file.", code="not_a_file", next="Name a downloaded report.")
        with path.open("rb") as file:
            if file.read(4) not in _ZIPS:
                return [Content(name, path, None, about.st_size)]
            check_directory(file, name)
        archive = zipfile.ZipFile(path)
        members = [each for each in archive.infolist() if not each.is_dir() and not _is_clutter(each.filename)]
        check_members(members, name)
        unpacked = sum(each.file_size for each in members)
        if unpacked > _MOST_UNPACKED or (unpacked > _FREE and unpacked > _RATIO * max(about.st_size, 1)):
            raise _too_large(name)
        return [Content(f"{name}/{each.filename}", path, each.filename, each.file_size, archive) for each in members]


def _is_clutter(member: str) -> bool:
    """Whether an operating system put this into the archive, or it is hidden."""
    return member.startswith("__MACOSX/") or os.path.basename(member).startswith(".")  # noqa: PTH119


def _buffered(stream: IO[bytes] | gzip.GzipFile) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, stream), BLOCK)


def _too_large(name: str) -> InputError:
    return InputError(
        f"{name} unpacks to far more than any report holds.",
        code="file_too_large",
        next="Download the report again from Seller Central.",
    )


class _told:  # noqa: N801
    """Turns what can go wrong with a file into an InputError that names it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, FileNotFoundError):
            raise InputError(
                f"There is no file {self._name}.", code="file_missing", next="Check the name and the folder."
            ) from error
        if isinstance(error, gzip.BadGzipFile | zipfile.BadZipFile | EOFError | zlib.error | NotImplementedError):
            raise InputError(
                f"{self._name} is packed, but damaged or incomplete.",
                code="file_broken",
                next="Download it again.",
            ) from error
        if isinstance(error, RuntimeError) and "password" in str(error):
            raise InputError(
                f"{self._name} is protected by a password.",
                code="file_broken",
                next="Unpack it, then import the files.",
            ) from error
        if isinstance(error, OSError | ValueError):
            raise InputError(
                f"{self._name} cannot be read: {getattr(error, 'strerror', None) or 'unknown reason'}.",
                code="file_unreadable",
                next="Check that your user may read the file.",
            ) from error
