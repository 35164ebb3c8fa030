"""Lists that come page by page: orders changed since the last sync, and money given back.

Each page is imported before the token of the next one is noted, so that a killed sync goes on at that page. Tokens are
good for a day; without one the list begins anew, which the book does not mind.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aftercare.orders.imports.sp_api.finances import note_period
from aftercare.orders.imports.sp_api.table import objects, text
from aftercare.rules.marketplaces import marketplace
from aftercare.sync.client import Amazon
from aftercare.sync.clock import parsed, stamp
from aftercare.sync.errors import SyncError, not_known
from aftercare.sync.inbox import Inbox
from aftercare.sync.state import Progress, Start, SyncState

INCLUDED = "BUYER,RECIPIENT,PROCEEDS,FULFILLMENT,PACKAGES,CANCELLATION"

_BEHIND = timedelta(minutes=3)
"""Amazon refuses a list that is to end in the last two minutes."""

_TOKEN_GOOD_FOR = timedelta(hours=23)
_LAG = timedelta(days=3)
"""How late a transaction can appear: Amazon says 48 hours."""

_ORDERS_OVERLAP = timedelta(hours=6)
_FIRST_ORDERS = timedelta(days=2)
_MOST_DAYS = timedelta(days=175)
_MOST_PAGES = 20_000


def pull_orders(amazon: Amazon, state: SyncState, inbox: Inbox) -> None:
    """Imports the orders that changed since the last sync; the first one leaves the past to the reports.

    Raises SyncError; what was imported stays, and the next sync goes on there.
    """
    progress = state.part(amazon.account, "orders")
    now = amazon.now()
    until = parsed(progress.get("until"))
    start = until - _ORDERS_OVERLAP if until else now - _FIRST_ORDERS
    ids = ",".join(marketplace(code).id for code in amazon.account.marketplaces)
    _begin(progress, start, now - _BEHIND, now)
    query = {
        "lastUpdatedAfter": progress["first"],
        "lastUpdatedBefore": progress["last"],
        "marketplaceIds": ids,
        "includedData": INCLUDED,
        "maxResultsPerPage": "100",
    }

    def page(token: str | None) -> str | None:
        answer = amazon.call(
            "searchOrders", "/orders/2026-01-01/orders", query | ({"paginationToken": token} if token else {})
        )
        orders = answer.get("orders")
        if not isinstance(orders, list):
            raise not_known("The list of orders")
        if orders:
            inbox.take_json(f"orders_{progress['last'][:10]}_{progress['pages']}", {"orders": orders})
        pagination = answer.get("pagination")
        return pagination.get("nextToken") if isinstance(pagination, dict) else None

    _run(amazon, state, progress, page)


def pull_refunds(amazon: Amazon, state: SyncState, inbox: Inbox, start: Start) -> None:
    """Imports the refunds posted since the last sync, and notes for which days all refunds are known.

    Raises SyncError; what was imported stays, and the next sync goes on there.
    """
    progress = state.part(amazon.account, "refunds")
    since = start.of(progress)
    if stamp(since) != progress.get("since"):
        progress.update(since=stamp(since), until=stamp(since))
        progress.pop("token", None)
    while True:
        now = amazon.now()
        until = parsed(progress.get("until")) or since
        begin = max(since, until - _LAG)
        _begin(progress, begin, min(begin + _MOST_DAYS, now - _BEHIND), now)
        query = {"postedAfter": progress["first"], "postedBefore": progress["last"]}

        def page(token: str | None, query: dict[str, str] = query) -> str | None:
            wanted = query | ({"nextToken": token} if token else {})
            answer = amazon.call("listTransactions", "/finances/2024-06-19/transactions", wanted)
            inner = answer["payload"] if isinstance(answer.get("payload"), dict) else answer
            listed = inner.get("transactions", [])
            if not isinstance(listed, list):
                raise not_known("The list of transactions")
            found = objects(listed)
            # Sales are known from the orders; fetching them again would keep more of the buyers than is needed.
            found = [each for each in found if each.get("transactionType") not in ("Shipment", "ServiceFee")]
            if found:
                inbox.take_json(f"transactions_{progress['last'][:10]}_{progress['pages']}", {"transactions": found})
            return inner.get("nextToken")

        first, last = parsed(progress["first"]), parsed(progress["last"])
        _run(amazon, state, progress, page)
        if first and last:
            # The first and the last day are covered in part only, and the newest news may still be on their way.
            with inbox.book.write() as connection:
                days = (first + timedelta(days=1)).date(), (min(last, now - _LAG) - timedelta(days=1)).date()
                note_period(connection, *days, [marketplace(code) for code in amazon.account.marketplaces])
        if last is None or now - last < timedelta(hours=1):
            return


def _begin(progress: Progress, first: datetime, last: datetime, now: datetime) -> None:
    """Takes up a list that was broken off, where its token is still good, or begins the next."""
    at = parsed(progress.get("token_at"))
    if not (progress.get("token") and at and now - at < _TOKEN_GOOD_FOR and "first" in progress):
        for name in ("token", "token_at"):
            progress.pop(name, None)
        progress.update(first=stamp(first), last=stamp(last), pages=0)


def _run(amazon: Amazon, state: SyncState, progress: Progress, page: Any) -> None:
    """Takes page after page, and notes the end."""
    retried = False
    for _ in range(_MOST_PAGES):
        token = progress.get("token")
        try:
            following = text(page(token))
        except SyncError as error:
            refused = error.detail.get("status_told") == 400
            if not (refused and token and not retried):
                raise
            # Amazon no longer knows the token; the list begins anew.
            retried = True
            progress.pop("token")
            progress["pages"] = 0
            continue
        progress["pages"] += 1
        if not following or following == token:
            break
        progress.update(token=following, token_at=stamp(amazon.now()))
        state.save()
    else:
        return  # So long a list is continued by the next sync.
    for name in ("token", "token_at", "pages"):
        progress.pop(name, None)
    progress["until"] = progress.pop("last")
    progress.pop("first")
    state.save()
