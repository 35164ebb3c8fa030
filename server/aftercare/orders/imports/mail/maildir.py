"""A mail folder in the Maildir form (`cur`, `new`, `tmp`) as one thing to import, so that it is one transaction.

Its mails are read as if they stood in one mailbox, in the order of their file names, which begin with the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aftercare.errors import InputError
from aftercare.orders.imports.content import BLOCK, Content
from aftercare.orders.imports.mail.mailbox import postmark

_LIKE_POSTMARK = re.compile(rb"^>*From ", re.MULTILINE)


def is_maildir(folder: Path) -> bool:
    """Whether the folder is a mail folder; `tmp` may be left out, as archives do."""
    return folder.is_dir() and (folder / "cur").is_dir() and (folder / "new").is_dir()


def maildir(folder: Path) -> Content:
    """The mail folder as one content. Raises InputError (`file_unreadable`) where it cannot be listed."""
    name = folder.name.encode("utf-8", "replace").decode()
    return _MaildirContent(name, folder, None, sum(each.stat().st_size for each in _mails(folder)))


def maildirs_in(folder: Path) -> list[Path]:
    """The mail folders in a folder, itself included; those within others begin with a point and count too."""
    found = [each.parent for each in folder.rglob("cur") if is_maildir(each.parent)]
    return sorted({*found, *([folder] if is_maildir(folder) else [])})


@dataclass(frozen=True, slots=True)
class _MaildirContent(Content):
    """The mails of a folder, each behind a postmark."""

    def blocks(self) -> Iterator[tuple[bytes, int]]:
        """The mails as a mailbox, block by block, each with the number of bytes read so far."""
        done = 0
        for path in _mails(self.path):
            yield postmark(path.name), done
            last = b"\n"
            for block in _escaped(path):
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


def _escaped(path: Path) -> Iterator[bytes]:
    """A mail block by block, its lines that look like postmarks escaped."""
    try:
        with path.open("rb") as file:
            held = b""
            while block := file.read(BLOCK):
                # A block ends with a whole line, unless the line is far longer than any postmark.
                held += block
                cut = held.rfind(b"\n") + 1 or (len(held) if len(held) > BLOCK else 0)
                yield _LIKE_POSTMARK.sub(rb">\g<0>", held[:cut])
                held = held[cut:]
            if held:
                yield _LIKE_POSTMARK.sub(rb">\g<0>", held)
    except FileNotFoundError:
        # A mail program has moved or deleted it meanwhile; a moved one is read with the next import.
        return
    except OSError as error:
        raise InputError(
            f"A mail in the folder {path.parent.parent.name} cannot be read: {error.strerror}.",
            code="file_unreadable",
            next="Check that your user may read the files in it.",
        ) from error
