"""Commands around the server: serve, pair, pairings, audit."""

from __future__ import annotations

import json
import sys
from datetime import date

import click

from aftercare.cli.common import DAY, answered, book_option, counted, home_option, json_option, plain
from aftercare.config import DEFAULT_PORT, Home
from aftercare.errors import InputError


@click.command()
@click.option("--port", type=click.IntRange(1024, 65535), default=DEFAULT_PORT, show_default=True)
@book_option
@click.option(
    "--public-url",
    metavar="URL",
    help="The https address of a reverse proxy on this machine, for a team; see docs/team.md.",
)
@click.option("--today", type=DAY, help="Answer as if it were this day; for demonstrations.")
@home_option
@answered
def serve(port: int, book_url: str | None, public_url: str | None, today: date | None, home: Home) -> None:
    """Run the server that the extension talks to, on this machine only."""
    from aftercare.app import serve as run

    run(home, port, book_url=book_url, public_url=public_url, today=(lambda: today) if today else None)


@click.command()
@click.option("--agent", metavar="NAME", help="Invite one person of a team: the code is theirs and lives longer.")
@click.option("--hours", type=click.IntRange(1, 168), help="How long an invitation lives; 24 hours unless given.")
@home_option
@answered
def pair(agent: str | None, hours: int | None, home: Home) -> None:
    """Show a code that pairs one browser: type it into the extension within two minutes."""
    from aftercare.cases import Desk, invite, open_pairing
    from aftercare.cases.pairings import INVITATION_HOURS, person_name

    if hours is not None and agent is None:
        raise InputError(
            "Only an invitation for one person lives for hours.",
            code="nobody_invited",
            next="Say whom it is for with --agent NAME, or leave --hours out.",
        )
    with Desk.open(home) as desk:
        if agent is not None:
            name, hours = person_name(agent), hours or INVITATION_HOURS
            code = invite(desk, name, hours=hours)
            click.echo(f"Invitation for {name}: {code}\nIt works once, within {counted(hours, 'hour')}.")
            return
        code = open_pairing(desk)
    click.echo(f"Pairing code: {code}\nType it into the extension's options within two minutes; it works once.")


@click.group()
def pairings() -> None:
    """List paired browsers, or revoke one."""


@pairings.command("list")
@json_option
@home_option
@answered
def list_(as_json: bool, home: Home) -> None:
    """List the browsers that may talk to the server."""
    from aftercare.cases import Desk, list_pairings

    with Desk.open(home) as desk:
        found = [each.to_json() for each in list_pairings(desk)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    for each in [] if as_json else found:
        used = each["last_used"] or "never"
        click.echo(f"{each['id']:>3}  {plain(each['browser'])}  (paired {each['paired']}, last used {used})")
    if not found and not as_json:
        click.echo("No browser is paired. Run `aftercare pair` and type the code into the extension's options.")


@pairings.command()
@click.argument("number", type=int)
@home_option
@answered
def revoke(number: int, home: Home) -> None:
    """Shut out the browser of this number, at once."""
    from aftercare.cases import Desk, revoke_pairing

    with Desk.open(home) as desk:
        revoke_pairing(desk, number)
    click.echo(f"Pairing {number} is revoked; that browser must be paired again to go on.")


@click.group()
def audit() -> None:
    """The record of what was seen and decided: verify it, or export it."""


@audit.command()
@json_option
@home_option
@answered
def verify(as_json: bool, home: Home) -> None:
    """Check the whole record for any change, gap, or cut; exit status 1 where one is found."""
    from aftercare.cases import Desk, verify_audit

    with Desk.open(home) as desk:
        report = verify_audit(desk)
    click.echo(json.dumps(report.to_json(), ensure_ascii=False) if as_json else report.sentence)
    sys.exit(0 if report.intact else 1)


@audit.command()
@home_option
@answered
def export(home: Home) -> None:
    """Write the record as JSON Lines."""
    from aftercare.cases import Desk, export_audit
    from aftercare.cli.lines import write_line

    with Desk.open(home) as desk:
        for entry in export_audit(desk):
            write_line(entry)
