"""One card to one Review: each field by the ways that the layouts list, and the names of those not to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from bs4 import Tag

from aftercare.errors import InputError
from aftercare.reviews.cards import Card
from aftercare.reviews.dates import DateLine, read_byline, read_date_line
from aftercare.reviews.layouts import Layouts, Way
from aftercare.reviews.review import Review
from aftercare.reviews.selectors import compile_selector
from aftercare.reviews.words import line_of, text_of
from aftercare.rules.marketplaces import Marketplace, by_host, by_id, marketplaces
from aftercare.text import language_of

_STARS = 5
_TELLS_LANGUAGE = 400  # More text takes longer to judge than all else and does not change the answer.
_COPIES = 30  # Of one hook in one review: Amazon has three at most, and a page may be made to hold endless ones.
_NUMBER = re.compile(r"\d+(?:[.,٫]\d+)?")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page says about all its reviews: the ASIN on screen and the store."""

    asin: str | None
    market: Marketplace | None


def read_card(card: Card, around: Surroundings, rules: Layouts) -> Review:
    """Reads one review. Raises InputError (`no_review_id`) where it has no id, since nothing could be kept under it."""
    return _Reader(card, around, rules).review()


class _Reader:
    def __init__(self, card: Card, around: Surroundings, rules: Layouts) -> None:
        self.card = card
        self.around = around
        self.rules = rules

    def review(self) -> Review:
        identity = self._coded("id", self.rules.review_id)
        if identity is None:
            raise InputError(
                "A review on this page has no review id, so it cannot be kept apart from others.",
                code="no_review_id",
                next="Open the review by itself on Amazon and save that page.",
            )
        layout = self._layout()
        title, body = self._words("title"), self._words("body")
        line, name = self._date_line()
        market, country = self._origin(line)
        variant_asin = self._coded("variant_asin", self.rules.asin)
        verified = self._verified(layout, body)
        read = {
            "marketplace": market.code if market else None,
            "asin": self.around.asin or self._coded("asin", self.rules.asin),
            "reviewer_name": self._line("reviewer_name") or name,
            "date": line.date,
            "stars": self._stars(),
            "verified": verified,
            "title": title,
            "body": body,
            "country": country,
            "layout": layout,
        }
        missing = [field for field, value in read.items() if value is None]
        # A country without an Amazon store has no marketplace; that is known, not missing.
        if country and "marketplace" in missing:
            missing.remove("marketplace")
        lang = self._language(title, body, market)
        return Review(
            id=identity,
            variant_asin=variant_asin,
            variant=self._variant(),
            lang=lang,
            missing=tuple(missing if lang else [*missing, "lang"]),
            **read,  # type: ignore[arg-type]
        )

    def _layout(self) -> str | None:
        for layout in self.rules.layouts:
            if any(self.card.has(compile_selector(mark)) for mark in layout.marks):
                return layout.name
        return None

    def _date_line(self) -> tuple[DateLine, str | None]:
        """The date line, and the name where one line holds both."""
        for _, node in self._nodes("date"):
            return read_date_line(self._one_line(node)), None
        best: tuple[str | None, date | None] = (None, None)
        for way, node in self._nodes("byline"):
            text = self._one_line(node)
            if way.pattern is None or re.search(way.pattern, text):
                best = max(best, read_byline(text), key=lambda found: (found[1] is not None, found[0] is not None))
            if all(best):
                break
        return DateLine(best[1]), best[0]

    def _origin(self, line: DateLine) -> tuple[Marketplace | None, str | None]:
        """Where the review was written: the date line's country, else what the markup says, else the page's own store.

        The last only for a bare date among the reviews of this country, as Amazon showed them until 2019.
        """
        if line.country:
            return marketplaces().get(line.country), line.country
        market = self._declared_market()
        if market is None and line.bare and not self._is_foreign():
            market = self.around.market
        return (market, market.code) if market else (None, None)

    def _declared_market(self) -> Marketplace | None:
        for value in self._values("marketplace"):
            if value in by_id():
                return by_id()[value]
            try:
                host = urlsplit(value).hostname
            except ValueError:
                continue
            if host and not host.startswith("sellercentral") and (market := by_host(host)):
                return market
        return None

    def _is_foreign(self) -> bool:
        return self.card.foreign or any(self.card.has(part.compiled) for part in self.rules.foreign)

    def _stars(self) -> int | None:
        for way, node in self._nodes("stars"):
            if way.attribute:
                value = _value(node, way)
                if value:
                    return int(value)
            elif stars := _stars_in(line_of(node, _never)):
                return stars
        return None

    def _verified(self, layout: str | None, body: str | None) -> bool | None:
        """A badge, or none where one would be. It stands before the body: without a body it may have been cut off."""
        if next(self._nodes("verified"), None):
            return True
        told = any(layout in way.of for way in self.rules.fields["verified"])
        return False if told and body is not None else None

    def _variant(self) -> str | None:
        pieces: list[str] = []
        for way, node in self._nodes("variant"):
            pieces += self._pieces(node)
            if way.take != "all":
                break
        return ", ".join(dict.fromkeys(pieces)) or None

    def _pieces(self, strip: Tag) -> list[str]:
        """The parts of a variant: set apart by separators, or each a "name: value" in a node of its own."""
        children = [each for each in strip.contents if isinstance(each, Tag) and not self._breaks(each)]
        named = [line_of(each, self._silent) for each in children]
        if len(named) > 1 and all(":" in piece for piece in named):
            return named
        return [piece for piece in text_of(strip, self._silent, self._breaks).split("\n") if piece]

    def _language(self, title: str | None, body: str | None, market: Marketplace | None) -> str | None:
        """The language of the words. What the markup says tips the scales and no more: Amazon notes there the language
        of the writer's account or of the store, in which the review need not be written.
        """
        text = "\n".join(filter(None, (title, body)))
        if not text:
            return None
        hint = self._line("lang")
        expected = (*((hint[:2].lower(),) if hint else ()), *(market.languages if market else ()))
        return language_of(text[:_TELLS_LANGUAGE], expected)

    def _words(self, field: str) -> str | None:
        """The words of a field; empty where its place is there but holds none, None where there is no such place."""
        found: str | None = None
        for way in self.rules.fields.get(field, ()):
            texts = [text_of(node, self._silent) for node in islice(self.card.find(way.compiled), _COPIES)]
            text = max(texts, key=len, default=None) if way.take == "longest" else next(iter(texts), None)
            if text:
                return " ".join(text.split()) if field == "title" else text
            found = found if text is None else text
        return found

    def _line(self, field: str) -> str | None:
        return next(self._values(field), None)

    def _coded(self, field: str, pattern: str) -> str | None:
        """The first value of a field that is a whole code of the given form."""
        return next((value for value in self._values(field) if re.fullmatch(pattern, value)), None)

    def _values(self, field: str) -> Iterator[str]:
        for way, node in self._nodes(field):
            value = _value(node, way) if way.attribute else _part(self._one_line(node), way)
            if value:
                yield value

    def _nodes(self, field: str) -> Iterator[tuple[Way, Tag]]:
        for way in self.rules.fields.get(field, ()):
            for node in islice(self.card.find(way.compiled), _COPIES):
                yield way, node

    def _one_line(self, node: Tag) -> str:
        return line_of(node, self._silent)

    def _silent(self, node: Tag) -> bool:
        return self.rules.silence.of(node.name, node.attrs) is not None

    def _breaks(self, node: Tag) -> bool:
        return self.rules.breaks.of(node.name, node.attrs) is not None


def first_value(nodes: Iterator[Tag], way: Way) -> str | None:
    """The first value that a way finds in attributes of the given nodes."""
    return next(filter(None, (_value(node, way) for node in nodes)), None)


def _value(node: Tag, way: Way) -> str | None:
    got = node.attrs.get(way.attribute or "")
    text = " ".join(map(str, got)) if isinstance(got, list) else str(got or "")
    return _part(text.strip(), way)


def _part(text: str, way: Way) -> str | None:
    if way.pattern is None:
        return text or None
    found = re.search(way.pattern, text)
    return (found[1] if found.lastindex else found[0]) if found else None


def _never(_: Tag) -> bool:
    return False


def _stars_in(text: str) -> int | None:
    """Stars in words of any language: of the two numbers, one is the scale of five; what is left is the rating."""
    numbers = [float(number.replace(",", ".").replace("٫", ".")) for number in _NUMBER.findall(text)]
    if len(numbers) == 2 and _STARS in numbers:
        numbers.remove(_STARS)
    if len(numbers) != 1 or numbers[0] not in range(1, _STARS + 1):
        return None
    return int(numbers[0])
