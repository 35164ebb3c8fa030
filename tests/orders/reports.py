"""Small reports for tests, each in the columns Amazon gives them; what a row leaves out is as in any ordinary row.

Order numbers begin with 900, which Amazon does not use; nobody in here is a real person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Row = Mapping[str, str]


def number(place: int) -> str:
    """The order number for a place in a test."""
    return f"900-{place:07d}-{place * 7919 % 10_000_000:07d}"


NUMBERS = {"fbm_orders": 2, "mfn_returns": 2, "unshipped_orders": 3}
"""The place in a test of the ordinary row's order, where it is not 1."""

_ALL_ORDERS = {
    "amazon-order-id": number(1), "merchant-order-id": "", "purchase-date": "2026-01-10T09:00:00+00:00",
    "last-updated-date": "2026-01-12T09:00:00+00:00", "order-status": "Shipped", "fulfillment-channel": "Amazon",
    "sales-channel": "Amazon.com", "order-channel": "", "ship-service-level": "Standard",
    "product-name": 'Harbor Pillow, 12" x 18", Blue', "sku": "HB-PIL-BLU", "asin": "B0HARBOR01",
    "item-status": "Shipped", "quantity": "1", "currency": "USD", "item-price": "19.90", "item-tax": "",
    "shipping-price": "", "shipping-tax": "", "gift-wrap-price": "", "gift-wrap-tax": "", "item-promotion-discount": "",
    "ship-promotion-discount": "", "ship-city": "Salem", "ship-state": "OR", "ship-postal-code": "97301",
    "ship-country": "US", "promotion-ids": "", "is-business-order": "false", "purchase-order-number": "",
    "price-designation": "",
}  # fmt: skip
_SHIPMENTS = {
    "amazon-order-id": number(1), "merchant-order-id": "", "shipment-id": "Dshipment1", "shipment-item-id": "Ditem1",
    "amazon-order-item-id": "10000000000001", "merchant-order-item-id": "",
    "purchase-date": "2026-01-10T09:00:00+00:00", "payments-date": "2026-01-11T09:00:00+00:00",
    "shipment-date": "2026-01-12T09:00:00+00:00", "reporting-date": "2026-01-12T12:00:00+00:00",
    "buyer-email": "quietharbor7@marketplace.amazon.com", "buyer-name": "Ada Costa", "buyer-phone-number": "",
    "sku": "HB-PIL-BLU", "product-name": "Harbor Pillow", "quantity-shipped": "1", "currency": "USD",
    "item-price": "19.90", "item-tax": "0.00", "ship-service-level": "Standard", "recipient-name": "Bruno Costa",
    "ship-address-1": "1 Quay", "ship-city": "Salem", "ship-state": "OR", "ship-postal-code": "97301",
    "ship-country": "US", "carrier": "UPS", "tracking-number": "1Z",
    "estimated-arrival-date": "2026-01-15T20:00:00+00:00",
    "fulfillment-center-id": "XYZ1", "fulfillment-channel": "AFN", "sales-channel": "Amazon.com",
}  # fmt: skip
_FBM = {
    "order-id": number(2), "order-item-id": "20000000000002", "purchase-date": "2026-01-10T22:30:00-07:00",
    "payments-date": "2026-01-10T22:31:00-07:00", "buyer-email": "calmdune3+6f1e@marketplace.amazon.com",
    "buyer-name": "Greta Holm", "buyer-phone-number": "555-0100", "sku": "HB-PIL-RED",
    "product-name": "Harbor Pillow, Red", "quantity-purchased": "2", "currency": "USD", "item-price": "39.80",
    "ship-service-level": "Standard", "recipient-name": "Hugo Holm", "ship-address-1": "2 Quay", "ship-city": "Dover",
    "ship-state": "DE", "ship-postal-code": "19901", "ship-country": "US", "delivery-start-date": "",
    "delivery-end-date": "2026-01-17T23:59:00-07:00", "delivery-time-zone": "", "delivery-Instructions": "",
    "sales-channel": "Amazon.com",
}  # fmt: skip
_UNSHIPPED = {
    "order-id": number(3), "order-item-id": "30000000000003", "purchase-date": "2026-01-10T08:00:00+00:00",
    "payments-date": "2026-01-10T08:00:00+00:00", "reporting-date": "2026-01-16T04:00:00+00:00",
    "promise-date": "2026-01-12T18:00:00+00:00", "days-past-promise": "4",
    "buyer-email": "plainhill9x@marketplace.amazon.in", "buyer-name": "Tara Novak", "buyer-phone-number": "",
    "sku": "HB-LAMP", "product-name": "Harbor Lamp", "quantity-purchased": "1", "quantity-shipped": "0",
    "quantity-to-ship": "1", "ship-service-level": "Standard", "recipient-name": "Tara Novak", "ship-city": "Pune",
    "ship-state": "MH", "ship-postal-code": "411001", "ship-country": "IN", "is-business-order": "false",
}  # fmt: skip
_FBA_RETURNS = {
    "return-date": "2026-01-25T10:00:00+00:00", "order-id": number(1), "sku": "HB-PIL-BLU", "asin": "B0HARBOR01",
    "fnsku": "X0HARBOR01", "product-name": "Harbor Pillow", "quantity": "1", "fulfillment-center-id": "XYZ1",
    "detailed-disposition": "CUSTOMER_DAMAGED", "reason": "NOT_AS_DESCRIBED", "status": "Unit returned to inventory",
    "license-plate-number": "LPN1", "customer-comments": "too flat",
}  # fmt: skip
_MFN_RETURNS = {
    "Order ID": number(2), "Order date": "10-Jan-2026", "Return request date": "20-Jan-2026",
    "Return request status": "Approved", "Amazon RMA ID": "RMA1", "Merchant RMA ID": "", "Label type": "",
    "Label cost": "4.14", "Currency code": "USD", "Return carrier": "USPS", "Tracking ID": "", "A-to-Z Claim": "N",
    "Is prime": "N", "ASIN": "B0HARBOR02", "Merchant SKU": "HB-PIL-RED", "Item Name": "Harbor Pillow, Red",
    "Return quantity": "1", "Return Reason": "CR-DEFECTIVE", "In policy": "Y", "Return type": "C-Returns",
    "Resolution": "StandardRefund", "Return delivery date": "26-Jan-2026", "Order Amount": "39.80",
    "Order quantity": "2", "Refunded Amount": "",
}  # fmt: skip
_REPLACEMENTS = {
    "shipment-date": "2026-02-01T00:00:00+00:00", "sku": "HB-PIL-BLU", "asin": "B0HARBOR01",
    "fulfillment-center-id": "XYZ1", "original-fulfillment-center-id": "XYZ2", "quantity": "1",
    "replacement-reason-code": "DAMAGED", "replacement-amazon-order-id": number(91),
    "original-amazon-order-id": number(1),
}  # fmt: skip
_SETTLEMENT = {
    "settlement-id": "9001", "settlement-start-date": "2026-01-20T00:00:00+00:00",
    "settlement-end-date": "2026-03-01T00:00:00+00:00", "deposit-date": "2026-03-02", "total-amount": "",
    "currency": "USD", "transaction-type": "Refund", "order-id": number(1), "merchant-order-id": "",
    "adjustment-id": "ADJ1", "shipment-id": "", "marketplace-name": "Amazon.com", "amount-type": "ItemPrice",
    "amount-description": "Principal", "amount": "-19.90", "fulfillment-id": "AFN", "posted-date": "2026-01-28",
    "posted-date-time": "2026-01-28T10:00:00+00:00", "order-item-code": "10000000000001",
    "merchant-order-item-id": "", "merchant-adjustment-item-id": "", "sku": "HB-PIL-BLU", "quantity-purchased": "1",
}  # fmt: skip
_FEEDBACK = {
    "Date": "01/20/26", "Rating": "2", "Comments": "Came late", "Your Response": "", "Order ID": number(1),
    "Rater Email": "someone@example.com",
}  # fmt: skip
_DATE_RANGE = {
    "date/time": "28 Jan 2026 10:00:00 UTC", "settlement id": "9001", "type": "Refund", "order id": number(1),
    "sku": "HB-PIL-BLU", "description": "Harbor Pillow", "quantity": "1", "marketplace": "amazon.com",
    "account type": "Standard Orders", "fulfillment": "Amazon", "order city": "Salem", "order state": "OR",
    "order postal": "97301", "tax collection model": "MarketplaceFacilitator", "product sales": "-19.90",
    "product sales tax": "-1.50", "shipping credits": "-4.00", "shipping credits tax": "0", "gift wrap credits": "0",
    "giftwrap credits tax": "0", "Regulatory Fee": "0", "Tax On Regulatory Fee": "0", "promotional rebates": "2.00",
    "promotional rebates tax": "0", "marketplace withheld tax": "1.50", "selling fees": "2.40", "fba fees": "0",
    "other transaction fees": "0", "other": "0", "total": "-19.50",
}  # fmt: skip
_SALE_REPORT = {
    "index": "0", "Order ID": number(1), "Date": "01-20-26", "Status": "Shipped - Delivered to Buyer",
    "Fulfilment": "Merchant", "Sales Channel ": "Amazon.in", "ship-service-level": "Standard", "Style": "HB",
    "SKU": "HB-PIL-BLU", "Category": "Pillow", "Size": "M", "ASIN": "B0HARBOR01", "Courier Status": "Shipped",
    "Qty": "1", "currency": "INR", "Amount": "406", "ship-city": "PUNE", "ship-state": "MAHARASHTRA",
    "ship-postal-code": "411001", "ship-country": "IN", "promotion-ids": "", "B2B": "FALSE", "fulfilled-by": "",
}  # fmt: skip
_REIMBURSEMENTS = {
    "approval-date": "2026-01-28T10:00:00+00:00", "reimbursement-id": "7001", "case-id": "",
    "amazon-order-id": number(1), "reason": "CustomerReturn", "sku": "HB-PIL-BLU", "fnsku": "X0HARBOR01",
    "asin": "B0HARBOR01", "product-name": "Harbor Pillow", "condition": "NewItem", "currency-unit": "USD",
    "amount-per-unit": "12.00", "amount-total": "12.00", "quantity-reimbursed-cash": "1",
    "quantity-reimbursed-inventory": "0", "quantity-reimbursed-total": "1", "original-reimbursement-id": "",
    "original-reimbursement-type": "",
}  # fmt: skip

KINDS: dict[str, dict[str, str]] = {
    "all_orders": _ALL_ORDERS,
    "fulfilled_shipments": _SHIPMENTS,
    "fbm_orders": _FBM,
    "unshipped_orders": _UNSHIPPED,
    "fba_returns": _FBA_RETURNS,
    "mfn_returns": _MFN_RETURNS,
    "fba_replacements": _REPLACEMENTS,
    "settlement": _SETTLEMENT,
    "seller_feedback": _FEEDBACK,
    "date_range": _DATE_RANGE,
    "sale_report": _SALE_REPORT,
    "fba_reimbursements": _REIMBURSEMENTS,
}
ORDER_IDS = {
    kind: next(column for column, cell in row.items() if cell == number(NUMBERS.get(kind, 1)))
    for kind, row in KINDS.items()
}
"""The column of the order id in each kind of report."""


def report(kind: str, *rows: Row, without: Iterable[str] = (), delimiter: str = "\t", end: str = "\r\n") -> str:
    """A report with the given rows; one ordinary row is `{}`. `without` leaves columns out."""
    usual = KINDS[kind]
    columns = [column for column in usual if column not in set(without)]
    more = list(dict.fromkeys(column for row in rows for column in row if column not in usual))
    lines = [columns + more, *([(usual | dict(row)).get(column, "") for column in columns + more] for row in rows)]
    return "".join(delimiter.join(cells) + end for cells in lines)
