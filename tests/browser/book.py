"""The order book behind the sample site's reviews, as reports a seller downloads (`tests/fixtures/site/README.md`)."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from aftercare.config import Home

TODAY = date(2026, 11, 21)
ROSA, JUERGEN, CAMILLE = "113-4821936-7720415", "303-5512846-1190374", "404-7781253-6603918"
DANIEL, TOBIAS = "111-3650914-5527106", "112-8804127-9013552"
BLACK, CREAM = ("FNY-VX9-BLK", "B0DKQ7V1M2", "Black"), ("FNY-VX9-CRM", "B0DKQ85XR7", "Cream")


@dataclass(frozen=True, slots=True)
class Sale:
    order: str
    buyer: str
    bought: date
    product: tuple[str, str, str] = BLACK
    store: str = "Amazon.com"
    city: str = "Tulsa"
    state: str = "OK"
    country: str = "US"
    price: str = "64.90"
    currency: str = "USD"
    promised: date | None = None
    """Set for what the seller ships; Amazon ships the rest."""
    returned: date | None = None

    @property
    def title(self) -> str:
        return f"Fennory Vortex 900 Countertop Blender, {self.product[2]}"


SALES = (
    Sale(ROSA, "Rosa Kessler", date(2026, 10, 26), returned=date(2026, 11, 3)),
    Sale(DANIEL, "Daniel Prescott", date(2026, 10, 2), CREAM, city="Eugene", state="OR"),
    Sale(TOBIAS, "Tobias Lindqvist", date(2026, 11, 5), CREAM, city="Duluth", state="MN"),
    Sale(JUERGEN, "Jürgen Wiegand", date(2026, 10, 24), store="Amazon.de", city="Kassel", state="", country="DE",
         price="59.90", currency="EUR", returned=date(2026, 11, 2)),
    Sale(CAMILLE, "Camille Bresson", date(2026, 10, 30), CREAM, store="Amazon.fr", city="Angers", state="",
         country="FR", price="59.90", currency="EUR", promised=date(2026, 11, 6)),
    *(
        Sale(f"114-20040{n:02d}-33010{n:02d}", f"{first} {last}", date(2026, 9, 20) + timedelta(days=3 * n),
             CREAM if n % 3 else BLACK, city=city, state=state)
        for n, (first, last, city, state) in enumerate(
            (("Neil", "Abara", "Reno", "NV"), ("Ivy", "Castellan", "Macon", "GA"), ("Owen", "Draper", "Salem", "OR"),
             ("Lucia", "Fenwick", "Akron", "OH"), ("Piotr", "Galan", "Utica", "NY"), ("June", "Harlow", "Boise", "ID"),
             ("Mateo", "Ibsen", "Fargo", "ND"), ("Della", "Jarvis", "Ogden", "UT"), ("Arne", "Kovac", "Provo", "UT"))
        )
    ),
)  # fmt: skip


def fill(home: Home) -> None:
    """Writes the reports and imports them, as a seller does."""
    folder = home.folder / "reports"
    folder.mkdir(exist_ok=True)
    files = [write(folder / f"{name}.txt", rows) for name, rows in reports().items()]
    command = [sys.executable, "-m", "aftercare", "import", *map(str, files), "--home", str(home.folder)]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root / "server", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    lines = ["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def reports() -> dict[str, list[dict[str, str]]]:
    by_amazon = [sale for sale in SALES if sale.promised is None]
    return {
        "all-orders": [all_orders(sale) for sale in SALES],
        "fulfilled-shipments": [shipment(sale, n) for n, sale in enumerate(by_amazon)],
        "orders": [order(sale, n) for n, sale in enumerate(SALES) if sale.promised],
        "fba-returns": [fba_return(sale, n) for n, sale in enumerate(SALES) if sale.returned],
    }


def moment(day: date, hour: int = 15) -> str:
    return f"{day.isoformat()}T{hour:02d}:20:00+00:00"


def all_orders(sale: Sale) -> dict[str, str]:
    sku, asin, _ = sale.product
    return {
        "amazon-order-id": sale.order, "merchant-order-id": sale.order, "purchase-date": moment(sale.bought),
        "last-updated-date": moment(TODAY if sale.promised else sale.bought + timedelta(days=2)),
        "order-status": "Shipped - Picked Up" if sale.promised else "Shipped",
        "fulfillment-channel": "Merchant" if sale.promised else "Amazon", "sales-channel": sale.store,
        "order-channel": "", "ship-service-level": "Standard", "product-name": sale.title, "sku": sku, "asin": asin,
        "item-status": "Shipped", "quantity": "1", "currency": sale.currency, "item-price": sale.price,
        "item-tax": "", "shipping-price": "", "ship-city": sale.city, "ship-state": sale.state,
        "ship-postal-code": "", "ship-country": sale.country, "promotion-ids": "", "is-business-order": "false",
        "purchase-order-number": "", "price-designation": "",
    }  # fmt: skip


def shipment(sale: Sale, n: int) -> dict[str, str]:
    return {
        "amazon-order-id": sale.order, "merchant-order-id": "", "shipment-id": f"DX{n:07d}",
        "shipment-item-id": f"DN{n:07d}", "amazon-order-item-id": f"6190427{n:07d}", "merchant-order-item-id": "",
        "purchase-date": moment(sale.bought), "payments-date": moment(sale.bought),
        "shipment-date": moment(sale.bought + timedelta(days=1)),
        "reporting-date": moment(sale.bought + timedelta(days=1)), "buyer-email": "", "buyer-name": sale.buyer,
        "buyer-phone-number": "", "sku": sale.product[0], "product-name": sale.title, "quantity-shipped": "1",
        "currency": sale.currency, "item-price": sale.price, "item-tax": "0.00", "ship-service-level": "Standard",
        "recipient-name": sale.buyer, "ship-address-1": "", "ship-city": sale.city, "ship-state": sale.state,
        "ship-postal-code": "", "ship-country": sale.country, "carrier": "AMZN_US", "tracking-number": "",
        "estimated-arrival-date": moment(sale.bought + timedelta(days=3)), "fulfillment-center-id": "XYZ1",
        "fulfillment-channel": "AFN", "sales-channel": sale.store.lower(),
    }  # fmt: skip


def order(sale: Sale, n: int) -> dict[str, str]:
    assert sale.promised is not None
    return {
        "order-id": sale.order, "order-item-id": f"5120938{n:07d}", "purchase-date": moment(sale.bought),
        "payments-date": moment(sale.bought), "reporting-date": moment(sale.bought + timedelta(days=1)),
        "promise-date": moment(sale.promised), "days-past-promise": "", "buyer-email": "", "buyer-name": sale.buyer,
        "buyer-phone-number": "", "sku": sale.product[0], "product-name": sale.title, "quantity-purchased": "1",
        "quantity-shipped": "0", "quantity-to-ship": "1", "ship-service-level": "Standard",
        "recipient-name": sale.buyer, "ship-address-1": "", "ship-city": sale.city, "ship-state": sale.state,
        "ship-postal-code": "", "ship-country": sale.country,
    }  # fmt: skip


def fba_return(sale: Sale, n: int) -> dict[str, str]:
    assert sale.returned is not None
    sku, asin, _ = sale.product
    return {
        "return-date": moment(sale.returned), "order-id": sale.order, "sku": sku, "asin": asin, "fnsku": f"X00{n:07d}",
        "product-name": sale.title, "quantity": "1", "fulfillment-center-id": "XYZ1",
        "detailed-disposition": "SELLABLE", "reason": "UNWANTED_ITEM", "status": "Unit returned to inventory",
        "license-plate-number": f"LPNRR{n:07d}", "customer-comments": "",
    }  # fmt: skip
