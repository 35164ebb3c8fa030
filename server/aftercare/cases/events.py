"""What happened on the page after it was opened: filled, edited, held, seen sent, copied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from aftercare.cases.audit import canonical, digest_of
from aftercare.cases.case import Case
from aftercare.cases.desk import Desk, Writing

Event = Literal["opened", "filled", "edited", "send_held", "sent_seen", "copied"]

_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")


def record_event(desk: Desk, case: Case, event: Event, detail: Mapping[str, Any], agent: str) -> None:
    """Writes an event into the case and the record.

    detail: a small JSON object. Numbers, flags and the names of rules are kept; any other text only as its hash,
    since it may be what a person wrote. `sent_seen` makes the case `contacted`.
    """
    kept = {name: _plain(value) for name, value in detail.items() if _WORD.fullmatch(name)}
    with desk.write() as writing:
        writing.run(
            "INSERT INTO events (case_id, at, agent, event, order_id, detail) VALUES (?, ?, ?, ?, ?, ?)",
            (case.id, writing.at, agent, event, case.order_id, canonical(kept)),
        )
        if event in ("filled", "copied"):
            _mark(writing, case, "filled")
        elif event == "sent_seen":
            _mark(writing, case, "filled")
            _mark(writing, case, "sent")
            writing.run(
                "UPDATE cases SET state = 'contacted', contacted = coalesce(contacted, ?), updated = ? WHERE id = ?",
                (writing.at, writing.at, case.id),
            )
        writing.record(agent, f"page_{event}", case.subject, **kept)


def _mark(writing: Writing, case: Case, column: Literal["filled", "sent"]) -> None:
    """Marks the message that was handed over last, since that is the one on the page."""
    writing.run(
        f"UPDATE contacts SET {column} = coalesce({column}, ?) WHERE id = "  # noqa: S608
        "(SELECT max(id) FROM contacts WHERE case_id = ? AND redeemed IS NOT NULL)",
        (writing.at, case.id),
    )


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return round(value)
    if isinstance(value, str):
        return value if _WORD.fullmatch(value) else digest_of(value)
    if isinstance(value, list):
        return [_plain(each) for each in value[:50]]
    return digest_of(canonical(value))
