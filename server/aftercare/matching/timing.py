"""Days from arrival to review: how much likelier this day is for the right order than for any day of the window.

The lag is a mixture of two lognormal curves, of reviews before the recorded arrival, and of a floor; where the arrival
itself is not known it is widened by how arrivals follow from the day that is. All of it is tabulated once per process.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from aftercare.matching.model import Lag
from aftercare.orders.order import OrderLine

_EARLIEST = -60
_LEAST = 1e-7
_NEARLY_NONE = 1e-6


@dataclass(frozen=True, slots=True)
class Timing:
    """The tables of one lag model: by kind of known day, the probability of each lag from `_EARLIEST` days on."""

    tables: Mapping[str, tuple[float, ...]]
    floor: float

    def chance(self, line: OrderLine, day: date) -> tuple[float, str, int]:
        """The probability that the right order's review falls on this day; the kind of day it rests on; the lag.

        The kind is empty where the line has no day at all.
        """
        if line.delivered is not None:
            kind, known = "delivered", line.delivered
        elif line.estimated_delivery is not None:
            kind, known = "estimated", line.estimated_delivery
        elif line.shipped is not None:
            kind, known = ("shipped_FBA" if line.fulfillment == "FBA" else "shipped_FBM"), line.shipped
        elif line.promised is not None:
            kind, known = "promised", line.promised
        elif line.purchased is not None:
            kind, known = ("purchased_FBA" if line.fulfillment == "FBA" else "purchased_FBM"), line.purchased
        else:
            return self.floor, "", 0
        lag = day.toordinal() - known.toordinal()
        table = self.tables[kind]
        place = lag - _EARLIEST
        chance = table[place] if 0 <= place < len(table) else self.floor
        if line.purchased is not None and line.purchased > day:
            # Written before it was bought: possible only through time zones or a wrong date.
            chance = min(chance, self.floor) / 16
        return max(chance, _LEAST), kind, lag

    def share_within(self, began: float, ended: float) -> float:
        """The share of reviews that are written so many days after the purchase: from `ended` to `began` days."""
        table = self.tables["purchased_FBM"]
        first, last = round(ended) - _EARLIEST, round(began) - _EARLIEST
        return min(1.0, sum(table[max(first, 0) : last + 1]) + (sum(table[:-_EARLIEST]) if ended <= 0 else 0.0))


@lru_cache(maxsize=32)
def _timing(parts: tuple[tuple[float, float, float], ...], before: tuple[float, float], floor: float,
            arrivals: tuple[tuple[str, float, float], ...], longest: int) -> Timing:  # fmt: skip
    days = range(_EARLIEST, longest + 1)
    uniform = floor / longest
    base = [uniform if day >= 0 else 0.0 for day in days]
    for share, median, sigma in parts:
        for place, day in enumerate(days):
            if day >= 0:
                base[place] += share * (_lognormal(day + 0.5, median, sigma) - _lognormal(day - 0.5, median, sigma))
    share, mean = before
    for place, day in enumerate(days):
        if day < 0:
            base[place] += share * (math.exp((day + 1) / mean) - math.exp(day / mean))
    return Timing({kind: _widened(base, mean, sd) for kind, mean, sd in arrivals}, uniform)


def timing_of(lag: Lag, longest: int) -> Timing:
    """The tables of a lag model for a window of `longest` days."""
    return _timing(
        tuple((part.share, part.median, part.sigma) for part in lag.parts),
        (lag.before.share, lag.before.mean),
        lag.floor.share,
        _arrivals(lag),
        longest,
    )


def _lognormal(days: float, median: float, sigma: float) -> float:
    """The share of a lognormal distribution below a number of days."""
    return 0.5 * math.erfc(-math.log(days / median) / (sigma * math.sqrt(2))) if days > 0 else 0.0


def _widened(base: list[float], mean: float, sd: float) -> tuple[float, ...]:
    """The lag counted from a day that precedes the arrival by `mean` ± `sd` days."""
    reach = max(1, math.ceil(abs(mean) + 4 * sd))
    steps = {
        step: 0.5
        * (math.erf((step + 0.5 - mean) / (sd * math.sqrt(2))) - math.erf((step - 0.5 - mean) / (sd * math.sqrt(2))))
        for step in range(-reach, reach + 1)
    }
    size = len(base)
    return tuple(
        max(_LEAST, sum(share * base[place - step] for step, share in steps.items() if 0 <= place - step < size))
        for place in range(size)
    )


def timing_words(kind: str, lag: int) -> tuple[str, str]:
    """The level's name and a sentence for the waterfall."""
    if not kind:
        return "unknown", "The book knows no day of this order."
    since = {
        "delivered": "the recorded delivery",
        "estimated": "the estimated arrival",
        "shipped_FBA": "it was shipped",
        "shipped_FBM": "it was shipped",
        "promised": "the promised day",
    }.get(kind, "the purchase")
    if lag < 0:
        return "before", f"Written {_days(-lag)} before {since}."
    level = "days" if lag <= 7 else "weeks" if lag <= 35 else "months"
    return level, f"Written {_days(lag)} after {since}."


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def lag_parts_of(lag: Lag, longest: int) -> tuple[Timing, ...]:
    """Each part of a lag model by itself, as if it were the whole: its curves, the part before arrival, the floor."""
    arrivals = _arrivals(lag)
    silent = (0.0, lag.before.mean)
    alone = [_timing(((1.0, part.median, part.sigma),), silent, _NEARLY_NONE, arrivals, longest) for part in lag.parts]
    alone.append(_timing((), (1.0, lag.before.mean), _NEARLY_NONE, arrivals, longest))
    alone.append(_timing((), silent, 1.0, arrivals, longest))
    return tuple(alone)


def _arrivals(lag: Lag) -> tuple[tuple[str, float, float], ...]:
    return tuple((kind, arrival.mean, arrival.sd) for kind, arrival in lag.arrival.items())
