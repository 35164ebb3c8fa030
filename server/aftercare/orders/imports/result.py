"""What came of one imported file: the object that `aftercare import --json` writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MOST_LISTED = 10_000
"""Refused lines listed one by one; beyond them only their number is told, so that a wrong file cannot fill memory."""


class Refusal(NamedTuple):
    """A line of a file, by its number from 1, and what is wrong with it, without anything from the line."""

    line: int
    reason: str


@dataclass(slots=True)
class ImportResult:
    """One file and what it did to the book.

    rows: rows of the file below its header, refused ones included; new, changed, unchanged: what they were to the book;
    skipped: rows that tell nothing the book keeps, such as fees in a settlement. refused: lines that could not be read;
    notes: lines of which one cell was left out. kind is None, with a reason, where the file was not recognised or not
    read. marketplaces counts rows; marketplace is the most frequent.
    """

    path: str
    kind: str | None = None
    encoding: str | None = None
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused_count: int = 0
    refused: list[Refusal] = field(default_factory=list)
    notes: list[Refusal] = field(default_factory=list)
    marketplaces: Counter[str] = field(default_factory=Counter)
    reason: str | None = None
    next: str | None = None

    def refuse(self, line: int, reason: str) -> None:
        """Notes a line that could not be read."""
        self.refused_count += 1
        if len(self.refused) < MOST_LISTED:
            self.refused.append(Refusal(line, reason))

    def note(self, line: int, reason: str) -> None:
        """Notes a line of which one cell was left out."""
        if len(self.notes) < MOST_LISTED:
            self.notes.append(Refusal(line, reason))

    @property
    def marketplace(self) -> str | None:
        """The marketplace most rows are of."""
        return min(self.marketplaces, key=lambda code: (-self.marketplaces[code], code), default=None)

    @property
    def ok(self) -> bool:
        """Whether the file was recognised and every line of it was read."""
        return self.kind is not None and not self.refused_count

    def to_json(self) -> dict[str, Any]:
        """The object of the command line's contract."""
        return {
            "path": self.path,
            "kind": self.kind,
            "encoding": self.encoding,
            "marketplace": self.marketplace,
            "marketplaces": dict(sorted(self.marketplaces.items())),
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "refused_count": self.refused_count,
            "refused": [each._asdict() for each in sorted(self.refused)],
            "notes": [each._asdict() for each in sorted(self.notes)],
            **({"reason": self.reason, "next": self.next} if self.reason else {}),
        }
