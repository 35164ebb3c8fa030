"""`aftercare backup` and `aftercare restore`: everything a seller has in one file, and back again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from aftercare.cli.common import answered, home_option
from aftercare.config import Home
from aftercare.errors import InputError

_VARIABLE = "AFTERCARE_PASSPHRASE"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--without-key", is_flag=True, help="No passphrase: only this machine and data folder can open it.")
@home_option
@answered
def backup(file: Path, without_key: bool, home: Home) -> None:
    """Write order book, cases, record, settings and support profiles into one sealed FILE.

    It can be taken while the server runs. The passphrase that opens it is asked for, or read from AFTERCARE_PASSPHRASE.
    """
    from aftercare.keeping.backup import backup as write

    word = None if without_key else _passphrase(new=True)
    if word is None and not without_key:
        raise InputError(
            "No passphrase was given.",
            code="passphrase_missing",
            next="Type one in a terminal, set AFTERCARE_PASSPHRASE, or leave the key out with --without-key.",
        )
    told = write(home, file, word)
    size = sum(each.size for each in told.files.values())
    click.echo(f"Written: {', '.join(told.files)} ({size / 1e6:,.1f} MB).")
    if without_key:
        click.echo("It holds no key: keep this data folder's key, or nobody can open it.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@home_option
@answered
def restore(file: Path, home: Home) -> None:
    """Put the data of a backup FILE into the data folder; what is there now is kept aside in it."""
    from aftercare.keeping.restore import restore as put_back

    done = put_back(home, file, lambda: _passphrase(new=False))
    click.echo(f"Restored as of {done.manifest.at}: {', '.join(done.manifest.files)}.")
    if done.aside:
        click.echo(
            f"What was there before is kept in {done.aside.name} in the data folder; delete it when all is well."
        )


def _passphrase(*, new: bool) -> str | None:
    """From the environment, or typed without being shown; None where nobody can type."""
    given = os.environ.get(_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return None
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))
