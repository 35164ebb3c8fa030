"""The orders that eBay's Seller Hub gives as a table, in the layouts and languages of its sites.

An order of several things is a row of its sums without a thing, then a row a thing; an order of one thing is one row.
"Sold for" is the price of one piece, and in a row of sums that of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from aftercare.orders.imports.channels import values
from aftercare.orders.imports.channels.elsewhere import ElsewhereOrder, Item, added
from aftercare.orders.imports.channels.tables import OrderRow, OrderTable
from aftercare.orders.imports.events import RefusedError

_TELLING = ("username", "title", "price", "total", "placed", "recipient")


def _key(row: OrderRow) -> str | None:
    """The order number; None for rows of empty cells and for counts and names of sellers below the list."""
    if not any(row.text(field) for field in _TELLING):
        return None
    try:
        return row.order_number("order_id", "12-34567-89012")
    except RefusedError:
        # "from", "to" and two days stand in a line of the trailer, wherever their columns happen to be.
        if any("record(s)" in (row.text(field) or "") for field in (*_TELLING, "order_id", "buyer")):
            return None
        raise


def _order(order_id: str, rows: Sequence[OrderRow]) -> ElsewhereOrder:
    things = [row for row in rows if row.text("title") or row.text("item")]
    sums = next((row for row in rows if row not in things and (row.text("price") or row.text("total"))), None)
    first = sums or rows[0]
    # Rows of things, and rows of fees in some lists, may leave out whose the order is.
    whose = next((row for row in rows if row.text("buyer") or row.text("recipient")), first)
    moments = [found for row in rows for field in ("placed", "paid", "shipped") if (found := row.moment(field))]
    placed = next((found for row in rows if (found := row.moment("placed", noted=False))), None)
    own = bool(whose.text("buyer") and whose.text("buyer_postal_code"))
    place = "buyer_" if own else ""
    return ElsewhereOrder(
        channel="ebay",
        order_id=order_id,
        as_of=max((found.at for found in moments), default=""),
        placed=placed.day if placed else None,
        status="shipped" if any(row.text("shipped") for row in rows) else "placed",
        total=_total(sums, things, first),
        currency=values.currency(*(row.cells.raw(field) for row in rows for field in ("total", "price", "shipping"))),
        name=whose.text("buyer") if own else whose.text("recipient") or whose.text("buyer"),
        email=next((mail for row in rows if (mail := values.email(row.cells.raw("email")))), None),
        username=next((member for row in rows if (member := row.text("username"))), None),
        city=whose.text(f"{place}city"),
        postal_code=whose.text(f"{place}postal_code"),
        country=values.country(whose.cells.raw(f"{place}country")),
        items=added([Item(row.text("sku"), row.text("title") or row.text("item"), row.quantity()) for row in things]),
    )


def _total(sums: OrderRow | None, things: Sequence[OrderRow], first: OrderRow) -> Decimal | None:
    """The total as told; in layouts without it the sum, where all of its parts are told."""
    told = first.money("total")
    if told is not None:
        return told
    goods = [sums.money("price")] if sums else [_line(row) for row in things]
    shipping = first.money("shipping")
    if shipping is None or not goods or any(each is None for each in goods):
        return None
    return sum((each for each in goods if each is not None), shipping)


def _line(row: OrderRow) -> Decimal | None:
    price, quantity = row.money("price"), row.quantity()
    return price * quantity if price is not None and quantity else None


ebay_orders = partial(OrderTable, key=_key, order=_order, trailer=True)
"""Reads one file."""
