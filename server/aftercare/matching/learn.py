"""Learns from a seller's own reviews, without anyone saying which order was whose.

Expectation and maximisation over what differs most between sellers: the shares of the parts of the lag, the share of
reviews whose order is not in the book, and how often a public name differs from the right order's. All are held back by
the model they start from, which counts as much as a number of reviews, so that a few reviews cannot carry them away,
and what few orders can tell (names, in a book that withholds them) moves little.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from aftercare.complaints.complaint import Complaint
from aftercare.errors import InputError
from aftercare.matching.blocking import Book, block_of
from aftercare.matching.model import Chance, Lag, MatchingModel, NameShape, matching_model
from aftercare.matching.timing import lag_parts_of
from aftercare.matching.weighing import Weighing
from aftercare.reviews.review import Review

_MOST_REVIEWS = 2000
_ROUNDS = 20
_LEAST_REVIEWS = 30
"""Fewer reviews say too little; the model stays as it is."""
_LEAST_FLOOR = 0.005
_HELD_BACK = 20.0
"""How many reviews the starting model counts for."""
_HELD_BACK_NONE = 0.3
"""For the share of none it counts for this part of all reviews besides: where names are withheld, a review hardly tells
whether its order is there, and thousands of such hints, each a little wrong in the same direction, would carry far."""


_CLASSES = 3
_SILENT, _AGREES, _DIFFERS = range(_CLASSES)
"""What the name of an order says: nothing, that it agrees on some level, that it differs."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """One review: the odds of none before anything is compared, the shape of its public name, and the orders' odds.

    odds: by class of names and part of the lag, the sum of the orders' odds if that part were the whole lag.
    """

    none_odds: float
    shape: str
    odds: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    """What was learned: shares of the lag's parts, a factor on the odds of none, how often names differ by shape."""

    shares: tuple[float, ...]
    factor: float
    differ: dict[str, float]


def learned_model(
    reviews: Iterable[tuple[Review, Complaint | None]],
    book: Book,
    *,
    today: date,
    model: MatchingModel | None = None,
) -> MatchingModel:
    """The model fitted to these reviews; the given one, or the one in `shared_rules/`, is where it starts.

    Reviews that lack a date or an ASIN are passed over; fewer than 30 others leave the model as it is; of many, at
    most 2,000 are read, spread evenly over those given. The same reviews and book give the same model.
    """
    start = model or matching_model()
    given = list(reviews)
    step = max(1, math.ceil(len(given) / _MOST_REVIEWS))
    seen = [each for pair in given[::step] if (each := _seen(*pair, book, today, start)) is not None]
    if len(seen) < _LEAST_REVIEWS:
        return start
    return _with(start, _fitted(seen, start))


def _seen(review: Review, complaint: Complaint | None, book: Book, today: date, model: MatchingModel) -> _Seen | None:
    try:
        block = block_of(review, book, model)
    except InputError:
        return None
    if not block.lines:
        return None
    weighing = Weighing(review, complaint, block, book, model, today=today)
    parts = lag_parts_of(model.lag, model.window.before.value)
    prior = math.log2((1 - weighing.none) / weighing.none)
    sums = [[0.0] * len(parts) for _ in range(_CLASSES)]
    for each in weighing.orders:
        weight = 2.0 ** min(60.0, each.bits - each.timing_bits - prior) * (block.days if each.kind else 1.0)
        kind = _SILENT if each.name.book is None else _DIFFERS if each.name.level == "different" else _AGREES
        for place, part in enumerate(parts):
            sums[kind][place] += weight * part.chance(each.line, block.day)[0]
    return _Seen(weighing.none / (1 - weighing.none), weighing.name_shape, tuple(map(tuple, sums)))


def _shares(lag: Lag) -> list[float]:
    return [*(part.share for part in lag.parts), lag.before.share, lag.floor.share]


def _fitted(seen: Sequence[_Seen], model: MatchingModel) -> _Fit:
    start = _shares(model.lag)
    first = tuple(share / sum(start) for share in start)
    at_first = sum(each.none_odds / (1 + each.none_odds) for each in seen) / len(seen)
    held = _HELD_BACK + _HELD_BACK_NONE * len(seen)
    fit = _Fit(first, 1.0, {shape: rule.levels["different"].m for shape, rule in model.names.items()})
    for _ in range(_ROUNDS):
        parts = [_HELD_BACK * share for share in first]
        differ = {shape: _HELD_BACK * rule.levels["different"].m for shape, rule in model.names.items()}
        agree = {shape: _HELD_BACK - count for shape, count in differ.items()}
        nothing = expected = 0.0
        for each in seen:
            none = fit.factor * each.none_odds
            scale = _scales(each.shape, fit, model)
            odds = [
                [factor * share * odd for share, odd in zip(fit.shares, row, strict=True)]
                for factor, row in zip(scale, each.odds, strict=True)
            ]
            whole = none + sum(map(sum, odds))
            nothing += none / whole
            expected += none / (1 + none)
            for row in odds:
                for place, odd in enumerate(row):
                    parts[place] += odd / whole
            if each.shape in differ:
                differ[each.shape] += sum(odds[_DIFFERS]) / whole
                agree[each.shape] += sum(odds[_AGREES]) / whole
        # The odds of none move until as much of it is expected as is found, held back by the share at first.
        factor = fit.factor * (nothing + held * at_first) / (expected + held * expected / len(seen))
        fit = _Fit(
            tuple(part / sum(parts) for part in parts),
            min(max(factor, 0.1), 10.0),
            {shape: count / (count + agree[shape]) for shape, count in differ.items()},
        )
    return fit


def _scales(shape: str, fit: _Fit, model: MatchingModel) -> tuple[float, float, float]:
    """By what the odds of each class of names have moved since the start."""
    if shape not in fit.differ:
        return 1.0, 1.0, 1.0
    first, now = model.names[shape].levels["different"].m, fit.differ[shape]
    return 1.0, (1 - now) / (1 - first), now / first


def _with(model: MatchingModel, fit: _Fit) -> MatchingModel:
    """The model with what was learned in it."""
    lag, prior = model.lag, model.prior
    *shares, before, floor = fit.shares
    parts = (part.model_copy(update={"share": share}) for part, share in zip(lag.parts, shares, strict=True))
    lag = lag.model_copy(
        update={
            "parts": tuple(parts),
            "before": lag.before.model_copy(update={"share": before}),
            "floor": lag.floor.model_copy(update={"share": max(floor, _LEAST_FLOOR)}),
        }
    )
    moved = {
        "verified": _moved(prior.verified, fit.factor),
        "unknown": _moved(prior.unknown, fit.factor),
        "unverified": _moved(prior.unverified, fit.factor),
    }
    names = {shape: _renamed(rule, fit.differ[shape]) for shape, rule in model.names.items()}
    return model.model_copy(update={"lag": lag, "prior": prior.model_copy(update=moved), "names": names})


def _renamed(rule: NameShape, differ: float) -> NameShape:
    """The levels with another share of names that differ; the others keep their proportions."""
    scale = (1 - differ) / (1 - rule.levels["different"].m)
    levels = {
        name: level.model_copy(update={"m": differ if name == "different" else min(level.m * scale, 0.99)})
        for name, level in rule.levels.items()
    }
    return rule.model_copy(update={"levels": levels})


def _moved(chance: Chance, factor: float) -> Chance:
    odds = chance.value / (1 - chance.value) * factor
    return chance.model_copy(update={"value": min(max(odds / (1 + odds), 0.005), 0.95)})
