"""`aftercare investigate`: the whole way from a review on a saved page to a permitted message."""

from __future__ import annotations

import sys
from datetime import date

import click

from aftercare.cli.common import answered, book_option, complain, home_option, json_option, today_option
from aftercare.cli.lines import write_line
from aftercare.cli.words import page_bytes
from aftercare.config import Home
from aftercare.errors import AftercareError, InputError, NotFoundError


@click.command()
@click.argument("page", metavar="PAGE.html")
@click.option("--review", "review_id", metavar="ID", help="Only this review; every review on the page unless given.")
@click.option("--order", "order_id", metavar="ID", help="Take this order as confirmed, so that routes and draft show.")
@click.option("--url", help="The address the page was saved from, where the file does not tell.")
@click.option("--lang", help="The language to write in (two letters).")
@json_option
@today_option
@book_option
@home_option
@answered
def investigate(
    page: str,
    review_id: str | None,
    order_id: str | None,
    url: str | None,
    lang: str | None,
    as_json: bool,
    today: date,
    book_url: str | None,
    home: Home,
) -> None:
    """Walk the whole way for the reviews of a saved page: complaint, order, coverage, routes, draft."""
    from aftercare.cli.report import report
    from aftercare.investigate import Decision
    from aftercare.investigate import investigate as walk
    from aftercare.knowledge import SupportProfiles
    from aftercare.orders.book import OrderBook
    from aftercare.orders.store import place_of
    from aftercare.reviews import read_page

    if order_id and not review_id:
        raise InputError("An order can be confirmed for one review only.", next="Say which one with --review ID.")
    read = read_page(page_bytes(page), url)
    status = 0
    for refused in (*read.refused, *([read.note] if read.note else [])):
        complain(refused, page)
        status = 1
    wanted = [review for review in read.reviews if review_id in (None, review.id)]
    if review_id and not wanted:
        raise NotFoundError(
            f"The page has no review {review_id}.",
            code="review_not_found",
            next=f"aftercare read {page} lists the reviews that are there.",
        )
    decision = Decision(order_id=order_id) if order_id else Decision()
    profiles = SupportProfiles(home.support)
    with OrderBook.open(place_of(book_url, home.book), keys=home.folder) as book:
        for review in wanted:
            try:
                found = walk(review, book, today=today, decision=decision, profiles=profiles, lang=lang)
            except AftercareError as error:
                complain(error, f"{page}: review {review.id}")
                status = 1
                continue
            if as_json:
                write_line(found.to_json())
            else:
                report(found)
    sys.exit(status)
