"""Who is there, and pairing: the two calls that need no token."""

from __future__ import annotations

from typing import Any

from flask import request

from aftercare import __version__
from aftercare.api.answers import HelloAnswer, PairAnswer
from aftercare.api.office import office
from aftercare.api.operations import Subject
from aftercare.api.requests import PairRequest
from aftercare.cases import pair as pair_browser
from aftercare.gate import PAIRING

API = 1
"""Raised when the extension must be as new as the server; the extension says which of the two is older."""

subject = Subject("hello")


@subject.call("GET", "/hello", gives=HelloAnswer, needs_token=False)
def hello() -> dict[str, Any]:
    """Say which server this is, and whether the request's token is known."""
    return {
        "server": "aftercare",
        "version": __version__,
        "api": API,
        "instance": office().desk.instance,
        "paired": request.environ.get(PAIRING) is not None,
    }


@subject.call(
    "POST",
    "/pair",
    takes=PairRequest,
    gives=PairAnswer,
    errors=("pairing_none_open", "pairing_wrong_code", "pairing_expired"),
    needs_token=False,
)
def pair(body: PairRequest) -> dict[str, Any]:
    """Exchange the code a person typed for a token."""
    desk = office().desk
    token, made = pair_browser(desk, body.code, body.browser)
    return {"token": token, "agent": made.browser, "instance": desk.instance}
