"""The entrance: a page, or a piece of one, to Reviews. Saved pages, live snippets and tests all come this way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aftercare.errors import AftercareError, InputError
from aftercare.reviews.absence import why_none
from aftercare.reviews.address import Place, market_of_page, place_of
from aftercare.reviews.cards import Card, Cards, cards_of
from aftercare.reviews.fields import Surroundings, first_value, read_card
from aftercare.reviews.layouts import Kind, Layouts, layouts
from aftercare.reviews.markup import decoded, parsed
from aftercare.reviews.review import Review
from aftercare.reviews.selectors import compile_selector
from aftercare.reviews.tables import calendar
from aftercare.text import language_of


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds.

    asin: of the product on screen; marketplace: the store's two letters; kind: product, list, single, brand or unknown;
    refused: one error for each review that could not be kept; note: why there are no reviews, where there are none.
    """

    url: str | None = None
    asin: str | None = None
    marketplace: str | None = None
    kind: Kind = "unknown"
    reviews: tuple[Review, ...] = ()
    refused: tuple[AftercareError, ...] = ()
    note: AftercareError | None = None


def read_page(html: str | bytes, url: str | None = None) -> Page:
    """Reads a whole page, as text or as the bytes of a file, with the address it had if that is known.

    Never raises for what is in the page: a review that cannot be kept is among `refused`, and `note` says why there are
    none. The time it takes grows with the length of the page.
    """
    rules = layouts()
    text = decoded(html)
    place = place_of(url, rules)
    soup = parsed(text, rules.judge)
    if soup is None:
        return Page(url=url, kind=place.kind, note=why_none(None, text, url, rules, refused=False))
    cards = cards_of(soup, rules)
    around = _surroundings(cards, text, place, None, rules)
    reviews, refused = _read_all(cards.reviews, around, rules)
    note = None
    if not reviews:
        whole = parsed(text, None)
        note = why_none(whole, text, url, rules, refused=bool(refused))
    return Page(
        url=url,
        asin=around.asin,
        marketplace=around.market.code if around.market else None,
        kind=place.kind if place.kind != "unknown" else _kind(cards, rules),
        reviews=tuple(reviews),
        refused=tuple(refused),
        note=note,
    )


def read_snippet(html: str | bytes, *, url: str | None = None, asin: str | None = None) -> Review:
    """Reads the first review in a piece of a page, such as the `outerHTML` of its node.

    url, asin: of the page it was taken from. Raises InputError: `no_review`, or `no_review_id`.
    """
    rules = layouts()
    text = decoded(html)
    soup = parsed(text, rules.judge)
    cards = cards_of(soup, rules) if soup else None
    if cards is None or not cards.reviews:
        raise InputError(
            "There is no review in this piece of a page.",
            code="no_review",
            next="Reload the page and try again; if it happens again, update Aftercare.",
        )
    around = _surroundings(cards, text, place_of(url, rules), asin, rules)
    return read_card(cards.reviews[0], around, rules)


def prepare() -> None:
    """Loads what the first review would otherwise wait for (about a second): layouts, names of countries, languages."""
    layouts()
    calendar()
    language_of("to have it ready")


def _read_all(
    cards: tuple[Card, ...], around: Surroundings, rules: Layouts
) -> tuple[list[Review], list[AftercareError]]:
    """Each review once, in the page's order; of two readings of the same one, that which misses less."""
    reviews: dict[str, Review] = {}
    refused: list[AftercareError] = []
    for number, card in enumerate(cards, 1):
        try:
            review = read_card(card, around, rules)
        except InputError as error:
            error.detail.setdefault("review", number)
            refused.append(error)
            continue
        known = reviews.get(review.id)
        if known is None or len(review.missing) < len(known.missing):
            reviews[review.id] = review
    return list(reviews.values()), refused


def _surroundings(cards: Cards, text: str, place: Place, asin: str | None, rules: Layouts) -> Surroundings:
    wanted = re.compile(rules.asin)
    given = (asin or "").strip().upper()
    candidates = (given, *_asins_on(cards, rules), place.asin or "")
    found = next((each for each in candidates if wanted.fullmatch(each)), None)
    return Surroundings(found, place.marketplace or market_of_page(text))


def _asins_on(cards: Cards, rules: Layouts) -> Iterator[str]:
    for way in rules.page_asin:
        yield first_value(cards.outside.find(way.compiled), way) or ""


def _kind(cards: Cards, rules: Layouts) -> Kind:
    """What kind of page it is by what is in it, where the address is not known; one review speaks for all."""
    for kind, selectors in rules.kinds.items():
        for selector in map(compile_selector, selectors):
            if any(card.has(selector) for card in (cards.outside, *cards.reviews[:1])):
                return kind
    return "unknown"
