"""Reads a review as a complaint: the entry to this package.

Only the first 20,000 code points of a body are read: more than people write, and an end to what hostile pages send.
"""

from __future__ import annotations

from aftercare.complaints.complaint import Complaint
from aftercare.complaints.features import features_of
from aftercare.complaints.joined import joined
from aftercare.complaints.learned import by_examples, learned_languages
from aftercare.complaints.lexicon import LANGUAGES, lexicon
from aftercare.complaints.reading import Reading, read
from aftercare.complaints.verdict import Field, judge
from aftercare.errors import InputError
from aftercare.reviews.review import Review
from aftercare.rules.marketplaces import marketplace as marketplace_of
from aftercare.text import language_of

LONGEST = 20_000
"""How many code points of a body, and of a title, are read."""

# Below so many letters the detector guesses, and the language that the page told is the better guess.
_SURE = 60


def triage(review: Review) -> Complaint:
    """What a review complains of. Never fails: a text in an unknown language is judged by its stars alone."""
    return triage_text(
        review.id,
        review.body or "",
        title=review.title,
        stars=review.stars,
        lang=review.lang,
        marketplace=review.marketplace,
    )


def triage_text(
    id: str,
    body: str,
    *,
    title: str | None = None,
    stars: int | None = None,
    lang: str | None = None,
    marketplace: str | None = None,
) -> Complaint:
    """The same for words that are not in a Review.

    lang: the language the text is said to be in, as `de` or `de-DE`; a long text's own language outweighs it.
    marketplace: two letters; its languages are the likelier ones.
    """
    body, title = body[:LONGEST], (title or "")[:LONGEST]
    language = _language(f"{title}\n{body}", lang, marketplace)
    readings, judged = by_rules(id, language, title, body, stars)
    if language not in learned_languages():
        return judged
    loud = features_of(title, body, stars, [reading for _, reading in readings], judged)
    learned = by_examples(language, loud)
    return joined(judged, learned, (("title", title), ("body", body))) if learned else judged


def by_rules(
    id: str, language: str, title: str, body: str, stars: int | None
) -> tuple[list[tuple[Field, Reading]], Complaint]:
    """What the rules of a language find, and how they judge it; in a language without rules the stars alone judge."""
    readings: list[tuple[Field, Reading]] = []
    if language in LANGUAGES:
        words = lexicon(language)
        readings = [("title", read(title, words)), ("body", read(body, words))]
    return readings, judge(id, language, readings, stars)


def _language(text: str, said: str | None, marketplace: str | None) -> str:
    told = (said or "").strip().lower().replace("_", "-").partition("-")[0]
    if told in LANGUAGES and sum(map(str.isalpha, text[:200])) < _SURE:
        return told
    likely = (told,) if told in LANGUAGES else ()
    return language_of(text, likely + _languages_of(marketplace))


def _languages_of(code: str | None) -> tuple[str, ...]:
    """The languages of a store; none for a country in which Amazon has no store."""
    if not code:
        return ()
    try:
        return tuple(language[:2] for language in marketplace_of(code).languages)
    except InputError:
        return ()
