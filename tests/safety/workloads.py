"""What is killed at random moments: imports, notes, support profiles, sealing, purges, and restores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from aftercare.cases import Desk, add_note, notes_of, open_case, verify_audit
from aftercare.config import Home
from aftercare.keeping.backup import backup
from aftercare.keeping.purge import purge_book
from aftercare.keeping.restore import restore
from aftercare.keeping.sources import SOURCES
from aftercare.knowledge import SupportProfiles
from aftercare.knowledge.support import SupportProfile
from aftercare.matching.name_codes import encoded
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from aftercare.reviews.review import Review
from aftercare.vault import Vault
from orders.reports import number, report
from safety.crashes import Acknowledge, Workload
from safety.plain import forget_key, unseal

TODAY = date(2026, 3, 1)


@dataclass
class Imports:
    """Reports imported one after the other; each is there whole or not at all."""

    name: str = "import"
    longest: float | None = None
    files: int = 12
    rows: int = 120

    def prepare(self, home: Home) -> None:
        folder = home.folder / "reports"
        folder.mkdir()
        for file in range(self.files):
            kind = ("fulfilled_shipments", "all_orders")[file % 2]
            # Every second report tells more of the orders of the one before, so that readings meet and are merged.
            places = range(file // 2 * self.rows, (file // 2 + 1) * self.rows)
            rows = [{"amazon-order-id": number(place + 1)} for place in places]
            (folder / f"{file:03}.txt").write_text(report(kind, *rows))

    def work(self, home: Home, acknowledge: Acknowledge) -> None:
        with OrderBook.open(home.book) as book:
            for path in sorted((home.folder / "reports").iterdir()):
                assert import_file(book, path, today=TODAY).kind
                acknowledge()

    def check(self, home: Home, acknowledged: int) -> str:
        with OrderBook.open(home.book) as book, book.write() as connection:
            read = Counter(
                {
                    name: count
                    for name, count in connection.execute(
                        "SELECT f.name, count(*) FROM reading r JOIN file f ON f.id = r.file GROUP BY f.name"
                    )
                }
            )
            listed = {name for (name,) in connection.execute("SELECT name FROM file")}
            lines = connection.execute("SELECT count(*) FROM line").fetchone()[0]
            counted = connection.execute("SELECT lines FROM revision").fetchone()[0]
        assert set(read.values()) <= {self.rows}, "a report is there in part"
        assert listed == set(read), "the list of files tells of others than those that are there"
        assert acknowledged <= len(read) <= acknowledged + 1, "an acknowledged report is not there"
        assert lines == counted == (len(read) + 1) // 2 * self.rows
        self.work(home, lambda: None)
        with OrderBook.open(home.book) as book:
            assert book.count() == self.files // 2 * self.rows
        return "after" if len(read) == self.files else "between files" if read else "before"


@dataclass
class Notes:
    """Notes on a case; each is there with its entry in the record, or neither is."""

    name: str = "desk"
    longest: float | None = 0.25

    def prepare(self, home: Home) -> None:
        Desk.open(home).close()

    def work(self, home: Home, acknowledge: Acknowledge) -> None:
        with Desk.open(home) as desk:
            case = open_case(desk, _REVIEW, "Anna")
            for step in range(10_000):
                add_note(desk, case, f"note {step}", "Anna")
                acknowledge()

    def check(self, home: Home, acknowledged: int) -> str:
        with Desk.open(home) as desk:
            assert verify_audit(desk).intact
            notes = [note.text for note in notes_of(desk, open_case(desk, _REVIEW, "Anna"))]
            entries = desk.read("SELECT count(*) AS n FROM audit WHERE action = 'note_added'")[0]["n"]
        assert notes == [f"note {step}" for step in range(len(notes))]
        assert acknowledged <= len(notes) <= acknowledged + 1, "an acknowledged note is not there"
        assert entries == len(notes)
        return "between notes" if notes else "before"


@dataclass
class Profiles:
    """A support profile (TinyDB) written anew again and again, longer and shorter."""

    name: str = "tinydb"
    longest: float | None = 0.2

    def prepare(self, home: Home) -> None:
        SupportProfiles(home.support).set(SupportProfile(asin="B0HARBOR01", notes="0 "))

    def work(self, home: Home, acknowledge: Acknowledge) -> None:
        profiles = SupportProfiles(home.support)
        for step in range(1, 10_000):
            profiles.set(SupportProfile(asin="B0HARBOR01", notes=_words(step)))
            acknowledge()

    def check(self, home: Home, acknowledged: int) -> str:
        found = SupportProfiles(home.support).get("B0HARBOR01")
        assert found, "the profile is gone"
        step = int(found.notes.split()[0]) if found.notes.strip() else 0
        assert found.notes == _words(step) if step else acknowledged == 0
        assert acknowledged <= step <= acknowledged + 1, "an acknowledged profile is not there"
        return "between writes" if step else "before"


@dataclass
class Sealing:
    """A book and a desk of the first version, sealed when they are first opened."""

    name: str = "sealing"
    longest: float | None = None

    def prepare(self, home: Home) -> None:
        Imports(files=2).prepare(home)
        Imports(files=2).work(home, lambda: None)
        with Desk.open(home) as desk:
            add_note(desk, open_case(desk, _REVIEW, "Anna"), "note 0", "Anna")
        unseal(home.book)
        unseal(home.desk)
        forget_key(home.folder)

    def work(self, home: Home, acknowledge: Acknowledge) -> None:
        OrderBook.open(home.book).close()
        acknowledge()
        Desk.open(home).close()
        acknowledge()

    def check(self, home: Home, acknowledged: int) -> str:
        plain = [path.read_bytes()[:15] == b"SQLite format 3" for path in (home.book, home.desk)]
        assert not any(plain[:acknowledged]), "a file that was sealed lies in the open"
        with OrderBook.open(home.book) as book, Desk.open(home) as desk:
            assert book.count() == Imports.rows
            assert verify_audit(desk).intact
            assert desk.read("SELECT text FROM notes")[0]["text"] == "note 0"
        assert not list(home.folder.glob("*.sealing*"))
        return ("after", "between files", "before")[sum(plain)]


@dataclass
class Purge:
    """Names taken out of a book; a purge that was cut short goes on when it is run again."""

    name: str = "purge"
    longest: float | None = None
    files: int = 20

    def prepare(self, home: Home) -> None:
        Imports(files=self.files).prepare(home)
        Imports(files=self.files).work(home, lambda: None)
        # The tables of names are loaded here, so that the child's time goes into its work.
        encoded("Ada Costa", bytes(32))

    def work(self, home: Home, acknowledge: Acknowledge) -> None:
        with OrderBook.open(home.book) as book:
            purge_book(book, Vault.of(home.folder), SOURCES, date.max)
        acknowledge()

    def check(self, home: Home, acknowledged: int) -> str:
        named = self._named(home)
        assert not acknowledged or not named, "names are there after a purge"
        self.work(home, lambda: None)
        assert not self._named(home)
        with OrderBook.open(home.book) as book:
            assert book.count() == self.files // 2 * Imports.rows
        return "after" if not named else "before" if named == self.files // 2 * Imports.rows else "between pages"

    def _named(self, home: Home) -> int:
        with OrderBook.open(home.book) as book, book.write() as connection:
            return int(connection.execute("SELECT count(*) FROM line WHERE buyer <> ''").fetchone()[0])


@dataclass
class Restore:
    """A backup put back over newer data; cut short, the same command completes it."""

    name: str = "restore"
    longest: float | None = None

    def prepare(self, home: Home) -> None:
        Imports(files=2).prepare(home)
        Imports(files=2).work(home, lambda: None)
        with Desk.open(home) as desk:
            add_note(desk, open_case(desk, _REVIEW, "Anna"), "note 0", "Anna")
        backup(home, home.folder / "all.backup", None)
        with OrderBook.open(home.book) as book, book.write() as connection:
            connection.execute("DELETE FROM reading")

    def work(self, home: Home, acknowledge: Acknowledge) -> None:
        restore(home, home.folder / "all.backup", lambda: None)
        acknowledge()

    def check(self, home: Home, acknowledged: int) -> str:
        there = home.book.exists() and home.desk.exists()
        aside = list(home.folder.glob("before-restore-*"))
        kept = [path for path in (home.book, *(each / "book.sqlite3" for each in aside)) if path.exists()]
        assert kept, "what was there is gone"
        if not acknowledged:
            self.work(home, lambda: None)
        with OrderBook.open(home.book) as book, Desk.open(home) as desk:
            assert book.order(number(1)), "the backup is not back"
            assert verify_audit(desk).intact
        return "after" if acknowledged else "before" if there and not aside else "between renames"


WORKLOADS: tuple[Callable[[], Workload], ...] = (Imports, Notes, Profiles, Sealing, Purge, Restore)

_REVIEW = Review(id="R1CRASH0000001", marketplace="US", asin="B0HARBOR01", stars=1, body="Flat.")


def _words(step: int) -> str:
    return f"{step} " + "pillow " * (step * 37 % 900)
