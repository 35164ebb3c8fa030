"""`aftercare import`: whatever a seller downloaded goes into the order book."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from aftercare.cli.common import answered, book_option, home_option, json_option
from aftercare.cli.tables import console_for_people
from aftercare.config import Home

_REFUSALS_SHOWN = 10


@click.command("import")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--watch", "folder", metavar="DIR", help="Import what is in a folder, then wait for more until Ctrl-C.")
@click.option("--every", type=click.FloatRange(0.01), default=2.0, help="Seconds between two looks at the folder.")
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
    """Import reports and exports; each file's kind is recognised from its content."""
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
    results = []
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
                click.echo(json.dumps(result.to_json(), ensure_ascii=False))
    if not as_json:
        _show(results)
    sys.exit(1 if any(result.kind is None or result.refused for result in results) else 0)


def _show(results: list) -> None:
    console = console_for_people()
    table = Table(
        Column("file", overflow="fold"),
        "kind",
        "encoding",
        "market",
        *_numbers("rows", "new", "changed", "unchanged", "refused"),
    )
    for result in results:
        counts = (result.rows, result.new, result.changed, result.unchanged, len(result.refused))
        table.add_row(
            Path(result.path).name, result.kind or "not recognised", result.encoding or "", result.marketplace or "",
            *(f"{count:,}" for count in counts),
        )  # fmt: skip
    console.print(table)
    for result in results:
        if result.kind is None:
            console.print(f"{result.path}: {result.reason}", markup=False)
        for refusal in result.refused[:_REFUSALS_SHOWN]:
            console.print(f"{result.path}: line {refusal.line}: {refusal.reason}", markup=False)
        if len(result.refused) > _REFUSALS_SHOWN:
            left = len(result.refused) - _REFUSALS_SHOWN
            console.print(f"{result.path}: and {left} more; --json lists them all.", markup=False)


def _numbers(*names: str) -> list:
    return [Column(name, justify="right") for name in names]
