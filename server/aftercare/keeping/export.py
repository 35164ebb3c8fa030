"""Everything that is known of one buyer, as JSON: what each report says, what happened, what was written and noted."""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

import json
from typing import Any

from aftercare.cases import Desk, export_audit
from aftercare.cases.retention import cases_about
from aftercare.keeping.person import Person
from aftercare.keeping.tickets import ticket_rows
from aftercare.orders.book import OrderBook
from aftercare.orders.store import Connection

TABLES = (
    "reading",
    "merged",
    "sighting",
    "returned",
    "refunded",
    "feedback",
    "replaced",
    "message",
    "elsewhere",
    "name_code",
)
"""The tables of the order book that have an order's number."""

_CASE_TABLES = ("notes", "contacts", "events")
_SECRET = ("permit_hash",)


def exported(book: OrderBook, desk: Desk | None, person: Person) -> dict[str, Any]:
    """`{"orders": […], "buyer_keys": […], "order_book": {table: rows}, "cases": […], "record": […]}`.

    desk: None where there is none yet. Rows have the columns of their tables; a row that came from a file names it.
    """
    with book.write() as connection:
        rows = {table: _rows(connection, table, person) for table in TABLES}
    return {
        "orders": list(person.orders),
        "buyer_keys": list(person.keys),
        "order_book": {table: found for table, found in rows.items() if found},
        "cases": _cases(desk, person) if desk else [],
        "record": _record(desk, person) if desk else [],
    }


def _rows(connection: Connection, table: str, person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for order_id in person.orders:
        found += _read(connection, table, "order_id = ?", (order_id,))
    if table == "message":
        # Messages before a sale name no order.
        for key in person.keys:
            found += _read(connection, table, "order_id = '' AND buyer_key = ?", (key,))
        known = {row["message_id"] for row in found}
        for id_ in ticket_rows(connection, person):
            if id_ not in known:
                found += _read(connection, table, "message_id = ?", (id_,))
    return found


def _read(connection: Connection, table: str, which: str, values: tuple[str, ...]) -> list[dict[str, Any]]:
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {which}", values)
    columns = [each[0] for each in cursor.description]
    rows = [dict(zip(columns, map(_plain, row), strict=True)) for row in cursor.fetchall()]
    for row in rows:
        if "file" in row:
            name = connection.execute("SELECT name FROM file WHERE id = ?", (row["file"],)).fetchone()
            row["file"] = name[0] if name else None
        if row.get("title") is not None:
            title = connection.execute("SELECT text FROM title WHERE id = ?", (row["title"],)).fetchone()
            row["title"] = title[0] if title else None
    return [{column: value for column, value in row.items() if value is not None} for row in rows]


def _plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def _cases(desk: Desk, person: Person) -> list[dict[str, Any]]:
    cases = []
    for id_ in cases_about(desk, person.orders):
        row = dict(desk.read("SELECT * FROM cases WHERE id = ?", (id_,))[0])
        row["review"] = json.loads(row["review"])
        for table in _CASE_TABLES:
            found = desk.read(f"SELECT * FROM {table} WHERE case_id = ? ORDER BY id", (id_,))
            row[table] = [{name: _plain(each[name]) for name in each.keys() if name not in _SECRET} for each in found]  # noqa: SIM118
        cases.append(row)
    return cases


def _record(desk: Desk, person: Person) -> list[dict[str, Any]]:
    subjects = {f"case:{id_}" for id_ in cases_about(desk, person.orders)}
    return [entry for entry in export_audit(desk) if entry["subject"] in subjects]
