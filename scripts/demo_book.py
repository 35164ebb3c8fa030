"""Writes the sample seller's reports, as Seller Central would give them, to fit the sample site's reviews.

The stories are those of tests/fixtures/site/README.md; around them stand some hundred orders of invented people,
so that finding the right one is a question worth asking. The same day gives the same files.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 21)
BLENDER, CREAM, KETTLE = "B0DKQ7V1M2", "B0DKQ85XR7", "B0DKR3C8PJ"
PRODUCTS = {
    BLENDER: ("FEN-VX900-BLK", "Fennory Vortex 900 Countertop Blender, Black", "64.90"),
    CREAM: ("FEN-VX900-CRM", "Fennory Vortex 900 Countertop Blender, Cream", "64.90"),
    KETTLE: ("FEN-ARIA-WHT", "Fennory Aria Gooseneck Kettle, White", "48.50"),
}
STORES = {"US": ("Amazon.com", "USD"), "DE": ("Amazon.de", "EUR"), "FR": ("Amazon.fr", "EUR")}
FIRST = ("Alma", "Bruno", "Cora", "Dean", "Edda", "Felix", "Gwen", "Hugo", "Iris", "Joel", "Kira", "Liam", "Mona")
LAST = ("Abbot", "Berger", "Castle", "Doyle", "Ebert", "Fuchs", "Grant", "Haas", "Irving", "Jansen", "Keller", "Lowe")
CITIES = {"US": ["Tulsa", "Reno", "Salem", "Akron"], "DE": ["Ulm", "Jena", "Trier"], "FR": ["Dijon", "Nantes", "Lille"]}


@dataclass(frozen=True, slots=True)
class Sale:
    """One order of one product; days are counted from the purchase, None where it has not happened."""

    number: str
    asin: str
    buyer: str
    bought: date
    market: str = "US"
    city: str = ""
    by_amazon: bool = False
    promised: int = 6
    shipped: int | None = 1
    delivered: int | None = 4
    returned: int | None = None
    refunded: int | None = None
    status: str = "Shipped - Delivered to Buyer"

    @property
    def product(self) -> tuple[str, str, str]:
        return PRODUCTS[self.asin]

    def day(self, days: int | None) -> str:
        """The day so many days after the purchase, as the reports write it; empty where it has not come."""
        return "" if days is None else f"{self.bought + timedelta(days=days)}T12:00:00+00:00"


STORIES = (
    Sale("113-4821936-7720415", BLENDER, "Rosa Kessler", date(2026, 10, 26), city="Tulsa", delivered=3, returned=8),
    Sale("112-9930174-1108452", CREAM, "Dale Hutchins", date(2026, 10, 2), city="Salem"),
    Sale("114-5508812-6634907", BLENDER, "Ines Calloway", date(2026, 10, 29), promised=5, shipped=9, delivered=14),
    Sale("111-7204481-9915536", BLENDER, "Priya Natarajan", date(2026, 10, 20), by_amazon=True),
    Sale("113-6642095-3387721", CREAM, "Tobias Lindqvist", date(2026, 11, 5), by_amazon=True),
    Sale("302-1188470-5523961", BLENDER, "Jürgen Wiegand", date(2026, 10, 12), "DE", "Jena", returned=8),
    Sale("402-7719305-2046618", CREAM, "Camille Bresson", date(2026, 10, 30), "FR", "Nantes", delivered=None,
         status="Shipped - Lost in Transit"),
    Sale("112-3051947-8871260", KETTLE, "Hannah Marlowe", date(2026, 11, 4), by_amazon=True),
    Sale("114-9027736-4410583", KETTLE, "Ruben Farrow", date(2026, 10, 12), city="Reno"),
    Sale("302-6430917-7702284", BLENDER, "Sabine Althoff", date(2026, 11, 6), "DE", "Ulm"),
    Sale("402-2250864-9135507", BLENDER, "Élodie Marchand", date(2026, 11, 5), "FR", "Dijon"),
)  # fmt: skip


def sales(seed: int = 7, others: int = 360) -> list[Sale]:
    """The stories and, around them, ordinary sales of the last four months."""
    chance = random.Random(seed)  # noqa: S311 - sample data, not a secret.
    found = list(STORIES)
    for index in range(others):
        market = chance.choices(["US", "DE", "FR"], [6, 2, 2])[0]
        prefix = {"US": "11", "DE": "30", "FR": "40"}[market] + str(chance.randint(1, 4))
        refunded = chance.random() < 0.06
        found.append(
            Sale(
                f"{prefix}-{2_000_000 + index * 7919 % 7_000_000:07d}-{chance.randint(1_000_000, 9_999_999)}",
                chance.choice(list(PRODUCTS)),
                f"{chance.choice(FIRST)} {chance.choice(LAST)}",
                TODAY - timedelta(days=chance.randint(6, 120)),
                market,
                by_amazon=chance.random() < 0.4,
                delivered=chance.randint(2, 6),
                returned=9 if refunded else None,
                refunded=11 if refunded else None,
            )
        )
    return found


def write(folder: Path) -> list[Path]:
    """Writes all reports into the folder and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    every = sales()
    mine = [sale for sale in every if not sale.by_amazon]
    tables = {
        "all-orders.txt": [_all_orders(sale) for sale in every],
        "order-report.txt": [_order_report(sale) for sale in mine],
        "fulfilled-shipments.txt": [_shipment(sale) for sale in every if sale.by_amazon],
        "fba-returns.txt": [_fba_return(sale) for sale in every if sale.by_amazon and sale.returned],
        "returns.txt": [_mfn_return(sale) for sale in mine if sale.returned],
        "settlement.txt": [_settled(), *(_refund(sale) for sale in every if sale.refunded)],
        "feedback.txt": [_feedback()],
    }
    paths = []
    for name, rows in tables.items():
        header = list(dict.fromkeys(column for row in rows for column in row))
        lines = ["\t".join(header), *("\t".join(row.get(column, "") for column in header) for row in rows)]
        (folder / name).write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
        paths.append(folder / name)
    return paths


def _all_orders(sale: Sale) -> dict[str, str]:
    sku, title, price = sale.product
    store, currency = STORES[sale.market]
    return {
        "amazon-order-id": sale.number,
        "merchant-order-id": "",
        "purchase-date": sale.day(0),
        "last-updated-date": sale.day(sale.delivered or sale.shipped or 0),
        "order-status": sale.status if not sale.by_amazon else "Shipped",
        "fulfillment-channel": "Amazon" if sale.by_amazon else "Merchant",
        "sales-channel": store,
        "order-channel": "",
        "ship-service-level": "Standard",
        "product-name": title,
        "sku": sku,
        "asin": sale.asin,
        "item-status": "Shipped",
        "quantity": "1",
        "currency": currency,
        "item-price": price,
        "item-tax": "",
        "shipping-price": "",
        "shipping-tax": "",
        "gift-wrap-price": "",
        "gift-wrap-tax": "",
        "item-promotion-discount": "",
        "ship-promotion-discount": "",
        "ship-city": sale.city or CITIES[sale.market][len(sale.buyer) % 3],
        "ship-state": "",
        "ship-postal-code": "",
        "ship-country": sale.market,
        "promotion-ids": "",
        "is-business-order": "false",
        "purchase-order-number": "",
        "price-designation": "",
    }


def _order_report(sale: Sale) -> dict[str, str]:
    sku, title, price = sale.product
    store, currency = STORES[sale.market]
    return {
        "order-id": sale.number,
        "order-item-id": sale.number.replace("-", "")[:14],
        "purchase-date": sale.day(0),
        "payments-date": sale.day(0),
        "buyer-email": "",
        "buyer-name": sale.buyer,
        "buyer-phone-number": "",
        "sku": sku,
        "product-name": title,
        "quantity-purchased": "1",
        "currency": currency,
        "item-price": price,
        "ship-service-level": "Standard",
        "recipient-name": sale.buyer,
        "ship-city": sale.city or CITIES[sale.market][len(sale.buyer) % 3],
        "ship-country": sale.market,
        "delivery-start-date": sale.day(2),
        "delivery-end-date": sale.day(sale.promised),
        "sales-channel": store,
    }


def _shipment(sale: Sale) -> dict[str, str]:
    sku, title, price = sale.product
    store, currency = STORES[sale.market]
    item = sale.number.replace("-", "")[:14]
    return {
        "amazon-order-id": sale.number,
        "shipment-id": f"D{item[:8]}",
        "shipment-item-id": f"D{item[8:]}",
        "amazon-order-item-id": item,
        "purchase-date": sale.day(0),
        "payments-date": sale.day(0),
        "shipment-date": sale.day(sale.shipped),
        "reporting-date": sale.day(sale.shipped),
        "buyer-email": "",
        "buyer-name": sale.buyer,
        "sku": sku,
        "product-name": title,
        "quantity-shipped": "1",
        "currency": currency,
        "item-price": price,
        "recipient-name": sale.buyer,
        "ship-city": sale.city or CITIES[sale.market][len(sale.buyer) % 3],
        "ship-country": sale.market,
        "carrier": "AMZN",
        "estimated-arrival-date": sale.day(sale.delivered),
        "fulfillment-center-id": "TUL2",
        "fulfillment-channel": "AFN",
        "sales-channel": store,
    }


def _fba_return(sale: Sale) -> dict[str, str]:
    sku, title, _ = sale.product
    return {
        "return-date": sale.day(sale.returned),
        "order-id": sale.number,
        "sku": sku,
        "asin": sale.asin,
        "fnsku": f"X{sale.asin[1:]}",
        "product-name": title,
        "quantity": "1",
        "fulfillment-center-id": "TUL2",
        "detailed-disposition": "SELLABLE",
        "reason": "NOT_AS_DESCRIBED",
        "status": "Unit returned to inventory",
        "license-plate-number": f"LPN{sale.number[-7:]}",
        "customer-comments": "",
    }


def _mfn_return(sale: Sale) -> dict[str, str]:
    sku, title, price = sale.product
    back = sale.bought + timedelta(days=sale.returned or 0)
    return {
        "Order ID": sale.number,
        "Order date": f"{sale.bought:%d-%b-%Y}",
        "Return request date": f"{back - timedelta(days=4):%d-%b-%Y}",
        "Return request status": "Approved",
        "Amazon RMA ID": f"D{sale.number[-7:]}RRMA",
        "A-to-Z Claim": "N",
        "ASIN": sale.asin,
        "Merchant SKU": sku,
        "Item Name": title,
        "Return quantity": "1",
        "Return Reason": "CR-DEFECTIVE",
        "Currency code": STORES[sale.market][1],
        "Return delivery date": f"{back:%d-%b-%Y}",
        "Order Amount": price,
        "Order quantity": "1",
        "Refunded Amount": price if sale.refunded else "",
    }


def _settled() -> dict[str, str]:
    """The first row of a settlement, which tells its period: refunds are known up to yesterday."""
    return {
        "settlement-id": "18005551212",
        "settlement-start-date": f"{TODAY - timedelta(days=120)}T00:00:00+00:00",
        "settlement-end-date": f"{TODAY - timedelta(days=1)}T00:00:00+00:00",
        "deposit-date": f"{TODAY}T00:00:00+00:00",
        "total-amount": "18211.40",
        "currency": "USD",
    }


def _refund(sale: Sale) -> dict[str, str]:
    sku, _, price = sale.product
    return {
        "settlement-id": "18005551212",
        "transaction-type": "Refund",
        "order-id": sale.number,
        "marketplace-name": STORES[sale.market][0],
        "amount-type": "ItemPrice",
        "amount-description": "Principal",
        "amount": f"-{price}",
        "posted-date": str(sale.bought + timedelta(days=sale.refunded or 0)),
        "posted-date-time": sale.day(sale.refunded),
        "order-item-code": sale.number.replace("-", "")[:14],
        "sku": sku,
        "quantity-purchased": "1",
    }


def _feedback() -> dict[str, str]:
    """One piece of negative seller feedback, with the date as amazon.com writes it."""
    sale = next(sale for sale in STORIES if sale.buyer == "Ines Calloway")
    return {
        "Date": f"{TODAY - timedelta(days=6):%m/%d/%y}",
        "Rating": "2",
        "Comments": "Nine days late and no word about it.",
        "Your Response": "",
        "Order ID": sale.number,
        "Rater Email": "",
    }
