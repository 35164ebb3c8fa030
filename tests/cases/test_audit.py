"""The record: whatever is done to it from outside is seen, and what it keeps names no customer."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from aftercare.cases import Case, Desk, add_note, export_audit, verify_audit
from aftercare.config import Home
from aftercare.vault import connect
from cases.trail import outside

REST = "at, agent, action, subject, details, rules_version, server_version, prev, hash"


@pytest.fixture
def trail(desk: Desk) -> Desk:
    """Ten entries of a working day."""
    for number in range(2, 11):
        with desk.write() as writing:
            writing.record("Anna", "case_opened", f"case:{number}", number=number)
    return desk


def kinds(desk: Desk) -> set[str]:
    return {problem.kind for problem in verify_audit(desk).problems}


def test_an_untouched_record_is_whole(trail: Desk) -> None:
    report = verify_audit(trail)

    assert report.intact
    assert report.entries == 10
    assert "whole" in report.sentence


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET agent = 'x'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 3",
    ],
)
def test_the_file_itself_refuses_changes_by_programs_that_mean_well(trail: Desk, home: Home, sql: str) -> None:
    with connect(home.desk) as file, pytest.raises(sqlite.IntegrityError, match="append-only"):
        file.execute(sql)


@pytest.mark.parametrize("column", ["at", "agent", "action", "subject", "details", "rules_version", "server_version"])
def test_a_changed_field_is_seen_at_its_entry(trail: Desk, home: Home, column: str) -> None:
    with outside(home) as file:
        file.execute(f"UPDATE audit SET {column} = {column} || ' ' WHERE seq = 5")

    assert [(each.seq, each.kind) for each in verify_audit(trail).problems] == [(5, "changed")]


def test_a_changed_entry_with_its_hash_made_anew_breaks_the_next_link(trail: Desk, home: Home) -> None:
    with outside(home) as file:
        rehash(file, 5, agent="Eve")

    assert [(each.seq, each.kind) for each in verify_audit(trail).problems] == [(6, "out_of_place")]


def test_a_whole_chain_made_anew_does_not_fit_the_sealed_head(trail: Desk, home: Home) -> None:
    with outside(home) as file:
        rehash(file, 5, agent="Eve")
        for seq in range(6, 11):
            previous = file.execute("SELECT hash FROM audit WHERE seq = ?", (seq - 1,)).fetchone()[0]
            rehash(file, seq, prev=previous)
        head = file.execute("SELECT hash FROM audit WHERE seq = 10").fetchone()[0]
        file.execute("UPDATE audit_head SET hash = ?", (head,))

    assert kinds(trail) == {"seal_wrong"}


def test_a_removed_entry_is_missed(trail: Desk, home: Home) -> None:
    with outside(home) as file:
        file.execute("DELETE FROM audit WHERE seq = 5")

    assert kinds(trail) == {"missing", "out_of_place"}


def test_entries_in_another_order_are_seen(trail: Desk, home: Home) -> None:
    with outside(home) as file:
        file.execute("UPDATE audit SET seq = 99 WHERE seq = 4")
        file.execute("UPDATE audit SET seq = 4 WHERE seq = 5")
        file.execute("UPDATE audit SET seq = 5 WHERE seq = 99")

    assert kinds(trail) == {"changed", "out_of_place"}


def test_an_entry_put_in_between_is_seen(trail: Desk, home: Home) -> None:
    with outside(home) as file:
        for seq in range(10, 5, -1):
            file.execute("UPDATE audit SET seq = ? WHERE seq = ?", (seq + 1, seq))
        file.execute(f"INSERT INTO audit SELECT 6, {REST} FROM audit WHERE seq = 5")

    assert not verify_audit(trail).intact


@pytest.mark.parametrize("kept", [9, 5, 1, 0])
def test_entries_cut_off_at_the_end_are_missed(trail: Desk, home: Home, kept: int) -> None:
    with outside(home) as file:
        file.execute("DELETE FROM audit WHERE seq > ?", (kept,))

    assert "cut_off" in kinds(trail)


def test_a_record_emptied_together_with_its_head_is_not_taken_for_a_new_one(trail: Desk, home: Home) -> None:
    with outside(home) as file:
        file.execute("DELETE FROM audit")
        file.execute("DELETE FROM audit_head")

    assert kinds(trail) == {"seal_wrong"}


def test_an_entry_added_at_the_end_from_outside_is_seen(trail: Desk, home: Home) -> None:
    with outside(home) as file:
        previous = file.execute("SELECT hash FROM audit WHERE seq = 10").fetchone()[0]
        file.execute(f"INSERT INTO audit SELECT 11, {REST} FROM audit WHERE seq = 10")
        rehash(file, 11, seq=11, prev=previous)

    assert kinds(trail) == {"added"}


@pytest.mark.parametrize("kept", [7, 0])
def test_going_on_after_a_cut_does_not_heal_it(trail: Desk, home: Home, kept: int) -> None:
    with outside(home) as file:
        file.execute("DELETE FROM audit WHERE seq > ?", (kept,))

    with trail.write() as writing:
        writing.record("Anna", "case_opened", "case:11")

    broken = list(export_audit(trail))[-2]
    assert kinds(trail) == {"broken_before"}
    assert broken["action"] == "trail_broken"
    assert json.loads(broken["details"])["sealed_count"] == 10


def test_a_lost_key_is_told_before_and_after_the_next_entry(trail: Desk, home: Home) -> None:
    (home.folder / "audit.key").unlink()
    with Desk.open(home) as without:
        assert kinds(without) == {"key_missing"}
        with without.write() as writing:
            writing.record("Anna", "case_opened", "case:11")
        assert kinds(without) == {"broken_before"}


def test_another_key_is_not_taken_for_the_right_one(trail: Desk, home: Home) -> None:
    (home.folder / "audit.key").write_bytes(b"k" * 32)

    with Desk.open(home) as other:
        assert kinds(other) == {"seal_wrong"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seq=st.integers(1, 10),
    column=st.sampled_from(["at", "agent", "details", "prev", "hash"]),
    value=st.text(max_size=20),
)
def test_any_other_value_in_any_field_is_seen(trail: Desk, seq: int, column: str, value: str) -> None:
    entries = list(export_audit(trail))
    if entries[seq - 1][column] == value:
        return
    value = value.encode("utf-8", "replace").decode()

    with trail.write() as writing:
        writing.run("DROP TRIGGER IF EXISTS audit_no_update")
        writing.run(f"UPDATE audit SET {column} = ? WHERE seq = ?", (value, seq))
    seen = not verify_audit(trail).intact
    with trail.write() as writing:
        writing.run(f"UPDATE audit SET {column} = ? WHERE seq = ?", (entries[seq - 1][column], seq))

    assert seen
    assert verify_audit(trail).intact


def test_an_export_can_be_checked_without_this_program(trail: Desk) -> None:
    previous = "0" * 64
    for entry in export_audit(trail):
        fields = {name: value for name, value in entry.items() if name != "hash"}
        written = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert entry["prev"] == previous
        assert entry["hash"] == hashlib.sha256(written.encode()).hexdigest()
        previous = entry["hash"]


def test_no_word_of_a_customer_or_of_a_note_gets_into_the_record(desk: Desk, case: Case) -> None:
    add_note(desk, case, "Called Jane Doe on 555-0100.", "Anna")

    written = json.dumps(list(export_audit(desk)))

    for word in ("Sunny", "Reader", "refund", "Jane", "555-0100"):
        assert word not in written


def rehash(file: sqlite.Connection, row: int, **changes: object) -> None:
    """Changes an entry and gives it the hash that fits, as somebody would who knows how it is made."""
    file.row_factory = sqlite.Row
    entry = {**dict(file.execute("SELECT * FROM audit WHERE seq = ?", (row,)).fetchone()), **changes}
    del entry["hash"]
    written = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    entry["hash"] = hashlib.sha256(written.encode()).hexdigest()
    assignments = ", ".join(f"{name} = ?" for name in entry)
    file.execute(f"UPDATE audit SET {assignments} WHERE seq = ?", (*entry.values(), row))
