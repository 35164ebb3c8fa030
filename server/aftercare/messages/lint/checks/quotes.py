"""Words of the review in the draft that the order's own facts do not explain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from aftercare.messages.lint.draft import Draft, Span
from aftercare.messages.lint.model import QuoteWords
from aftercare.rules import load
from aftercare.text import Words, fold, words_of
from aftercare.text.common_words import COMMON_WORDS

_LONGEST_REVIEW = 20_000
_RUN = 3  # So many equal words in a row can be a quote, if enough of them say something.
_NEAR = 12  # Telling words of one thought stand within so many words.
_STEM = 6  # Telling words are equal in their first letters: "squeaks" and "squeaking".
_SHORTEST = 4  # Telling words that stand apart.
_SAYING = 3  # Words of an equal row.


@cache
def _data() -> QuoteWords:
    return load(QuoteWords, "lint/quote_words.json")


@cache
def _plain_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Words anyone uses, and beginnings of the words that belong to orders, products and their faults."""
    data = _data()
    common = {fold(word) for words in (*data.common.values(), *COMMON_WORDS.values()) for word in words}
    beginnings = {fold(word) for words in data.order_words.values() for word in words}
    return frozenset(common), tuple(sorted(beginnings))


@cache
def _private() -> dict[str, int]:
    """Words that tell of someone's life, with their group's number: what one calls daughter, another calls girl."""
    return {fold(word): number for number, group in enumerate(_data().private_life) for word in group}


@cache
def _is_telling(word: str) -> bool:
    common, beginnings = _plain_words()
    return len(word) >= _SAYING and not word[0].isdigit() and word not in common and not word.startswith(beginnings)


def _stem(word: str) -> str:
    return word[:_STEM] if word.isascii() and len(word) > _STEM else word


def review_words(draft: Draft) -> Iterator[Span]:
    """Quotes of several words, telling words close together, and what only the review tells of the buyer's life."""
    review = draft.message.review_text
    if not review:
        return
    source = _words_of_review(review[:_LONGEST_REVIEW])
    for words, concepts in draft.views[-1:]:
        own = {heard.sentence for heard in concepts.of("own_message")}
        yield from _equal_runs(words, source)
        yield from _telling_together(words, source, own)
        yield from _private_words(words, source, own)


@lru_cache(maxsize=64)
def _words_of_review(review: str) -> Words:
    """The review's words; the same review is compared with every version of the draft."""
    return words_of(review)


def _equal_runs(words: Words, source: Words) -> Iterator[Span]:
    places: dict[tuple[str, ...], list[int]] = {}
    for index in range(len(source) - _RUN + 1):
        places.setdefault(source.texts[index : index + _RUN], []).append(index)
    index = 0
    while index <= len(words) - _RUN:
        starts = places.get(words.texts[index : index + _RUN])
        if not starts:
            index += 1
            continue
        length = max(_equal_from(words.texts, index, source.texts, start) for start in starts[:20])
        run = words.texts[index : index + length]
        if _is_quote(run):
            yield words.span(index, index + length - 1)
        index += length


def _is_quote(run: tuple[str, ...]) -> bool:
    """Whether equal words are a quote: two telling ones, one among words that all say something, or a long row."""
    telling = sum(map(_is_telling, run))
    saying = sum(len(word) >= _SAYING and word not in _plain_words()[0] for word in run)
    if telling >= 2 or (telling and (saying == len(run) or len(run) >= 5)):
        return True
    return saying >= 3 and len(run) >= 7


def _equal_from(words: tuple[str, ...], index: int, source: tuple[str, ...], start: int) -> int:
    length = 0
    while (
        index + length < len(words) and start + length < len(source) and words[index + length] == source[start + length]
    ):
        length += 1
    return length


def _telling_together(words: Words, source: Words, own: set[int]) -> Iterator[Span]:
    """Three telling words of the review in one thought, or two that stand together in both."""
    of_review: dict[str, list[int]] = {}
    for index, word in enumerate(source.texts):
        if _is_telling(word):
            of_review.setdefault(_stem(word), []).append(index)
    if not of_review:
        return
    shared = [
        (index, _stem(word))
        for index, word in enumerate(words.texts)
        if len(word) >= _SHORTEST
        and _is_telling(word)
        and _stem(word) in of_review
        and words.sentences[index] not in own
    ]
    for (first, one), (last, other) in pairwise(shared):
        if one != other and last - first <= _NEAR // 2 and _near(of_review[one], of_review[other], _NEAR // 2):
            yield words.span(first, last)
    for (first, one), (_, two), (last, three) in zip(shared, shared[1:], shared[2:], strict=False):
        if len({one, two, three}) == 3 and last - first <= _NEAR:
            yield words.span(first, last)


def _near(places: list[int], others: list[int], distance: int) -> bool:
    return any(abs(place - other) <= distance for place in places[:20] for other in others[:20])


def _private_words(words: Words, source: Words, own: set[int]) -> Iterator[Span]:
    told = {_private()[word] for word in source.texts if word in _private()}
    if not told:
        return
    for index, word in enumerate(words.texts):
        if _private().get(word) in told and words.sentences[index] not in own:
            yield words.span(index, index)
