"""A review as a complaint: its type, topics, urgency and risks, and the words that said so."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Type = Literal["service", "product_service", "product_only", "praise"]
Urgency = Literal["critical", "high", "normal", "none"]

TOPICS = (
    "refund", "return", "late", "missing_part", "wrong_item", "damaged_in_transit", "no_response", "rude_service",
    "warranty", "broken", "setup_help", "counterfeit", "billing", "not_delivered",
)  # fmt: skip
"""What can have gone wrong or be asked for, in the order in which they are listed."""

RISKS = ("a_to_z", "odr", "seller_feedback")
"""A-to-z claim, order defect rate, negative seller feedback."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that decided: a span (code points, end exclusive) in the review's `field`, and the topic it speaks for."""

    start: int
    end: int
    text: str
    topic: str
    field: Literal["body", "title"] = "body"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a review complains of; `id` is the review's, `critical` as the command line's contract defines it."""

    id: str
    type: Type
    topics: tuple[str, ...]
    urgency: Urgency
    critical: bool
    risks: tuple[str, ...]
    lang: str
    evidence: tuple[Evidence, ...]

    def to_json(self) -> dict[str, Any]:
        """The Complaint of the command line's contract."""
        return asdict(self)
