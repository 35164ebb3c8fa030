"""`aftercare sync setup` and `sync forget`: the account at Amazon, its keys typed in and taken out again."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from aftercare.cli.common import answered, home_option, json_option
from aftercare.config import Home
from aftercare.errors import InputError

if TYPE_CHECKING:
    from aftercare.sync.account import Account
    from aftercare.sync.client import Amazon

stores_option = click.option(
    "--marketplace", "codes", multiple=True, metavar="CODE", help="Two letters; may be given several times."
)


@click.command()
@stores_option
@json_option
@home_option
@answered
def setup(codes: tuple[str, ...], as_json: bool, home: Home) -> None:
    """Enter the keys of your application; they are checked with Amazon, then kept in the system's keyring."""
    needs_extra()
    from aftercare.sync.account import Account, Accounts
    from aftercare.sync.participation import marketplaces_of
    from aftercare.sync.regions import region_of_all

    codes = tuple(code.strip().upper().replace("GB", "UK") for code in codes)
    if not codes:
        codes = (_asked("A marketplace you sell in (two letters, such as DE)").upper(),)
    region = region_of_all(codes)
    account = Account(
        region,
        codes,
        client_id=_asked("Client id of the application"),
        client_secret=_asked("Client secret", hidden=True),
        refresh_token=_asked("Refresh token", hidden=True),
    )
    amazon = client_of(account)
    amazon.check()
    if len(codes) == 1:
        found = marketplaces_of(amazon)
        account = Account(region, found or codes, account.client_id, account.client_secret, account.refresh_token)
    place = Accounts(home).keep(account)
    if as_json:
        click.echo(json.dumps({"region": region, "marketplaces": account.marketplaces, "kept_in": place}))
    else:
        where = "the system's keyring" if place == "keyring" else "a sealed file of the data folder"
        click.echo(f"Amazon accepts the account. Its keys are kept in {where}.")
        click.echo(f"Marketplaces: {' '.join(account.marketplaces)}. Next: aftercare sync amazon")


@click.command()
@stores_option
@click.option("--all", "everything", is_flag=True, help="Every account.")
@home_option
@answered
def forget(codes: tuple[str, ...], everything: bool, home: Home) -> None:
    """Remove an account's keys from this machine; the orders already fetched stay."""
    from aftercare.sync.account import Accounts
    from aftercare.sync.regions import region_of
    from aftercare.sync.state import SyncState

    accounts = Accounts(home)
    known = accounts.known()
    regions = {account.region for account in known} if everything or not codes else {region_of(code) for code in codes}
    if regions and not codes and not everything:
        _confirmed(known)
    state = SyncState(home)
    for region in sorted(regions):
        there = accounts.forget(region)
        state.forget(region)
        click.echo(f"{region.upper()}: {'the keys are removed' if there else 'there were no keys'}.")
    if not regions:
        click.echo("No account at Amazon is set up.")
    click.echo("To withdraw the authorization itself, use Seller Central, Apps and Services, Manage Your Apps.")


def _confirmed(known: tuple[Account, ...]) -> None:
    """Names the accounts and asks. Raises InputError (`account_unnamed`) where nobody can answer."""
    named = "; ".join(f"{each.region.upper()} ({' '.join(each.marketplaces)})" for each in known)
    if not _can_type():
        raise InputError(
            f"These accounts are set up: {named}.",
            code="account_unnamed",
            next="Say which one to remove with --marketplace CODE, or remove them with --all.",
        )
    click.confirm(f"Remove the keys of {named}?", abort=True, err=True)


def client_of(account: Account) -> Amazon:
    """What talks to Amazon for an account."""
    from aftercare.sync.client import Amazon
    from aftercare.sync.clock import SystemClock
    from aftercare.sync.regions import Endpoints

    return Amazon(account, Endpoints.of(account.region), SystemClock())


def needs_extra() -> None:
    """Raises InputError (`sync_not_installed`) where the optional part of the package was not installed."""
    try:
        import truststore  # noqa: F401
        import urllib3  # noqa: F401
    except ImportError as error:
        raise InputError(
            "Fetching from Amazon needs the optional part of the package that reaches the network.",
            code="sync_not_installed",
            next="Install it: pip install 'aftercare[sync]'",
        ) from error


def _asked(question: str, *, hidden: bool = False) -> str:
    """What is typed, or comes line by line from another program. Raises InputError (`terminal_needed`)."""
    try:
        return str(click.prompt(question, hide_input=hidden, err=True)).strip()
    except (click.Abort, RuntimeError, OSError) as error:
        if _can_type():
            raise
        click.echo(err=True)
        raise InputError(
            "The keys of the account have to be typed in, and nobody can type here.",
            code="terminal_needed",
            next="Run `aftercare sync setup` in a terminal.",
        ) from error


def _can_type() -> bool:
    # Python has no standard input at all where it was closed.
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()
