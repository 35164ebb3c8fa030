"""Tells what a packed file holds that is no report: another packed file, an office document, far too many members."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from typing import BinaryIO

from aftercare.errors import InputError

_FORMS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\x1f\x8b": "gzip",
    b"\xfd7zXZ\x00": ".xz",
    b"7z\xbc\xaf\x27\x1c": ".7z",
    b"Rar!\x1a\x07": ".rar",
    b"\x28\xb5\x2f\xfd": ".zst",
}
_BZIP2 = b"1AY&SY"
"""What follows `BZh` and a digit, with which a text could begin as well."""

_MOST_MEMBERS = 1_000
_LARGEST_DIRECTORY = 4 << 20
"""Bytes of the list of files at the end of a zip; each of its entries takes a thousand bytes once it is read."""

_END = b"PK\x05\x06"
_END_WITHIN = 22 + 0xFFFF

_OFFICE = ("[Content_Types].xml", "content.xml", "Index/Document.iwa")
"""A member that every document of Microsoft's, the open and Apple's office programs has."""

_WRITTEN = ("word/", "ppt/")


def packed_as(start: bytes) -> str | None:
    """The form of a packed file by its first bytes; None where it is not packed."""
    if start.startswith(b"BZh") and start[4:10] == _BZIP2:
        return ".bz2"
    return next((form for sign, form in _FORMS.items() if start.startswith(sign)), None)


def check_directory(file: BinaryIO, name: str) -> None:
    """Refuses a zip whose list of files is too long to be read at all. Raises InputError (`file_too_large`)."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_WITHIN))
    end = file.read()
    place = end.rfind(_END)
    if place >= 0 and len(end) >= place + 16:
        (length,) = struct.unpack_from("<L", end, place + 12)
        if length > _LARGEST_DIRECTORY:
            raise _too_many(name)


def check_members(members: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Refuses a zip that is an office document, or holds too many files.

    Raises InputError (`file_unreadable`, `file_too_large`).
    """
    names = {each.filename for each in members}
    if not names.isdisjoint(_OFFICE):
        # What an open document is, only the text of its first member says; sellers keep tables in them.
        written = any(each.startswith(_WRITTEN) for each in names)
        raise InputError(
            f"{name} is a {'text document or presentation' if written else 'spreadsheet'}.",
            code="file_unreadable",
            next="Import the report as downloaded, before a spreadsheet opens it, or save it as .csv or .txt.",
        )
    if len(members) > _MOST_MEMBERS:
        raise _too_many(name)


def _too_many(name: str) -> InputError:
    return InputError(
        f"{name} holds more than {_MOST_MEMBERS:,} files.",
        code="file_too_large",
        next="Unpack it, then import the reports in it.",
    )
