"""What each call takes: the models that check requests and from which the OpenAPI document is made.

Strict in types, so that `"1"` is no number; open to fields it does not know, so that a newer extension can talk to it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, field_validator, model_validator

from aftercare.cases.events import Event
from aftercare.errors import InputError

SNIPPETS_MOST = 200
SNIPPET_MOST = 400_000
"""Characters of one review's markup; ten times the longest real one. Longer ones are refused one by one."""
TEXT_MOST = 20_000
"""Characters of a message. Amazon takes fewer; more than this is no message."""
NOTE_MOST = 4_000
EVENT_MOST = 4_000
WRITING_ROUTES = ("contact_buyer", "answer_thread")

Url = Annotated[str, Field(max_length=4_000, description="The address of the page, as the browser shows it.")]
Asin = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{10}$")]
Lang = Annotated[str, Field(pattern=r"^[a-z]{2}$", description="Two letters, as ISO 639-1 has them.")]
Text = Annotated[str, Field(max_length=TEXT_MOST)]
Rule = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
WritingRoute = Literal["contact_buyer", "answer_thread"]


class Request(BaseModel):
    """The base of all requests."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class PairRequest(Request):
    """The code that a person typed, and the name this browser shall go by."""

    code: Annotated[str, Field(max_length=40, examples=["ABCD-2345"])]
    browser: Annotated[str, Field(max_length=200, examples=["Anna, Chrome on the laptop"])]


class ReadRequest(Request):
    """Review nodes of one page, as their `outerHTML` without scripts."""

    url: Url
    asin: Asin | None = None
    snippets: Annotated[list[str], Field(max_length=SNIPPETS_MOST)]


class InvestigateRequest(Request):
    """One review node."""

    url: Url
    asin: Asin | None = None
    snippet: Annotated[str, Field(max_length=SNIPPET_MOST)]


class ConfirmRequest(Request):
    """What a person decided: an order (line), or none of them, or undecided again. One of the three."""

    order_id: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    sku: Annotated[str, Field(max_length=200)] | None = None
    line: Annotated[int, Field(ge=1, le=10_000)] | None = None
    none: bool = False
    undo: bool = False

    @model_validator(mode="after")
    def _one_decision(self) -> Self:
        if sum((self.order_id is not None, self.none, self.undo)) != 1:
            raise ValueError("say one of order_id, none, and undo")
        return self


class LintRequest(Request):
    """A text as it stands while it is typed."""

    text: Text
    lang: Lang | None = None
    kind: Literal["proactive", "reply"] | None = None


class DraftRequest(Request):
    """The way to write by, and the language to write in where it is not the buyer's."""

    route: WritingRoute
    lang: Lang | None = None


class NoteRequest(Request):
    """An internal note."""

    text: Annotated[str, Field(max_length=NOTE_MOST)]


class ContactRequest(Request):
    """The text a person is about to send, and why each warning about it is all right."""

    text: Annotated[str, Field(min_length=1, max_length=TEXT_MOST)]
    route: WritingRoute
    lang: Lang | None = None
    reasons: Annotated[dict[Rule, Annotated[str, Field(max_length=1_000)]], Field(max_length=50)] = {}


class RedeemRequest(Request):
    """The permit, and the address of the page that asks."""

    permit: Annotated[str, Field(max_length=100)]
    url: Url


class EventRequest(Request):
    """What happened on the page; `detail` may hold numbers, flags and names of rules."""

    event: Event
    detail: dict[str, JsonValue] = {}

    @field_validator("detail")
    @classmethod
    def _small(cls, detail: dict[str, Any]) -> dict[str, Any]:
        if len(str(detail)) > EVENT_MOST:
            raise ValueError(f"holds more than {EVENT_MOST} characters")
        return detail


Model = TypeVar("Model", bound=Request)


def parse(model: type[Model], body: bytes) -> Model:
    """Reads a body as the model. Raises InputError (`bad_request`) naming the field; what was sent is not repeated."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        what = f"The field '{place}' is wrong" if place else "The request is wrong"
        raise InputError(
            f"{what}: {first['msg']}.",
            code="bad_request",
            next="This should not happen: see that the extension and the server are of the same version.",
            **({"field": place} if place else {}),  # type: ignore[arg-type]
        ) from None
