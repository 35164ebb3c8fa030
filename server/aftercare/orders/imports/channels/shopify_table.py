"""The orders that Shopify gives as a table, and the table of orders that data warehouses keep of it.

Only the first row of an order has the facts of the order; further rows repeat its name, its e-mail and its moment, and
add one thing each. The name (`#1058`) is unique within one shop only, and many sellers have two that both began at
#1001; together with the moment it was made it is unique, and both stand in every row and in every API.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from aftercare.orders.imports.cells import Bad
from aftercare.orders.imports.channels import values
from aftercare.orders.imports.channels.elsewhere import ElsewhereOrder, Item, added
from aftercare.orders.imports.channels.tables import OrderRow, OrderTable
from aftercare.orders.imports.channels.values import Moment
from aftercare.orders.imports.channels.words import state
from aftercare.orders.imports.events import RefusedError

_TELLING = ("order_id", "email", "title", "total", "placed")
_MOMENTS = ("placed", "paid", "shipped", "cancelled", "changed")


def shopify_order_id(name: str, placed: Moment) -> str:
    """An id that is unique across shops: `#1058 2025-03-20T12:20:57Z`."""
    return f"{name} {placed.at}"


def _key(row: OrderRow) -> str | None:
    if not any(row.text(field) for field in _TELLING):
        return None
    # A warehouse may keep the name as a hash, which says nothing; it has the id in every row.
    name = row.text("order_id") or row.text("id")
    if name is None:
        raise RefusedError("name (the order number) is empty")
    placed = values.moment(row.cells.raw("placed"), row.latest)
    if isinstance(placed, Bad) or placed is None:
        raise RefusedError(f"created at {placed.reason if placed is not None else 'is empty'}")
    return shopify_order_id(name, placed)


def _order(order_id: str, rows: Sequence[OrderRow]) -> ElsewhereOrder:
    first = next((row for row in rows if row.text("financial_status") or row.text("total")), rows[0])
    moments = [moment.at for field in _MOMENTS if (moment := first.moment(field))]
    placed = first.moment("placed", noted=False)
    own = bool(first.text("buyer") and first.text("buyer_postal_code"))
    place = "buyer_" if own else ""
    things = [row for row in rows if row.text("title")]
    cancelled = "cancelled" if first.text("cancelled") else None
    return ElsewhereOrder(
        channel="shopify",
        order_id=order_id,
        as_of=max(moments, default=""),
        placed=placed.day if placed else None,
        status=state("shopify", cancelled, first.text("financial_status"), first.text("fulfillment_status")),
        total=first.money("total"),
        refunded=first.money("refunded"),
        currency=values.currency(first.cells.raw("currency")),
        name=first.text("buyer") if own else first.text("recipient") or first.text("buyer"),
        email=next((found for row in rows if (found := values.email(row.cells.raw("email")))), None),
        city=first.text(f"{place}city"),
        postal_code=first.text(f"{place}postal_code"),
        country=values.country(first.cells.raw(f"{place}country")),
        items=added([Item(row.text("sku"), row.text("title"), row.quantity()) for row in things]),
    )


shopify_orders = partial(OrderTable, key=_key, order=_order)
"""Reads one file."""
