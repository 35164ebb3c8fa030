"""What goes into the linter and what comes out of it, as the command line's contract defines them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["proactive", "reply"]
Profile = Literal["buyer_message", "seller_feedback", "public_reply"]
Severity = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Message:
    """A text someone is about to send, with what is known around it; only `id` and `text` are needed."""

    id: str
    text: str
    lang: str | None = None
    kind: Kind = "proactive"
    profile: Profile = "buyer_message"
    order_id: str | None = None
    order_age_days: int | None = None
    buyer_name: str | None = None
    reviewer_name: str | None = None
    review_text: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the rule, its span in the text (code points, end exclusive), why, and from which source.

    suggestion: a permitted wording for the span, where one exists.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    text: str
    reason: str
    source: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings of one message; one blocking finding blocks it."""

    id: str
    findings: tuple[Finding, ...] = field(default=())

    @property
    def verdict(self) -> Literal["block", "warn", "ok"]:
        severities = {finding.severity for finding in self.findings}
        return "block" if "block" in severities else "warn" if severities else "ok"

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that found something, each once, in the order of their findings."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))

    def to_json(self) -> dict[str, Any]:
        """The Verdict of the command line's contract."""
        return {
            "id": self.id,
            "verdict": self.verdict,
            "rules": list(self.rules),
            "findings": [asdict(finding) for finding in self.findings],
        }
