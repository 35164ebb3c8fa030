"""Refunds from Amazon's Finances, version 0 (events) and version 2024-06-19 (transactions).

Both name a refunded item by the same order adjustment item id, so that a refund seen in both is kept once. Only what
the buyer got back is counted: the fees that Amazon returns to the seller are not the buyer's money.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from aftercare.orders.events import EventWriter, Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.documents import Record
from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.sp_api.table import money, objects, order_id, part, text
from aftercare.orders.store import Connection
from aftercare.rules.marketplaces import Marketplace

ORIGIN = "finances"
"""The `origin` of these refunds in the book. A settlement tells of the same money once it is paid out."""

_REFUND = re.compile(r"refund|chargeback|guarantee ?claim|a-to-z", re.IGNORECASE)
_NOT_REFUND = re.compile(r"retrocharge|reversal", re.IGNORECASE)
_FEE = re.compile(r"fee|commission|withheld|withholding", re.IGNORECASE)


def put_event(writer: EventWriter, event: Record, latest: date) -> Outcome | None:
    """Stores the refunded items of one event of version 0; None where no money went to the buyer.

    Raises RefusedError where it does not say of which order or day.
    """
    items = objects(event.get("ShipmentItemAdjustmentList"))
    refunds = []
    for item in items:
        charges = [each.get("ChargeAmount") for each in objects(item.get("ItemChargeAdjustmentList"))]
        charges += [each.get("PromotionAmount") for each in objects(item.get("PromotionAdjustmentList"))]
        refunds.append((text(item.get("SellerSKU")), text(item.get("OrderAdjustmentItemId")), *_sum(charges)))
    return _put(writer, event.get("AmazonOrderId"), event.get("PostedDate"), "", refunds, latest)


def put_transaction(writer: EventWriter, transaction: Record, latest: date) -> Outcome | None:
    """Stores the refunded items of one transaction; None where it is no refund. Raises RefusedError."""
    kind = f"{text(transaction.get('transactionType'))} {text(transaction.get('description'))}"
    if not _REFUND.search(kind) or _NOT_REFUND.search(kind):
        return None
    named = _identifiers(transaction.get("relatedIdentifiers"), "relatedIdentifier")
    refunds = []
    for item in objects(transaction.get("items")):
        ids = _identifiers(item.get("relatedIdentifiers"), "itemRelatedIdentifier")
        skus = [text(each.get("sku")) for each in objects(item.get("contexts"))]
        sku = next(filter(None, skus), "")
        refunds.append((sku, ids.get("ORDER_ADJUSTMENT_ITEM_ID", ""), *_given(item)))
    if not refunds:
        refunds.append(("", "", *_given(transaction)))
    # A refund is told of again when its money is released; its own id stays.
    own = named.get("REFUND_ID") or text(transaction.get("transactionId"))
    return _put(writer, named.get("ORDER_ID"), transaction.get("postedDate"), own, refunds, latest)


def _put(
    writer: EventWriter,
    order: Any,
    posted: Any,
    own: str,
    refunds: Iterable[tuple[str, str, Decimal, str]],
    latest: date,
) -> Outcome | None:
    given = [each for each in refunds if each[2] < 0]
    if not given:
        return None
    number = order_id(order)
    if number is None:
        raise RefusedError("names no Amazon order id")
    day = read.day(text(posted), latest=latest)
    if not isinstance(day, date):
        raise RefusedError("does not say on which day the money was given back")
    outcomes = set()
    for sku, item, amount, currency in given:
        key = f"api:{item or writer.number('/'.join((own, day.isoformat(), sku)))}"
        values = (item, ORIGIN, day.isoformat(), read.money_text(-amount), currency or None)
        outcomes.add(writer.put("refunded", number, sku.strip(), key, text(posted), values))
    return "new" if "new" in outcomes else "changed" if "changed" in outcomes else "unchanged"


def _given(value: Record) -> tuple[Decimal, str]:
    """What the buyer got, as a negative amount: the parts that are no fees, or all where there are no parts."""
    parts = [each for each in objects(value.get("breakdowns")) if not _FEE.search(text(each.get("breakdownType")))]
    if parts:
        return _sum(each.get("breakdownAmount") for each in parts)
    return _sum([value.get("totalAmount")])


def _sum(amounts: Iterable[Any]) -> tuple[Decimal, str]:
    total, currency = Decimal(), ""
    for each in amounts:
        amount, code = money(each)
        try:
            number = Decimal(amount or 0)
        except InvalidOperation:
            raise RefusedError("an amount is no number") from None
        if not number.is_finite() or abs(number) >= 10**15:
            raise RefusedError("an amount is no number")
        total += number
        currency = currency or code.strip().upper()
    return total, currency


def _identifiers(value: Any, prefix: str) -> dict[str, str]:
    return {text(each.get(f"{prefix}Name")): text(each.get(f"{prefix}Value")) for each in objects(value)}


def marketplace_id(transaction: Record) -> str:
    """The marketplace a transaction says it is of; empty where it does not."""
    told = part(transaction, "sellingPartnerMetadata", "marketplaceId")
    return text(told) or text(part(transaction, "marketplaceDetails", "marketplaceId"))


def note_period(connection: Connection, first: date, last: date, stores: Iterable[Marketplace]) -> None:
    """Notes that all refunds of these stores posted from `first` to `last`, both included, are in the book."""
    if first > last:
        return
    connection.executemany(
        "INSERT INTO refund_period (first, last, marketplace, currency, fulfillment) VALUES (?, ?, ?, ?, '') "
        "ON CONFLICT DO NOTHING",
        [(first.isoformat(), last.isoformat(), store.code, store.currency) for store in stores],
    )
