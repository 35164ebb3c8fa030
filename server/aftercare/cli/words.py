"""Commands over reviews and messages: read, triage, match, lint, coverage."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from aftercare.cli.common import DAY, answered, book_option, complain, home_option, json_option, today_option
from aftercare.cli.lines import answer_lines, write_line
from aftercare.config import Home
from aftercare.errors import AftercareError, InputError

in_option = click.option("--in", "source", metavar="F", help="Read from this file instead of standard input.")
out_option = click.option("--out", "target", metavar="F", help="Write to this file instead of standard output.")


def page_bytes(path: str) -> bytes:
    """A saved page. Raises InputError (`file_unusable`) naming the file."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(
            f"The page {path} cannot be read: {error.strerror}.",
            code="file_unusable",
            next="Give the name of a saved page (HTML).",
            file=path,
        ) from error


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE.html...")
@click.option("--url", help="The address the page was saved from, where the file does not tell.")
@json_option
@home_option
@answered
def read(pages: tuple[str, ...], url: str | None, as_json: bool, home: Home) -> None:
    """Read saved pages: one Review a line."""
    from aftercare.reviews import read_page

    status = 0
    for path in pages:
        try:
            page = read_page(page_bytes(path), url)
        except AftercareError as error:
            complain(error, path)
            status = 1
            continue
        for review in page.reviews:
            write_line(review.to_json())
        for refused in (*page.refused, *([page.note] if page.note else [])):
            complain(refused, path)
            status = 1
    sys.exit(status)


@click.command()
@in_option
@out_option
@json_option
@home_option
@answered
def triage(source: str | None, target: str | None, as_json: bool, home: Home) -> None:
    """Say of each review what kind of complaint it is: one Complaint a line."""
    from aftercare.complaints import triage as complaint_of
    from aftercare.reviews import Review

    sys.exit(answer_lines(lambda value: complaint_of(Review.from_json(value)).to_json(), source, target))


@click.command()
@in_option
@out_option
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="Candidates to list.")
@json_option
@today_option
@book_option
@home_option
@answered
def match(
    source: str | None,
    target: str | None,
    top: int,
    as_json: bool,
    today: date,
    book_url: str | None,
    home: Home,
) -> None:
    """Find the order behind each review: one Match a line."""
    from aftercare.complaints import triage as complaint_of
    from aftercare.matching import find_order
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of
    from aftercare.reviews import Review

    with OrderBook.open(place_of(book_url, home.book), keys=home.folder) as book:
        if not book.count():
            click.echo("The order book is empty: import your order reports first (aftercare import).", err=True)

        def answer(value: object) -> dict[str, object]:
            review = Review.from_json(value)
            return find_order(review, complaint_of(review), book, today=today, top=top).to_json()

        sys.exit(answer_lines(answer, source, target))


@click.command()
@in_option
@out_option
@json_option
@home_option
@answered
def lint(source: str | None, target: str | None, as_json: bool, home: Home) -> None:
    """Judge messages before they are sent: one Verdict a line."""
    from aftercare.messages.lint import lint as verdict_on
    from aftercare.messages.verdict import Message

    sys.exit(answer_lines(lambda value: verdict_on(Message.from_json(value)).to_json(), source, target))


@click.command()
@click.option("--marketplace", required=True, help="Two letters, for example DE.")
@click.option("--purchased", type=DAY, required=True)
@click.option("--delivered", type=DAY)
@click.option("--asin", help="Look up what you wrote down about this product's support.")
@click.option("--oem-enrolled", is_flag=True, help="The manufacturer has enrolled this product.")
@json_option
@today_option
@home_option
@answered
def coverage(
    marketplace: str,
    purchased: date,
    delivered: date | None,
    asin: str | None,
    oem_enrolled: bool,
    as_json: bool,
    today: date,
    home: Home,
) -> None:
    """Show which of the six support programmes still cover a purchase."""
    from aftercare.cli.tables import coverage_table
    from aftercare.coverage import coverage_of
    from aftercare.knowledge import SupportProfiles

    profile = SupportProfiles(home.support).get(asin) if asin else None
    answer = coverage_of(
        marketplace,
        purchased,
        delivered=delivered,
        oem_enrolled=oem_enrolled or bool(profile and profile.oem_enrolled),
        today=today,
        asin=asin,
        overrides=profile.programmes if profile else None,
    )
    if as_json:
        click.echo(json.dumps(answer.to_json(), ensure_ascii=False))
    else:
        coverage_table(answer)
