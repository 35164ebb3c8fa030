"""What all commands share: the data folder, today's date, and how an error reaches a person."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from aftercare.config import Home
from aftercare.errors import AftercareError

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType):
    """A calendar day as 2026-03-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2026-03-01.", param, ctx)


DAY = Day()


def home_option(command: Command) -> Command:
    """`--home DIR`, handed on as a folder that exists."""
    option = click.option(
        "--home",
        metavar="DIR",
        envvar="AFTERCARE_HOME",
        callback=answered(lambda _context, _parameter, value: Home.at(value)),
        help="Where the data lie; the platform's user-data folder unless given.",
    )
    return option(command)


def book_option(command: Command) -> Command:
    """`--book URL`, for an order book that lies elsewhere than in the home: another file, or a team's server."""
    option = click.option(
        "--book",
        "book_url",
        metavar="URL",
        envvar="AFTERCARE_BOOK",
        help="Another order book: a path, or a team's at postgresql://user@host/name.",
    )
    return option(command)


def today_option(command: Command) -> Command:
    """`--today DATE`, for answers that depend on the day."""
    option = click.option("--today", type=DAY, default=date.today, help="The day to answer for; today unless given.")
    return option(command)


def json_option(command: Command) -> Command:
    """`--json`, for answers that programs read."""
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")(command)


def answered(command: Command) -> Command:
    """Turns an AftercareError into its sentence and next step on standard error, and exit status 1."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except AftercareError as error:
            complain(error)
            sys.exit(1)

    return run  # type: ignore[return-value]


def plain(text: str) -> str:
    """Text that others wrote, such as the name of a file, without the characters that a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)


def counted(number: int, noun: str, many: str | None = None) -> str:
    """A number with its noun: "1 order", "2,000 orders"."""
    return f"{number:,} {noun if number == 1 else many or f'{noun}s'}"


def complain(error: AftercareError, where: str = "") -> None:
    """Writes one error to standard error: where, what happened, what to do next, and its code."""
    place = f"{where}: " if where else ""
    click.echo(plain(f"{place}{error} [{error.code}]"), err=True)
