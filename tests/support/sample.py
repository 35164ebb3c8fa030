"""A made-up seller's week for tests that need orders behind reviews: a report, and the markup of reviews.

2026-03-20 is "today". The first order was shipped by the seller and came back on March 5; the second was shipped by
Amazon and nothing is known against it. Nobody in here is a real person, and no order number was ever given out.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from aftercare.config import Home

TODAY = date(2026, 3, 20)
RETURNED = "111-1000001-2000001"
PLAIN = "111-1000002-2000002"
ASIN = "B0SAMPLE01"
URL = f"https://www.amazon.com/dp/{ASIN}"

_COLUMNS = (
    "amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status",
    "fulfillment-channel", "sales-channel", "order-channel", "url", "ship-service-level", "product-name", "sku",
    "asin", "item-status", "quantity", "currency", "item-price", "item-tax", "shipping-price", "shipping-tax",
    "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount", "ship-promotion-discount", "ship-city", "ship-state",
    "ship-postal-code", "ship-country", "promotion-ids",
)  # fmt: skip


def all_orders(*rows: dict[str, str]) -> str:
    """An All Orders report with the given columns filled in."""
    lines = ["\t".join(_COLUMNS)]
    lines += ["\t".join(row.get(column, "") for column in _COLUMNS) for row in rows]
    return "\r\n".join(lines) + "\r\n"


def order(number: str, *, purchased: str, channel: str = "Merchant", **more: str) -> dict[str, str]:
    """One row; what is not given is as in any other order of the kettle."""
    return {
        "amazon-order-id": number,
        "purchase-date": f"{purchased}T10:00:00+00:00",
        "last-updated-date": f"{purchased}T20:00:00+00:00",
        "order-status": "Shipped",
        "fulfillment-channel": channel,
        "sales-channel": "Amazon.com",
        "product-name": "Sample kettle, 1.7 l",
        "sku": "KETTLE-1",
        "asin": ASIN,
        "item-status": "Shipped",
        "quantity": "1",
        "currency": "USD",
        "item-price": "39.90",
        "ship-city": "Springfield",
        "ship-state": "IL",
        "ship-postal-code": "62704",
        "ship-country": "US",
        **more,
    }


def returns(*rows: tuple[str, str, str]) -> str:
    """An FBA returns report: order, day, and the buyer's comment of each return."""
    head = (
        "return-date", "order-id", "sku", "asin", "fnsku", "product-name", "quantity", "fulfillment-center-id",
        "detailed-disposition", "reason", "status", "license-plate-number", "customer-comments",
    )  # fmt: skip
    usual = (
        "KETTLE-1",
        ASIN,
        "X000SAMPLE",
        "Sample kettle, 1.7 l",
        "1",
        "TST1",
        "SELLABLE",
        "UNWANTED_ITEM",
        "",
        "LPN1",
    )
    lines = [(f"{day}T08:00:00+00:00", number, *usual, comment) for number, day, comment in rows]
    return "\n".join("\t".join(line) for line in (head, *lines)) + "\n"


def review(
    id_: str = "R1SAMPLE000001",
    *,
    body: str,
    title: str = "Nobody answers",
    name: str = "Sunny R.",
    stars: int = 2,
    day: str = "March 15, 2026",
) -> str:
    """A review as it stands on a product page."""
    return f"""
    <div id="{id_}" data-hook="review" class="a-section review aok-relative"><div id="customer_review-{id_}">
      <div class="a-profile-content"><span class="a-profile-name">{name}</span></div>
      <a data-hook="review-title" class="review-title" href="/gp/customer-reviews/{id_}?ASIN={ASIN}">
        <i data-hook="review-star-rating" class="a-icon a-icon-star a-star-{stars} review-rating">
          <span class="a-icon-alt">{stars}.0 out of 5 stars</span></i>
        <span>{title}</span></a>
      <span data-hook="review-date" class="review-date">Reviewed in the United States on {day}</span>
      <span data-hook="avp-badge">Verified Purchase</span>
      <div data-hook="review-body" class="review-text"><span>{body}</span></div>
    </div></div>"""


COMPLAINT = review(body="I sent it back weeks ago and still have no refund. Nobody answers my messages.")
BROKEN = review(
    "R1SAMPLE000002",
    title="Stopped heating",
    body="The kettle stopped heating after two weeks. I would like to use the warranty, how do I get a spare part?",
    stars=3,
)
PRAISE = review("R1SAMPLE000003", title="Lovely", body="Boils fast, looks great. Very happy with it.", stars=5)


def fill_book(home: Home) -> None:
    """Imports the sample reports into the book of a home."""
    from aftercare.orders.book import OrderBook
    from aftercare.orders.imports import import_paths

    folder = Path(home.folder) / "reports"
    folder.mkdir()
    orders = all_orders(
        order(RETURNED, purchased="2026-02-20"),
        order(PLAIN, purchased="2026-02-27", channel="Amazon"),
    )
    (folder / "orders.txt").write_text(orders, encoding="utf-8")
    (folder / "returns.txt").write_text(returns((RETURNED, "2026-03-05", "changed my mind")), encoding="utf-8")
    with OrderBook.open(home.book) as book:
        for result in import_paths(book, [str(folder)]):
            assert result.kind and not result.refused, result
