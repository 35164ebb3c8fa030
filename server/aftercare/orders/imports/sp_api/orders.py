"""Orders of version 2026-01-01 (searchOrders, getOrder) as lines: each order is one object with all that is known."""

from __future__ import annotations

import contextlib
from decimal import Decimal, InvalidOperation
from typing import Any

from aftercare.orders.imports.documents import Record
from aftercare.orders.imports.sp_api.table import Row, money, numbered, objects, order_id, part, text
from aftercare.rules.marketplaces import by_id

KIND = "orders_api"
"""The kind of these readings; see KINDS in `orders/resolve.py`."""

_ITEM = "ITEM"
"""The part of an item's proceeds that is its price; shipping, tax and gift wrap are others."""


def lines_of(order: Record) -> list[Row]:
    """The lines of one order, or none where it lists no items (as while a payment is pending)."""
    common = _common(order)
    items = objects(order.get("orderItems"))
    keys = [(text(part(item, "product", "sellerSku")).strip(), text(item.get("orderItemId"))) for item in items]
    return [
        common | _item(order, item) | {"sku": sku, "item": number}
        for item, (sku, _), number in zip(items, keys, numbered(keys), strict=True)
    ]


def replaces(order: Record) -> tuple[str, str, str] | None:
    """Where the order is a replacement: the first order's id, this order's id, the day it was placed."""
    for each in objects(order.get("associatedOrders")):
        if each.get("associationType") == "REPLACEMENT_ORIGINAL_ID":
            first, own = order_id(each.get("orderId")), order_id(order.get("orderId"))
            if first and own:
                return first, own, text(order.get("createdTime"))
    return None


def channel(marketplace: Any, name: Any, kind: Any = "") -> str:
    """The sales channel as reports write it: the store's host, or `Non-Amazon` for orders from elsewhere."""
    if "non" in text(kind).casefold().replace("_", "-").split("-"):
        return "Non-Amazon"
    known = by_id().get(text(marketplace))
    return known.store if known else text(name)


def _common(order: Record) -> dict[str, str]:
    sale, way = order.get("salesChannel"), order.get("fulfillment")
    address = part(order, "recipient", "deliveryAddress")
    return {
        "order_id": text(order.get("orderId")),
        "as_of": text(order.get("lastUpdatedTime")) or text(order.get("createdTime")),
        "status_day": text(order.get("lastUpdatedTime")),
        "channel": channel(part(sale, "marketplaceId"), part(sale, "marketplaceName"), part(sale, "channelName")),
        "buyer": text(part(order, "buyer", "buyerName")),
        "buyer_key": text(part(order, "buyer", "buyerEmail")),
        "recipient": text(part(address, "name")),
        "city": text(part(address, "city")) or text(part(address, "municipality")),
        "state": text(part(address, "stateOrRegion")),
        "postal_code": text(part(address, "postalCode")),
        "country": text(part(address, "countryCode")),
        "purchased": text(order.get("createdTime")),
        "ship_by": text(part(way, "shipByWindow", "latestDateTime")),
        "promised": text(part(way, "deliverByWindow", "latestDateTime")),
        "fulfillment": text(part(way, "fulfilledBy")),
    }


def _item(order: Record, item: Record) -> dict[str, str]:
    quantity = text(item.get("quantityOrdered"))
    amount, currency = _price(item, quantity)
    packages = _packages(order, item)
    shipped = sorted(filter(None, (text(each.get("shipTime")) for each in packages)))
    return {
        "asin": text(part(item, "product", "asin")),
        "title": text(part(item, "product", "title")),
        "quantity": quantity,
        "price": amount,
        "currency": currency,
        # A line has left once its last parcel has.
        "shipped": shipped[-1] if shipped and len(shipped) == len(packages) else "",
        "status": _status(order, item, packages),
    }


def _price(item: Record, quantity: str) -> tuple[str, str]:
    """The price of all pieces of a line, as reports give it, before tax and shipping."""
    for each in objects(part(item, "proceeds", "breakdowns")):
        if each.get("type") == _ITEM:
            return money(each.get("subtotal"))
    amount, currency = money(part(item, "product", "price", "unitPrice"))
    with contextlib.suppress(InvalidOperation):
        product = Decimal(amount) * Decimal(quantity)
        if product.is_finite():
            return f"{product:f}", currency
    return "", currency


def _packages(order: Record, item: Record) -> list[Record]:
    """The parcels that hold pieces of the item."""
    wanted = item.get("orderItemId")
    return [
        each
        for each in objects(order.get("packages"))
        if any(one.get("orderItemId") == wanted for one in objects(each.get("packageItems")))
    ]


def _status(order: Record, item: Record, packages: list[Record]) -> str:
    """The status in the words of All Orders, which also tell of the way of a parcel."""
    if part(item, "cancellation", "cancellationExecution") and not _left(item):
        return "Cancelled"
    plain = "".join(word.capitalize() for word in text(part(order, "fulfillment", "fulfillmentStatus")).split("_"))
    ways = {text(part(each, "packageStatus", "status")).upper() for each in packages}
    if plain == "Shipped" and ways == {"DELIVERED"}:
        return "Shipped - Delivered to Buyer"
    if plain == "Shipped" and "UNDELIVERABLE" in ways:
        return "Shipped - Undeliverable"
    return plain


def _left(item: Record) -> bool:
    """Whether pieces of the item were shipped or still will be."""
    counts = part(item, "fulfillment", "quantityFulfilled"), part(item, "fulfillment", "quantityUnfulfilled")
    return any(isinstance(each, int | float) and each > 0 for each in counts)
