"""Finds the order behind a review: candidates, the evidence of each in bits, probabilities, and "none of these"."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection
from datetime import date

from aftercare.complaints.complaint import Complaint
from aftercare.matching.answer import Candidate, Match
from aftercare.matching.blocking import Book, block_of
from aftercare.matching.model import MatchingModel, matching_model
from aftercare.matching.posterior import probabilities
from aftercare.matching.weighing import Weighing
from aftercare.reviews.review import Review


def find_order(
    review: Review,
    complaint: Complaint | None,
    book: Book,
    *,
    today: date,
    top: int = 10,
    taken: Collection[str] = (),
    model: MatchingModel | None = None,
) -> Match:
    """The orders that may be the review's, best first, with the chance that it is none of them.

    today: what the book says of later days is not counted. taken: ids of orders that are confirmed for other reviews of
    this product. model: one learned from the seller's own reviews (`learn.py`); without it, the one in `shared_rules/`.
    Of an order with several lines of the product, the line that fits best stands for it, so that an order's probability
    is not split among its lines; `considered` counts lines.
    Raises InputError (`bad_input`) where the review has no date, or neither of the two ASINs.
    """
    model = model or matching_model()
    block = block_of(review, book, model)
    if not block.lines:
        return Match(review.id, 1.0, (), 0)
    weighing = Weighing(review, complaint, block, book, model, today=today, taken=taken)
    chances, none = probabilities([each.bits for each in weighing.orders])
    # Equal ones come in the order of their ids, so that the answer does not depend on how the book lists its lines.
    ranked = zip(chances, weighing.orders, strict=True)
    listed = heapq.nsmallest(max(top, 0), ranked, key=lambda pair: (-pair[1].bits, pair[1].line.order_id))
    beyond = math.fsum(chances) - math.fsum(chance for chance, _ in listed) if len(listed) < len(chances) else 0.0
    return Match(
        id=review.id,
        none=none,
        candidates=tuple(Candidate(each.line, chance, weighing.waterfall(each)) for chance, each in listed),
        considered=len(block.lines),
        beyond=max(beyond, 0.0),
    )
