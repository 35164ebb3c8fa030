"""The learned half of the triage: what examples taught, as weights of words, in `shared_rules/complaints/learned/`.

Logistic regression over the features of `features.py`: one vote for each class of review and one for each topic. The
rules' findings are features among the others, so a review that no rule understands is judged by its words, and one that
a rule misunderstands can be put right by them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from aftercare.complaints.features import weighted
from aftercare.rules import RuleModel, load
from aftercare.rules.files import rules_folder

CLASSES = ("service", "support_failed", "product_service", "product_only", "praise")
"""The types of the contract; `support_failed` is the critical kind of `product_service`."""

CRITICAL = frozenset({"service", "support_failed"})

_LEAST_WORDS = 2
_WITHOUT_TOPIC = 0.4
"""The probability from which on a review is critical although no topic was found."""


class LearnedTriage(RuleModel):
    """One language's file. Weights are hundredths of a natural logarithm of odds.

    rules_weight: how loud a finding of the rules is; critical_from, topic_from: the probability from which on a review
    is critical or has the topic; start: what each vote begins with; features: each with its rarity and its weights.
    """

    language: str
    trained: str
    rules_weight: float
    critical_from: float
    topic_from: dict[str, float]
    start: dict[str, int]
    features: dict[str, tuple[float, dict[str, int]]]


@dataclass(frozen=True, slots=True)
class Learned:
    """What examples say of one review: the class, the probability of each class and of each topic, and the features
    with what they added to each vote."""

    decided: str
    classes: Mapping[str, float]
    topics: Mapping[str, float]
    found: tuple[str, ...]
    weights: Mapping[str, Mapping[str, float]]


@cache
def learned_languages() -> frozenset[str]:
    """The languages that have a file."""
    return frozenset(path.stem for path in (rules_folder() / "complaints" / "learned").glob("*.json"))


@cache
def _model(language: str) -> tuple[LearnedTriage, dict[str, float]]:
    model = load(LearnedTriage, f"complaints/learned/{language}.json")
    return model, {name: rarity for name, (rarity, _) in model.features.items()}


def by_examples(language: str, loud: Mapping[str, float]) -> Learned | None:
    """Judges the features of one review; None where hardly a word of it was in the examples.

    The language must be one of `learned_languages()`.
    """
    model, rarity = _model(language)
    if sum(name in rarity and name[0] == "w" and " " not in name for name in loud) < _LEAST_WORDS:
        return None
    votes = {name: value / 100 for name, value in model.start.items()}
    added: dict[str, dict[str, float]] = {}
    for name, value in weighted(loud, rarity, model.rules_weight).items():
        for vote, weight in model.features[name][1].items():
            share = value * weight / 100
            votes[vote] += share
            added.setdefault(vote, {})[name] = share
    most = max(votes[name] for name in CLASSES)
    odds = {name: math.exp(votes[name] - most) for name in CLASSES}
    total = math.fsum(odds.values())
    classes = {name: odd / total for name, odd in odds.items()}
    topics = {topic: 1 / (1 + math.exp(-votes[topic])) for topic in model.topic_from}
    found = tuple(topic for topic, chance in topics.items() if chance >= model.topic_from[topic])
    share = sum(classes[name] for name in CRITICAL)
    # A faint suspicion counts only where it has a name: something that went wrong.
    critical = share >= (model.critical_from if found else max(model.critical_from, _WITHOUT_TOPIC))
    decided = max((name for name in CLASSES if (name in CRITICAL) == critical), key=lambda name: classes[name])
    return Learned(decided, classes, topics, found, added)
