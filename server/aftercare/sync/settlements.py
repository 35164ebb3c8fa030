"""Settlements: Amazon makes them by itself; they are listed, and those not yet imported are downloaded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aftercare.orders.imports.sp_api.table import objects, text
from aftercare.sync.client import Amazon
from aftercare.sync.clock import parsed, stamp
from aftercare.sync.inbox import Inbox
from aftercare.sync.reports import PATH, take_document
from aftercare.sync.state import Start, SyncState

NAME = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"

_LISTED_FOR = timedelta(days=89)
"""Amazon lists reports of the last 90 days."""

_OVERLAP = timedelta(days=2)
_MOST_PAGES = 100


def pull_settlements(amazon: Amazon, state: SyncState, inbox: Inbox, since: Start) -> None:
    """Imports the settlements made since the last sync, each once. Raises SyncError; what was imported is noted."""
    progress = state.part(amazon.account, "settlements")
    began = amazon.now()
    wanted = since.of(progress)
    start = max(wanted, began - _LISTED_FOR)
    until = parsed(progress.get("until"))
    if until and stamp(wanted) == progress.get("since"):
        start = max(start, until - _OVERLAP)
    taken: dict[str, str] = progress.setdefault("taken", {})
    for report in _listed(amazon, start):
        number, document = text(report.get("reportId")), text(report.get("reportDocumentId"))
        if number and document and number not in taken:
            take_document(amazon, inbox, document, NAME)
            taken[number] = text(report.get("createdTime")) or stamp(began)
            state.save()
    oldest = began - _LISTED_FOR - _OVERLAP
    progress["taken"] = {number: made for number, made in taken.items() if (parsed(made) or began) > oldest}
    progress["since"] = stamp(wanted)
    progress["until"] = stamp(began)
    state.save()


def _listed(amazon: Amazon, start: datetime) -> list[dict[str, Any]]:
    query = {"reportTypes": NAME, "processingStatuses": "DONE", "createdSince": stamp(start), "pageSize": "100"}
    found: list[dict[str, Any]] = []
    for _ in range(_MOST_PAGES):
        page = amazon.call("getReports", f"{PATH}/reports", query)
        found += objects(page.get("reports"))
        token = text(page.get("nextToken"))
        if not token:
            break
        # The token stands for all the rest; Amazon refuses other fields beside it.
        query = {"nextToken": token}
    return found
