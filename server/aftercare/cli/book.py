"""`aftercare import`: whatever a seller downloaded goes into the order book."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from aftercare.cli.common import answered, book_option, home_option, json_option, plain
from aftercare.cli.lines import write_line
from aftercare.cli.tables import console_for_people
from aftercare.config import Home

if TYPE_CHECKING:
    from aftercare.orders.imports import ImportResult

_SHOWN = 10
"""Refused lines, and notes, that are told of each file."""


class _Seconds(click.FloatRange):
    """Seconds to wait, up to a day; what is no number at all, which no comparison refuses, is refused, too."""

    def __init__(self) -> None:
        super().__init__(0.01, 86_400)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value!r} is no number of seconds.", param, ctx)
        return seconds


@click.command("import")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--watch", "folder", metavar="DIR", help="Import what is in a folder, then wait for more until Ctrl-C.")
@click.option("--every", type=_Seconds(), default=2.0, help="Seconds between two looks at the folder.")
@click.option("--marketplace", help="The marketplace of files that do not tell it themselves (two letters).")
@json_option
@book_option
@home_option
@answered
def import_(
    paths: tuple[str, ...],
    folder: str | None,
    every: float,
    marketplace: str | None,
    as_json: bool,
    book_url: str | None,
    home: Home,
) -> None:
    """Import reports and exports; each file's kind is recognized from its content."""
    from aftercare.orders import import_paths
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of

    if bool(paths) == bool(folder):
        raise click.UsageError("Name the files to import, or a folder with --watch.")
    if folder:
        from aftercare.cli.watch import watch

        watch(Path(folder), place_of(book_url, home.book), marketplace=marketplace, as_json=as_json, every=every)
        return

    errors = Console(stderr=True)
    results: list[ImportResult] = []
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with (
        OrderBook.open(place_of(book_url, home.book)) as book,
        Progress(*columns, console=errors, transient=True) as bar,
    ):
        task = bar.add_task("reading", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        for result in import_paths(book, paths, marketplace=marketplace, progress=progress):
            results.append(result)
            if as_json:
                write_line(result.to_json())
    if not as_json:
        _show(results)
    sys.exit(0 if all(result.ok for result in results) else 1)


def _show(results: list[ImportResult]) -> None:
    console = console_for_people()
    table = Table(
        Column("file", overflow="fold"),
        "kind",
        "encoding",
        "market",
        *_numbers("rows", "new", "changed", "unchanged", "skipped", "refused"),
    )
    for result in results:
        counts = (result.rows, result.new, result.changed, result.unchanged, result.skipped, result.refused_count)
        table.add_row(
            escape(plain(Path(result.path).name)), result.kind or "not recognized", result.encoding or "",
            result.marketplace or "", *(f"{count:,}" for count in counts),
        )  # fmt: skip
    console.print(table)
    for result in results:
        for line in _told(result):
            console.print(plain(f"{result.path}: {line}"), markup=False, soft_wrap=True)


def _told(result: ImportResult) -> Iterator[str]:
    """What the table does not say of a file: why it was refused and what to do, its first refused lines and notes."""
    if result.kind is None:
        yield f"{result.reason or ''} {result.next or ''}".strip()
    for what, listed, number in (
        ("", result.refused, result.refused_count),
        ("note: ", result.notes, len(result.notes)),
    ):
        for each in listed[:_SHOWN]:
            yield f"line {each.line}: {what}{each.reason}"
        if number > _SHOWN:
            yield f"{what}and {number - _SHOWN:,} more; --json lists them."


def _numbers(*names: str) -> list[Column]:
    return [Column(name, justify="right") for name in names]
