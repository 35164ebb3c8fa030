"""Commands about personal data: retention, purge, and one buyer's export and forget."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from aftercare.cli.common import DAY, Command, answered, book_option, counted, home_option, json_option, today_option
from aftercare.config import Home
from aftercare.errors import InputError

if TYPE_CHECKING:
    from aftercare.keeping.sources import Source

_AGENT = "command line"
_COME_BACK = "Importing the same files again brings their names back; delete the files, or purge again afterwards."
_NOT_SWEPT = "Its traces in free space of the file stay until a purge runs while no other program has the file open."
_LONGEST = 36_500
_TOO_LONG = (
    "Note: Amazon's data protection policy asks that personal data from its API are deleted {} days after delivery, "
    "unless a law asks you to keep them longer."
)


@click.command()
@click.argument("source", required=False)
@click.argument("days", required=False)
@json_option
@home_option
@answered
def retention(source: str | None, days: str | None, as_json: bool, home: Home) -> None:
    """Show for how many days after delivery names, addresses and texts are kept, or set it: SOURCE DAYS.

    SOURCE is api, reports, mail, helpdesks, channels, or cases (days since the last change); DAYS a number, or `keep`.
    `aftercare purge` takes out what is due.
    """
    from aftercare.keeping.retention import AMAZON_ASKS, set_retention
    from aftercare.keeping.retention import retention as read

    if source is not None:
        kept_for = _days(days)
        set_retention(home, source, kept_for)
        if source == "api" and (kept_for is None or kept_for > AMAZON_ASKS):
            click.echo(_TOO_LONG.format(AMAZON_ASKS), err=True)
    settings = read(home)
    if as_json:
        click.echo(json.dumps(settings))
        return
    for name, kept in settings.items():
        click.echo(f"{name:10} {'kept until you purge' if kept is None else counted(kept, 'day')}")


@click.command()
@click.option("--older-than", type=click.IntRange(0, _LONGEST), metavar="DAYS", help="Whatever the settings say.")
@click.option("--all", "everything", is_flag=True, help="Everything, however new.")
@click.option("--desk", "with_desk", is_flag=True, help="The cases as well, by the day of their last change.")
@click.option("--before", type=DAY, help="Only the cases that nobody has changed since this day.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@json_option
@today_option
@book_option
@home_option
@answered
def purge(
    older_than: int | None,
    everything: bool,
    with_desk: bool,
    before: date | None,
    dry_run: bool,
    as_json: bool,
    today: date,
    book_url: str | None,
    home: Home,
) -> None:
    """Take out names, addresses and texts that are past their days; orders, days, sums and decisions stay.

    Without options the settings say what is due (`aftercare retention`). Names leave a keyed code that reviews can
    still be matched with, and that nobody can read.
    """
    from aftercare.keeping.retention import retention as read

    if sum((older_than is not None, everything, before is not None)) > 1:
        raise InputError("These options exclude one another.", next="Give one of --older-than, --all and --before.")
    days = read(home)
    wanted: dict[str, date] = {}
    if everything or older_than is not None:
        day = date.max if everything else _before(today, older_than or 0)
        wanted = {source: day for source in days if source != "cases" or with_desk}
    elif before is not None:
        wanted = {"cases": before}
    else:
        wanted = {source: _before(today, kept) for source, kept in days.items() if kept is not None}
        if with_desk and "cases" not in wanted:
            raise InputError(
                "No number of days is set for cases.",
                code="no_retention",
                next="Set it with `aftercare retention cases DAYS`, or give --older-than DAYS or --before DATE.",
            )
    cases_before = wanted.pop("cases", None)
    found = {"orders": 0, "messages": 0, "elsewhere": 0, "cases": 0}
    swept = True
    if cases_before:
        found["cases"], swept = _purge_cases(home, cases_before, dry_run)
    if wanted:
        swept &= _purge_book(home, book_url, cast("dict[Source, date]", wanted), found, dry_run)
    if as_json:
        click.echo(json.dumps({**found, "dry_run": dry_run, "swept": swept}))
        return
    would = "would be" if dry_run else "were"
    click.echo(
        f"{counted(found['orders'], 'order')}, {counted(found['messages'], 'message')} without an order, "
        f"{counted(found['elsewhere'], 'order')} of other channels and {counted(found['cases'], 'case')} {would} "
        "emptied of names, addresses and words."
    )
    if any(found.values()) and not dry_run:
        click.echo(_COME_BACK)
        if not swept:
            click.echo(_NOT_SWEPT)


def _purge_cases(home: Home, before: date, dry_run: bool) -> tuple[int, bool]:
    from aftercare.cases import Desk, forget_cases
    from aftercare.cases.retention import cases_due
    from aftercare.keeping.sweep import sweep

    if not home.desk.exists():
        return 0, True
    with Desk.open(home) as desk:
        if dry_run:
            return cases_due(desk, before), True
        emptied = forget_cases(desk, before, _AGENT)
    return emptied, sweep(home.desk, "meta") if emptied else True


def _purge_book(
    home: Home, book_url: str | None, before: dict[Source, date], found: dict[str, int], dry_run: bool
) -> bool:
    """Purges the book by the day of each source, adds up what was found, and sweeps the file."""
    from aftercare.cases import Desk
    from aftercare.keeping.routine import purge_by_source
    from aftercare.keeping.sweep import sweep
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of

    place = place_of(book_url, home.book)
    if isinstance(place, Path) and not place.exists():
        return True
    with ExitStack() as stack:
        book = stack.enter_context(OrderBook.open(place, keys=home.folder))
        desk = stack.enter_context(Desk.open(home)) if home.desk.exists() else None
        told = purge_by_source(home, book, desk, before, _AGENT, dry_run=dry_run)
    for name in ("orders", "messages", "elsewhere"):
        found[name] += getattr(told, name)
    purged = told.anything and not dry_run
    return sweep(place, "reading") if purged and isinstance(place, Path) else True


def _days(told: str | None) -> int | None:
    """A number of days as it was typed; None for `keep`. Raises InputError (`bad_days`)."""
    if told == "keep":
        return None
    # Longer than any number of days is, and than Python reads quickly.
    if told is None or not (told.isascii() and told.isdecimal() and len(told) <= 9):
        problem = "The number of days is missing." if told is None else "That is no number of days."
        raise InputError(
            problem, code="bad_days", next=f"Give a whole number from 0 to {_LONGEST}, or `keep`.", field="days"
        )
    return int(told)


def _before(today: date, days: int) -> date:
    """The day so many days ago; the first of the calendar where that would lie before it."""
    return today - timedelta(days=min(days, (today - date.min).days))


def _one_buyer(command: Command) -> Command:
    """`--order ID` or `--buyer KEY`."""
    order = click.option("--order", "order_id", metavar="ID", help="The buyer of this order.")
    buyer = click.option("--buyer", metavar="KEY", help="The buyer with this relay or e-mail address.")
    return order(buyer(command))


@click.command()
@_one_buyer
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A new file, instead of the terminal.")
@book_option
@home_option
@answered
def export(order_id: str | None, buyer: str | None, out: Path | None, book_url: str | None, home: Home) -> None:
    """Write everything that is known of one buyer, as JSON."""
    from aftercare.cases import Desk
    from aftercare.keeping.export import exported
    from aftercare.keeping.person import person_of
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of

    with OrderBook.open(place_of(book_url, home.book), create=False) as book:
        person = person_of(book, order_id=order_id, buyer=buyer)
        if home.desk.exists():
            with Desk.open(home) as desk:
                told = exported(book, desk, person)
        else:
            told = exported(book, None, person)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    if out is None:
        click.echo(text)
        return
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InputError(
            f"The file cannot be written: {error.strerror or 'unknown reason'}.", next="Give the path of a new file."
        ) from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    click.echo(f"{_of(len(person.orders), len(told['cases']))} of this buyer were written.")


@click.command()
@_one_buyer
@click.option("--dry-run", is_flag=True, help="Only say how much would go.")
@book_option
@home_option
@answered
def forget(order_id: str | None, buyer: str | None, dry_run: bool, book_url: str | None, home: Home) -> None:
    """Forget one buyer: orders, messages, words in cases. The record says that it was done, and not of whom."""
    from aftercare.cases import Desk
    from aftercare.cases.retention import cases_about
    from aftercare.keeping.forget import forget as forget_person
    from aftercare.keeping.person import person_of
    from aftercare.keeping.sweep import sweep
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of

    place = place_of(book_url, home.book)
    with OrderBook.open(place, create=False) as book, Desk.open(home) as desk:
        person = person_of(book, order_id=order_id, buyer=buyer)
        if dry_run:
            cases = len(cases_about(desk, person.orders))
            click.echo(f"{_of(len(person.orders), cases)} would be emptied of this buyer.")
            return
        done = forget_person(book, desk, person, _AGENT)
    swept = sweep(home.desk, "meta") & (sweep(place, "reading") if isinstance(place, Path) else True)
    click.echo(f"The buyer is forgotten: {_of(done.orders, done.cases)} were emptied of them.")
    click.echo(_COME_BACK)
    if not swept:
        click.echo(_NOT_SWEPT)


def _of(orders: int, cases: int) -> str:
    return f"{counted(orders, 'order')} and {counted(cases, 'case')}"
