"""`aftercare doctor`: what is set up, what is not, and the next step for each."""

from __future__ import annotations

import http.client
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from aftercare import __version__
from aftercare.cli.common import answered, book_option, counted, home_option, json_option, plain
from aftercare.config import DEFAULT_PORT, Home
from aftercare.errors import AftercareError, NotFoundError


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is in order, what was seen, and what to do where it is not."""

    name: str
    ok: bool
    seen: str
    next: str = ""


def extension_folder() -> Path:
    """The folder to load unpacked: inside the installed package, or at the root of a checkout."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_extension"
    return packed if packed.is_dir() else package.parent.parent / "extension"


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True, help="Where the server should be."
)
@json_option
@book_option
@home_option
@answered
def doctor(port: int, as_json: bool, book_url: str | None, home: Home) -> None:
    """Say what is set up, what is not, and the next step for each."""
    checks = list(examine(home, port, book_url))
    if as_json:
        click.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False))
    else:
        console = Console()
        for check in checks:
            mark = "[green]ok     [/]" if check.ok else "[yellow]missing[/]"
            console.print(mark, escape(plain(f"{check.name}: {check.seen}")), highlight=False)
            if not check.ok:
                console.print(plain(f"        next: {check.next}"), markup=False, highlight=False)
    sys.exit(0 if all(check.ok for check in checks) else 1)


def examine(home: Home, port: int, book_url: str | None = None) -> Iterator[Check]:
    """All checks, in the order in which a person sets things up."""
    yield Check("data folder", True, str(home.folder))
    yield _guarded("key of the data", lambda: _key(home))
    yield _guarded("rules", _rules)
    yield _guarded("order book", lambda: _book(home, book_url))
    yield _guarded("days that data are kept", lambda: _retention(home))
    yield _guarded("account at Amazon", lambda: _accounts(home))
    yield _extension()
    yield _server(port)
    yield _guarded("paired browsers", lambda: _pairings(home))
    yield _guarded("audit trail", lambda: _audit(home))


def _guarded(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except AftercareError as error:
        return Check(name, False, error.message, error.next)


def _key(home: Home) -> Check:
    from aftercare.vault import Vault

    if not Vault.there(home.folder):
        return Check("key of the data", True, "drawn with the first import")
    in_file = Vault.of(home.folder).place == "file"
    where = "the file vault.key of the data folder" if in_file else "the system's keyring"
    return Check("key of the data", True, f"kept in {where}")


def _retention(home: Home) -> Check:
    from aftercare.keeping.retention import retention

    told = [f"{name} {'kept' if days is None else counted(days, 'day')}" for name, days in retention(home).items()]
    return Check("days that data are kept", True, f"{', '.join(told)}; change with: aftercare retention")


def _accounts(home: Home) -> Check:
    from aftercare.sync.account import Accounts
    from aftercare.vault import Vault

    # Looking for an account must not be what draws the key of a folder that holds nothing yet.
    known = Accounts(home).known() if Vault.there(home.folder) else ()
    told = "; ".join(f"{each.region.upper()} ({' '.join(each.marketplaces)})" for each in known)
    none = "none; files that you download need none, and `aftercare sync setup` sets one up"
    return Check("account at Amazon", True, told or none)


def _rules() -> Check:
    from aftercare.rules import rules_version
    from aftercare.rules.marketplaces import marketplaces

    return Check("rules", True, f"version {rules_version()}, {len(marketplaces())} marketplaces")


def _book(home: Home, book_url: str | None) -> Check:
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of

    step = "Download the All Orders report in Seller Central and run: aftercare import FILE"
    try:
        with OrderBook.open(place_of(book_url, home.book), create=False) as book:
            lines = book.count()
            where = f" in {book.place}" if book_url is not None else ""
    except NotFoundError:
        return Check("order book", False, "there is none yet", step)
    return Check("order book", lines > 0, f"{counted(lines, 'order line')}{where}", step)


def _extension() -> Check:
    folder = extension_folder()
    there = (folder / "manifest.json").is_file()
    seen = f"load this folder unpacked in chrome://extensions: {folder}" if there else f"not at {folder}"
    return Check("extension", there, seen, "Install Aftercare again.")


def _server(port: int) -> Check:
    step = f"Run in a terminal that stays open: aftercare serve{'' if port == DEFAULT_PORT else f' --port {port}'}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/hello")
        answer = connection.getresponse()
        version = answer.headers.get("X-Aftercare")
    except (OSError, http.client.HTTPException):
        return Check("server", False, f"nothing answers on port {port}", step)
    finally:
        connection.close()
    if version is None:
        return Check("server", False, f"another program answers on port {port}", "Use another port: --port N")
    if version != __version__:
        return Check("server", False, f"version {version} runs, {__version__} is installed", "Start the server again.")
    return Check("server", True, f"version {version} on port {port}")


def _pairings(home: Home) -> Check:
    from aftercare.cases import Desk, list_pairings

    step = "Run `aftercare pair` and type the code into the extension's options."
    if not home.desk.exists():
        return Check("paired browsers", False, "none", step)
    with Desk.open(home) as desk:
        paired = [each.browser for each in list_pairings(desk)]
    return Check("paired browsers", bool(paired), ", ".join(paired) or "none", step)


def _audit(home: Home) -> Check:
    from aftercare.cases import Desk, verify_audit

    if not home.desk.exists():
        return Check("audit trail", True, "empty")
    with Desk.open(home) as desk:
        report = verify_audit(desk)
    step = "Keep a copy of the data folder before you go on: the record was changed from outside."
    return Check("audit trail", report.intact, report.sentence, step)
