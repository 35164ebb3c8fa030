"""The tables of the desk, as migrations: each entry brings the file from one `user_version` to the next."""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        # Pairing. A code is kept for its tries and its two minutes; a token for as long as the browser stays paired.
        """CREATE TABLE pairing_codes (
            id INTEGER PRIMARY KEY, salt BLOB NOT NULL, code_hash BLOB NOT NULL, opened TEXT NOT NULL,
            expires TEXT NOT NULL, tries_left INTEGER NOT NULL, closed TEXT) STRICT""",
        """CREATE TABLE pairings (
            id INTEGER PRIMARY KEY AUTOINCREMENT, browser TEXT NOT NULL, token_hash BLOB NOT NULL UNIQUE,
            paired TEXT NOT NULL, last_used TEXT, revoked TEXT) STRICT""",
        # A review has one case. `marketplace` is '' where the review's page did not tell it.
        """CREATE TABLE cases (
            id INTEGER PRIMARY KEY AUTOINCREMENT, marketplace TEXT NOT NULL, review_id TEXT NOT NULL,
            asin TEXT, variant_asin TEXT, review TEXT NOT NULL, page TEXT NOT NULL, state TEXT NOT NULL,
            order_id TEXT, sku TEXT, line INTEGER, none INTEGER NOT NULL DEFAULT 0, contacted TEXT,
            opened TEXT NOT NULL, updated TEXT NOT NULL, UNIQUE (marketplace, review_id)) STRICT""",
        "CREATE INDEX cases_review ON cases (review_id)",
        "CREATE INDEX cases_order ON cases (order_id) WHERE order_id IS NOT NULL",
        """CREATE TABLE notes (
            id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER NOT NULL REFERENCES cases (id),
            at TEXT NOT NULL, agent TEXT NOT NULL, text TEXT NOT NULL) STRICT""",
        "CREATE INDEX notes_case ON notes (case_id)",
        # A contact is a text that was allowed to go to one order's messaging page; its permit is kept as a hash.
        """CREATE TABLE contacts (
            id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER NOT NULL REFERENCES cases (id),
            pairing INTEGER NOT NULL, agent TEXT NOT NULL, order_id TEXT NOT NULL, marketplace TEXT NOT NULL,
            route TEXT NOT NULL, kind TEXT NOT NULL, lang TEXT, text TEXT NOT NULL,
            verdict TEXT NOT NULL, reasons TEXT NOT NULL, permit_hash BLOB NOT NULL UNIQUE, created TEXT NOT NULL,
            expires TEXT NOT NULL, redeemed TEXT, filled TEXT, sent TEXT, withdrawn TEXT) STRICT""",
        "CREATE INDEX contacts_case ON contacts (case_id)",
        "CREATE INDEX contacts_order ON contacts (order_id)",
        """CREATE TABLE events (
            id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER NOT NULL REFERENCES cases (id),
            at TEXT NOT NULL, agent TEXT NOT NULL, event TEXT NOT NULL, order_id TEXT, detail TEXT NOT NULL) STRICT""",
        "CREATE INDEX events_case ON events (case_id)",
        "CREATE INDEX events_order ON events (order_id) WHERE order_id IS NOT NULL",
        # The record. The triggers stop honest mistakes of programs; the chain and the sealed head show the rest.
        """CREATE TABLE audit (
            seq INTEGER PRIMARY KEY, at TEXT NOT NULL, agent TEXT NOT NULL, action TEXT NOT NULL,
            subject TEXT NOT NULL, details TEXT NOT NULL, rules_version TEXT NOT NULL, server_version TEXT NOT NULL,
            prev TEXT NOT NULL, hash TEXT NOT NULL) STRICT""",
        """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
        """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
        """CREATE TRIGGER audit_only_at_the_end BEFORE INSERT ON audit
            WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM audit)
            BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
        """CREATE TABLE audit_head (
            one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, hash TEXT NOT NULL,
            seal TEXT NOT NULL) STRICT""",
    ),
    (
        # A code for one person of a team, who may be elsewhere: longer than a pairing code, and alive for hours.
        """CREATE TABLE invitations (
            id INTEGER PRIMARY KEY, person TEXT NOT NULL, code_hash BLOB NOT NULL, opened TEXT NOT NULL,
            expires TEXT NOT NULL, closed TEXT) STRICT""",
    ),
)
"""`STRICT` makes SQLite refuse a value of another type, so that a wrong program fails before it stores nonsense."""
