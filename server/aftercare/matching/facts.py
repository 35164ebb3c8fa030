"""What a review complains of against what an order shows: returned, late, failed, written to, claimed, rated.

A fact that is not there speaks against an order only as far as such records were imported at all; seeing none among
all candidates is itself a hint that they were not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aftercare.complaints.complaint import Complaint
from aftercare.matching.model import FactKind, Facts
from aftercare.orders.order import Order, OrderLine
from aftercare.reviews.review import Review

_FAILED = re.compile(
    r"lost in transit|undeliverable|rejected|delivery (?:failed|attempt)|returned to seller", re.IGNORECASE
)
_LONG_TRANSIT = 14
"""Days from purchase to arrival that count as late where no promise is known: twice what slow delivery takes."""

_BASE_WORTH = 30
_LEAST_SHOWN = 0.05
"""Bits below which a fact is left out of the waterfall; there are many that say nothing."""

_WORDS = {
    "money_back": ("The order was returned or refunded", "No return or refund is on record"),
    "late": ("It was sent or arrived late", "It was on time"),
    "failed": ("Its delivery failed", "No failed delivery is on record"),
    "wrote": ("The buyer wrote about it", "The buyer did not write about it"),
    "claim": ("There is an A-to-z claim", "There is no claim"),
    "replaced": ("A replacement was sent", "No replacement was sent"),
    "feedback_low": ("The buyer left bad seller feedback", "No bad seller feedback is on record"),
    "feedback_high": ("The buyer left good seller feedback", "No good seller feedback is on record"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether an order shows a fact, None where that cannot be known; and since when."""

    there: bool | None
    day: date | None = None


_NOT_SHOWN = Shown(False)


@dataclass(frozen=True, slots=True)
class FactStep:
    """One fact's part of the evidence."""

    level: str
    bits: float
    words: str


def complained_of(review: Review, complaint: Complaint | None) -> tuple[str, ...]:
    """The keys under which the model holds what is expected; empty where nothing is known of the review's content."""
    if complaint is None:
        if review.stars is None:
            return ()
        return ("praise",) if review.stars >= 4 else ("any_complaint",) if review.stars <= 2 else ()
    if complaint.type == "praise":
        return ("praise",)
    return (*complaint.topics, "any_complaint")


def facts_shown(order: Order, line: OrderLine, today: date) -> dict[str, Shown]:
    """What the order shows on the given day, by kind of fact; what happens later is not known yet."""
    back = [each.day for each in order.returns if each.sku in (None, line.sku)]
    back += [each.day for each in order.refunds if each.sku in (None, line.sku)]
    claims = [each.at.date() for each in order.messages if each.kind == "claim"]
    claims += [each.day for each in order.returns if each.claim and each.day]
    wrote = [each.at.date() for each in order.messages if each.kind in ("buyer", "return_request")]
    status = line.status
    return {
        "money_back": _any(back, today),
        "late": _late(line),
        "failed": Shown(bool(_FAILED.search(status)) if status else None),
        "wrote": _any(wrote, today),
        "claim": _any(claims, today),
        "replaced": _any([each.day for each in order.replacements], today),
        "feedback_low": _any([each.day for each in order.feedback if each.stars <= 2], today),
        "feedback_high": _any([each.day for each in order.feedback if each.stars >= 4], today),
    }


def _any(days: Sequence[date | None], today: date) -> Shown:
    if not days:
        return _NOT_SHOWN
    past = [day for day in days if day is None or day <= today]
    known = [day for day in past if day]
    return Shown(bool(past), min(known) if known and len(known) == len(past) else None)


def _late(line: OrderLine) -> Shown:
    arrived = line.arrived
    if line.ship_by and line.shipped and line.shipped > line.ship_by:
        return Shown(True, line.shipped)
    if line.promised:
        if arrived:
            return Shown(arrived > line.promised, arrived)
        return Shown(True, line.shipped) if line.shipped and line.shipped > line.promised else Shown(None)
    if arrived and line.purchased:
        return Shown((arrived - line.purchased).days > _LONG_TRANSIT, arrived)
    return Shown(None)


class FactWeights:
    """The bits of each fact for one review, with chance counted from the orders that were looked at."""

    def __init__(self, keys: Sequence[str], seen: Sequence[Mapping[str, Shown]], day: date, model: Facts) -> None:
        self._model = model
        self._day = day
        self._weights: dict[str, tuple[float, float]] = {}
        for kind, rule in model.kinds.items():
            expected = [rule.expected[key] for key in keys if key in rule.expected]
            known = [shown[kind].there for shown in seen if shown[kind].there is not None]
            if expected and known:
                self._weights[kind] = _weights(max(expected), rule, known.count(True), len(known), model.imported.value)

    def steps(self, shown: Mapping[str, Shown]) -> list[FactStep]:
        """The evidence of one order, what speaks for it first."""
        steps = []
        for kind, (there, absent) in self._weights.items():
            fact = shown[kind]
            if fact.there is None:
                continue
            bits = there if fact.there else absent
            words = _WORDS[kind][0 if fact.there else 1]
            if fact.there and fact.day and fact.day > self._day:
                bits *= self._model.after.value
                words += ", after the review was written"
            steps.append(FactStep(kind if fact.there else f"no_{kind}", bits, words + "."))
        return self._together(sorted(steps, key=lambda step: (-step.bits, step.level)))

    def _together(self, steps: list[FactStep]) -> list[FactStep]:
        """Facts that speak for the order hang together: after the strongest, each counts for a part, up to the cap."""
        further, left = 1.0, self._model.cap.value
        weighed = []
        for step in steps:
            bits = step.bits
            if bits > 0:
                bits = min(bits * further, left)
                left -= bits
                further = self._model.further.value
            if abs(bits) >= _LEAST_SHOWN:
                weighed.append(FactStep(step.level, max(bits, -self._model.cap.value), step.words))
        return weighed


def _weights(m: float, rule: FactKind, count: int, looked_at: int, imported: float) -> tuple[float, float]:
    """Bits where the fact is there and where it is not.

    Chance is the base rate, worth thirty orders, joined with those counted (without one, which may be the right one).
    """
    chance = (max(count - 1, 0) + _BASE_WORTH * rule.base) / (max(looked_at - 1, 0) + _BASE_WORTH)
    chance = min(max(chance, 1e-4), 0.95)
    there = math.log2(m / chance)
    if count == 0:
        unseen = imported * (1 - rule.base) ** looked_at
        imported = unseen / (unseen + 1 - imported)
    else:
        imported = 1.0
    absent = math.log2(imported * (1 - m) / (1 - chance) + (1 - imported))
    return there, absent
