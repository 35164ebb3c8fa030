"""Appends to the audit trail: each entry holds the hash of the one before it, and the head is sealed with a key.

Entries are never repaired. Where the end of the trail does not fit its sealed head (entries cut off, added by hand, or
the key lost), the next append first enters a `trail_broken` that keeps what was expected and what was found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare import __version__
from aftercare.cases.key import AuditKey
from aftercare.rules import rules_version

GENESIS = "0" * 64
"""What the first entry names as the hash before it."""

BROKEN = "trail_broken"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail.

    at: UTC; agent: the paired browser, or "command line"; subject: `case:7`, `pairing:2` or `trail`;
    details: a JSON object without personal data; prev, hash: SHA-256 in hex.
    """

    seq: int
    at: str
    agent: str
    action: str
    subject: str
    details: str
    rules_version: str
    server_version: str
    prev: str
    hash: str = ""

    @property
    def right_hash(self) -> str:
        """The hash that the other fields give: SHA-256 over them as JSON with sorted keys and no spaces."""
        fields = {name: value for name, value in asdict(self).items() if name != "hash"}
        return hashlib.sha256(canonical(fields).encode()).hexdigest()

    @classmethod
    def of(cls, row: sqlite.Row) -> Entry:
        """The entry of one row of the table."""
        return cls(**{name: row[name] for name in cls.__slots__})

    def to_json(self) -> dict[str, Any]:
        """The entry as `aftercare audit export` writes it."""
        return asdict(self)


def canonical(value: object) -> str:
    """JSON that is the same for the same value: sorted keys, no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(text: str) -> str:
    """What the trail keeps of a text: enough to prove later that it was this one, nothing to read."""
    return f"sha256:{hashlib.sha256(text.encode(errors='surrogatepass')).hexdigest()}"


def begin(connection: sqlite.Connection, key: AuditKey, at: str) -> None:
    """Enters the first line of a new trail, so that from then on an empty one is known to have been emptied."""
    _seal(connection, key, _insert(connection, 1, at, "aftercare", "trail_begun", "trail", {}, GENESIS))


def append(
    connection: sqlite.Connection,
    key: AuditKey,
    at: str,
    agent: str,
    action: str,
    subject: str,
    details: Mapping[str, Any],
) -> None:
    """Adds one entry inside the caller's transaction and seals the new head."""
    last = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    head = connection.execute("SELECT count, hash, seal FROM audit_head").fetchone()
    count, hash_ = (last["seq"], last["hash"]) if last else (0, GENESIS)
    if not _whole(head, count, hash_, key):
        found: dict[str, Any] = {"found_count": count, "found_hash": hash_, "key_there": key.there}
        sealed = {"sealed_count": head["count"], "sealed_hash": head["hash"]} if head else {}
        key.create()
        # Numbers of entries that were cut off are not given out again.
        count = max(count, head["count"] if head else 0)
        entry = _insert(connection, count + 1, at, "aftercare", BROKEN, "trail", {**found, **sealed}, hash_)
        count, hash_ = entry.seq, entry.hash
    _seal(connection, key, _insert(connection, count + 1, at, agent, action, subject, details, hash_))


def _whole(head: sqlite.Row | None, count: int, hash_: str, key: AuditKey) -> bool:
    if head is None or (head["count"], head["hash"]) != (count, hash_):
        return False
    return key.fits(count, hash_, head["seal"])


def _seal(connection: sqlite.Connection, key: AuditKey, last: Entry) -> None:
    values = (last.seq, last.hash, key.seal(last.seq, last.hash))
    connection.execute("INSERT OR REPLACE INTO audit_head VALUES (1, ?, ?, ?)", values)


def _insert(
    connection: sqlite.Connection,
    seq: int,
    at: str,
    agent: str,
    action: str,
    subject: str,
    details: Mapping[str, Any],
    prev: str,
) -> Entry:
    entry = Entry(seq, at, agent, action, subject, canonical(dict(details)), rules_version(), __version__, prev)
    entry = replace(entry, hash=entry.right_hash)
    columns = ", ".join(Entry.__slots__)
    values = tuple(getattr(entry, name) for name in Entry.__slots__)
    connection.execute(f"INSERT INTO audit ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608
    return entry
