"""Cases: the card of a review, what a person decides about it, their notes."""

from __future__ import annotations

from typing import Any

from aftercare.api.answers import InvestigationAnswer, NotesAnswer
from aftercare.api.office import office, pairing
from aftercare.api.operations import Subject
from aftercare.api.requests import ConfirmRequest, InvestigateRequest, NoteRequest
from aftercare.cases import add_note, case_of, decide, notes_of, open_case
from aftercare.investigate import Decision
from aftercare.messages.situation import PageKind
from aftercare.reviews import read_snippet
from aftercare.reviews.address import place_of
from aftercare.reviews.layouts import layouts

subject = Subject("cases")


@subject.call("POST", "/investigate", takes=InvestigateRequest, gives=InvestigationAnswer, errors=("bad_input",))
def investigate(body: InvestigateRequest) -> dict[str, Any]:
    """Open the case of a review, or find it, and answer its card."""
    here = office()
    review = read_snippet(body.snippet, url=body.url, asin=body.asin)
    case = open_case(here.desk, review, pairing().browser, page=_page(body.url))
    return here.card(case, here.look(case))


@subject.call("GET", "/cases/<int:case_id>", gives=InvestigationAnswer, errors=("case_unknown",))
def show(case_id: int) -> dict[str, Any]:
    """Answer the card of a case that is open already."""
    here = office()
    case = case_of(here.desk, case_id)
    return here.card(case, here.look(case))


@subject.call(
    "POST",
    "/cases/<int:case_id>/confirm",
    takes=ConfirmRequest,
    gives=InvestigationAnswer,
    errors=("case_unknown", "order_not_found"),
)
def confirm(case_id: int, body: ConfirmRequest) -> dict[str, Any]:
    """Write down which order the review is about, that it is none, or that it is open again."""
    here = office()
    case = case_of(here.desk, case_id)
    # Looked at first: an order that is not in the book is refused before anything is written.
    found = here.look(case, decision=Decision(order_id=body.order_id, sku=body.sku, line=body.line, none=body.none))
    order, probability = None, None
    if found.confirmed and found.line:
        order = (found.line.order_id, found.line.sku, found.line.line)
        probability = next((each.probability for each in found.match.candidates if each.line == found.line), None)
    case = decide(here.desk, case, pairing().browser, order=order, none=body.none, probability=probability)
    return here.card(case, found)


@subject.call(
    "POST",
    "/cases/<int:case_id>/notes",
    takes=NoteRequest,
    gives=NotesAnswer,
    errors=("case_unknown", "note_empty"),
)
def add(case_id: int, body: NoteRequest) -> dict[str, Any]:
    """Add an internal note, and answer all of them."""
    desk = office().desk
    case = case_of(desk, case_id)
    add_note(desk, case, body.text, pairing().browser)
    return {"notes": [note.to_json() for note in notes_of(desk, case)]}


def _page(url: str) -> PageKind:
    """Which kind of page a review is seen on; the brand's own page in Seller Central has its own way of contact."""
    return "brand_reviews" if place_of(url, layouts()).kind == "brand" else "product"
