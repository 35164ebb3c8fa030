"""JSON Lines in and out: a wrong line is refused by its number, all others are answered in their order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from aftercare.cli.common import complain
from aftercare.errors import AftercareError, InputError


def read_object(line: bytes) -> Mapping[str, Any]:
    """One JSON object from one line of UTF-8. Raises InputError saying what is wrong with the line."""
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise InputError("The line is not UTF-8.", next="Save the file as UTF-8 and run the command again.") from None
    except (ValueError, RecursionError):
        raise InputError("The line is not JSON.", next="Write one JSON object a line.") from None
    if not isinstance(value, Mapping):
        raise InputError("The line is not a JSON object.", next="Write one JSON object a line.")
    return value


def answer_lines(
    answer: Callable[[Mapping[str, Any]], Mapping[str, Any]], source: str | None, target: str | None
) -> int:
    """Answers each line of the source (standard input where None) on the target (standard output where None).

    Returns the exit status: 0 where every line was answered, 1 where at least one was refused on standard error.
    """
    with _Opened(source, "rb") as lines, _Opened(target, "wb") as out:
        status = 0
        for number, line in enumerate(lines, start=1):
            line = line.removeprefix(b"\xef\xbb\xbf").strip()
            if not line:
                continue
            try:
                answered = answer(read_object(line))
            except AftercareError as error:
                complain(error, f"line {number}")
                status = 1
                continue
            write_line(answered, out)
        return status


def write_line(value: Mapping[str, Any], out: BinaryIO | None = None) -> None:
    """Writes one object as one line of JSON in UTF-8; a lone surrogate is written as the escape it came as."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = json.dumps(value).encode("ascii")
    stream = out or sys.stdout.buffer
    stream.write(data + b"\n")
    stream.flush()


class _Opened:
    """A file to be opened and closed again, or a standard stream to be left open."""

    def __init__(self, name: str | None, mode: str) -> None:
        self.name, self.mode = name, mode

    def __enter__(self) -> BinaryIO:
        self.file: BinaryIO | None = None
        if self.name in (None, "-"):
            return sys.stdin.buffer if self.mode == "rb" else sys.stdout.buffer
        try:
            self.file = Path(str(self.name)).open(self.mode)  # type: ignore[assignment]
        except OSError as error:
            raise InputError(
                f"The file {self.name} cannot be {'read' if self.mode == 'rb' else 'written'}: {error.strerror}.",
                code="file_unusable",
                next="Check the name, and whether your user may use this file.",
                file=self.name,
            ) from error
        assert self.file is not None  # noqa: S101 - for the type checker.
        return self.file

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()
