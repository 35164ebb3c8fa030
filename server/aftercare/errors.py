"""Errors a person meets: a stable code, a sentence a seller understands, and what to do next.

The command line, the API and the overlay show the same three parts. `detail` carries names of files, rows and fields;
it never carries a buyer's name, an address or anything a customer wrote.
"""

from __future__ import annotations

from typing import Any


class AftercareError(Exception):
    """The base of every error that Aftercare raises on purpose.

    code: lower-case words joined by underscores, stable across versions.
    message: one sentence about what happened.
    next: one sentence about what to do now.
    status: the HTTP status the API answers with.
    detail: where it happened, for example `{"file": "orders.txt", "row": 12, "field": "purchase-date"}`.
    """

    code = "aftercare_error"
    status = 400

    def __init__(
        self,
        message: str,
        *,
        next: str = "",
        code: str | None = None,
        status: int | None = None,
        **detail: Any,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.next = next
        self.code = code or type(self).code
        self.status = status or type(self).status
        self.detail = detail

    def to_json(self) -> dict[str, Any]:
        """The `error` member of an API answer."""
        answer: dict[str, Any] = {"code": self.code, "message": self.message, "next": self.next}
        return {**answer, "detail": self.detail} if self.detail else answer

    def __str__(self) -> str:
        return f"{self.message} {self.next}".strip()


class InputError(AftercareError):
    """Something handed in is not of the form that was asked for."""

    code = "bad_input"


class RulesError(AftercareError):
    """A file in `shared_rules/` is missing or wrong; names the file and the place in it."""

    code = "bad_rules"
    status = 500


class StoreError(AftercareError):
    """A file of the seller's data cannot be read or written."""

    code = "store_unusable"
    status = 500


class NotFoundError(AftercareError):
    """The thing asked for is not known here."""

    code = "not_found"
    status = 404
