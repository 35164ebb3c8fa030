"""Forgets what people wrote, once a seller says so: the words go, the decisions and the record stay."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from aftercare.cases.desk import Desk, Writing
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
        _empty(writing, rows)
        if rows:
            writing.record(
                agent, "cases_forgotten", "trail", cases=[row["id"] for row in rows], before=before.isoformat()
            )
    return len(rows)


def cases_due(desk: Desk, before: date) -> int:
    """How many cases `forget_cases` would empty."""
    rows = desk.read(
        "SELECT count(*) AS due FROM cases WHERE updated < ? AND NOT json_extract(review, '$.forgotten') IS 1",
        (before.isoformat(),),
    )
    return int(rows[0]["due"])


def cases_about(desk: Desk, order_ids: Collection[str]) -> list[int]:
    """The numbers of cases that were decided to be, or were written, about any of these orders."""
    found: set[int] = set()
    for order_id in order_ids:
        rows = desk.read(
            "SELECT id FROM cases WHERE order_id = ? UNION SELECT case_id FROM contacts WHERE order_id = ? "
            "UNION SELECT case_id FROM events WHERE order_id = ?",
            (order_id, order_id, order_id),
        )
        found.update(int(row["id"]) for row in rows)
    return sorted(found)


def forget_buyer(desk: Desk, order_ids: Collection[str], agent: str) -> int:
    """Empties the cases about these orders of words, names and the orders' numbers; answers how many.

    The record then says that a buyer was forgotten in these cases, and not who. What it said before stays, since it
    cannot be changed; it holds numbers of orders and hashes of texts only.
    """
    about = cases_about(desk, order_ids)
    with desk.write() as writing:
        for id_ in about:
            _empty(writing, writing.run("SELECT id, review FROM cases WHERE id = ?", (id_,)).fetchall())
            writing.run("UPDATE cases SET order_id = NULL, sku = NULL, line = NULL WHERE id = ?", (id_,))
            writing.run("UPDATE contacts SET order_id = '' WHERE case_id = ?", (id_,))
            writing.run("UPDATE events SET order_id = NULL, detail = '{}' WHERE case_id = ?", (id_,))
        writing.record(agent, "buyer_forgotten", "trail", cases=about)
    return len(about)


def _empty(writing: Writing, rows: Iterable[Any]) -> None:
    for row in rows:
        writing.run("UPDATE cases SET review = ? WHERE id = ?", (_emptied(row["review"]), row["id"]))
        writing.run("UPDATE notes SET text = '' WHERE case_id = ?", (row["id"],))
        writing.run(
            "UPDATE contacts SET text = '', reasons = '{}', verdict = '{}', withdrawn = coalesce(withdrawn, ?) "
            "WHERE case_id = ?",
            (writing.at, row["id"]),
        )


def _emptied(review: str) -> str:
    known: dict[str, Any] = json.loads(review)
    left = Review.from_json({name: known[name] for name in _KEPT if name in known})
    return json.dumps({**left.to_json(), "forgotten": True})
