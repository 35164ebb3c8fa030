"""What a message is for, and in which language it is written."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.messages.lint.draft import Draft, Span
from aftercare.messages.lint.vocabulary import small_words_of
from aftercare.text import LANGUAGES, language_of

_ENOUGH_WORDS = 8
_CONTENT = 4  # So long a word says something, mostly.
_FEW = 12  # So few of them beside the courtesies are a greeting, the word for order, a signature.
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
    covered = {index for first, last in spans for index in range(first, last + 1)}
    rest = [word for index, word in enumerate(draft.words.texts) if index not in covered and word.isalpha()]
    if sum(len(word) >= _CONTENT for word in rest) <= _FEW:
        yield courtesies[0].start, courtesies[-1].end


def other_language(draft: Draft) -> Iterator[Span]:
    """The whole text, where it is clearly not in the language that the message is said to be in."""
    wanted = (draft.message.lang or "")[:2].lower()
    if wanted not in LANGUAGES or len(draft.words) < _ENOUGH_WORDS:
        return
    # Small words decide for nearly every text; only where they speak for another language is it looked at closely.
    # There the language asked for is expected, so that names, numbers and a loan word or two do not decide.
    counts = small_words_of(draft.words)
    if counts and 2 * counts.get(wanted, 0) >= max(counts.values()):
        return
    if language_of(draft.plain.text[:_LOOKED_AT], (wanted,)) not in (wanted, "und"):
        yield 0, len(draft.message.text)
