"""The orders that Walmart's Seller Center gives as a table: one row a line of a purchase order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from aftercare.orders.imports.channels import values
from aftercare.orders.imports.channels.elsewhere import ElsewhereOrder, Item, added
from aftercare.orders.imports.channels.tables import OrderRow, OrderTable
from aftercare.orders.imports.channels.words import Status, state

_TELLING = ("order_id", "customer_order", "sku", "title", "name")


def _key(row: OrderRow) -> str | None:
    if not any(row.text(field) for field in _TELLING):
        return None
    return row.order_number("order_id", "1234567890123")


def _order(order_id: str, rows: Sequence[OrderRow]) -> ElsewhereOrder:
    first = rows[0]
    # Seller Center writes days as ISO 8601, and a spreadsheet saves them as it does in the United States.
    placed = first.moment("placed", "mdy")
    return ElsewhereOrder(
        channel="walmart",
        order_id=order_id,
        as_of=placed.at if placed else "",
        placed=placed.day if placed else None,
        status=_status(rows),
        total=_total(rows),
        currency=values.currency(*(row.cells.raw(field) for row in rows for field in ("price", "shipping"))),
        name=first.text("name"),
        city=first.text("city"),
        postal_code=first.text("postal_code"),
        items=added([Item(row.text("sku"), row.text("title"), row.quantity()) for row in rows]),
    )


def _status(rows: Sequence[OrderRow]) -> Status | None:
    states = [state("walmart", row.text("status")) for row in rows]
    live = [each for each in states if each != "cancelled"]
    if not live:
        return "cancelled"  # Only an order whose every line is cancelled is.
    if (rows[0].text("replacement") or "").casefold() in ("yes", "y", "true"):
        return "replacement"
    return "shipped" if "shipped" in live else live[0]


def _total(rows: Sequence[OrderRow]) -> Decimal | None:
    """The sum of costs, shipping and tax. Whether a cost is of one piece is not documented, so that a line of several
    pieces leaves the total not known."""
    parts = [row.money(field) for row in rows for field in ("price", "shipping", "tax")]
    if any(row.quantity() != 1 for row in rows) or all(part is None for part in parts[::3]):
        return None
    return sum((part for part in parts if part is not None), Decimal())


walmart_orders = partial(OrderTable, key=_key, order=_order)
"""Reads one file."""
