"""Hands what was fetched to the importers, through a folder that only its user can open and that is emptied again.

Names begin with `sp-api_`, by which the book's list of files tells what came by the API: its retention is shorter.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from aftercare.config import Home
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import ImportResult, import_file
from aftercare.sync.errors import not_known, not_written

PREFIX = "sp-api_"
"""How the names of files begin that came by the API."""

_BLOCK = 1 << 18


class Inbox:
    """Imports fetched files one by one, and keeps what came of each."""

    def __init__(
        self,
        book: OrderBook,
        folder: Path,
        *,
        marketplace: str | None,
        today: date,
        told: Callable[[ImportResult], None] = lambda result: None,
    ) -> None:
        self.results: list[ImportResult] = []
        self.book = book
        self._folder = folder
        self._marketplace = marketplace
        self._today = today
        self._told = told

    def path(self, name: str) -> Path:
        """Where a file to be taken can be written."""
        return self._folder / f"{PREFIX}{name}"

    def take(self, path: Path) -> ImportResult | None:
        """Imports a file and removes it; None where it has no content, since Amazon had nothing to tell.

        Raises SyncError (`sync_report_unknown`), and StoreError where the book or the disk fails.
        """
        try:
            if unpacked_size(path) == 0:
                return None
            result = import_file(self.book, path, marketplace=self._marketplace, today=self._today)
        finally:
            path.unlink(missing_ok=True)
        result = replace(result, path=path.name)
        self.results.append(result)
        self._told(result)
        if result.kind is None:
            raise not_known(path.stem)
        return result

    def take_json(self, name: str, value: Any) -> ImportResult | None:
        """Imports one answer; raises as `take` does."""
        path = self.path(f"{name}.json")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(value, file)
        except OSError as error:
            raise not_written(error) from error
        return self.take(path)


@contextlib.contextmanager
def opened(home: Home, book: OrderBook, **options: Any) -> Iterator[Inbox]:
    """An inbox in the data folder. What a killed sync left there is removed first: it is fetched again."""
    folder = home.folder / "incoming"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise not_written(error) from error
    try:
        yield Inbox(book, folder, **options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unpacked_size(path: Path) -> int:
    """The bytes in a file, unpacked where it is a gzip file; -1 where that is broken or breaks off."""
    with path.open("rb") as file:
        start = file.read(2)
        if start != b"\x1f\x8b":
            return path.stat().st_size
        file.seek(0)
        size, packed = 0, zlib.decompressobj(31)
        try:
            while block := file.read(_BLOCK):
                while block:
                    size += len(packed.decompress(block, _BLOCK))
                    block = packed.unconsumed_tail
        except zlib.error:
            return -1
        return size if packed.eof else -1
