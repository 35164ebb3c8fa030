"""Tables of helpdesks: tickets, comments, tags and users of Zendesk, and the list of tickets of Freshdesk.

Each row is brought into the shape of the helpdesk's JSON and read as such. In the rules of these tables `order_id` is
the ticket's id, by which their rows are told apart; an order's id may stand in any of the columns read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aftercare.orders.events import Outcome
from aftercare.orders.imports.events import EventImporter, RefusedError, Row
from aftercare.orders.imports.helpdesks.desk import UNSURE, Desk, put_all
from aftercare.orders.imports.helpdesks.freshdesk import FRESHDESK
from aftercare.orders.imports.helpdesks.threads import Threads
from aftercare.orders.imports.helpdesks.values import Record
from aftercare.orders.imports.helpdesks.zendesk import ZENDESK
from aftercare.orders.imports.setting import Importer, Setting


class HelpdeskTable(EventImporter):
    """Reads the rows of one table as records of a helpdesk."""

    def __init__(self, setting: Setting, desk: Desk, shape: Callable[[Row], Record]) -> None:
        super().__init__(setting)
        self._desk = desk
        self._shape = shape
        named = setting.connection.execute("SELECT name FROM file WHERE id = ?", (setting.file,)).fetchone()
        self._threads = Threads(setting.connection, desk.name, named[0] if named else "", setting.marketplace)

    def row(self, row: Row, number: int) -> Outcome | None:
        """Stores what one row tells. Raises RefusedError."""
        record = self._shape(row)
        if not self._desk.fits(record):
            raise RefusedError("has no usable id")

        def note(reason: str) -> None:
            raise RefusedError(reason)

        return put_all(self._threads, self._desk.parse(record, self.setting.today, note), number)

    def finish(self) -> None:
        """Applies what was learned of people."""
        self.setting.result.marketplaces.update(self._threads.stores)
        for number in self._threads.finish():
            self.setting.result.note(number, UNSURE)


def _zendesk_ticket(row: Row) -> Record:
    return {
        "id": row.text("order_id"),
        "subject": row.text("subject"),
        "description": row.text("description"),
        "requester_id": row.text("requester"),
        "submitter_id": row.text("submitter"),
        "requester_email": row.text("email"),
        "via": {"source": {"from": {"address": row.text("from")}}},
        "external_id": row.text("external"),
        "tags": row.text("tags"),
        "custom_fields": [row.text("order"), row.text("asin")],
        "status": (row.text("status") or "").casefold(),
        "is_public": row.text("public"),
        "created_at": row.text("opened"),
    }


def _zendesk_comment(row: Row) -> Record:
    body = row.text("body")
    return {
        "ticket_id": row.text("order_id"),
        "id": row.text("id"),
        "author_id": row.text("author"),
        "body": body or "",
        "html_body": row.text("html"),
        "public": _flag(row.text("public")),
        "created_at": row.text("at"),
        "via": {"channel": row.text("channel")},
    }


def _zendesk_user(row: Row) -> Record:
    return {
        "id": row.text("order_id"),
        "role": (row.text("role") or "").casefold(),
        "email": row.text("email"),
    }


def _zendesk_tag(row: Row) -> Record:
    """A tag speaks of its ticket as a change of the ticket's field would."""
    return {
        "ticket_id": row.text("order_id"),
        "events": [{"type": "Create", "field_name": "tags", "value": row.text("tag")}],
    }


def _freshdesk_ticket(row: Row) -> Record:
    return {
        "id": row.text("order_id"),
        "subject": row.text("subject"),
        "description_text": row.text("description"),
        "status": 0,
        "priority": 0,
        "email": row.text("email"),
        "tags": row.text("tags"),
        "custom_fields": [row.text("order"), row.text("asin")],
        "created_at": row.text("opened"),
    }


def _flag(word: str | None) -> Any:
    return {"true": True, "false": False, "1": True, "0": False}.get((word or "").casefold())


def _table(desk: Desk, shape: Callable[[Row], Record]) -> Callable[[Setting], Importer]:
    return lambda setting: HelpdeskTable(setting, desk, shape)


TABLES: dict[str, Callable[[Setting], Importer]] = {
    "zendesk_tickets": _table(ZENDESK, _zendesk_ticket),
    "zendesk_comments": _table(ZENDESK, _zendesk_comment),
    "zendesk_users": _table(ZENDESK, _zendesk_user),
    "zendesk_tags": _table(ZENDESK, _zendesk_tag),
    "freshdesk_tickets": _table(FRESHDESK, _freshdesk_ticket),
}
"""One for each kind in `shared_rules/reports/helpdesks.json`."""
