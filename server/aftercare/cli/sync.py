"""`aftercare sync`: fetches from Amazon's API what a seller would otherwise download."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import click

from aftercare.cli.common import DAY, answered, book_option, complain, home_option, json_option, plain
from aftercare.cli.lines import write_line
from aftercare.cli.sync_account import client_of, forget, needs_extra, setup, stores_option
from aftercare.config import Home
from aftercare.errors import AftercareError, InputError, NotFoundError

if TYPE_CHECKING:
    from aftercare.orders.imports import ImportResult
    from aftercare.sync.account import Account
    from aftercare.sync.inbox import Inbox


@click.group("sync")
def sync_() -> None:
    """Fetch orders, returns and refunds from Amazon's Selling Partner API.

    Begin with `aftercare sync setup`. Files that you download yourself need none of this.
    """


sync_.add_command(setup)
sync_.add_command(forget)


@sync_.command()
@stores_option
@click.option("--since", type=DAY, help="How far back the first sync goes; 90 days unless given, two years at most.")
@json_option
@book_option
@home_option
@answered
def amazon(codes: tuple[str, ...], since: date | None, as_json: bool, book_url: str | None, home: Home) -> None:
    """Fetch what is new. End it at any time: the next run goes on where it stopped."""
    needs_extra()
    from aftercare.sync.run import sync
    from aftercare.sync.state import SyncState, alone

    start = datetime.combine(_believable(since), time(), UTC) if since else None
    failed = False
    with alone(home):
        state = SyncState(home)
        for account in _accounts(home, codes):
            client = client_of(account)
            with _inbox(home, book_url, account, as_json) as inbox:
                try:
                    done = sync(client, state, inbox, since=start, say=_say)
                except AftercareError as error:
                    failed = True
                    _problem(account, "", error, as_json)
                    continue
            for name, problem in done.problems.items():
                failed = True
                _problem(account, name, problem, as_json)
            failed |= not _kept_to_days(home, book_url)
            if not as_json:
                new, changed = (sum(getattr(each, field) for each in done.results) for field in ("new", "changed"))
                click.echo(f"{account.region.upper()}: {new:,} new, {changed:,} changed.")
    sys.exit(1 if failed else 0)


@sync_.command()
@click.argument("order_id")
@click.option("--marketplace", "code", help="Where the order was placed; as the order book knows it unless given.")
@json_option
@book_option
@home_option
@answered
def order(order_id: str, code: str | None, as_json: bool, book_url: str | None, home: Home) -> None:
    """Ask Amazon about one order: how it stands, which messages are allowed, in which language the buyer reads."""
    needs_extra()
    from aftercare.sync.account import Accounts
    from aftercare.sync.one_order import look_up
    from aftercare.sync.regions import region_of

    number = _order_id(order_id)
    store = code or _store_of(home, book_url, number)
    account = Accounts(home).of(region_of(store))
    with _inbox(home, book_url, account, as_json=True, quiet=True) as inbox:
        found = look_up(client_of(account), inbox, number, store)
    for problem in found.problems:
        complain(problem)
    if as_json:
        new = found.imported.new if found.imported else 0
        click.echo(json.dumps({"order_id": number, "actions": found.actions, "locale": found.locale, "new": new}))
    else:
        click.echo(f"The buyer reads: {found.locale or 'not known'}")
        click.echo(f"Amazon allows: {', '.join(found.actions or ()) or 'no message of its own kinds'}")
    sys.exit(1 if found.problems else 0)


@sync_.command()
@json_option
@home_option
@answered
def status(as_json: bool, home: Home) -> None:
    """Say which accounts are set up and how far each part has come."""
    from aftercare.sync.account import Accounts
    from aftercare.sync.state import SyncState

    state = SyncState(home)
    accounts = Accounts(home).known()
    if not accounts and not as_json:
        click.echo("No account at Amazon is set up. Next: aftercare sync setup")
    for account in accounts:
        parts = {
            name: {"until": part.get("until"), "in_progress": bool({"report", "asking", "token"} & set(part))}
            for name, part in sorted(state.parts(account.region).items())
        }
        if as_json:
            click.echo(json.dumps({"region": account.region, "marketplaces": account.marketplaces, "parts": parts}))
            continue
        click.echo(f"{account.region.upper()}: {' '.join(account.marketplaces)}")
        for name, part in parts.items():
            going = ", in progress" if part["in_progress"] else ""
            until = f"fetched until {part['until']}" if part["until"] else "not fetched"
            click.echo(f"  {name}: {until}{going}")


def _believable(since: date) -> date:
    """The day from which to fetch. Raises InputError (`bad_since`) where Amazon has nothing to tell from it on."""
    from aftercare.sync.run import OLDEST_DAYS

    # A day of grace at either end, since the date differs around the world.
    oldest = date.today() - timedelta(days=OLDEST_DAYS + 2)
    if oldest <= since <= date.today() + timedelta(days=1):
        return since
    problem = "Amazon keeps what it tells for two years." if since < oldest else "That day is still to come."
    raise InputError(problem, code="bad_since", next=f"Give a day from {oldest + timedelta(days=2)} to today.")


def _accounts(home: Home, codes: tuple[str, ...]) -> Iterator[Account]:
    """The accounts of these marketplaces, each with those of them that are its own; without any, all accounts."""
    from dataclasses import replace

    from aftercare.rules.marketplaces import marketplace
    from aftercare.sync.account import Accounts
    from aftercare.sync.regions import region_of

    accounts = Accounts(home)
    if not codes:
        known = accounts.known()
        if not known:
            raise NotFoundError(
                "No account at Amazon is set up.", code="account_missing", next="Set it up first: aftercare sync setup."
            )
        yield from known
        return
    wanted = tuple(dict.fromkeys(marketplace(code).code for code in codes))
    for region in dict.fromkeys(map(region_of, wanted)):
        own = tuple(code for code in wanted if region_of(code) == region)
        yield replace(accounts.of(region), marketplaces=own)


@contextmanager
def _inbox(
    home: Home, book_url: str | None, account: Account, as_json: bool, *, quiet: bool = False
) -> Iterator[Inbox]:
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of
    from aftercare.sync.inbox import opened

    def told(result: ImportResult) -> None:
        if quiet:
            return
        if as_json:
            write_line(result.to_json())
        else:
            counts = f"{result.new:,} new, {result.changed:,} changed, {result.refused_count:,} refused"
            click.echo(plain(f"{result.path}: {counts}"))

    only = account.marketplaces[0] if len(account.marketplaces) == 1 else None
    with (
        OrderBook.open(place_of(book_url, home.book), keys=home.folder) as book,
        opened(home, book, marketplace=only, today=date.today(), told=told) as inbox,
    ):
        yield inbox


def _kept_to_days(home: Home, book_url: str | None) -> bool:
    """Purges what the retention settings say is due, since what was fetched may be of orders long delivered."""
    from aftercare.cases import Desk
    from aftercare.keeping.routine import purge_due
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of

    try:
        with OrderBook.open(place_of(book_url, home.book), keys=home.folder) as book, Desk.open(home) as desk:
            purge_due(home, book, desk, date.today(), "command line")
    except AftercareError as error:
        complain(error)
        return False
    return True


def _problem(account: Account, part: str, error: AftercareError, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"region": account.region, "part": part or None, "error": error.to_json()}))
    complain(error, f"{account.region.upper()} {part}".strip())


def _say(line: str) -> None:
    click.echo(line, err=True)


def _order_id(text: str) -> str:
    from aftercare.orders.imports.cells import order_id

    found = order_id(text)
    if not isinstance(found, str):
        raise InputError(f"The order id {found.reason}.", next="Give it as 123-1234567-1234567.")
    return found


def _store_of(home: Home, book_url: str | None, order_id: str) -> str:
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of

    with OrderBook.open(place_of(book_url, home.book), keys=home.folder) as book:
        known = book.order(order_id)
    stores = {line.marketplace for line in known.lines if line.marketplace} if known else set()
    if len(stores) != 1:
        raise InputError("The marketplace of this order is not known.", next="Name it with --marketplace.")
    return stores.pop()
