"""Reads the whole audit trail and tells whether it is the one that was written.

Found: an entry changed, removed, added, or put elsewhere; entries cut off at the end; a lost key. Not found: a whole
older copy of the data folder put back, and changes by someone who can read the key as well; for these, keep what
`aftercare audit export` writes somewhere else and compare (docs/threat-model.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aftercare.cases.audit import BROKEN, GENESIS, Entry
from aftercare.cases.desk import Desk

_MOST = 100
"""Problems told one by one; a trail with more is told apart by its first hundred as well."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at an entry: `changed`, `out_of_place`, `missing`, `cut_off`, `added`, `seal_wrong`,
    `key_missing` or `broken_before` (seen when the trail was next written)."""

    seq: int
    kind: str
    words: str

    def to_json(self) -> dict[str, Any]:
        return {"seq": self.seq, "kind": self.kind, "words": self.words}


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What `aftercare audit verify` says. entries: how many are there; head: the hash of the last one."""

    entries: int
    head: str
    problems: tuple[Problem, ...] = ()

    @property
    def intact(self) -> bool:
        return not self.problems

    @property
    def sentence(self) -> str:
        """The report in words."""
        if self.intact:
            return f"The record is whole: {self.entries:,} entries, the last one {self.head[:12]}."
        told = "\n".join(f"  entry {each.seq}: {each.words}" for each in self.problems)
        return f"The record was changed from outside ({self.entries:,} entries are there):\n{told}"

    def to_json(self) -> dict[str, Any]:
        return {
            "intact": self.intact,
            "entries": self.entries,
            "head": self.head,
            "problems": [each.to_json() for each in self.problems],
        }


def verify_audit(desk: Desk) -> AuditReport:
    """Checks every entry, every link, and the sealed head."""
    problems: list[Problem] = []
    entries, last_seq, last_hash = 0, 0, GENESIS
    for entry in _entries(desk):
        entries += 1
        problems += _of_entry(entry, last_seq, last_hash)
        del problems[_MOST:]
        last_seq, last_hash = entry.seq, entry.hash
    problems += _of_head(desk, last_seq, last_hash)
    return AuditReport(entries, last_hash, tuple(problems))


def export_audit(desk: Desk) -> Iterator[dict[str, Any]]:
    """Every entry, oldest first, as JSON objects; whoever keeps them can check the chain without this program."""
    for entry in _entries(desk):
        yield entry.to_json()


def _entries(desk: Desk) -> Iterator[Entry]:
    return (Entry.of(row) for row in desk.rows("SELECT * FROM audit ORDER BY seq"))


def _of_entry(entry: Entry, last_seq: int, last_hash: str) -> Iterator[Problem]:
    if entry.hash != entry.right_hash:
        yield Problem(entry.seq, "changed", "its contents are not those it was written with")
    if entry.prev != last_hash:
        yield Problem(entry.seq, "out_of_place", "it does not follow the entry before it")
    # A break that was seen and entered leaves a gap in the numbers on purpose; it is told once, as a break.
    if entry.action == BROKEN:
        words = f"when it was written, the trail did not end as it was sealed: {entry.details}"
        yield Problem(entry.seq, "broken_before", words)
    elif entry.seq != last_seq + 1:
        yield Problem(entry.seq, "missing", f"entries {last_seq + 1} to {entry.seq - 1} before it are not there")


def _of_head(desk: Desk, last_seq: int, last_hash: str) -> Iterator[Problem]:
    found = desk.read("SELECT count, hash, seal FROM audit_head")
    if not found:
        yield Problem(last_seq, "seal_wrong", "the sealed head of the trail is not there")
        return
    head = found[0]
    if not desk.key.there:
        yield Problem(last_seq, "key_missing", "the key that sealed the trail is missing (audit.key)")
    elif not desk.key.fits(head["count"], head["hash"], head["seal"]):
        yield Problem(last_seq, "seal_wrong", "the head of the trail was not sealed with this key")
    if last_seq < head["count"]:
        yield Problem(last_seq, "cut_off", f"entries {last_seq + 1} to {head['count']} were cut off at the end")
    elif last_seq > head["count"]:
        yield Problem(last_seq, "added", f"entries after {head['count']} were added from outside")
    elif last_hash != head["hash"]:
        yield Problem(last_seq, "changed", "it is not the entry that the trail was sealed with")
