"""Orders as eBay's Fulfillment API gives them (`getOrder`, `getOrders`).

https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aftercare.orders.imports.channels import values
from aftercare.orders.imports.channels.documents import Fields, order_kind
from aftercare.orders.imports.channels.elsewhere import ElsewhereOrder, Item, added
from aftercare.orders.imports.channels.words import channel_rules, state
from aftercare.orders.imports.documents import Record

_BUYER = "buyer.buyerRegistrationAddress"
_SHIP_TO = "shippingStep.shipTo"


def _fits(record: Record) -> bool:
    # A description of the API has fields of these names too, but there they are objects.
    told = isinstance(record.get("orderId"), str) and isinstance(record.get("lineItems"), list)
    return told and bool(
        record.keys() & {"orderFulfillmentStatus", "orderPaymentStatus", "pricingSummary", "legacyOrderId"}
    )


def _orders(fields: Fields) -> Iterator[ElsewhereOrder]:
    placed = fields.moment("creationDate")
    newest = fields.moment("lastModifiedDate", "creationDate")
    total, currency = fields.amount("pricingSummary.total", "value", "currency")
    refunded, refund_currency = _refunded(fields)
    step = next(fields.each("fulfillmentStartInstructions"), None)
    own = bool(fields.text(f"{_BUYER}.fullName") and fields.text(f"{_BUYER}.contactAddress.postalCode"))
    source, path = (fields, _BUYER) if own or step is None else (step, _SHIP_TO)
    yield ElsewhereOrder(
        channel="ebay",
        order_id=fields.order_id("orderId"),
        as_of=newest.at if newest else "",
        placed=placed.day if placed else None,
        status=state(
            "ebay",
            fields.text("orderFulfillmentStatus"),
            fields.text("orderPaymentStatus"),
            fields.text("cancelStatus.cancelState"),
        ),
        total=total,
        refunded=refunded,
        currency=currency or refund_currency,
        name=source.text(f"{path}.fullName") or fields.text(f"{_BUYER}.fullName"),
        email=values.email(fields.at(f"{_BUYER}.email"))
        or (values.email(step.at(f"{_SHIP_TO}.email")) if step else None),
        username=fields.text("buyer.username"),
        city=source.text(f"{path}.contactAddress.city"),
        postal_code=source.text(f"{path}.contactAddress.postalCode"),
        country=values.country(source.text(f"{path}.contactAddress.countryCode")),
        items=added(
            [
                Item(each.text("sku"), each.text("title", "legacyItemId"), each.quantity("quantity"))
                for each in fields.each("lineItems")
            ]
        ),
    )


def _refunded(fields: Fields) -> tuple[Decimal | None, str | None]:
    """The order's refunds, else those of its lines, which the API tells of the same money; None where none is told."""
    failed = channel_rules().failed_refunds
    for refunds in (
        [fields.each("paymentSummary.refunds")],
        [line.each("refunds") for line in fields.each("lineItems")],
    ):
        paid = [
            each.amount("amount", "value", "currency")
            for some in refunds
            for each in some
            if (each.text("refundStatus") or "").casefold() not in failed
        ]
        amounts = [abs(amount) for amount, _ in paid if amount]
        if amounts:
            return sum(amounts, Decimal()), paid[0][1]
    return None, None


EBAY_ORDERS = order_kind("ebay_api_orders", _fits, _orders)
"""`ebay_api_orders`."""
