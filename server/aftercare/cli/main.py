"""The `aftercare` command and the list of its parts."""

from __future__ import annotations

import click

from aftercare import __version__
from aftercare.cli.book import import_
from aftercare.cli.desk import audit, pair, pairings, purge, serve
from aftercare.cli.doctor import doctor
from aftercare.cli.investigate import investigate
from aftercare.cli.words import coverage, lint, match, read, triage


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="aftercare")
def main() -> None:
    """From a public complaint to a private, permitted, finished piece of service.

    Begin with `aftercare doctor`: it says what is set up, what is not, and the next step.
    """


for command in (import_, read, triage, match, coverage, lint, investigate, serve, pair, pairings, audit, purge, doctor):
    main.add_command(command)
