"""Internal notes on a case, in the words of whoever wrote them; the record keeps only their hash."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from aftercare.cases.audit import digest_of
from aftercare.cases.case import Case
from aftercare.cases.desk import Desk
from aftercare.errors import InputError


@dataclass(frozen=True, slots=True)
class Note:
    """One note: who wrote it, when (UTC), and its text."""

    id: int
    at: str
    agent: str
    text: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def add_note(desk: Desk, case: Case, text: str, agent: str) -> None:
    """Adds a note. Raises InputError (`note_empty`)."""
    words = text.strip()
    if not words:
        raise InputError("The note is empty.", code="note_empty", next="Write what was done, then save it.")
    with desk.write() as writing:
        made = writing.run(
            "INSERT INTO notes (case_id, at, agent, text) VALUES (?, ?, ?, ?)", (case.id, writing.at, agent, words)
        )
        writing.record(agent, "note_added", case.subject, note=made.lastrowid, text=digest_of(words))


def notes_of(desk: Desk, case: Case) -> tuple[Note, ...]:
    """The notes of a case, oldest first."""
    rows = desk.read("SELECT id, at, agent, text FROM notes WHERE case_id = ? ORDER BY id", (case.id,))
    return tuple(Note(row["id"], row["at"], row["agent"], row["text"]) for row in rows)
