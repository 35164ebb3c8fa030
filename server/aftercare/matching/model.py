"""The matching model as data: windows, priors, levels with their probabilities, each with its reason.

Read from `shared_rules/matching/model.json`; a number out of its range is refused by its place in the file.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field

from aftercare.rules import RuleModel, load

Share = Annotated[float, Field(ge=0, le=1)]
OpenShare = Annotated[float, Field(gt=0, lt=1)]


class Days(RuleModel):
    """A number of days and the reason for it."""

    value: int = Field(ge=0, le=2000)
    why: str


class Chance(RuleModel):
    """A probability that is neither 0 nor 1, and the reason for it."""

    value: OpenShare
    why: str


class Amount(RuleModel):
    """A count or a number of bits, and the reason for it."""

    value: float = Field(ge=-40, le=1000, allow_inf_nan=False)
    why: str


class Window(RuleModel):
    """Days before and after the review in which its order is looked for."""

    before: Days
    after: Days


class Prior(RuleModel):
    """How likely the review's order is not in the book, before anything is compared."""

    verified: Chance
    unknown: Chance
    unverified: Chance
    page_only: Chance
    sold_on: Chance
    smoothing: Amount


class LagPart(RuleModel):
    """One lognormal part of the lag: its share, its median in days, the standard deviation of its logarithm."""

    share: Share
    median: float = Field(gt=0, le=400)
    sigma: float = Field(gt=0.05, le=3)
    why: str


class LagBefore(RuleModel):
    """Reviews dated before the arrival: their share, and how many days before on average."""

    share: Share
    mean: float = Field(gt=0, le=60)
    why: str


class LagFloor(RuleModel):
    """The share of reviews that may fall on any day of the window alike."""

    share: OpenShare
    why: str


class Arrival(RuleModel):
    """From a known day to the arrival: mean and standard deviation in days."""

    mean: float = Field(ge=-30, le=60)
    sd: float = Field(gt=0, le=30)
    why: str


class Lag(RuleModel):
    """Days from arrival to review, and how arrival follows from the days the book knows."""

    why: str
    parts: tuple[LagPart, ...] = Field(min_length=1)
    before: LagBefore
    floor: LagFloor
    arrival: dict[str, Arrival]


class Product(RuleModel):
    """How often the right order agrees in its product."""

    variant: Chance
    page: Chance
    variant_words: Chance


class NamePair(RuleModel):
    """How a firm's name is weighed."""

    why: str
    company: Chance


class NameLevelRule(RuleModel):
    """How often a true pair reaches the level."""

    m: OpenShare
    why: str


class NameShape(RuleModel):
    """The levels of one shape of public names."""

    why: str
    levels: dict[str, NameLevelRule]


class FactKind(RuleModel):
    """How often an order shows a fact: any order, and the right one by what the review complains of."""

    base: OpenShare
    why: str
    expected: dict[str, OpenShare]


class Facts(RuleModel):
    """What orders show, against what reviews complain of."""

    why: str
    imported: Chance
    after: Chance
    further: Chance
    cap: Amount
    kinds: dict[str, FactKind]


class WordsLevel(RuleModel):
    """Bits for a similarity above a bound."""

    above: float
    bits: float = Field(ge=-20, le=20)
    why: str


class OwnWords(RuleModel):
    """The buyer's own words against the review's."""

    why: str
    levels: tuple[WordsLevel, ...] = Field(min_length=1)
    least_words: Amount


class Place(RuleModel):
    """A town named."""

    bits: Amount
    common: Chance


class Taken(RuleModel):
    """An order that is confirmed for another review."""

    bits: Amount


class Detail(RuleModel):
    """For how many orders the dearer evidence is read."""

    best: Amount
    behind: Amount


class MatchingModel(RuleModel):
    """The whole model; `version` grows when the meaning of a field changes."""

    version: int
    why: str
    window: Window
    prior: Prior
    lag: Lag
    product: Product
    name_pair: NamePair
    names: dict[str, NameShape]
    facts: Facts
    own_words: OwnWords
    place: Place
    taken: Taken
    detail: Detail


@cache
def matching_model() -> MatchingModel:
    """The model of `shared_rules/matching/model.json`. Raises RulesError naming the place that is wrong."""
    return load(MatchingModel, "matching/model.json")
