"""One way to declare a call: its address, what it takes, what it gives, which errors it may answer.

The declaration checks the request, wraps the answer, and feeds the OpenAPI document, so that the three cannot differ.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from flask import Blueprint, Response, request
from pydantic import BaseModel

from aftercare.api.requests import Request, parse

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One call. path: as Flask writes it; takes, gives: models; errors: codes beside those every call may answer;
    needs_token: false for the two calls of an unpaired browser; bare: the answer is not wrapped in `result`."""

    name: str
    method: Literal["GET", "POST"]
    path: str
    summary: str
    takes: type[Request] | None
    gives: type[BaseModel] | None
    errors: tuple[str, ...] = ()
    needs_token: bool = True
    bare: bool = False


@dataclass(slots=True)
class Subject:
    """The calls about one subject, and the blueprint that serves them."""

    name: str
    operations: list[Operation] = field(default_factory=list)
    blueprint: Blueprint = field(init=False)

    def __post_init__(self) -> None:
        self.blueprint = Blueprint(self.name, f"aftercare.api.{self.name}")

    def call(
        self,
        method: Literal["GET", "POST"],
        path: str,
        *,
        takes: type[Request] | None = None,
        gives: type[BaseModel] | None = None,
        errors: tuple[str, ...] = (),
        needs_token: bool = True,
        bare: bool = False,
    ) -> Callable[[View], View]:
        """Declares a view: it gets the parts of the path and, where it takes one, the checked request as `body`."""

        def declare(view: View) -> View:
            summary = (view.__doc__ or "").strip().splitlines()[0]
            self.operations.append(
                Operation(view.__name__, method, path, summary, takes, gives, errors, needs_token, bare)
            )

            @functools.wraps(view)
            def answer(**parts: Any) -> Response:
                if takes is not None:
                    parts["body"] = parse(takes, request.get_data(cache=False))
                result = view(**parts)
                return json_answer(result if bare else {"result": result})

            self.blueprint.add_url_rule(path, view.__name__, answer, methods=[method])
            return view

        return declare


def json_answer(value: object, status: int = 200) -> Response:
    """A JSON answer. Letters beyond ASCII are escaped, so that half a surrogate pair in a page cannot break it."""
    return Response(json.dumps(value, separators=(",", ":")), status, mimetype="application/json")
