"""Reports of the Selling Partner API: asked for in windows of time, waited for, downloaded, imported.

Each report goes on from the end of its last imported window. That a report was asked for is on the disk before and
after, so that a killed sync finds it again instead of asking twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from aftercare.orders.imports import ImportResult
from aftercare.orders.imports.sp_api.table import objects, text
from aftercare.rules.marketplaces import marketplace
from aftercare.sync.client import Amazon
from aftercare.sync.clock import parsed, stamp
from aftercare.sync.errors import SyncError
from aftercare.sync.inbox import Inbox, unpacked_size
from aftercare.sync.state import Progress, Start, SyncState

PATH = "/reports/2021-06-30"

_FRESH = timedelta(minutes=45)
"""A report asked for again within less is only canceled by Amazon."""

_LOST_AFTER = timedelta(hours=24)
_TRIES = 2
_BREATH = 5.0
_MAYBE_DONE = ("sync_unreachable", "sync_broken_answer")
"""Failures after which Amazon may have begun the report all the same; it is looked for before it is asked for again."""


@dataclass(frozen=True, slots=True)
class ReportType:
    """A report: Amazon's name of it, days that one may cover, days that are asked for again since late news come in."""

    name: str
    days: int
    overlap: int


REPORTS = (
    ReportType("GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL", 30, 1),
    ReportType("GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL", 30, 2),
    ReportType("GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA", 30, 3),
    ReportType("GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE", 30, 14),
    ReportType("GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA", 30, 3),
    ReportType("GET_SELLER_FEEDBACK_DATA", 30, 7),
)
"""Source: https://developer-docs.amazon.com/sp-api/docs/report-type-values."""

Step = Literal["moved", "waiting", "done"]


class ReportJob:
    """One report type, window after window. `step` does one thing and says whether there is more to do."""

    def __init__(self, kind: ReportType, amazon: Amazon, state: SyncState, inbox: Inbox, start: Start) -> None:
        self.kind = kind
        self._amazon = amazon
        self._state = state
        self._inbox = inbox
        self._progress: Progress = state.part(amazon.account, kind.name)
        self._failures = self._unanswered = 0
        since = stamp(start.of(self._progress))
        if since != self._progress.get("since"):
            # An earlier beginning than before: the older windows are fetched too.
            self._progress["since"] = since
            self._progress.pop("until", None)
        self._next = self._start()

    def step(self) -> Step:
        """Asks for the next window, or sees whether the one asked for is made. Raises SyncError."""
        progress = self._progress
        if "report" in progress:
            return self._look(progress["report"])
        if "asking" in progress and self._found_again(progress["asking"]):
            return "moved"
        first, last = self._next, min(self._next + timedelta(days=self.kind.days), self._amazon.now())
        until = parsed(progress.get("until"))
        if last - first <= _FRESH or (until and self._amazon.now() - until <= _FRESH):
            return "done"
        self._ask(first, last)
        return "moved"

    def _start(self) -> datetime:
        until = parsed(self._progress.get("until"))
        since = parsed(self._progress["since"]) or self._amazon.now()
        return max(since, until - timedelta(days=self.kind.overlap)) if until else since

    def _ask(self, first: datetime, last: datetime) -> None:
        window = {"first": stamp(first), "last": stamp(last)}
        self._progress["asking"] = {**window, "at": stamp(self._amazon.now())}
        self._state.save()
        wanted = {
            "reportType": self.kind.name,
            "dataStartTime": window["first"],
            "dataEndTime": window["last"],
            "marketplaceIds": [marketplace(code).id for code in self._amazon.account.marketplaces],
        }
        try:
            told = self._amazon.call("createReport", f"{PATH}/reports", body=wanted, once=True)
        except SyncError as error:
            if error.code not in _MAYBE_DONE:
                # It was refused, so there is none to be found again.
                del self._progress["asking"]
                self._state.save()
            elif self._unanswered < _TRIES:
                self._unanswered += 1
                self._amazon.clock.wait(_BREATH)
                return
            raise
        report = text(told.get("reportId"))
        self._waits_for(report, self._progress["asking"])
        if not report:
            raise _failed(self.kind.name)

    def _waits_for(self, report: str, asked: Progress) -> None:
        self._progress.pop("asking", None)
        if report:
            self._progress["report"] = {**asked, "id": report}
        self._state.save()

    def _found_again(self, asked: Progress) -> bool:
        """Whether a report that a killed sync may have asked for is there."""
        at = parsed(asked.get("at")) or self._amazon.now()
        query = {"reportTypes": self.kind.name, "createdSince": stamp(at - timedelta(minutes=10)), "pageSize": "100"}
        window = parsed(asked.get("first")), parsed(asked.get("last"))
        for each in objects(self._amazon.call("getReports", f"{PATH}/reports", query).get("reports")):
            if (parsed(each.get("dataStartTime")), parsed(each.get("dataEndTime"))) == window:
                self._waits_for(text(each.get("reportId")), asked)
                return True
        self._waits_for("", asked)
        return False

    def _look(self, report: Progress) -> Step:
        told = self._told_of(str(report["id"]))
        status = told.get("processingStatus")
        if status in ("IN_QUEUE", "IN_PROGRESS"):
            asked = parsed(report.get("at")) or self._amazon.now()
            if self._amazon.now() - asked < _LOST_AFTER:
                return "waiting"
            status = "LOST"
        if status == "DONE":
            try:
                take_document(self._amazon, self._inbox, text(told.get("reportDocumentId")), self.kind.name)
            except SyncError as error:
                if error.code == "sync_report_unknown":
                    # The same document would be as unknown next time; a new report may not be.
                    self._drop()
                raise
            self._covered(report)
        elif status == "CANCELLED":
            # Amazon cancels by itself where there is nothing to tell of the window.
            self._covered(report)
        else:
            self._drop()
            self._failures += 1
            if self._failures >= _TRIES:
                raise _failed(self.kind.name)
        return "moved"

    def _told_of(self, report: str) -> dict[str, Any]:
        try:
            return self._amazon.call("getReport", f"{PATH}/reports/{report}")
        except SyncError as error:
            if error.detail.get("status_told") != 404:
                raise
            return {"processingStatus": "LOST"}

    def _covered(self, report: Progress) -> None:
        del self._progress["report"]
        last = parsed(report.get("last"))
        if last:
            self._progress["until"] = stamp(last)
            self._next = last
        self._failures = self._unanswered = 0
        self._state.save()

    def _drop(self) -> None:
        del self._progress["report"]
        self._state.save()


def take_document(amazon: Amazon, inbox: Inbox, document: str, name: str) -> ImportResult | None:
    """Downloads and imports the document of a report; None where it is empty. Raises SyncError."""
    for _ in range(3):
        # The address is good for five minutes; each try gets a new one.
        url = amazon.call("getReportDocument", f"{PATH}/documents/{document}").get("url")
        path = inbox.path(f"{name}.txt")
        amazon.download(text(url), path)
        if unpacked_size(path) >= 0:
            return inbox.take(path)
        path.unlink(missing_ok=True)
    raise SyncError(f"The report {name} came damaged three times.", code="sync_download", next="Start the sync again.")


def _failed(name: str) -> SyncError:
    return SyncError(
        f"Amazon could not make the report {name}.",
        code="sync_report_failed",
        next="The next sync asks for it again; or download it in Seller Central and import the file.",
    )
