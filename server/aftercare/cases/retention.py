"""Forgets what people wrote, once a seller says so: the words go, the decisions and the record stay."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from aftercare.cases.desk import Desk
from aftercare.reviews.review import Review

_KEPT = ("id", "marketplace", "asin", "variant_asin", "date", "stars", "country")
"""Of a review, what names nobody: enough to find its case again, and the order that was confirmed for it."""


def forget_cases(desk: Desk, before: date, agent: str) -> int:
    """Empties the cases nobody has changed since before that day; answers how many.

    Names, words of reviews, notes, texts of messages and reasons are overwritten. Ids, states, decisions and the audit
    trail stay, so that it still shows what was done, and that a message was sent.
    """
    with desk.write() as writing:
        rows = writing.run(
            "SELECT id, review FROM cases WHERE updated < ? AND NOT json_extract(review, '$.forgotten') IS 1",
            (before.isoformat(),),
        ).fetchall()
        for row in rows:
            writing.run("UPDATE cases SET review = ? WHERE id = ?", (_emptied(row["review"]), row["id"]))
            writing.run("UPDATE notes SET text = '' WHERE case_id = ?", (row["id"],))
            writing.run(
                "UPDATE contacts SET text = '', reasons = '{}', verdict = '{}', withdrawn = coalesce(withdrawn, ?) "
                "WHERE case_id = ?",
                (writing.at, row["id"]),
            )
        if rows:
            writing.record(
                agent, "cases_forgotten", "trail", cases=[row["id"] for row in rows], before=before.isoformat()
            )
    return len(rows)


def _emptied(review: str) -> str:
    known: dict[str, Any] = json.loads(review)
    left = Review.from_json({name: known[name] for name in _KEPT if name in known})
    return json.dumps({**left.to_json(), "forgotten": True})
