"""Orders and returns as Walmart's Marketplace API gives them, by purchase order, which is what a seller ships.

https://developer.walmart.com/doc/us/mp/us-mp-orders/ and https://developer.walmart.com/doc/us/mp/us-mp-returns/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from aftercare.orders.imports.channels import values
from aftercare.orders.imports.channels.documents import Fields, order_kind
from aftercare.orders.imports.channels.elsewhere import ElsewhereOrder, Item, added
from aftercare.orders.imports.channels.words import PROGRESS, Status, state
from aftercare.orders.imports.documents import Record
from aftercare.orders.imports.events import RefusedError

_ADDRESS = "shippingInfo.postalAddress"


def _is_order(record: Record) -> bool:
    return {"purchaseOrderId", "orderLines"} <= record.keys()


def _is_return(record: Record) -> bool:
    return {"returnOrderId", "returnOrderLines"} <= record.keys()


def _orders(fields: Fields) -> Iterator[ElsewhereOrder]:
    lines = list(fields.each("orderLines.orderLine"))
    placed = fields.moment("orderDate")
    moments = [found for each in (placed, *(line.moment("statusDate") for line in lines)) if (found := each)]
    total, currency = _sum(lines, "charges.charge")
    refunded, refund_currency = _refunded(lines)
    yield ElsewhereOrder(
        channel="walmart",
        order_id=fields.order_id("purchaseOrderId"),
        as_of=max((each.at for each in moments), default=""),
        placed=placed.day if placed else None,
        status=_status(fields, lines, refunded),
        total=total,
        refunded=refunded,
        currency=currency or refund_currency,
        name=fields.text(f"{_ADDRESS}.name"),
        email=values.email(fields.at("customerEmailId")),
        city=fields.text(f"{_ADDRESS}.city"),
        postal_code=fields.text(f"{_ADDRESS}.postalCode"),
        country=values.country(fields.text(f"{_ADDRESS}.country")),
        items=added(
            [
                Item(line.text("item.sku"), line.text("item.productName"), line.quantity("orderLineQuantity.amount"))
                for line in lines
            ]
        ),
    )


def _status(fields: Fields, lines: list[Fields], refunded: Decimal | None) -> Status | None:
    told = [
        state("walmart", each.text("status"))
        for line in lines
        for each in line.each("orderLineStatuses.orderLineStatus")
    ]
    known = [each for each in told if each]
    if known and all(each == "cancelled" for each in known):
        return "cancelled"  # Only an order whose every line is cancelled is.
    if (fields.text("orderType") or "").casefold() == "replacement":
        return "replacement"
    live = [each for each in known if each != "cancelled"]
    if refunded:
        return "refunded" if live and all(each == "refunded" for each in live) else "partly_refunded"
    return max(live, key=PROGRESS.index, default=None)


def _sum(lines: list[Fields], path: str) -> tuple[Decimal | None, str | None]:
    """Amounts with their tax, added up; None where none is told."""
    amounts: list[Decimal] = []
    currency: str | None = None
    for line in lines:
        for charge in line.each(path):
            for part in ("chargeAmount", "tax.taxAmount"):
                amount, unit = charge.amount(part, "amount", "currency")
                currency = currency or unit
                if amount is not None:
                    amounts.append(amount)
    return (sum(amounts, Decimal()) if amounts else None), currency


def _refunded(lines: list[Fields]) -> tuple[Decimal | None, str | None]:
    """Refunds of the lines, which the API gives with either sign."""
    charges = [
        Fields(charge, each.number, each.setting)
        for line in lines
        for each in line.each("refund.refundCharges.refundCharge")
        if isinstance(charge := each.at("charge"), dict)
    ]
    total = Decimal()
    currency = None
    for each in charges:
        for part in ("chargeAmount", "tax.taxAmount"):
            amount, unit = each.amount(part, "amount", "currency")
            total += abs(amount or Decimal())
            currency = currency or unit
    return total or None, currency


def _returned(fields: Fields) -> Iterator[ElsewhereOrder]:
    """The purchase orders a return is of; the money is told for the return as a whole, so for one order alone."""
    by_order: defaultdict[str, list[Fields]] = defaultdict(list)
    for line in fields.each("returnOrderLines"):
        if order_id := line.text("purchaseOrderId"):
            by_order[order_id].append(line)
    if not by_order:
        raise RefusedError("names no purchase order")
    name = " ".join(filter(None, (fields.text("customerName.firstName"), fields.text("customerName.lastName"))))
    began = fields.moment("returnOrderDate")
    for order_id, lines in by_order.items():
        moments = [found for each in (began, *(line.moment("statusTime") for line in lines)) if (found := each)]
        refunded, currency = _return_money(fields, lines, alone=len(by_order) == 1)
        yield ElsewhereOrder(
            channel="walmart",
            order_id=order_id,
            as_of=max((each.at for each in moments), default=""),
            status="partly_refunded" if refunded else None,
            refunded=refunded,
            currency=currency,
            name=name or None,
            email=values.email(fields.at("customerEmailId")),
            items=added([Item(line.text("item.sku"), line.text("item.productName")) for line in lines]),
        )


def _return_money(fields: Fields, lines: list[Fields], *, alone: bool) -> tuple[Decimal | None, str | None]:
    """What was given back, once a line says that its refund is complete."""
    states = [
        status
        for line in lines
        for each in (line, *line.each("currentTrackingStatuses"))
        if (status := each.text("currentRefundStatus"))
    ]
    if not alone or "REFUND_COMPLETED" not in states:
        return None, None
    amount, currency = fields.amount("totalRefundAmount", "currencyAmount", "currencyUnit")
    return abs(amount) if amount else None, currency


WALMART_ORDERS = order_kind("walmart_api_orders", _is_order, _orders)
WALMART_RETURNS = order_kind("walmart_api_returns", _is_return, _returned)
