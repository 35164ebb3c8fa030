"""The product bought against the one reviewed: the variant's ASIN, the page's ASIN, a sibling; the variant's words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aftercare.matching.model import Product
from aftercare.orders.order import OrderLine
from aftercare.reviews.review import Review
from aftercare.text import words_of

_CHARACTER = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
_LONGEST = 300
_ANOTHER_IS_SAME = 0.35
"""How often two orders of one family are of the same ASIN, before any are counted."""


@dataclass(frozen=True, slots=True)
class ProductStep:
    """The level and bits of one comparison."""

    level: str
    bits: float


SAME = ProductStep("same_family", 0.0)


def product_steps(
    review: Review, lines: Sequence[OrderLine], asins: Sequence[str], model: Product
) -> Callable[[OrderLine], ProductStep]:
    """How a line's ASIN speaks for or against it. Where the family holds one ASIN only, it says nothing.

    Chance is what share of the candidates' lines bears the ASIN.
    """
    wanted, level, m = (
        (review.variant_asin, "variant", model.variant.value)
        if review.variant_asin
        else (review.asin, "page", model.page.value)
    )
    siblings = {line.asin for line in lines if line.asin} | set(asins)
    if len(siblings) < 2:
        only = ProductStep(level, 0.0)
        return lambda line: only if line.asin == wanted else SAME
    with_asin = sum(1 for line in lines if line.asin)
    same = sum(1 for line in lines if line.asin == wanted)
    # The line itself is counted too: a review from outside the book is of what sells, so that the ASIN alone must not
    # speak against "none of these".
    chance = (same + _ANOTHER_IS_SAME) / (with_asin + 1.0)
    agrees = ProductStep(level, math.log2(m / chance))
    differs = ProductStep("sibling", math.log2((1 - m) / (1 - chance)))
    return lambda line: SAME if line.asin is None else agrees if line.asin == wanted else differs


def variant_steps(
    review: Review, lines: Sequence[OrderLine], model: Product
) -> Callable[[OrderLine], ProductStep | None]:
    """How the variant's words ("Color: Black, Size: M") speak for lines whose title or SKU holds them.

    None where the variant is not told, or where no line holds any of its words: then it tells nothing.
    """
    values = _values(review.variant)
    if not values:
        return lambda line: None
    scores: dict[tuple[str | None, str], float] = {}
    for line in lines:
        key = (line.title, line.sku)
        if key not in scores:
            scores[key] = _score(values, line)
    best = max(scores.values(), default=0.0)
    if best <= 0:
        return lambda line: None
    counts = Counter(scores[line.title, line.sku] >= best for line in lines)
    if not counts[False]:
        return lambda line: None
    share = counts[True] / (counts[True] + counts[False])
    q = model.variant_words.value
    holds = ProductStep("words_found", math.log2(q / share + (1 - q)))
    lacks = ProductStep("words_missing", math.log2(1 - q))
    return lambda line: holds if scores[line.title, line.sku] >= best else lacks


def _values(variant: str | None) -> tuple[tuple[str, ...], ...]:
    """The values of a variant line without their names: `Color: Black | Size: M` gives (black,) and (m,)."""
    if not variant:
        return ()
    values = []
    for piece in re.split(r"[|;\n•·]|,(?=[^:]*:)|(?:\s/\s)", variant[:_LONGEST]):
        _, _, after = piece.rpartition(":")
        words = _pieces(after)
        if words:
            values.append(words)
    return tuple(values)


@lru_cache(maxsize=1 << 14)
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(piece for word in words_of(text).texts for piece in _CHARACTER.findall(word))


def _score(values: tuple[tuple[str, ...], ...], line: OrderLine) -> float:
    """How many of the values the line's title or SKU holds; a word of a colour may be cut short in a SKU (BLK, BLU)."""
    title = set(_pieces((line.title or "")[:_LONGEST]))
    sku = _pieces(line.sku[:_LONGEST])
    return float(
        sum(
            all(word in title or word in sku for word in value)
            or all(any(_short_for(piece, word) for piece in sku) for word in value)
            for value in values
        )
    )


def _short_for(piece: str, word: str) -> bool:
    """Whether a piece of a SKU may stand for a word: its beginning, or its first letters without vowels."""
    if len(piece) < 2 or len(word) < 4 or piece[0] != word[0]:
        return False
    if word.startswith(piece):
        return True
    bones = word[0] + re.sub(r"[aeiou]", "", word[1:])
    return len(piece) >= 3 and bones.startswith(piece)
