"""`aftercare import --watch DIR`: imports what lies in a folder, then whatever is put there, until told to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aftercare.cli.common import complain, counted, plain
from aftercare.cli.lines import write_line
from aftercare.errors import StoreError

if TYPE_CHECKING:
    from aftercare.orders.imports import ImportResult
    from aftercare.sync.folder import WatchedFolder

_REFUSALS_SHOWN = 3


def watch(folder: Path, place: Any, *, marketplace: str | None, as_json: bool, every: float) -> None:
    """Looks every few seconds, and says each result in one line. Ctrl-C and SIGTERM end it between two files.

    place: where the order book lies. Raises InputError (`folder_missing`), and StoreError where the book fails for
    another reason than that a program is writing to it.
    """
    from aftercare.orders.imports.lines import hinted
    from aftercare.sync.folder import WatchedFolder

    hinted(marketplace)
    watched = WatchedFolder(folder)
    click.echo(f"Watching {plain(str(folder))}. End with Ctrl-C.", err=True)
    missing = False
    with _until_told() as told:
        while not told.is_set():
            if watched.there == missing:
                missing = not missing
                click.echo(f"{plain(str(folder))} is {'gone; waiting for it' if missing else 'back'}.", err=True)
            _take(watched, place, marketplace, as_json, told)
            told.wait(every)
    click.echo("Stopped watching.", err=True)


def _take(watched: WatchedFolder, place: Any, marketplace: str | None, as_json: bool, told: threading.Event) -> None:
    from aftercare.orders import import_paths
    from aftercare.orders.book import OrderBook

    for path in watched.ready():
        if told.is_set():
            return
        try:
            # Opened for each file, so that a backup or a restore can happen while the folder is watched.
            with OrderBook.open(place) as book:
                results = list(import_paths(book, [path], marketplace=marketplace))
        except StoreError as error:
            if error.code != "book_busy":
                raise
            complain(error, path.name)
            return
        watched.taken(path)
        for result in results:
            _say(result, as_json)


def _say(result: ImportResult, as_json: bool) -> None:
    if as_json:
        write_line(result.to_json())
        return
    name = plain(Path(result.path).name)
    if result.kind is None:
        click.echo(plain(f"{name}: not imported. {result.reason} {result.next or ''}".rstrip()))
        return
    counts = f"{counted(result.rows, 'row')}, {result.new:,} new, {result.changed:,} changed, "
    counts += f"{result.unchanged:,} unchanged"
    for number, what in ((result.skipped, "skipped"), (result.refused_count, "refused")):
        counts += f", {number:,} {what}" if number else ""
    click.echo(f"{name}: {result.kind}, {counts}")
    for refusal in result.refused[:_REFUSALS_SHOWN]:
        click.echo(plain(f"{name}: line {refusal.line}: {refusal.reason}"), err=True)
    if result.notes:
        first = result.notes[0]
        notes = counted(len(result.notes), "note")
        click.echo(plain(f"{name}: {notes}; the first, line {first.line}: {first.reason}"), err=True)


@contextmanager
def _until_told() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set. A second Ctrl-C breaks an import off, which leaves the book as before."""
    told = threading.Event()

    def stop(number: int, frame: object) -> None:
        if told.is_set():
            raise KeyboardInterrupt
        told.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
