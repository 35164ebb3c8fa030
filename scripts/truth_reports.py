"""Writes a made-up book as the report files a seller downloads, and reads it back through the real importers.

What no report carries is lost on the way, as it is for sellers: the recorded delivery, the family of an ASIN.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_paths
from aftercare.orders.order import Order, OrderLine
from make_reports import ALL_ORDERS, FBA_RETURNS, FBM_ORDERS, FEEDBACK, SETTLEMENT, SHIPMENTS, STORES, Store, Writer
from make_truth import MemoryBook


@contextmanager
def imported(truth: MemoryBook, folder: Path) -> Iterator[OrderBook]:
    """The book as an importer makes it of its reports, in the given folder."""
    paths = write_reports(truth, folder)
    with OrderBook.open(folder / "book.sqlite3") as book:
        for result in import_paths(book, paths):
            if result.refused:
                raise AssertionError(f"{result.path}: {result.refused[0].reason}")
        book.record_messages(message for order in truth.orders.values() for message in order.messages)
        yield book


def write_reports(truth: MemoryBook, folder: Path) -> list[Path]:
    """Writes the reports of each store into a folder of its own; returns their paths."""
    paths: list[Path] = []
    with ExitStack() as stack:
        writers: dict[str, Writer] = {}
        for order in truth.orders.values():
            line = order.lines[0]
            code = line.marketplace or "US"
            if code not in writers:
                (folder / code).mkdir(parents=True, exist_ok=True)
                writers[code] = Writer(folder / code, STORES[code], stack)
            _write(writers[code], STORES[code], order, line)
    for writer in writers.values():
        paths += writer.paths.values()
    return paths


def _write(writer: Writer, store: Store, order: Order, line: OrderLine) -> None:
    by_amazon = line.fulfillment == "FBA"
    shared = {
        "sku": line.sku, "product-name": line.title or "", "currency": store.currency, "item-price": "20.00",
        "purchase-date": _time(line.purchased), "payments-date": _time(line.purchased), "sales-channel": store.channel,
        "ship-city": line.city or "", "ship-country": store.country, "buyer-name": line.buyer or "",
        "recipient-name": line.recipient or "",
    }  # fmt: skip
    item = order.order_id.replace("-", "")[-14:]
    writer.write("all_orders", ALL_ORDERS, shared | {
        "amazon-order-id": order.order_id, "last-updated-date": _time(line.shipped), "order-status": "Shipped",
        "fulfillment-channel": "Amazon" if by_amazon else "Merchant", "asin": line.asin or "",
        "item-status": "Shipped", "quantity": "1",
    })  # fmt: skip
    if by_amazon:
        writer.write("fulfilled_shipments", SHIPMENTS, shared | {
            "amazon-order-id": order.order_id, "shipment-id": f"D{item[:8]}", "shipment-item-id": f"D{item}",
            "amazon-order-item-id": item, "shipment-date": _time(line.shipped), "reporting-date": _time(line.shipped),
            "quantity-shipped": "1", "estimated-arrival-date": _time(line.estimated_delivery),
            "fulfillment-channel": "AFN",
        })  # fmt: skip
    else:
        writer.write("fbm_orders", FBM_ORDERS, shared | {
            "order-id": order.order_id, "order-item-id": item, "quantity-purchased": "1",
            "delivery-end-date": _time(line.promised),
        })  # fmt: skip
    for back in order.returns:
        writer.write("fba_returns", FBA_RETURNS, shared | {
            "return-date": _time(back.day), "order-id": order.order_id, "asin": line.asin or "", "quantity": "1",
            "reason": "DEFECTIVE", "status": "Unit returned to inventory", "customer-comments": back.comment or "",
        })  # fmt: skip
    for refund in order.refunds:
        writer.write("settlement", SETTLEMENT, {
            "settlement-id": "90000000001", "currency": store.currency, "transaction-type": "Refund",
            "order-id": order.order_id, "marketplace-name": store.channel, "amount-type": "ItemPrice",
            "amount-description": "Principal", "amount": "-20.00", "posted-date": str(refund.day or ""),
            "posted-date-time": _time(refund.day), "order-item-code": item, "sku": line.sku,
        })  # fmt: skip
    for feedback in order.feedback:
        day = feedback.day.strftime(store.day) if feedback.day else ""
        writer.write("seller_feedback", FEEDBACK, {
            "Date": day, "Rating": str(feedback.stars), "Comments": feedback.comment or "-", "Order ID": order.order_id,
        })  # fmt: skip


def _time(day: date | None) -> str:
    return f"{day}T12:00:00+00:00" if day else ""
