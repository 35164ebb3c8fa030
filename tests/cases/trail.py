"""What the tests of several files ask of the audit trail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from aftercare.cases import Desk, export_audit
from aftercare.config import Home
from aftercare.vault import connect


def actions(desk: Desk) -> list[str]:
    return [entry["action"] for entry in export_audit(desk)]


def last_details(desk: Desk) -> dict[str, Any]:
    return json.loads(list(export_audit(desk))[-1]["details"])


@contextmanager
def outside(home: Home) -> Iterator[sqlite.Connection]:
    """The desk's file as another program opens it, with the triggers out of the way."""
    connection = connect(home.desk)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()
