"""One sync of one region: the reports, the settlements, then the orders and refunds since, each part by itself.

What is wrong with one part costs no other; only an account that Amazon does not accept, or a book that cannot be
written, ends the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aftercare.orders.imports import ImportResult
from aftercare.sync.client import Amazon
from aftercare.sync.errors import AccountError, SyncError
from aftercare.sync.inbox import Inbox
from aftercare.sync.pages import pull_orders, pull_refunds
from aftercare.sync.reports import REPORTS, ReportJob
from aftercare.sync.settlements import pull_settlements
from aftercare.sync.state import Start, SyncState

FIRST_DAYS = 90
"""How far the first sync looks back, in days, where nobody says."""

OLDEST_DAYS = 729
"""Amazon serves two years."""

_FIRST_LOOK, _LAST_LOOK = 15.0, 60.0
_PATIENCE = timedelta(hours=2)

Say = Callable[[str], None]


@dataclass(slots=True)
class Sync:
    """What came of a sync: the imported files, and the parts that could not be done, by name."""

    results: list[ImportResult] = field(default_factory=list)
    problems: dict[str, SyncError] = field(default_factory=dict)


def sync(
    amazon: Amazon, state: SyncState, inbox: Inbox, *, since: datetime | None = None, say: Say = lambda line: None
) -> Sync:
    """Fetches what is new and imports it.

    since: how far back; unless given, a part goes on where it is, and begins FIRST_DAYS ago. Raises AccountError,
    StoreError.
    """
    done = Sync(results=inbox.results)
    now = amazon.now()
    oldest, newest = now - timedelta(days=OLDEST_DAYS), now - timedelta(days=1)
    start = Start(min(max(since, oldest), newest) if since else None, now - timedelta(days=FIRST_DAYS))
    _reports(amazon, state, inbox, start, done, say)
    parts: dict[str, Callable[[], None]] = {
        "settlements": lambda: pull_settlements(amazon, state, inbox, start),
        "orders": lambda: pull_orders(amazon, state, inbox),
        "refunds": lambda: pull_refunds(amazon, state, inbox, start),
    }
    for name, pull in parts.items():
        say(f"{name}: asking Amazon")
        try:
            pull()
        except AccountError:
            raise
        except SyncError as error:
            done.problems[name] = error
    return done


def _reports(amazon: Amazon, state: SyncState, inbox: Inbox, start: Start, done: Sync, say: Say) -> None:
    """Works on all reports in turn, since Amazon makes several at once; waits only where all of them wait."""
    jobs = [ReportJob(kind, amazon, state, inbox, start) for kind in REPORTS]
    pause = _FIRST_LOOK
    waited_since = amazon.clock.now()
    while jobs:
        waiting = []
        moved = False
        for job in jobs:
            try:
                step = job.step()
            except AccountError:
                raise
            except SyncError as error:
                done.problems[job.kind.name] = error
                continue
            if step != "done":
                waiting.append(job)
            moved = moved or step == "moved"
        jobs = waiting
        if moved:
            pause, waited_since = _FIRST_LOOK, amazon.clock.now()
        elif jobs:
            if amazon.clock.now() - waited_since > _PATIENCE:
                for job in jobs:
                    done.problems[job.kind.name] = _still_waiting(job.kind.name)
                return
            say(f"reports: {len(jobs)} still being made by Amazon")
            amazon.clock.wait(pause)
            pause = min(pause * 1.5, _LAST_LOOK)


def _still_waiting(name: str) -> SyncError:
    return SyncError(
        f"Amazon is still making the report {name}.",
        code="sync_report_waiting",
        next="Start the sync again later; it takes up the same report.",
    )
