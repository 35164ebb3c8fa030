"""Whether a review speaks of seller, order or shipping only, so that Amazon's own review rules exclude it."""

from __future__ import annotations

import re

from aftercare.complaints.complaint import Complaint
from aftercare.messages.reasons import route_rules
from aftercare.reviews.review import Review

_SENTENCE = re.compile(r"[^.!?…。！？\n]+")


def is_service_only(review: Review, complaint: Complaint) -> bool:
    """A cautious guess: a person reads the review before reporting it.

    True where every topic is one of service, the stars do not praise the product, and most of the text lies in
    sentences in which such a topic was found. A report that Amazon turns down costs the seller more than one not made.
    """
    rule = route_rules().reportable
    if complaint.type != "service" or not complaint.topics or not set(complaint.topics) <= rule.topics:
        return False
    if review.stars is not None and review.stars >= rule.kind_stars:
        return False
    spans = [
        (found.start + shift, found.end + shift)
        for found in complaint.evidence
        for shift in [review.body_offset if found.field == "body" else 0]
    ]
    speaking = told = 0
    for sentence in _SENTENCE.finditer(review.text):
        length = len(sentence.group().strip())
        told += length
        if any(start < sentence.end() and end > sentence.start() for start, end in spans):
            speaking += length
    return told > 0 and speaking / told >= rule.share
