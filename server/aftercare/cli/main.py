"""The `aftercare` command and the list of its parts."""

from __future__ import annotations

import click

from aftercare import __version__
from aftercare.cli.backups import backup, restore
from aftercare.cli.book import import_
from aftercare.cli.desk import audit, pair, pairings, serve
from aftercare.cli.doctor import doctor
from aftercare.cli.investigate import investigate
from aftercare.cli.keeping import export, forget, purge, retention
from aftercare.cli.sync import sync_
from aftercare.cli.words import coverage, lint, match, read, triage


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="aftercare")
def main() -> None:
    """From a public complaint to a private, permitted, finished piece of service.

    Begin with `aftercare doctor`: it says what is set up, what is not, and the next step.
    """


for command in (
    import_, sync_, read, triage, match, coverage, lint, investigate, serve, pair, pairings, audit, backup, restore,
    retention, purge, export, forget, doctor,
):  # fmt: skip
    main.add_command(command)
