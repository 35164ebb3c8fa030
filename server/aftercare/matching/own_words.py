"""The buyer's own words in a return, in seller feedback, or in a message, against the words of the review; towns named.

Two texts are compared by the words they share, each weighed by how few of the other buyers' texts use it, so that
"arrived broken" in every return comment says little and "the left hinge" says much.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from aftercare.matching.model import OwnWords, WordsLevel
from aftercare.orders.order import Order
from aftercare.text import Words, words_of

_LONGEST = 6000
_LONGEST_TOWN = 80
_SHORTEST_WORD = 4
_STEM = 6
_MOST_BY_WORDS = {1: 0.2, 2: 0.55}


def texts_of(order: Order) -> list[str]:
    """What the buyer wrote on an order, text by text."""
    texts = [each.comment for each in order.returns]
    texts += [each.comment for each in order.feedback]
    texts += [each.text for each in order.messages if each.kind in ("buyer", "return_request")]
    return [text for text in texts if text]


def stems_of(text: str) -> frozenset[str]:
    """The telling words of a text, cut to their stems; scripts without spaces give pairs of signs."""
    words = words_of(text[:_LONGEST])
    stems = {word[:_STEM] for word in words.texts if len(word) >= _SHORTEST_WORD and not word.isdigit()}
    # Numbers tell much where both texts name them: an amount, a size, a date.
    stems |= {word for word in words.texts if word.isdigit() and len(word) > 1}
    signs = [
        (text, end, start)
        for text, end, start in zip(words.texts, words.ends, words.starts, strict=True)
        if len(text) == 1
    ]
    stems |= {one[0] + two[0] for one, two in pairwise(signs) if one[1] == two[2] and not one[0].isascii()}
    return frozenset(stems)


class OwnWordsWeights:
    """One review's words, ready to be held against those of the orders that were looked at."""

    def __init__(self, review_text: str, texts: Iterable[Sequence[str]], model: OwnWords) -> None:
        self._model = model
        self._review = stems_of(review_text)
        self._rarity: Counter[str] = Counter()
        self._texts = 0
        for own in texts:
            for text in own:
                self._texts += 1
                self._rarity.update(stems_of(text))

    def level(self, texts: Sequence[str]) -> tuple[WordsLevel, float] | None:
        """The level of the most similar text with its similarity from 0 to 1; None where nothing can be compared."""
        best = -1.0
        for text in texts:
            stems = stems_of(text)
            if min(len(stems), len(self._review)) < self._model.least_words.value:
                continue
            best = max(best, self._similarity(stems))
        if best < 0:
            return None
        return next(level for level in self._model.levels if best > level.above), best

    def _similarity(self, stems: frozenset[str]) -> float:
        shared = stems & self._review
        if not shared:
            return 0.0
        weight = min(self._weight_of(stems), self._weight_of(self._review))
        similarity = self._weight_of(shared) / weight if weight > 0 else 0.0
        # One or two words in common are no more than a hint, however short the text.
        return min(similarity, _MOST_BY_WORDS.get(len(shared), 1.0))

    def _weight_of(self, stems: Iterable[str]) -> float:
        return sum(0.2 + math.log((self._texts + 3) / (self._rarity[stem] + 1)) for stem in stems)


class PlacesNamed:
    """Which towns a review's text or its public name speaks of."""

    def __init__(self, *texts: str | None) -> None:
        self._runs = {run for text in texts if text for run in _capital_runs(words_of(text[:_LONGEST]))}

    def names(self, city: str | None) -> bool:
        """Whether the town is named; a town's name must begin with a capital, so that "reading" is not Reading."""
        if not city or not self._runs:
            return False
        wanted = _town(city)
        return sum(map(len, wanted)) >= _SHORTEST_WORD and wanted in self._runs


@lru_cache(maxsize=1 << 14)
def _town(city: str) -> tuple[str, ...]:
    return words_of(city[:_LONGEST_TOWN]).texts


def _capital_runs(words: Words) -> Iterable[tuple[str, ...]]:
    """Runs of up to three words that begin with a capital and do not open a sentence."""
    capital = [words.original[start].isupper() for start in words.starts]
    for first in range(len(words)):
        opens = first == 0 or words.sentences[first - 1] != words.sentences[first]
        if not capital[first] or (opens and len(words) > 3):
            continue
        for last in range(first, min(first + 3, len(words))):
            yield words.texts[first : last + 1]
