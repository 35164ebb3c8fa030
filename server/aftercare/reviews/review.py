"""One public review as it could be read: what is there, and the names of what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from aftercare.errors import InputError


@dataclass(frozen=True, slots=True)
class Review:
    """A product review in the words it was written in.

    asin: the product page's, often a sibling of what was bought; variant_asin: the reviewed child's, where known.
    marketplace: two letters, the store it was written in, None where that country has no Amazon store;
    country: that country's two letters. lang: two letters. layout: the layout it was read with.
    missing: names of the fields that could not be read.
    """

    id: str
    marketplace: str | None = None
    asin: str | None = None
    variant_asin: str | None = None
    variant: str | None = None
    reviewer_name: str | None = None
    date: date | None = None
    stars: int | None = None
    verified: bool | None = None
    title: str | None = None
    body: str | None = None
    lang: str | None = None
    country: str | None = None
    layout: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Title and body as one text, the title on a line of its own; the form in which words are judged.

        Evidence spans over `text` are shifted by `body_offset` to point into `body`.
        """
        return f"{self.title}\n{self.body or ''}" if self.title else (self.body or "")

    @property
    def body_offset(self) -> int:
        """Where the body begins in `text`, in code points."""
        return len(self.title) + 1 if self.title else 0

    def to_json(self) -> dict[str, Any]:
        """The Review of the command line's contract."""
        answer = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**answer, "date": self.date.isoformat() if self.date else None, "missing": list(self.missing)}

    @classmethod
    def from_json(cls, value: object) -> Review:
        """Reads one Review object; unknown fields are ignored, absent ones are not known.

        Raises InputError naming the field that is wrong.
        """
        if not isinstance(value, Mapping):
            raise InputError("A review must be a JSON object.", next='Write one object a line: {"id": …, "body": …}.')
        return cls(
            id=_text(value, "id", required=True) or "",
            marketplace=_upper(value, "marketplace"),
            asin=_upper(value, "asin"),
            variant_asin=_upper(value, "variant_asin"),
            variant=_text(value, "variant"),
            reviewer_name=_text(value, "reviewer_name"),
            date=_date(value, "date"),
            stars=_stars(value),
            verified=_flag(value, "verified"),
            title=_text(value, "title"),
            body=_text(value, "body"),
            lang=_text(value, "lang"),
            country=_upper(value, "country"),
            layout=_text(value, "layout"),
            missing=tuple(str(name) for name in value.get("missing") or ()),
        )


def _wrong(field: str, wanted: str) -> InputError:
    return InputError(
        f"The field '{field}' must be {wanted}.",
        next="Correct this field and send the line again.",
        field=field,
    )


def _text(value: Mapping[str, Any], field: str, *, required: bool = False) -> str | None:
    got = value.get(field)
    if got is None or got == "":
        if required:
            raise _wrong(field, "given")
        return None
    if not isinstance(got, str):
        raise _wrong(field, "a text")
    return got


def _upper(value: Mapping[str, Any], field: str) -> str | None:
    got = _text(value, field)
    return got.strip().upper() or None if got else None


def _date(value: Mapping[str, Any], field: str) -> date | None:
    got = _text(value, field)
    if got is None:
        return None
    try:
        return date.fromisoformat(got[:10])
    except ValueError:
        raise _wrong(field, "a date such as 2026-03-01") from None


def _stars(value: Mapping[str, Any]) -> int | None:
    got = value.get("stars")
    if got is None:
        return None
    if isinstance(got, bool) or not isinstance(got, int | float) or not 1 <= got <= 5:
        raise _wrong("stars", "a number from 1 to 5")
    return int(got)


def _flag(value: Mapping[str, Any], field: str) -> bool | None:
    got = value.get(field)
    if got is not None and not isinstance(got, bool):
        raise _wrong(field, "true or false")
    return got
