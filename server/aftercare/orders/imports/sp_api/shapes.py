"""Finds, anywhere in a JSON value, the objects of Amazon's Selling Partner API that tell of orders.

An answer may have been saved as it came, in its `payload`, in a list of pages, or within a test file; so an object is
known by its own keys alone. The keys are those of Amazon's published models.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from aftercare.orders.imports.documents import Record

Shape = Literal["order", "order_v0", "refund_v0", "fees_v0", "transaction", "return", "messaging"]
"""What an object is: an order of version 2026-01-01, or one of version 0 or a part of it; a refund of Finances 0, or a
page of it without refunds; a transaction of Finances 2024-06-19; a return of External Fulfillment; an answer of
Messaging."""

REFUND_LISTS = ("RefundEventList", "GuaranteeClaimEventList", "ChargebackEventList")
"""The lists of Finances 0 in which a buyer is given money back. All other lists speak of fees and sales."""

_DEEPEST = 12
_V0_PARTS = ("OrderStatus", "PurchaseDate", "OrderItems", "BuyerEmail", "BuyerName", "BuyerInfo", "ShippingAddress")
_ORDER_PARTS = ("orderItems", "salesChannel", "fulfillment")
_RETURN_PARTS = ("returnMetadata", "merchantSku", "returnType")


def found_in(value: Any, depth: int = 0) -> Iterator[tuple[Shape, Record]]:
    """Each known object within the value, in the order in which they stand there, and what it is."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from found_in(each, depth + 1)
    elif isinstance(value, dict):
        shape = shape_of(value)
        if shape:
            yield shape, value
            return
        for key, each in value.items():
            if key in REFUND_LISTS and isinstance(each, list):
                for event in each:
                    if isinstance(event, dict):
                        yield "refund_v0", event
            elif isinstance(each, dict | list):
                yield from found_in(each, depth + 1)


def shape_of(value: Record) -> Shape | None:
    """What the object itself is; None where it is none of them."""
    if isinstance(value.get("AmazonOrderId"), str):
        if isinstance(value.get("ShipmentItemAdjustmentList"), list):
            return "refund_v0"
        return "order_v0" if any(part in value for part in _V0_PARTS) else None
    if isinstance(value.get("orderId"), str):
        dated = "lastUpdatedTime" in value or "createdTime" in value
        return "order" if dated and any(part in value for part in _ORDER_PARTS) else None
    events = value.get("FinancialEvents")
    if isinstance(events, dict) and not any(events.get(name) for name in REFUND_LISTS):
        return "fees_v0"
    if "transactionType" in value and isinstance(value.get("relatedIdentifiers"), list):
        return "transaction"
    channel = value.get("marketplaceChannelDetails")
    if isinstance(channel, dict) and "id" in value and any(part in value for part in _RETURN_PARTS):
        return "return"
    return "messaging" if _is_messaging(value) else None


def _is_messaging(value: Record) -> bool:
    """Whether Amazon says here what may be sent to a buyer (the links of Messaging) or in which language they read."""
    buyer = value.get("buyer")
    if isinstance(buyer, dict) and set(value) == {"buyer"}:
        return set(buyer) == {"locale"}
    links = value.get("_links")
    actions = links.get("actions") if isinstance(links, dict) else None
    return isinstance(actions, list) and "/messaging/v1/orders/" in str(links)
