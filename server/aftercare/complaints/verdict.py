"""Weighs what a review says into one Complaint: its type, topics, urgency, risks and evidence.

The contract decides: service failures make `service`; product trouble over which help is asked for, or was refused,
makes `product_service`; what was put right counts no more; the rest is an opinion, good or not. Stars only break ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from aftercare.complaints.complaint import RISKS, TOPICS, Complaint, Evidence, Type, Urgency
from aftercare.complaints.reading import Finding, Reading
from aftercare.rules import RuleModel, load

Field = Literal["title", "body"]


class TopicRule(RuleModel):
    """What follows from one topic: the risks it carries where service failed over it, and how urgent a mere wish is.

    yields_to: the topics that explain the same words better: who waits for money is not complaining of a late parcel.
    """

    topic: str
    risks: tuple[str, ...]
    yields_to: tuple[str, ...] = ()
    asked: Urgency
    why: str


class Weights(RuleModel):
    """How much each sign of feeling weighs when praise is told from a plain opinion."""

    good: float
    bad: float
    fault: float
    thanks: float
    resolved: float
    star: float
    good_signs: str
    bad_signs: str
    why: str


class Judgment(RuleModel):
    """The file `shared_rules/complaints/judgment.json`."""

    source: str
    topics: tuple[TopicRule, ...]
    service_risks: tuple[str, ...]
    product_service_risks: tuple[str, ...]
    weights: Weights


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding and the field it stands in."""

    field: Field
    finding: Finding

    @property
    def kind(self) -> str:
        return self.finding.cue.kind

    @property
    def topic(self) -> str:
        return self.finding.cue.topic


# A word of dislike inside a complaint about service says nothing about the product.
_EXPLAINS_DISLIKE = frozenset(TOPICS)
_NOTHING: frozenset[str] = frozenset()


@cache
def judgment() -> Judgment:
    """The rules by which topics become risks and urgency."""
    return load(Judgment, "complaints/judgment.json")


def judge(id: str, lang: str, readings: Sequence[tuple[Field, Reading]], stars: int | None) -> Complaint:
    """The Complaint of a review whose fields were read, title before body."""
    said = [_Said(field, finding) for field, reading in readings for finding in reading.findings]
    said = _without_doubles(said)
    repairs = [each for each in said if each.kind == "resolved"]
    complaints = [each for each in said if each.kind in ("failure", "refused", "fault", "defect", "trouble", "ask")]
    unsolved = [each for each in complaints if not _put_right(each, repairs, dict(readings))]
    type, critical = _type(unsolved)
    if type != "product_service":
        unsolved = [each for each in unsolved if each.kind != "defect"]
    if type is None:
        solved = len(unsolved) < len(complaints)
        type = "praise" if _feeling(said, unsolved, solved, readings, stars) > 0 else "product_only"
    if type == "praise":
        unsolved = []
    topics = _topics(unsolved, type)
    return Complaint(
        id=id,
        type=type,
        topics=topics,
        urgency=urgency_of(type, critical, topics),
        critical=critical,
        risks=risks_of(type, critical, topics),
        lang=lang,
        evidence=_evidence(unsolved, topics, dict(readings)),
    )


def _without_doubles(said: list[_Said]) -> list[_Said]:
    """Without what other findings say better of the same words: what "arrived broken" broke, the carrier broke."""
    yields_to = {rule.topic: frozenset(rule.yields_to) for rule in judgment().topics}
    covered: dict[tuple[Field, int], set[str]] = {}
    for each in said:
        if each.kind in ("failure", "refused"):
            for index in range(each.finding.first, each.finding.last + 1):
                covered.setdefault((each.field, index), set()).add(each.topic)

    def explained(each: _Said) -> bool:
        better = yields_to.get(each.topic, frozenset()) if each.kind != "bad" else _EXPLAINS_DISLIKE
        span = range(each.finding.first, each.finding.last + 1)
        return bool(better) and any(better & covered.get((each.field, index), _NOTHING) for index in span)

    return [each for each in said if not explained(each)]


def _put_right(complaint: _Said, repairs: Sequence[_Said], readings: dict[Field, Reading]) -> bool:
    """Whether a later sentence, or the title, says that this was solved; silence and rudeness are not undone by it."""
    if complaint.finding.cue.stays or complaint.topic in ("no_response", "rude_service"):
        return False
    for repair in repairs:
        if repair.field != complaint.field or repair.finding.first > complaint.finding.last:
            return True
        same_sentence = repair.finding.sentence == complaint.finding.sentence
        between = range(repair.finding.last + 1, complaint.finding.first)
        if same_sentence and any(index in between for index in readings[repair.field].causes):
            return True
    return False


def _type(unsolved: Sequence[_Said]) -> tuple[Type | None, bool]:
    """The type that complaints give, and whether it is critical; None where nothing but opinions is left."""
    failed = any(each.kind == "failure" for each in unsolved)
    refused = any(each.kind == "refused" for each in unsolved)
    about_product = any(
        each.kind in ("fault", "defect", "trouble", "ask") or each.topic == "warranty" for each in unsolved
    )
    if failed or (refused and not about_product):
        return "service", True
    if refused:
        return "product_service", True
    if any(each.kind == "ask" for each in unsolved):
        return "product_service", False
    return None, False


def _feeling(
    said: Sequence[_Said],
    unsolved: Sequence[_Said],
    solved: bool,
    readings: Sequence[tuple[Field, Reading]],
    stars: int | None,
) -> float:
    """Above zero where the review is glad on the whole."""
    weights = judgment().weights
    worth = {"good": weights.good, "thanks": weights.thanks, "bad": -weights.bad, "defect": -weights.bad}
    # A word said twice is one feeling said twice as loud, not two reasons.
    total = sum(worth[kind] for kind, _ in {(each.kind, each.finding.start) for each in said} if kind in worth)
    total -= weights.fault * len({each.topic for each in unsolved if each.kind in ("fault", "trouble")})
    total += weights.resolved * solved
    for _, reading in readings:
        total += sum(sign in weights.good_signs for sign in reading.words.original if not sign.isalnum())
        total -= sum(sign in weights.bad_signs for sign in reading.words.original if not sign.isalnum())
    return total + weights.star * (stars - 3 if stars else 0)


def _topics(unsolved: Sequence[_Said], type: Type) -> tuple[str, ...]:
    named = {each.topic for each in unsolved if each.topic}
    if not named and type == "product_service":
        # Help is asked for, and nothing says over what: how to use it.
        named = {"setup_help"}
    return tuple(topic for topic in TOPICS if topic in named)


def urgency_of(type: Type, critical: bool, topics: Sequence[str]) -> Urgency:
    """How urgent a complaint of this type over these topics is."""
    if critical:
        return "critical"
    if type != "product_service":
        return "none"
    return "high" if any(rule.asked == "high" and rule.topic in topics for rule in judgment().topics) else "normal"


def risks_of(type: Type, critical: bool, topics: Sequence[str]) -> tuple[str, ...]:
    """The risks to the account that a complaint of this type over these topics carries."""
    if not critical:
        return ()
    rules = judgment()
    found = set(rules.service_risks if type == "service" else rules.product_service_risks)
    for rule in rules.topics:
        if rule.topic in topics:
            found.update(rule.risks)
    return tuple(risk for risk in RISKS if risk in found)


def _evidence(unsolved: Sequence[_Said], topics: Sequence[str], readings: dict[Field, Reading]) -> tuple[Evidence, ...]:
    """The words that decided, one span for each topic and place, in the order in which they are read."""
    spans: dict[tuple[Field, str], list[tuple[int, int]]] = {}
    for each in unsolved:
        topic = each.topic or (topics[0] if topics else "")
        if not topic:
            continue
        found = spans.setdefault((each.field, topic), [])
        start, end = each.finding.start, each.finding.end
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    evidence = [
        Evidence(start, end, readings[field].words.original[start:end], topic, field)
        for (field, topic), found in spans.items()
        for start, end in found
    ]
    return tuple(sorted(evidence, key=lambda each: (each.field == "body", each.start, each.end)))
