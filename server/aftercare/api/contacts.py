"""Contacts: drafts, the linter while one types, the permit, the page that asks for its text, and what it showed."""

from __future__ import annotations

from typing import Any

from aftercare.api.answers import DraftWithVerdict, EmptyAnswer, PermitAnswer, RedeemedAnswer, VerdictAnswer
from aftercare.api.office import office, pairing
from aftercare.api.operations import Subject
from aftercare.api.requests import ContactRequest, DraftRequest, EventRequest, LintRequest, RedeemRequest
from aftercare.cases import case_of, permit_contact, record_event
from aftercare.cases import redeem as redeem_permit

subject = Subject("contacts")


@subject.call("POST", "/cases/<int:case_id>/lint", takes=LintRequest, gives=VerdictAnswer, errors=("case_unknown",))
def lint(case_id: int, body: LintRequest) -> dict[str, Any]:
    """Judge a text with everything the case knows. Stores nothing."""
    here = office()
    case = case_of(here.desk, case_id)
    return here.judge(case, here.line(case), body.text, lang=body.lang, kind=body.kind or "proactive").to_json()


@subject.call(
    "POST",
    "/cases/<int:case_id>/draft",
    takes=DraftRequest,
    gives=DraftWithVerdict,
    errors=("case_unknown", "route_closed"),
)
def draft(case_id: int, body: DraftRequest) -> dict[str, Any]:
    """Write a draft for an open route, in the language asked for. Stores nothing."""
    here = office()
    case = case_of(here.desk, case_id)
    found = here.look(case)
    made = here.draft(found, here.way(found, body.route), lang=body.lang)
    verdict = here.judge(case, found.line, made.text, lang=made.lang, kind=made.kind)
    return {**made.to_json(), "verdict": verdict.to_json()}


@subject.call(
    "POST",
    "/cases/<int:case_id>/contact",
    takes=ContactRequest,
    gives=PermitAnswer,
    errors=("case_unknown", "route_closed", "message_blocked", "reason_needed"),
)
def contact(case_id: int, body: ContactRequest) -> dict[str, Any]:
    """Judge a text once more and, where nothing stands against it, permit it for one page of its order."""
    here = office()
    case = case_of(here.desk, case_id)
    out = here.outgoing(case, here.way(here.look(case), body.route), body.text, body.lang)
    return permit_contact(here.desk, case, out, body.reasons, pairing()).to_json()


@subject.call(
    "POST",
    "/contacts/redeem",
    takes=RedeemRequest,
    gives=RedeemedAnswer,
    errors=("permit_unknown", "permit_expired", "permit_other_order"),
)
def redeem(body: RedeemRequest) -> dict[str, Any]:
    """Hand a permitted text to the messaging page of its order, once."""
    return redeem_permit(office().desk, body.permit, body.url, pairing())


@subject.call("POST", "/cases/<int:case_id>/events", takes=EventRequest, gives=EmptyAnswer, errors=("case_unknown",))
def tell(case_id: int, body: EventRequest) -> dict[str, Any]:
    """Write down what happened on the page."""
    desk = office().desk
    record_event(desk, case_of(desk, case_id), body.event, body.detail, pairing().browser)
    return {}
