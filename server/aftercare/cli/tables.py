"""Tables for the terminal, and the console they are printed on."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Column, Table

from aftercare.coverage import Coverage

_WIDTH_OF_A_FILE = 120


def console_for_people() -> Console:
    """Standard output; as wide as the terminal, and of a fixed width where it goes into a file or another program."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE)


def coverage_table(coverage: Coverage) -> None:
    """Prints the programmes: until when, days left, and what that rests on."""
    table = Table(Column("programme", no_wrap=True), "state", "until", "days left", "rests on")
    table.title = f"Support in {coverage.marketplace}"
    for each in coverage.programmes:
        left = "" if each.days_left is None else str(each.days_left)
        name, state = each.programme.replace("_", " "), each.state.replace("_", " ")
        table.add_row(name, state, str(each.until or ""), left, each.rests_on)
    console_for_people().print(table)
