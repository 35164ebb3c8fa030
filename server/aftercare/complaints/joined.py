"""Joins what the rules and the examples say of one review into the Complaint that is answered.

The examples decide type and urgency, with the rules' findings among what they go by; topics come from both. Each topic
points at the words that speak for it: the rules' own where they found some, else the clause that weighed most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from aftercare.complaints.complaint import TOPICS, Complaint, Evidence, Type
from aftercare.complaints.features import LONGEST
from aftercare.complaints.learned import CRITICAL, Learned
from aftercare.complaints.verdict import Field, judgment, risks_of, urgency_of
from aftercare.text import words_of

_TYPES: dict[str, Type] = {
    "service": "service",
    "support_failed": "product_service",
    "product_service": "product_service",
    "product_only": "product_only",
    "praise": "praise",
}
_UNLIKELY = 0.02
"""Below this probability the examples overrule a failure that the rules found."""
_DOUBTFUL = 0.2
"""A topic that only the rules found still counts unless the examples find it less likely than this."""


def joined(judged: Complaint, learned: Learned, fields: Sequence[tuple[Field, str]]) -> Complaint:
    """The Complaint of both. judged: what the rules said; fields: the texts that were read, title before body."""
    type, critical = _TYPES[learned.decided], learned.decided in CRITICAL
    if judged.critical and (critical or sum(learned.classes[name] for name in CRITICAL) >= _UNLIKELY):
        # Praise all around ("excellent blender, but the refund never came") must not drown what a rule found in so many
        # words; and what kind of failure it was, the rules know by name.
        type, critical = judged.type, True
    topics = _topics(judged, learned, type)
    kept = [each for each in judged.evidence if each.topic in topics]
    fresh = _loudest(learned, [topic for topic in topics if topic not in judged.topics], fields)
    yields_to = {rule.topic: rule.yields_to for rule in judgment().topics}
    # Who says "the refund never came" waits for money, not for a parcel that "never came".
    better = {
        each.topic
        for each in fresh
        for known in kept
        if known.topic in yields_to.get(each.topic, ()) and _overlap(each, known)
    }
    topics = tuple(topic for topic in topics if topic not in better)
    fresh = [each for each in fresh if each.topic not in better]
    # Words that a rule has marked already are not marked again around them.
    evidence = [*kept, *(each for each in fresh if not any(_overlap(each, known) for known in kept))]
    return replace(
        judged,
        type=type,
        topics=topics,
        urgency=urgency_of(type, critical, topics),
        critical=critical,
        risks=risks_of(type, critical, topics),
        evidence=tuple(sorted(evidence, key=lambda each: (each.field == "body", each.start, each.end))),
    )


def _topics(judged: Complaint, learned: Learned, type: Type) -> tuple[str, ...]:
    if type == "praise":
        return ()
    if type == "product_only":
        # What only the product did wrong has one name; all others are of service or of help.
        return ("broken",) if "broken" in learned.found or "broken" in judged.topics else ()
    found = set(learned.found)
    found |= {topic for topic in judged.topics if learned.topics.get(topic, 1.0) >= _DOUBTFUL}
    if not found and learned.topics:
        # Something failed or is asked for; the likeliest topic is better than none.
        found = {max(learned.topics, key=lambda topic: learned.topics[topic])}
    return tuple(topic for topic in TOPICS if topic in found)


def _loudest(learned: Learned, topics: Sequence[str], fields: Sequence[tuple[Field, str]]) -> list[Evidence]:
    """For each topic the clause whose words added most to its vote."""
    found = []
    for topic in topics:
        clauses = [each for field, text in fields for each in _clauses(field, text, topic, learned)]
        weight, evidence = max(clauses, key=lambda pair: pair[0], default=(0.0, None))
        if evidence and weight > 0:
            found.append(evidence)
    return found


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def _clauses(field: Field, text: str, topic: str, learned: Learned) -> list[tuple[float, Evidence]]:
    """Each clause of a text as evidence of a topic, with what its words added to the topic's vote."""
    added = learned.weights.get(topic, {})
    words = words_of(text)
    loud: defaultdict[int, float] = defaultdict(float)
    for size in range(1, LONGEST + 1):
        for place in range(len(words) - size + 1):
            weight = added.get("w:" + " ".join(words.texts[place : place + size]))
            if weight:
                loud[words.clauses[place]] += weight
    clauses = []
    for clause, weight in loud.items():
        first, last = words.clauses.index(clause), len(words) - 1 - words.clauses[::-1].index(clause)
        start, end = words.span(first, last)
        clauses.append((weight, Evidence(start, end, text[start:end], topic, field)))
    return clauses
