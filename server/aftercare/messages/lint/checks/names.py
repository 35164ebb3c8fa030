"""Names that have no place in the text: the public reviewer name, and in public the buyer's own."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.matching.name_data import is_generic
from aftercare.messages.lint.draft import Draft, Span
from aftercare.text import Words, words_of

_SHORTEST = 3


def reviewer_name(draft: Draft) -> Iterator[Span]:
    """The public reviewer name, whole or in a telling part, where it is not the buyer's."""
    name = draft.message.reviewer_name
    if not name or is_generic(name):
        return
    buyer = set(words_of(draft.message.buyer_name or "").texts)
    telling = [word for word in words_of(name).texts if word not in buyer]
    if telling:
        yield from _name_spans(draft, words_of(name).texts, set(telling))


def buyer_name(draft: Draft) -> Iterator[Span]:
    """The buyer's name, whole or its longer parts."""
    names = words_of(draft.message.buyer_name or "").texts
    yield from _name_spans(draft, names, set(names))


def _name_spans(draft: Draft, whole: tuple[str, ...], parts: set[str]) -> Iterator[Span]:
    words = draft.words
    size = len(whole)
    index = 0 if whole else len(words)
    while index < len(words):
        if words.texts[index : index + size] == whole and any(
            _is_name(words, place, words.texts[place]) for place in range(index, index + size)
        ):
            yield words.span(index, index + size - 1)
            index += size
            continue
        word = words.texts[index]
        if word in parts and size > 1 and _is_name(words, index, word):
            yield words.span(index, index)
        index += 1


def _is_name(words: Words, index: int, name: str) -> bool:
    """Whether the word is written as a name: "happy" of "Happy Reader" is one only with a capital inside a sentence."""
    if any(sign.isdigit() for sign in name):
        return len(name) > _SHORTEST
    if len(name) < _SHORTEST and name.isascii():
        return False
    written = words.original[words.starts[index] : words.ends[index]]
    if not written[:1].isupper():
        return not written[:1].islower() and not name.isascii()
    return not _opens_sentence(words, index) or _is_address(words, index)


def _opens_sentence(words: Words, index: int) -> bool:
    return index == 0 or words.sentences[index] != words.sentences[index - 1]


def _is_address(words: Words, index: int) -> bool:
    """Whether a comma or the line's end follows: "Anna, your order …"."""
    after = words.original[words.ends[index] : words.ends[index] + 2].lstrip(" ")
    return after[:1] in (",", "\n", "!", "")
