"""A mail folder in the Maildir form (`cur`, `new`, `tmp`) as one thing to import, so that it is one transaction.

Its mails are read as if they stood in one mailbox, in the order of their file names, which begin with the time.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aftercare.errors import InputError
from aftercare.orders.imports.content import BLOCK, Content


def is_maildir(folder: Path) -> bool:
    """Whether the folder is a mail folder; `tmp` may be left out, as archives do."""
    return folder.is_dir() and (folder / "cur").is_dir() and (folder / "new").is_dir()


def maildir(folder: Path) -> Content:
    """The mail folder as one content. Raises InputError (`file_unreadable`) where it cannot be listed."""
    name = folder.name.encode("utf-8", "replace").decode()
    return MaildirContent(name, folder, None, sum(each.stat().st_size for each in _mails(folder)))


def maildirs_in(folder: Path) -> list[Path]:
    """The mail folders in a folder, itself included; those within others begin with a point and count too."""
    found = [each.parent for each in folder.rglob("cur") if is_maildir(each.parent)]
    return sorted({*found, *([folder] if is_maildir(folder) else [])})


@dataclass(frozen=True, slots=True)
class MaildirContent(Content):
    """The mails of a folder, each behind a line that begins with the marker and names its file.

    marker: drawn anew for each reading of a folder, so that nobody can write it into a mail.
    """

    marker: bytes = field(default_factory=lambda: f"From {secrets.token_hex(16)} ".encode())

    def blocks(self) -> Iterator[tuple[bytes, int]]:
        """The mails one after the other, block by block, each with the number of bytes read so far."""
        done = 0
        for path in _mails(self.path):
            yield self.marker + " ".join(path.name.split()).encode("utf-8", "replace") + b"\n", done
            last = b"\n"
            for block in _read(path):
                done += len(block)
                last = block[-1:]
                yield block, min(done, self.size)
            yield (b"\n" if last == b"\n" else b"\n\n"), done


def _mails(folder: Path) -> list[Path]:
    """The files of delivered mails; `tmp` holds those still being written."""
    try:
        found = [each for part in ("cur", "new") for each in (folder / part).iterdir()]
        return sorted((each for each in found if each.is_file() and each.name[0] != "."), key=lambda each: each.name)
    except OSError as error:
        raise InputError(
            f"The mail folder {folder.name} cannot be read: {error.strerror}.",
            code="file_unreadable",
            next="Check that your user may read the folder.",
        ) from error


def _read(path: Path) -> Iterator[bytes]:
    """A mail block by block."""
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block
    except FileNotFoundError:
        # A mail program has moved or deleted it meanwhile; a moved one is read with the next import.
        return
    except OSError as error:
        raise InputError(
            f"A mail in the folder {path.parent.parent.name} cannot be read: {error.strerror}.",
            code="file_unreadable",
            next="Check that your user may read the files in it.",
        ) from error
