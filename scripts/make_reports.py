"""Writes report files as a seller downloads them, of any size, the same for the same seed: for benchmarks and trials.

    python3 scripts/make_reports.py FOLDER --orders 100000 --marketplace US --seed 1 --until 2026-03-01

All Orders holds every order; the other reports tell of the same orders what such reports tell: shipments and names
(FBA), names and promises (FBM), returns, refunds, feedback. Names, towns and products are made up; no order number here
was ever given out (they begin with 9).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import TextIO


def _words(text: str) -> list[str]:
    return text.split()


ALL_ORDERS = _words(
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel "
    "order-channel ship-service-level product-name sku asin item-status quantity currency item-price item-tax "
    "shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount "
    "ship-city ship-state ship-postal-code ship-country promotion-ids is-business-order purchase-order-number "
    "price-designation"
)
SHIPMENTS = _words(
    "amazon-order-id merchant-order-id shipment-id shipment-item-id amazon-order-item-id merchant-order-item-id "
    "purchase-date payments-date shipment-date reporting-date buyer-email buyer-name buyer-phone-number sku "
    "product-name quantity-shipped currency item-price item-tax shipping-price shipping-tax gift-wrap-price "
    "gift-wrap-tax ship-service-level recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city ship-state "
    "ship-postal-code ship-country ship-phone-number bill-address-1 bill-address-2 bill-address-3 bill-city bill-state "
    "bill-postal-code bill-country item-promotion-discount ship-promotion-discount carrier tracking-number "
    "estimated-arrival-date fulfillment-center-id fulfillment-channel sales-channel"
)
FBM_ORDERS = _words(
    "order-id order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number sku product-name "
    "quantity-purchased currency item-price item-tax shipping-price shipping-tax ship-service-level recipient-name "
    "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country ship-phone-number "
    "delivery-start-date delivery-end-date delivery-time-zone delivery-Instructions sales-channel"
)
FBA_RETURNS = _words(
    "return-date order-id sku asin fnsku product-name quantity fulfillment-center-id detailed-disposition reason "
    "status license-plate-number customer-comments"
)
FEEDBACK = ["Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email"]
SETTLEMENT = _words(
    "settlement-id settlement-start-date settlement-end-date deposit-date total-amount currency transaction-type "
    "order-id merchant-order-id adjustment-id shipment-id marketplace-name amount-type amount-description amount "
    "fulfillment-id posted-date posted-date-time order-item-code merchant-order-item-id merchant-adjustment-item-id "
    "sku quantity-purchased promotion-id"
)

FIRST = _words(
    "Ada Bruno Celia Daniel Emma Farid Greta Hugo Ines Jonas Karin Luca Mara Nils Olga Paula Quinn Rosa Sam Tara"
)
LAST = _words("Abel Brandt Costa Duran Eriksen Fontana Garnier Holm Ibarra Jansen Keller Lombard Moreau Novak Olsen")
NOUNS = _words("Kettle Lamp Pillow Toaster Backpack Drill Speaker Blender Headset Scale")
COLORS = _words("Black White Blue Red Green Gray")
COMMENTS = ("", "", "", "arrived broken", "too small", "not as described", 'box was 12" too large', "wrong color sent")


@dataclass(frozen=True)
class Store:
    """What a store's reports look like: channel, currency, offset of its times, encoding, feedback dates, towns."""

    channel: str
    currency: str
    country: str
    hours: int
    encoding: str
    day: str
    towns: tuple[tuple[str, str, str], ...]


STORES = {
    "US": Store("Amazon.com", "USD", "US", 0, "utf-8", "%m/%d/%y",
                (("SPRINGFIELD", "IL", "62704"), ("Salem", "OR", "97301"), ("Dover", "DE", "19901"))),
    "UK": Store("Amazon.co.uk", "GBP", "GB", 0, "cp1252", "%d/%m/%y",
                (("Leeds", "", "LS1 4AP"), ("Bath", "", "BA1 1AA"))),
    "DE": Store("Amazon.de", "EUR", "DE", 0, "cp1252", "%d.%m.%y", (("Köln", "", "50667"), ("Jena", "", "07743"))),
    "FR": Store("Amazon.fr", "EUR", "FR", 0, "cp1252", "%d/%m/%y", (("Orléans", "", "45000"), ("Nîmes", "", "30000"))),
    "JP": Store("Amazon.co.jp", "JPY", "JP", 9, "cp932", "%y/%m/%d",
                (("--", "東京都", "100-0001"), ("--", "大阪府", "530-0001"))),
}  # fmt: skip


@dataclass(frozen=True)
class Product:
    """One child product; products that share a stem are sizes and colors of one family."""

    sku: str
    asin: str
    title: str
    cents: int


@dataclass(frozen=True)
class Line:
    """One order line and what became of it."""

    order_id: str
    item_id: str
    product: Product
    bought: datetime
    quantity: int
    status: str
    by_amazon: bool
    buyer: str
    recipient: str
    town: tuple[str, str, str]
    key: str


def products(count: int, chance: random.Random) -> list[Product]:
    """Families of six colors each."""
    made = []
    for number in range(count):
        noun, color = NOUNS[number // 6 % len(NOUNS)], COLORS[number % 6]
        title = f'Harbor {noun} No. {number // 6}, {chance.randrange(8, 20)}" Home and Office Edition, {color}'
        made.append(
            Product(f"HB{number // 6:05d}-{color[:3].upper()}", f"B0Z{number:07d}", title, chance.randrange(700, 9000))
        )
    return made


def lines(orders: int, store: Store, until: date, chance: random.Random) -> Iterator[Line]:
    """The lines of so many orders of the last two years; few products sell most, as everywhere."""
    catalog = products(max(6, min(orders // 50, 20_000)), chance)
    zone = timezone(timedelta(hours=store.hours))
    for number in range(orders):
        bought = datetime.combine(until, time(), zone) - timedelta(seconds=chance.randrange(86_400, 730 * 86_400))
        order_id = f"9{chance.randrange(100):02d}-{number:07d}-{chance.randrange(10_000_000):07d}"
        buyer = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        recipient = buyer if chance.random() < 0.6 else f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        by_amazon = chance.random() < 0.8
        status = chance.choices(
            ["Shipped", "Shipped - Delivered to Buyer", "Cancelled", "Pending", "Shipped - Lost in Transit"],
            [876, 60, 60, 2, 2],
        )[0]
        town = chance.choice(store.towns)
        key = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=14))
        for _ in range(chance.choices((1, 2, 3), (956, 35, 9))[0]):
            product = catalog[int(len(catalog) * chance.random() ** 3)]
            item = str(chance.randrange(10**13, 10**14))
            quantity = 0 if status == "Cancelled" else chance.choices((1, 2, 4), (90, 8, 2))[0]
            yield Line(order_id, item, product, bought, quantity, status, by_amazon, buyer, recipient, town, key)


class Writer:
    """The open files of one run."""

    def __init__(self, folder: Path, store: Store, stack: ExitStack) -> None:
        self.paths: dict[str, Path] = {}
        self._columns: dict[str, list[str]] = {}
        self._files: dict[str, TextIO] = {}
        self._stack = stack
        self._folder = folder
        self._store = store

    def write(self, name: str, columns: list[str], row: dict[str, str]) -> None:
        """Adds a row; opens the file with its header for the first one. Rows end as Amazon's do."""
        if name not in self._files:
            self.paths[name] = self._folder / f"{name}.txt"
            file = self.paths[name].open("w", encoding=self._store.encoding, errors="replace", newline="")
            self._files[name] = self._stack.enter_context(file)
            file.write("\t".join(columns) + "\r\n")
        get = row.get
        self._files[name].write("\t".join([get(column, "") for column in columns]) + "\r\n")


def make_reports(
    folder: Path, *, orders: int = 1000, seed: int = 1, marketplace: str = "US", until: date = date(2026, 3, 1)
) -> dict[str, Path]:
    """Writes the reports into the folder; returns them by name. Memory does not grow with their size."""
    store, chance = STORES[marketplace], random.Random(seed)  # noqa: S311 - Made-up data, not a secret.
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writer = Writer(folder, store, stack)
        settled = {"settlement-id": "90000000001", "currency": store.currency}
        start, end = until - timedelta(days=760), until - timedelta(days=1)
        period = {"settlement-start-date": f"{start}T00:00:00+00:00", "settlement-end-date": f"{end}T00:00:00+00:00"}
        writer.write("settlement", SETTLEMENT, settled | period | {"total-amount": "1000.00"})
        for line in lines(orders, store, until, chance):
            _write(writer, line, store, until, chance, settled)
    return writer.paths


def _write(
    writer: Writer, line: Line, store: Store, until: date, chance: random.Random, settled: dict[str, str]
) -> None:
    """One line in every report that tells of it."""
    product, bought = line.product, line.bought
    price = "" if line.status == "Pending" else f"{product.cents * max(line.quantity, 1) / 100:.2f}"
    shipped, arrives = bought + timedelta(days=chance.randrange(1, 4)), bought + timedelta(days=chance.randrange(3, 9))
    city, state, postal_code = line.town
    shared = {
        "sku": product.sku, "product-name": product.title, "currency": store.currency, "item-price": price,
        "purchase-date": bought.isoformat(), "payments-date": bought.isoformat(), "sales-channel": store.channel,
        "ship-city": city, "ship-state": state, "ship-postal-code": postal_code, "ship-country": store.country,
        "ship-service-level": "Standard",
        "buyer-email": f"{line.key}@marketplace.{store.channel.lower()}", "buyer-name": line.buyer,
        "recipient-name": line.recipient, "item-tax": "0.00", "shipping-price": "0.00",
    }  # fmt: skip
    writer.write("all_orders", ALL_ORDERS, shared | {
        "amazon-order-id": line.order_id, "merchant-order-id": line.order_id, "last-updated-date": shipped.isoformat(),
        "order-status": line.status, "fulfillment-channel": "Amazon" if line.by_amazon else "Merchant",
        "asin": product.asin, "item-status": "Cancelled" if line.quantity == 0 else "Shipped",
        "quantity": str(line.quantity), "is-business-order": "false",
    })  # fmt: skip
    if line.quantity == 0 or line.status == "Pending":
        return
    if line.by_amazon:
        writer.write("fulfilled_shipments", SHIPMENTS, shared | {
            "amazon-order-id": line.order_id, "shipment-id": f"D{line.key[:8]}",
            "shipment-item-id": f"D{line.item_id[:9]}",
            "amazon-order-item-id": line.item_id, "shipment-date": shipped.isoformat(),
            "reporting-date": shipped.isoformat(), "quantity-shipped": str(line.quantity), "carrier": "AMZN_US",
            "estimated-arrival-date": arrives.isoformat(), "fulfillment-center-id": "XYZ1",
            "fulfillment-channel": "AFN",
        })  # fmt: skip
    else:
        writer.write("fbm_orders", FBM_ORDERS, shared | {
            "order-id": line.order_id, "order-item-id": line.item_id, "quantity-purchased": str(line.quantity),
            "delivery-end-date": (bought + timedelta(days=7)).isoformat(),
        })  # fmt: skip
    back = bought + timedelta(days=chance.randrange(8, 30))
    if line.by_amazon and back.date() < until and chance.random() < 0.08:
        writer.write("fba_returns", FBA_RETURNS, shared | {
            "return-date": back.isoformat(), "order-id": line.order_id, "asin": product.asin, "fnsku": product.asin,
            "quantity": "1", "fulfillment-center-id": "XYZ1", "detailed-disposition": "CUSTOMER_DAMAGED",
            "reason": chance.choice(("DEFECTIVE", "NOT_AS_DESCRIBED", "UNWANTED_ITEM")),
            "status": "Unit returned to inventory", "license-plate-number": f"LPN{line.item_id[:12]}",
            "customer-comments": chance.choice(COMMENTS),
        })  # fmt: skip
        posted = back + timedelta(days=chance.randrange(1, 10))
        if posted.date() < until and chance.random() < 0.9:
            writer.write("settlement", SETTLEMENT, settled | {
                "transaction-type": "Refund", "order-id": line.order_id, "marketplace-name": store.channel,
                "amount-type": "ItemPrice", "amount-description": "Principal", "amount": f"-{price}",
                "posted-date": f"{posted:%Y-%m-%d}", "posted-date-time": posted.isoformat(),
                "order-item-code": line.item_id, "sku": product.sku, "quantity-purchased": "1",
            })  # fmt: skip
    if chance.random() < 0.02 and arrives.date() < until:
        writer.write("seller_feedback", FEEDBACK, {
            "Date": f"{arrives.date().strftime(store.day)}", "Rating": chance.choice("12455555"),
            "Comments": chance.choice(("Good", "All fine", "Came late", "Nobody answered")), "Order ID": line.order_id,
        })  # fmt: skip


def main() -> None:
    """Reads the arguments and writes the files."""
    parser = argparse.ArgumentParser(description="Writes made-up report files as a seller downloads them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--orders", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--marketplace", choices=sorted(STORES), default="US")
    parser.add_argument("--until", type=date.fromisoformat, default=date(2026, 3, 1))
    given = parser.parse_args()
    made = make_reports(
        given.folder, orders=given.orders, seed=given.seed, marketplace=given.marketplace, until=given.until
    )
    for name, path in made.items():
        print(f"{name:22}{path.stat().st_size / 1e6:10.1f} MB  {path}")


if __name__ == "__main__":
    main()
