"""The answer of a match: candidates with their probabilities and evidence in bits, and "none of these"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aftercare.orders.order import OrderLine


@dataclass(frozen=True, slots=True)
class MatchEvidence:
    """One step of the waterfall: the comparison, the level it reached, its weight in bits, and why, in words."""

    comparison: str
    level: str
    bits: float
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order line that may be the review's, with its posterior probability; the bits of its evidence add up."""

    line: OrderLine
    probability: float
    evidence: tuple[MatchEvidence, ...]

    def to_json(self) -> dict[str, Any]:
        """The candidate of the command line's contract."""
        line = self.line
        return {
            "order_id": line.order_id,
            "line": line.line,
            "asin": line.asin,
            "sku": line.sku,
            "purchased": line.purchased.isoformat() if line.purchased else None,
            "probability": self.probability,
            "evidence": [
                {
                    "comparison": each.comparison,
                    "level": each.level,
                    "bits": round(each.bits, 2),
                    "words": each.words,
                }
                for each in self.evidence
            ],
        }


@dataclass(frozen=True, slots=True)
class Match:
    """Candidates, best first; `none` + `beyond` + their probabilities is 1. `considered` counts the lines looked at."""

    id: str
    none: float
    candidates: tuple[Candidate, ...]
    considered: int
    beyond: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The Match of the command line's contract."""
        return {
            "id": self.id,
            "none": self.none,
            "candidates": [each.to_json() for each in self.candidates],
            "beyond": self.beyond,
            "considered": self.considered,
        }
