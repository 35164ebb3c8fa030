"""The All Orders report: every order with its state, ASIN and place, without names and without order item ids."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from aftercare.orders.imports import cells as read
from aftercare.orders.imports.batch import Cells, Memo
from aftercare.orders.imports.lines import LineImporter
from aftercare.orders.imports.recognize import rules
from aftercare.orders.imports.setting import Setting
from aftercare.orders.imports.short_days import settled_days


@settled_days
def all_orders(setting: Setting) -> LineImporter:
    """The importer of one All Orders file, in any of its column variants."""
    return LineImporter(setting, partial(_states, Memo(_state)))


def _states(memo: Memo[tuple[str, ...]], cells: Cells, facts: dict[str, Iterable[Any]]) -> None:
    """Reads order status, item status, quantity and channel together: each of them can say that a line is void."""
    raw = zip(
        cells.column("status"),
        cells.column("item_status"),
        cells.column("quantity"),
        cells.column("channel"),
        strict=True,
    )
    states = list(map(memo.__getitem__, raw))
    facts["status"], facts["quantity"], facts["matchable"] = zip(*states, strict=True)
    if any(order_id and order_id[0] == "S" for order_id in facts["order_id"]):
        facts["matchable"] = [
            0 if order_id and order_id[0] == "S" else matchable
            for order_id, matchable in zip(facts["order_id"], facts["matchable"], strict=True)
        ]


def _state(raw: tuple[str, ...]) -> tuple[str | None, int | None, int]:
    """Status, quantity, and whether the line can have a review.

    A cancelled order keeps its lines with the quantity 0; a pending one may have no quantity or 0 as yet.
    """
    status, item_status, quantity_text, channel = (each.strip() for each in raw)
    counted = read.count(quantity_text)
    quantity = counted if isinstance(counted, int) else None
    known = rules()
    states = (status.casefold(), item_status.casefold())
    pending = any(state.startswith(known.pending) for state in states)
    cancelled = any(state.startswith(known.cancelled) for state in states) or (quantity == 0 and not pending)
    if pending and quantity == 0:
        quantity = None
    if cancelled and not status.casefold().startswith(known.cancelled):
        status = "Cancelled"
    elsewhere = channel.casefold().startswith(known.other_channels)
    return status or None, quantity, int(not cancelled and not elsewhere)
