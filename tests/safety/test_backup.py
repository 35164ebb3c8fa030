"""A backup is one file with everything in it; what is put back is what was there, or nothing is touched."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from aftercare.cases import Desk, verify_audit
from aftercare.config import Home
from aftercare.errors import AftercareError
from aftercare.keeping import restore as restoring
from aftercare.keeping import wrapping
from aftercare.keeping.backup import backup
from aftercare.keeping.retention import retention, set_retention
from aftercare.knowledge import SupportProfiles
from aftercare.knowledge.support import SupportProfile
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.vault import Vault, connect
from orders.reports import number, report
from safety.backups import WORDS, put_back, refused
from safety.conftest import TODAY, lines_of
from safety.keyrings import Memory

pytestmark = pytest.mark.usefixtures("quick")


def test_everything_comes_back_on_another_machine(filled: Home, other: Home, target: Path) -> None:
    set_retention(filled, "reports", 90)
    SupportProfiles(filled.support).set(SupportProfile(asin="B0HARBOR01", notes="Felt pads."))
    backup(filled, target, WORDS)

    assert put_back(other, target).aside is None

    assert lines_of(other) == lines_of(filled)
    with contextlib.closing(connect(other.book)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert retention(other)["reports"] == 90
    assert SupportProfiles(other.support).list() == SupportProfiles(filled.support).list()
    assert Vault.of(other.folder).key == Vault.of(filled.folder).key
    with Desk.open(other) as desk:
        assert verify_audit(desk).intact
        assert desk.read("SELECT text FROM notes")[0]["text"] == "Rang Ada about the pillow."


@pytest.mark.skipif(os.name != "posix", reason="Windows has other means to keep files private.")
def test_a_backup_and_what_comes_of_it_are_private(filled: Home, other: Home, target: Path) -> None:
    backup(filled, target, WORDS)
    put_back(other, target)

    assert target.stat().st_mode & 0o777 == 0o600
    assert {path.stat().st_mode & 0o777 for path in other.folder.iterdir()} == {0o600}


def test_nothing_in_a_backup_can_be_read_without_its_key(filled: Home, target: Path) -> None:
    SupportProfiles(filled.support).set(SupportProfile(asin="B0HARBOR01", notes="Felt pads."))
    backup(filled, target, WORDS)

    text = target.read_bytes()
    audit_key = (filled.folder / "audit.key").read_bytes()
    for word in (b"Ada Costa", b"Rang Ada", b"Felt pads", audit_key, Vault.of(filled.folder).key):
        assert word not in text


def test_a_backup_is_taken_while_others_write(filled: Home, other: Home, target: Path) -> None:
    with OrderBook.open(filled.book) as book, book.write() as connection:
        connection.execute("DELETE FROM reading")
        backup(filled, target, WORDS)
        connection.execute("ROLLBACK")
        connection.execute("BEGIN")

    put_back(other, target)

    assert lines_of(other) == lines_of(filled)


def test_what_was_there_is_kept_aside(filled: Home, target: Path, tmp_path: Path) -> None:
    backup(filled, target, WORDS)
    later = tmp_path / "later.txt"
    later.write_text(report("all_orders", {"amazon-order-id": number(5)}))
    with OrderBook.open(filled.book) as book:
        import_file(book, later, today=TODAY)

    aside = put_back(filled, target).aside

    assert aside
    with OrderBook.open(filled.book) as book, OrderBook.open(aside / "book.sqlite3") as before:
        assert book.order(number(5)) is None
        assert before.order(number(5))


def test_a_damaged_book_is_moved_aside_as_it_is(filled: Home, target: Path) -> None:
    backup(filled, target, WORDS)
    filled.book.write_bytes(b"\x00" * 5000)
    (filled.folder / "vault.json").write_text("{")

    aside = put_back(filled, target).aside

    assert aside and (aside / "book.sqlite3").read_bytes() == b"\x00" * 5000
    with OrderBook.open(filled.book) as book:
        assert book.count() == 2


def test_without_its_key_only_its_own_folder_opens_it(filled: Home, other: Home, target: Path) -> None:
    backup(filled, target, None)

    assert refused(other, target) == "backup_key_missing"
    assert put_back(filled, target, None).aside


def test_the_passphrase_is_needed_in_full(filled: Home, other: Home, target: Path) -> None:
    with pytest.raises(AftercareError) as short:
        backup(filled, target, "short")
    backup(filled, target, WORDS)

    assert short.value.code == "passphrase_short"
    assert refused(other, target, WORDS + " ") == "passphrase_wrong"
    assert refused(other, target, None) == "backup_key_missing"


def test_the_real_cost_of_a_guess_is_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    wrapped = wrapping.wrap(b"k" * 32, WORDS)

    assert wrapped["n"] == 2**17
    assert wrapping.unwrap(wrapped, WORDS) == b"k" * 32


def test_an_older_backup_is_never_overwritten(filled: Home, target: Path) -> None:
    target.write_text("an older one")
    with pytest.raises(AftercareError) as error:
        backup(filled, target, WORDS)

    assert error.value.code == "backup_there"
    assert target.read_text() == "an older one"


def test_an_empty_home_is_not_backed_up(home: Home, target: Path) -> None:
    with pytest.raises(AftercareError) as error:
        backup(home, target, WORDS)

    assert error.value.code == "nothing_to_back_up"
    assert not target.exists()


def test_nothing_is_restored_under_a_program_that_runs(filled: Home, target: Path) -> None:
    backup(filled, target, WORDS)
    with Desk.open(filled) as desk:
        desk.read("SELECT * FROM notes")
        assert refused(filled, target) == "home_in_use"


def test_a_step_that_fails_takes_the_earlier_ones_back(
    filled: Home, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(filled, target, WORDS)
    before = lines_of(filled)
    flush = restoring.flush_folder

    def fail_at_home(folder: Path) -> None:
        if folder == filled.folder:
            raise OSError(28, "No space left on device")
        flush(folder)

    monkeypatch.setattr(restoring, "flush_folder", fail_at_home)

    with pytest.raises(AftercareError) as error:
        put_back(filled, target)

    assert error.value.code == "restore_failed"
    assert lines_of(filled) == before
    assert not [path for path in filled.folder.iterdir() if path.is_dir()]


def test_a_backup_of_a_newer_desk_is_refused(filled: Home, other: Home, target: Path) -> None:
    with contextlib.closing(connect(filled.desk)) as connection:
        connection.execute("PRAGMA user_version = 99")
    backup(filled, target, WORDS)

    assert refused(other, target) == "backup_newer"


def test_a_database_of_another_program_is_refused(filled: Home, other: Home, target: Path) -> None:
    filled.book.unlink()
    with contextlib.closing(connect(filled.book)) as connection, connection:
        connection.execute("CREATE TABLE theirs (x)")
    backup(filled, target, WORDS)

    assert refused(other, target) == "backup_damaged"


def test_a_backup_made_of_a_full_disk_leaves_nothing(
    filled: Home, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite.OperationalError("database or disk is full")

    monkeypatch.setattr("aftercare.keeping.backup._copy_database", full)

    with pytest.raises(AftercareError) as error:
        backup(filled, target, WORDS)

    assert error.value.code == "backup_failed"
    assert not [path for path in target.parent.iterdir() if path.name.startswith(".")]
    assert not target.exists()


def test_a_restore_puts_the_key_into_the_keyring(filled: Home, other: Home, target: Path, ring: Memory) -> None:
    backup(filled, target, WORDS)
    put_back(other, target)
    put_back(other, target)

    assert len(ring.kept) == 1
    assert not (other.folder / "vault.key").exists()
    assert lines_of(other) == lines_of(filled)
