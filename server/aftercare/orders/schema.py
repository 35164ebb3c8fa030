"""The tables of the order book and their migrations, forward only.

`reading` holds what each report says of each line, one row per report kind and set of filled-in cells. A lone reading
is its line; where several readings meet, their line is in `merged`, which can be derived anew at any time (`merge.py`).
The view `line` gives both. The other tables hold what happened to an order afterwards.
Days and moments are ISO 8601 text, so that a person can read them with any tool; money is decimal text, and a truth is
0 or 1. The statements are for SQLite, and for PostgreSQL once `postgres.py` has put its names for the types.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from aftercare.errors import StoreError
from aftercare.orders.store import Connection

APPLICATION_ID = 0x0A_F7_0B_0C
"""Written into the file's header, so that another program's database is not taken for an order book."""

FACTS = (
    "marketplace", "asin", "title", "quantity", "price", "currency", "buyer", "recipient", "buyer_key", "city", "state",
    "postal_code", "country", "purchased", "ship_by", "shipped", "delivered", "estimated_delivery", "promised",
    "fulfillment", "status", "status_day", "matchable",
)  # fmt: skip
"""What a report can say of a line, in the order of the columns. `title` is a row of the table `title`; `matchable` is 0
where the line can have no review: cancelled, or not sold on Amazon."""

INTEGERS = {"title", "quantity", "matchable"}
FOUND_BY = ("asin", "purchased", "matchable")
PAIRED = sum(1 << FACTS.index(fact) for fact in FOUND_BY)
"""The shape a reading has at least that can stand before a lower one in the view `line`: what lines are found by must
be its own, since the index holds that."""

_FACT_COLUMNS = ",\n    ".join(f"{fact} {'INTEGER' if fact in INTEGERS else 'TEXT'}" for fact in FACTS)
_SHAPE = " + ".join(f"CASE WHEN {fact} IS NULL THEN 0 ELSE {1 << place} END" for place, fact in enumerate(FACTS))

_FIRST = f"""
CREATE TABLE revision (number INTEGER NOT NULL, lines INTEGER NOT NULL);
INSERT INTO revision VALUES (0, 0);
CREATE TABLE file (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, encoding TEXT NOT NULL,
    imported TEXT NOT NULL
);
CREATE TABLE title (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL, sku TEXT NOT NULL, kind INTEGER NOT NULL, item TEXT NOT NULL, part TEXT NOT NULL DEFAULT '',
    as_of INTEGER NOT NULL, file INTEGER NOT NULL REFERENCES file, line INTEGER,
    {_FACT_COLUMNS},
    shape INTEGER NOT NULL GENERATED ALWAYS AS ({_SHAPE}) STORED
);
CREATE UNIQUE INDEX reading_key ON reading (order_id, sku, kind, item, part, shape);
CREATE INDEX reading_asin ON reading (asin, purchased)
    WHERE line IS NOT NULL AND asin IS NOT NULL AND matchable IS DISTINCT FROM 0;
CREATE INDEX reading_sku ON reading (sku, purchased)
    WHERE line IS NOT NULL AND asin IS NULL AND matchable IS DISTINCT FROM 0;
CREATE TABLE merged (
    order_id TEXT NOT NULL, sku TEXT NOT NULL, line INTEGER NOT NULL,
    {_FACT_COLUMNS}
);
CREATE UNIQUE INDEX merged_key ON merged (order_id, sku, line);
CREATE INDEX merged_asin ON merged (asin, purchased) WHERE asin IS NOT NULL AND matchable IS DISTINCT FROM 0;
CREATE INDEX merged_sku ON merged (sku, purchased) WHERE asin IS NULL AND matchable IS DISTINCT FROM 0;
CREATE VIEW line AS
    SELECT order_id, sku, line, {", ".join(FACTS)} FROM reading WHERE line IS NOT NULL
    UNION ALL SELECT order_id, sku, line, {", ".join(FACTS)} FROM merged;
CREATE TABLE sighting (
    order_id TEXT NOT NULL, sku TEXT NOT NULL, status TEXT NOT NULL, day TEXT NOT NULL,
    PRIMARY KEY (order_id, sku, status)
) WITHOUT ROWID;
CREATE TABLE product (
    asin TEXT NOT NULL, sku TEXT NOT NULL, marketplace TEXT NOT NULL, title INTEGER NOT NULL,
    PRIMARY KEY (asin, sku, marketplace, title)
) WITHOUT ROWID;
CREATE INDEX product_sku ON product (sku, marketplace, asin);
CREATE TABLE returned (
    order_id TEXT NOT NULL, sku TEXT NOT NULL, key TEXT NOT NULL, as_of TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file,
    day TEXT, quantity INTEGER, reason TEXT, status TEXT, comment TEXT, received TEXT, claim INTEGER,
    PRIMARY KEY (order_id, sku, key)
) WITHOUT ROWID;
CREATE TABLE refunded (
    order_id TEXT NOT NULL, sku TEXT NOT NULL, key TEXT NOT NULL, as_of TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file,
    item TEXT NOT NULL, origin TEXT NOT NULL, day TEXT, amount TEXT, currency TEXT,
    PRIMARY KEY (order_id, sku, key)
) WITHOUT ROWID;
CREATE TABLE refund_period (
    first TEXT NOT NULL, last TEXT NOT NULL, marketplace TEXT NOT NULL, currency TEXT NOT NULL,
    fulfillment TEXT NOT NULL, PRIMARY KEY (marketplace, currency, fulfillment, first, last)
) WITHOUT ROWID;
CREATE TABLE feedback (
    order_id TEXT NOT NULL, sku TEXT NOT NULL, key TEXT NOT NULL, as_of TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file,
    day TEXT, stars INTEGER, comment TEXT, response TEXT,
    PRIMARY KEY (order_id, sku, key)
) WITHOUT ROWID;
CREATE TABLE replaced (
    order_id TEXT NOT NULL, sku TEXT NOT NULL, key TEXT NOT NULL, as_of TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file,
    day TEXT, replacement_order_id TEXT, reason TEXT,
    PRIMARY KEY (order_id, sku, key)
) WITHOUT ROWID;
CREATE TABLE message (
    order_id TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL, text TEXT, source TEXT NOT NULL,
    PRIMARY KEY (order_id, at, kind, digest)
) WITHOUT ROWID;
"""

# Messages have ids of their own since mail and helpdesks are read; orders of other channels stand apart, as they can
# have no Amazon review; and names that were purged leave a keyed encoding behind.
_SECOND = """
ALTER TABLE message RENAME TO message_before;
CREATE TABLE message (
    message_id TEXT NOT NULL PRIMARY KEY, order_id TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, text TEXT,
    buyer_key TEXT, asin TEXT, marketplace TEXT, reason TEXT, source TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO message (message_id, order_id, at, kind, text, source)
    SELECT 'book:' || order_id || ':' || at || ':' || kind || ':' || digest, order_id, at, kind, text, source
    FROM message_before;
DROP TABLE message_before;
CREATE INDEX message_order ON message (order_id, at);
CREATE INDEX message_buyer ON message (buyer_key) WHERE buyer_key IS NOT NULL;
CREATE INDEX reading_buyer ON reading (buyer_key) WHERE buyer_key IS NOT NULL;
CREATE TABLE elsewhere (
    channel TEXT NOT NULL, order_id TEXT NOT NULL, as_of TEXT NOT NULL, file INTEGER NOT NULL REFERENCES file,
    placed TEXT, status TEXT, total TEXT, refunded TEXT, currency TEXT, name TEXT, email TEXT, username TEXT,
    city TEXT, postal_code TEXT, country TEXT, name_key TEXT, items TEXT,
    PRIMARY KEY (channel, order_id)
) WITHOUT ROWID;
CREATE INDEX elsewhere_email ON elsewhere (email) WHERE email IS NOT NULL;
CREATE INDEX elsewhere_name ON elsewhere (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX elsewhere_username ON elsewhere (channel, username) WHERE username IS NOT NULL;
CREATE TABLE name_code (order_id TEXT NOT NULL PRIMARY KEY, buyer BLOB, recipient BLOB) WITHOUT ROWID;
"""

# Two readings of different kinds stay as they are: the higher is the line, and the lower adds what it lacks. This
# spares writing every line a second time where a shipping report follows Amazon's record, as nearly everywhere.
_THIRD = f"""
DROP VIEW line;
CREATE VIEW line AS
    SELECT r.order_id, r.sku, r.line, {
    ", ".join(f"r.{fact}" if fact in FOUND_BY else f"coalesce(r.{fact}, o.{fact}) AS {fact}" for fact in FACTS)
}
    FROM reading r
    LEFT JOIN reading o ON o.order_id = r.order_id AND o.sku = r.sku AND o.kind < r.kind AND o.line IS NULL
    WHERE r.line IS NOT NULL
    UNION ALL SELECT order_id, sku, line, {", ".join(FACTS)} FROM merged;
"""

MIGRATIONS = (_FIRST, _SECOND, _THIRD)
VERSION = len(MIGRATIONS)


def checked(version: int) -> int:
    """The version a book says it has. Raises StoreError (`book_newer`) where it is a newer Aftercare's."""
    if version > VERSION:
        raise StoreError(
            "The order book was written by a newer version of Aftercare.",
            code="book_newer",
            next="Update Aftercare, then try again; the order book was not touched.",
            version=version,
        )
    return version


def migrate(connection: Connection, version: int) -> None:
    """Brings the tables from the given version to the present one, inside the caller's transaction.

    The caller notes the version.
    """
    for script in MIGRATIONS[version:]:
        for statement in script.split(";\n"):
            if statement.strip():
                connection.execute(statement)
