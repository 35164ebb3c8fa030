"""What a message is for, and in which language it is written."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.messages.lint.draft import Draft, Span
from aftercare.text import LANGUAGES, language_of

_ENOUGH_WORDS = 8
_LOOKED_AT = 400


def only_courtesy(draft: Draft) -> Iterator[Span]:
    """The courtesies of a text that says nothing else: thanks, offers of help, questions whether all is well."""
    courtesies = draft.concepts.of("courtesy")
    if not courtesies:
        return
    spans = [(each.first, each.last) for each in courtesies]
    for matter in draft.concepts.of("matter"):
        if not any(first <= matter.last and matter.first <= last for first, last in spans):
            return
    yield courtesies[0].start, courtesies[-1].end


def other_language(draft: Draft) -> Iterator[Span]:
    """The whole text, where it is clearly not in the language that the message is said to be in."""
    wanted = (draft.message.lang or "")[:2].lower()
    if wanted not in LANGUAGES or len(draft.words) < _ENOUGH_WORDS:
        return
    # Small words decide at once for nearly every text; only where they speak for another language is it looked at closely.
    # The language asked for is expected there, so that names, numbers and a loan word or two do not decide.
    if wanted not in language_votes(draft.words, small_words_only=True) and language_of(draft.plain.text[:_LOOKED_AT], (wanted,)) not in (wanted, "und"):
        yield 0, len(draft.message.text)
