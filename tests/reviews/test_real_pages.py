"""All real pages beside the repository, against a second reading that shares no code with the first.

The second reading knows nothing of layouts: regular expressions over the page's own text, cut at each review's start.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from aftercare.reviews import Page, read_page

PAGES = Path(__file__).parents[3] / "shared" / "pages"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PAGES.is_dir(), reason="The real pages are third-party material and lie beside a checkout."),
]

START = re.compile(r'<(?:li|div)\b(?=[^>]*\bdata-hook="review")(?=[^>]*\bid="(R[A-Z0-9]+)")[^>]*>')
STARS = re.compile(r'<i\b(?=[^>]*data-hook="(?:cmps-)?review-star-rating")[^>]*\ba-star-(\d)\b')
DATE = re.compile(r'data-hook="review-date"[^>]*>([^<]+)<')
NAME = re.compile(r'class="a-profile-name">([^<]*)<|<a[^>]*data-hook="review-author"[^>]*>([^<]*)<')
BADGE = re.compile(r'data-hook="avp-badge')
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")

# The months of the pages' languages by their first letters, and the countries that occur.
MONTHS = dict(
    zip(
        ("jan ene gen", "f", "mar mär", "ap av ab", "may mai mei mag", "jun juin giu", "jul juil lug", "au ag ao", "se",
         "oc ok ot ou", "no", "de di dé dez"), range(1, 13), strict=True)
)  # fmt: skip
COUNTRIES = {
    "US": "United States|Vereinigten Staaten|États-Unis", "UK": "United Kingdom", "AE": "Arab Emirates|Emiratos",
    "SA": "Saudi", "IN": "India|Inde", "DE": "German|Deutschland|Alemania|Allemagne", "FR": "Franc", "IT": "Ital",
    "ES": "Spain|España|Espagne", "MX": "M[eé]xico", "BR": "Bra[sz]il", "CA": "Canada", "JP": "Japan",
    "AU": "Australia", "SE": "Sweden", "BE": "Belgium", "IE": "Ireland", "EG": "Egypt", "TR": "Turk|Turq|Turquía",
}  # fmt: skip
STORES = {"ae": "AE", "ca": "CA", "co-jp": "JP", "co-uk": "UK", "com-br": "BR", "com-mx": "MX", "com": "US", "de": "DE",
          "es": "ES", "fr": "FR", "in": "IN", "it": "IT"}  # fmt: skip
NAMES = sorted(path.name for path in PAGES.glob("*.html")) if PAGES.is_dir() else []


@cache
def page(name: str) -> Page:
    return read_page((PAGES / name).read_bytes())


@cache
def pieces(name: str) -> dict[str, str]:
    text = (PAGES / name).read_text(encoding="utf-8")
    starts = [found for found in START.finditer(text)]
    ends = [*(found.start() for found in starts[1:]), len(text)]
    return {found[1]: text[found.start() : end] for found, end in zip(starts, ends, strict=True)}


def month_of(line: str) -> int:
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", line)]
    word = words[-1] if words[-1] not in ("de", "del") else words[-2]
    if re.search(r"[^\W\d_]+ \d{1,2}, \d{4}$", line):
        word = re.findall(r"[^\W\d_]+", line)[-1].lower()
    return next(number for starts, number in MONTHS.items() if any(word.startswith(each) for each in starts.split()))


@pytest.mark.parametrize("name", NAMES)
def test_every_review_is_read_with_nothing_missing(name: str) -> None:
    read = page(name)

    assert [review.id for review in read.reviews] == list(pieces(name))
    assert [review.missing for review in read.reviews] == [()] * len(read.reviews)
    assert (read.refused, read.note) == ((), None)


@pytest.mark.parametrize("name", NAMES)
def test_stars_name_and_badge_are_those_in_the_markup(name: str) -> None:
    for review in page(name).reviews:
        piece = pieces(name)[review.id]
        author = NAME.search(piece)
        assert author
        said = (int(STARS.search(piece)[1]), html.unescape(author[1] or author[2]).strip(), bool(BADGE.search(piece)))  # type: ignore[index]
        assert (review.stars, review.reviewer_name, review.verified) == said


@pytest.mark.parametrize("name", NAMES)
def test_day_and_country_are_those_of_the_line(name: str) -> None:
    for review in page(name).reviews:
        line = " ".join(html.unescape(DATE.search(pieces(name)[review.id])[1]).split())  # type: ignore[index]
        countries = [code for code, words in COUNTRIES.items() if re.search(words, line)] or [
            STORES[name.split("_")[0]]
        ]
        assert review.date
        assert (review.date.year, review.date.month, review.date.day, [review.country], review.marketplace) == (
            int(YEAR.search(line)[0]),  # type: ignore[index]
            month_of(line),
            int(DAY.search(line)[0]),  # type: ignore[index]
            countries,
            countries[0],
        )


@pytest.mark.parametrize("name", NAMES)
def test_title_and_body_are_words_of_the_page_and_of_the_reviewer_only(name: str) -> None:
    for review in page(name).reviews:
        plain = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", pieces(name)[review.id])).split())
        tight = plain.replace(" ", "")
        assert "".join((review.title or "").split()) in tight
        assert "".join((review.body or "").split()) in tight
        assert not re.search(r"P\.when\(|Read more$|Read less$|En lire moins$|out of 5 stars", review.text)


def test_the_asin_is_the_one_on_screen() -> None:
    for name in NAMES:
        text = (PAGES / name).read_text(encoding="utf-8")
        assert f'{{"asin": "{page(name).asin}"}}' in text


def test_the_totals_are_those_counted_by_hand() -> None:
    reviews = [review for name in NAMES for review in page(name).reviews]

    assert (len(NAMES), len(reviews)) == (74, 621)
    assert Counter(review.layout for review in reviews) == {"div": 346, "li": 258, "2026": 16, "legacy": 1}
    assert Counter(page(name).kind for name in NAMES) == {"product": 54, "list": 19, "single": 1}
    assert sum(review.verified is False for review in reviews) == 13
