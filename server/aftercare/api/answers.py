"""What each call gives: models for the OpenAPI document and for tests that hold real answers against it.

Open to further fields, since fields are added and never renamed. The types of the floors below (Review, Complaint and
so on) are theirs; here stands what the extension may count on.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """The base of all answers."""

    # Built when the document is first asked for, which most servers never are, and not while the server starts.
    model_config = ConfigDict(extra="allow", defer_build=True)


class HelloAnswer(Answer):
    """Who is there. instance: what tells this server's data from another's."""

    server: Literal["aftercare"]
    version: str
    api: int
    instance: str
    paired: bool


class PairAnswer(Answer):
    """The token, answered this once, and the name this browser goes by in notes and in the record."""

    token: str = Field(min_length=43)
    agent: str
    instance: str


class ReviewAnswer(Answer):
    """A review; `missing` names what could not be read."""

    id: str
    marketplace: str | None
    asin: str | None
    variant_asin: str | None
    variant: str | None
    reviewer_name: str | None
    date: str | None
    stars: int | None
    verified: bool | None
    title: str | None
    body: str | None
    lang: str | None
    country: str | None
    layout: str | None
    missing: list[str]


class EvidenceAnswer(Answer):
    """Words that decided; spans count code points."""

    start: int
    end: int
    text: str
    topic: str


class ComplaintAnswer(Answer):
    """What a review complains of."""

    id: str
    type: Literal["service", "product_service", "product_only", "praise"]
    topics: list[str]
    urgency: Literal["critical", "high", "normal", "none"]
    critical: bool
    risks: list[str]
    lang: str
    evidence: list[EvidenceAnswer]


class CaseBrief(Answer):
    """The case of a review, as a badge needs it."""

    id: int
    state: str


class CaseAnswer(CaseBrief):
    """The case of a review."""

    order_id: str | None
    none: bool
    contacted: bool


class ErrorBody(Answer):
    """What happened, for a program (`code`) and for a person (`message`, `next`)."""

    code: str
    message: str
    next: str
    detail: dict[str, Any] = {}


class ErrorAnswer(Answer):
    """Every answer that is not 200."""

    error: ErrorBody


class ReadReview(Answer):
    """One snippet read."""

    review: ReviewAnswer
    complaint: ComplaintAnswer
    case: CaseBrief | None


class ReadAnswer(Answer):
    """One entry per snippet, in their order."""

    reviews: list[ReadReview | ErrorAnswer]


class StepAnswer(Answer):
    """One step of a candidate's waterfall."""

    comparison: str
    level: str
    bits: float


class CandidateAnswer(Answer):
    """An order line that may be the review's."""

    order_id: str
    line: int
    asin: str | None
    sku: str
    purchased: str | None
    probability: float
    evidence: list[StepAnswer]
    buyer: str | None
    recipient: str | None
    place: str | None
    title: str | None
    fulfillment: str | None


class MatchAnswer(Answer):
    """Candidates, best first; with `none` and `beyond` their probabilities sum to 1."""

    id: str
    none: float
    candidates: list[CandidateAnswer]
    beyond: float
    considered: int


class FindingAnswer(Answer):
    """One thing wrong with a text; spans count code points."""

    rule: str
    severity: Literal["block", "warn"]
    start: int
    end: int
    text: str
    reason: str
    source: str


class VerdictAnswer(Answer):
    """All findings of one text."""

    id: str
    verdict: Literal["block", "warn", "ok"]
    rules: list[str]
    findings: list[FindingAnswer]


class ReasonAnswer(Answer):
    """Why a route is open or closed."""

    code: str
    words: str
    values: dict[str, Any]


class RouteAnswer(Answer):
    """One way to act."""

    route: str
    open: bool
    reason: ReasonAnswer
    url: str | None


class DraftAnswer(Answer):
    """A message filled from the order. gaps: what a person must fill in first."""

    route: str
    kind: Literal["proactive", "reply"]
    lang: str
    text: str
    template: str
    gaps: list[str]


class DraftWithVerdict(DraftAnswer):
    """A draft, and what the linter says of it."""

    verdict: VerdictAnswer


class NoteAnswer(Answer):
    """An internal note."""

    id: int
    at: str
    agent: str
    text: str


class NotesAnswer(Answer):
    """All notes of a case, oldest first."""

    notes: list[NoteAnswer]


class InvestigationAnswer(Answer):
    """The card. order, signals, coverage, customer: of the confirmed order, or else of the best candidate."""

    case: CaseAnswer
    review: ReviewAnswer
    complaint: ComplaintAnswer
    match: MatchAnswer
    order: dict[str, Any] | None
    signals: list[dict[str, Any]]
    coverage: dict[str, Any] | None
    customer: dict[str, Any] | None
    routes: list[RouteAnswer]
    draft: DraftAnswer | None
    verdict: VerdictAnswer | None
    notes: list[NoteAnswer]
    proposed_note: str | None


class PermitAnswer(Answer):
    """The one-time permit, the page to open, and until when it is good."""

    permit: str
    url: str
    expires: str


class RedeemedAnswer(Answer):
    """The text for the page that asked."""

    case: int
    text: str
    order_id: str
    lang: str | None


class EmptyAnswer(Answer):
    """Nothing to say but that it was done."""
