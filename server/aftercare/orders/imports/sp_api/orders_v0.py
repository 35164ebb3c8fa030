"""Orders of version 0, whose answers each tell a part: the order, its items, its buyer, its address.

An answer about the whole order names no SKU. It is kept under the empty SKU, and given to each item of the order that
other answers name, whichever came first. Amazon ends version 0 in March 2027.
"""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from typing import Any

from aftercare.orders.imports.documents import Record
from aftercare.orders.imports.sp_api.orders import channel
from aftercare.orders.imports.sp_api.table import Row, money, numbered, objects, order_id, part, text
from aftercare.orders.merge import ReadingWriter
from aftercare.orders.resolve import KINDS
from aftercare.orders.schema import FACTS
from aftercare.orders.store import Connection

KIND = "orders_api_v0"
"""The kind of these readings; see KINDS in `orders/resolve.py`."""

_FACTS = ", ".join(FACTS)


def lines_of(record: Record) -> list[Row]:
    """What the answer says: a row without a SKU for the order as a whole, and one for each item it names."""
    items = objects(record.get("OrderItems"))
    number = text(record.get("AmazonOrderId"))
    order = _order(record)
    rows = [order | {"order_id": number, "item": "#1"}] if any(order.values()) else []
    named = [each for each in items if text(each.get("SellerSKU")).strip()]
    keys = [(text(each.get("SellerSKU")).strip(), text(each.get("OrderItemId"))) for each in named]
    return rows + [
        _item(item) | {"order_id": number, "sku": sku, "item": rank}
        for item, (sku, _), rank in zip(named, keys, numbered(keys), strict=True)
    ]


def replaces(record: Record) -> tuple[str, str, str] | None:
    """Where the order is a replacement: the first order's id, this order's id, the moment it was placed."""
    first, own = order_id(record.get("ReplacedOrderId")), order_id(record.get("AmazonOrderId"))
    return (first, own, text(record.get("PurchaseDate"))) if first and own else None


def spread(connection: Connection, file: int, orders: set[str]) -> None:
    """Gives what is known of an order as a whole to each of its items. Call it after the rows of a file are written."""
    writer = ReadingWriter(connection, kind=KIND, file=file, columns=FACTS)
    kind = KINDS[KIND]
    for each in sorted(orders):
        whole = connection.execute(
            f"SELECT as_of, {_FACTS} FROM reading WHERE order_id = ? AND sku = '' AND kind = ?", (each, kind)
        ).fetchall()
        items = connection.execute(
            "SELECT DISTINCT sku, item FROM reading WHERE order_id = ? AND sku <> '' AND kind = ?", (each, kind)
        ).fetchall()
        rows = [
            (each, sku, item, "", int(item.removeprefix("#")), as_of, *facts)
            for sku, item in items
            for as_of, *facts in whole
        ]
        if rows:
            writer.write(rows)
    writer.finish()


def _order(record: Record) -> dict[str, str]:
    """The facts of the order as a whole; an answer about its buyer or address alone has some of them."""
    buyer, address = record.get("BuyerInfo"), record.get("ShippingAddress")
    named = record if record.get("BuyerName") or record.get("BuyerEmail") else buyer
    # Amazon Business buys some orders itself and sells them on; its own name is not the buyer's.
    resold = str(record.get("IsIBA")).casefold() == "true"
    place = channel(record.get("MarketplaceId"), record.get("SalesChannel"), record.get("SalesChannel"))
    return {
        "as_of": text(record.get("LastUpdateDate")),
        "status_day": text(record.get("LastUpdateDate")),
        "channel": place,
        "buyer": "" if resold else text(part(named, "BuyerName")),
        "buyer_key": "" if resold else text(part(named, "BuyerEmail")),
        "recipient": text(part(address, "Name")),
        "city": text(part(address, "City")) or text(part(address, "Municipality")),
        "state": text(part(address, "StateOrRegion")),
        "postal_code": text(part(address, "PostalCode")),
        "country": text(part(address, "CountryCode")),
        "purchased": text(record.get("PurchaseDate")),
        "ship_by": text(record.get("LatestShipDate")),
        "promised": text(record.get("LatestDeliveryDate")),
        "fulfillment": text(record.get("FulfillmentChannel")),
        "status": text(record.get("OrderStatus")),
    }


def _item(item: Record) -> dict[str, Any]:
    amount, currency = money(item.get("ItemPrice"))
    return {
        "asin": text(item.get("ASIN")),
        "title": text(item.get("Title")),
        "quantity": text(item.get("QuantityOrdered")),
        "price": amount,
        "currency": currency,
    }
