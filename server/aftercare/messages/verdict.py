"""What goes into the linter and what comes out of it, as the command line's contract defines them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from aftercare.errors import InputError

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

    @classmethod
    def from_json(cls, value: object) -> Message:
        """Reads one Message object; unknown fields are ignored, absent ones are not known, and an empty text is a text.

        Raises InputError naming the field that is wrong.
        """
        if not isinstance(value, Mapping):
            raise InputError("A message must be a JSON object.", next='Write one object a line: {"id": …, "text": …}.')
        ident = value.get("id")
        if isinstance(ident, int) and not isinstance(ident, bool):
            ident = str(ident)
        if not isinstance(ident, str) or not ident:
            raise _wrong("id", "given")
        text = value.get("text")
        if not isinstance(text, str):
            raise _wrong("text", "a text")
        return cls(
            id=ident,
            text=text,
            lang=_text(value, "lang"),
            kind=_one_of(value, "kind", Kind, "proactive"),
            profile=_one_of(value, "profile", Profile, "buyer_message"),
            order_id=_text(value, "order_id"),
            order_age_days=_days(value, "order_age_days"),
            buyer_name=_text(value, "buyer_name"),
            reviewer_name=_text(value, "reviewer_name"),
            review_text=_text(value, "review_text"),
        )


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


def _wrong(field: str, wanted: str) -> InputError:
    return InputError(
        f"The field '{field}' must be {wanted}.",
        next="Correct this field and send the line again.",
        field=field,
    )


def _text(value: Mapping[str, Any], field: str) -> str | None:
    got = value.get(field)
    if got is not None and not isinstance(got, str):
        raise _wrong(field, "a text")
    return got or None


def _one_of(value: Mapping[str, Any], field: str, choices: Any, default: Any) -> Any:
    got = value.get(field)
    if got is None:
        return default
    if got not in get_args(choices):
        raise _wrong(field, "one of " + ", ".join(get_args(choices)))
    return got


def _days(value: Mapping[str, Any], field: str) -> int | None:
    got = value.get(field)
    if got is None:
        return None
    if isinstance(got, bool) or not isinstance(got, int | float) or not float(got).is_integer():
        raise _wrong(field, "a whole number of days")
    return int(got)
