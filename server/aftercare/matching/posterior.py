"""From bits to probabilities: one review has one order, or one that is not in the book.

Let v be the share of reviews whose order is not in the book, and d the product's orders per day in the book. Reviews of
a day then come from order i at the rate (1 - v) · f(lag of i), and from outside the book at the rate v · d, since what
is outside sells as what is inside does. So the odds of order i against "none of these" are

    (1 - v) / v · f(lag of i) / d · product of all other m / chance

which is the prior (1 - v) / v / n, for n candidates sold over W days (d = n / W), times f(lag) · W, times the rest.
Where the sales of the book began or ended near the review, only a share c of the lags falls into them, and what is
outside is divided by it likewise: it sold at the same time, but for a part that may have sold on.
The bits below are the base-2 logarithms of these factors; "none of these" has zero bits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from aftercare.matching.model import Prior


def none_share(verified: bool | None, *, page_only: bool, prior: Prior) -> float:
    """The share of such reviews whose order is not in the book, before anything is compared."""
    share = prior.unknown if verified is None else prior.verified if verified else prior.unverified
    return share.value + (1 - share.value) * (prior.page_only.value if page_only else 0.0)


def prior_bits(none: float, orders: int, within: float, prior: Prior) -> float:
    """The bits with which each of the orders starts against "none of these".

    within: the share of reviews whose purchase falls into the time in which the book's sales took place.
    """
    outside = prior.sold_on.value + (1 - prior.sold_on.value) * within
    return math.log2((1 - none) / none / outside / (orders + prior.smoothing.value))


def probabilities(bits: Sequence[float]) -> tuple[list[float], float]:
    """The probabilities of the candidates, and of none of them, from their bits; they add up to 1."""
    top = max(0.0, max(bits, default=0.0))
    weights = [2.0 ** (each - top) for each in bits]
    none = 2.0**-top
    total = math.fsum((none, *weights))
    return [weight / total for weight in weights], none / total
