"""Reading: snippets of a page become reviews with their complaints. Stores nothing."""

from __future__ import annotations

from typing import Any

from aftercare.api.answers import ReadAnswer
from aftercare.api.office import office
from aftercare.api.operations import Subject
from aftercare.api.requests import SNIPPET_MOST, ReadRequest
from aftercare.cases import find_case
from aftercare.complaints import triage
from aftercare.errors import AftercareError, InputError
from aftercare.gate import internal_error
from aftercare.reviews import read_snippet

subject = Subject("reading")


@subject.call("POST", "/read", takes=ReadRequest, gives=ReadAnswer)
def read(body: ReadRequest) -> dict[str, Any]:
    """Read and triage the reviews of a page, one entry per snippet; one that cannot be read costs no other."""
    return {"reviews": [_read(snippet, body) for snippet in body.snippets]}


def _read(snippet: str, body: ReadRequest) -> dict[str, Any]:
    try:
        if len(snippet) > SNIPPET_MOST:
            raise InputError(
                "This review's markup is too long to be a review.",
                code="snippet_too_large",
                next="Open the review on its own page.",
            )
        review = read_snippet(snippet, url=body.url, asin=body.asin)
        complaint = triage(review)
        case = find_case(office().desk, review)
    except AftercareError as error:
        return {"error": error.to_json()}
    except Exception as error:  # One strange review must not take the badges of all the others with it.
        return {"error": internal_error(error)}
    return {
        "review": review.to_json(),
        "complaint": complaint.to_json(),
        "case": {"id": case.id, "state": case.state} if case else None,
    }
