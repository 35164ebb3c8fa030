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
from aftercare.complaints.verdict import Field, risks_of, urgency_of
from aftercare.text import words_of

_TYPES: dict[str, Type] = {
    "service": "service",
    "support_failed": "product_service",
    "product_service": "product_service",
    "product_only": "product_only",
    "praise": "praise",
}
_DOUBTFUL = 0.2
"""A topic that only the rules found still counts unless the examples find it less likely than this."""


def joined(judged: Complaint, learned: Learned, fields: Sequence[tuple[Field, str]]) -> Complaint:
    """The Complaint of both. judged: what the rules said; fields: the texts that were read, title before body."""
    type, critical = _TYPES[learned.decided], learned.decided in CRITICAL
    if critical and judged.critical:
        # That something failed, both say; what kind of failure it was, the rules know by name.
        type = judged.type
    topics = _topics(judged, learned, type)
    return replace(
        judged,
        type=type,
        topics=topics,
        urgency=urgency_of(type, critical, topics),
        critical=critical,
        risks=risks_of(type, critical, topics),
        evidence=_evidence(judged, learned, topics, fields),
    )


def _topics(judged: Complaint, learned: Learned, type: Type) -> tuple[str, ...]:
    if type == "praise":
        return ()
    found = set(learned.found)
    found |= {topic for topic in judged.topics if learned.topics.get(topic, 1.0) >= _DOUBTFUL}
    if not found and type != "product_only" and learned.topics:
        # Something failed or is asked for; the likeliest topic is better than none.
        found = {max(learned.topics, key=lambda topic: learned.topics[topic])}
    return tuple(topic for topic in TOPICS if topic in found)


def _evidence(
    judged: Complaint,
    learned: Learned,
    topics: Sequence[str],
    fields: Sequence[tuple[Field, str]],
) -> tuple[Evidence, ...]:
    """The rules' spans for topics that hold; the loudest clause for those that the rules did not find."""
    kept = [each for each in judged.evidence if each.topic in topics]
    found = {each.topic for each in kept}
    for topic in topics:
        if topic not in found:
            loudest = max(
                (each for field, text in fields for each in _clauses(field, text, topic, learned)),
                key=lambda pair: pair[0],
                default=None,
            )
            if loudest and loudest[0] > 0:
                kept.append(loudest[1])
    return tuple(sorted(kept, key=lambda each: (each.field == "body", each.start, each.end)))


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
