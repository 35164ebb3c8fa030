"""Orders as Shopify's Admin API gives them, by REST (`orders.json`) or by GraphQL (`orders { edges { node } }`).

https://shopify.dev/docs/api/admin-rest/latest/resources/order, https://shopify.dev/docs/api/admin-graphql/latest/objects/Order
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aftercare.orders.imports.channels import values
from aftercare.orders.imports.channels.documents import Fields, order_kind
from aftercare.orders.imports.channels.elsewhere import ElsewhereOrder, Item, added
from aftercare.orders.imports.channels.shopify_table import shopify_order_id
from aftercare.orders.imports.channels.words import state
from aftercare.orders.imports.documents import Record
from aftercare.orders.imports.events import RefusedError


def _fits(record: Record) -> bool:
    return "name" in record and bool(
        {"line_items", "financial_status"} <= record.keys()
        or {"lineItems", "displayFinancialStatus"} <= record.keys()
        or {"displayFinancialStatus", "createdAt"} <= record.keys()
    )


def _orders(fields: Fields) -> Iterator[ElsewhereOrder]:
    placed = fields.moment("created_at") or fields.moment("createdAt")
    if placed is None:
        raise RefusedError("created_at is missing or is no moment")
    newest = fields.moment("created_at", "createdAt", "updated_at", "updatedAt", "cancelled_at", "cancelledAt")
    first, second = (
        _address(fields, "billing_address", "billingAddress"),
        _address(fields, "shipping_address", "shippingAddress"),
    )
    place = first if first and _name(first) and first.text("zip") else second or first
    total, currency = _money(fields, "total_price", "totalPriceSet")
    yield ElsewhereOrder(
        channel="shopify",
        order_id=shopify_order_id(fields.order_id("name"), placed),
        as_of=newest.at if newest else placed.at,
        placed=placed.day,
        status=state(
            "shopify",
            "cancelled" if fields.text("cancelled_at", "cancelledAt") else None,
            fields.text("financial_status", "displayFinancialStatus"),
            fields.text("fulfillment_status", "displayFulfillmentStatus"),
        ),
        total=total,
        refunded=_refunded(fields),
        currency=currency or values.currency(fields.text("currency", "currencyCode")),
        name=_name(place) if place else None,
        email=values.email(fields.text("email", "contact_email", "customer.email")),
        city=place.text("city") if place else None,
        postal_code=place.text("zip") if place else None,
        country=values.country(place.text("country_code", "countryCodeV2", "countryCode", "country"))
        if place
        else None,
        items=added(
            [
                Item(each.text("sku"), each.text("name", "title"), each.quantity("quantity"))
                for path in ("line_items", "lineItems")
                for each in fields.each(path)
            ]
        ),
    )


def _address(fields: Fields, *paths: str) -> Fields | None:
    found = next((each for path in paths if isinstance(each := fields.at(path), dict)), None)
    return Fields(found, fields.number, fields.setting) if found else None


def _name(place: Fields) -> str | None:
    parts = (place.text("first_name", "firstName"), place.text("last_name", "lastName"))
    return place.text("name") or " ".join(filter(None, parts)) or None


def _money(fields: Fields, plain: str, money_set: str) -> tuple[Decimal | None, str | None]:
    """An amount in the shop's currency, in REST's form or in GraphQL's."""
    told = values.money(fields.at(plain))
    if isinstance(told, Decimal):
        return told, None
    return fields.amount(f"{money_set}.shopMoney", "amount", "currencyCode")


def _refunded(fields: Fields) -> Decimal | None:
    """GraphQL tells the sum; REST the transactions of each refund."""
    told, _ = fields.amount("totalRefundedSet.shopMoney", "amount", "currencyCode")
    if told is None:
        paid = [
            amount
            for refund in fields.each("refunds")
            for each in refund.each("transactions")
            if (each.text("kind"), each.text("status")) in (("refund", "success"), ("REFUND", "SUCCESS"))
            and isinstance(amount := values.money(each.at("amount")), Decimal)
        ]
        return sum(map(abs, paid), Decimal()) if paid else None
    return told


SHOPIFY_ORDERS = order_kind("shopify_api_orders", _fits, _orders)
