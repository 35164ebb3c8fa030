"""Exports of other channels for tests, in the layouts the channels give them; nobody in here is a real person."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

EBAY = (
    "Sales Record Number", "Order Number", "Buyer Username", "Buyer Name", "Buyer Email", "Buyer City", "Buyer Zip",
    "Buyer Country", "Ship To Name", "Ship To City", "Ship To Zip", "Ship To Country", "Item Number", "Item Title",
    "Custom Label", "Quantity", "Sold For", "Shipping And Handling", "Total Price", "Sale Date", "Paid On Date",
    "Shipped On Date", "Tracking Number",
)  # fmt: skip
EBAY_ROW = {
    "Sales Record Number": "101", "Order Number": "12-00001-00001", "Buyer Username": "quietharbor",
    "Buyer Name": "Ada Costa", "Buyer Email": "ada.costa@example.com", "Buyer City": "Salem", "Buyer Zip": "97301",
    "Buyer Country": "United States", "Ship To Name": "Bruno Costa", "Ship To City": "Dover", "Ship To Zip": "19901",
    "Ship To Country": "United States", "Item Number": "110000000001", "Item Title": "Harbor Pillow, Blue",
    "Custom Label": "HB-PIL-BLU", "Quantity": "1", "Sold For": "$19.90", "Shipping And Handling": "$4.10",
    "Total Price": "$24.00", "Sale Date": "Jan-10-26", "Paid On Date": "Jan-10-26", "Shipped On Date": "",
    "Tracking Number": "",
}  # fmt: skip

WALMART = (
    "PO#", "Order#", "Order Date", "Ship By", "Delivery Date", "Customer Name", "Customer Shipping Address",
    "Customer Phone Number", "Ship to Address 1", "Ship to Address 2", "City", "State", "Zip", "Segment", "FLIDS",
    "Line#", "UPC", "Status", "Item Description", "Shipping Method", "Shipping Tier", "Shipping SLA",
    "Shipping Config SOurce", "Qty", "SKU", "Item Cost", "Shipping Cost", "Tax", "Update Status", "Update Qty",
    "Carrier", "Tracking Number", "Tracking Url", "Seller Order NO", "Fulfillment Entity", "Replacement Order",
    "Original Customer Order Id",
)  # fmt: skip
WALMART_ROW = {
    "PO#": "1000000000001", "Order#": "2000000000001", "Order Date": "2026-01-10", "Customer Name": "Ada Costa",
    "City": "Salem", "State": "OR", "Zip": "97301", "Line#": "1", "Status": "Shipped",
    "Item Description": "Harbor Pillow, Blue", "Qty": "1", "SKU": "HB-PIL-BLU", "Item Cost": "19.90",
    "Shipping Cost": "0.00", "Tax": "1.10", "Replacement Order": "NO",
}  # fmt: skip

SHOPIFY = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Currency", "Total",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem sku", "Billing Name", "Billing City", "Billing Zip",
    "Billing Country", "Shipping Name", "Shipping City", "Shipping Zip", "Shipping Country", "Notes", "Cancelled at",
    "Refunded Amount", "Id",
)  # fmt: skip
SHOPIFY_ROW = {
    "Name": "#1001", "Email": "Ada.Costa@example.com", "Financial Status": "paid",
    "Paid at": "2026-01-10 09:00:01 -0500", "Fulfillment Status": "unfulfilled", "Currency": "USD", "Total": "24.00",
    "Created at": "2026-01-10 09:00:00 -0500", "Lineitem quantity": "1", "Lineitem name": "Harbor Pillow, Blue",
    "Lineitem sku": "HB-PIL-BLU", "Billing Name": "Ada Costa", "Billing City": "Salem", "Billing Zip": "'97301",
    "Billing Country": "US", "Shipping Name": "Bruno Costa", "Shipping City": "Dover", "Shipping Zip": "'19901",
    "Shipping Country": "US", "Refunded Amount": "0.00", "Id": "5000000000001",
}  # fmt: skip
SHOPIFY_MORE = {"Name": "#1001", "Email": "Ada.Costa@example.com", "Created at": "2026-01-10 09:00:00 -0500"}
"""What a further row of an order repeats."""


def table(columns: Sequence[str], *rows: Mapping[str, str], delimiter: str = ",", quoted: bool = True) -> str:
    """A table with a header; cells a row leaves out are empty."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return out.getvalue()


def ebay_table(*rows: Mapping[str, str]) -> str:
    """Seller Hub's file: an empty line, the header, an empty row, the rows, an empty row, and what stands below."""
    header, *lines = table(EBAY, *({**EBAY_ROW, **row} for row in rows)).splitlines()
    empty = ",".join(['""'] * len(EBAY))
    return "\r\n".join(
        [
            "",
            header,
            empty,
            *lines,
            empty,
            f'"{len(rows)}","record(s) downloaded","from Jan-01-26"',
            '"Seller ID : x"',
            "",
        ]
    )


def walmart_table(*rows: Mapping[str, str]) -> str:
    """Seller Center's export."""
    return table(WALMART, *({**WALMART_ROW, **row} for row in rows))


def shopify_table(*rows: Mapping[str, str]) -> str:
    """Shopify's export; a row with only a name of a thing is a further one of the order above."""
    full = ({**(SHOPIFY_ROW if "Total" in row or not row else SHOPIFY_MORE), **row} for row in rows)
    return table(SHOPIFY, *full, quoted=False)


def ebay_order(**changed: Any) -> dict[str, Any]:
    """One order as the Fulfillment API gives it."""
    address = {"city": "Salem", "postalCode": "97301", "countryCode": "US"}
    return {
        "orderId": "12-00001-00001", "creationDate": "2026-01-10T14:00:00.000Z",
        "lastModifiedDate": "2026-01-12T14:00:00.000Z", "orderFulfillmentStatus": "NOT_STARTED",
        "orderPaymentStatus": "PAID",
        "buyer": {
            "username": "quietharbor",
            "buyerRegistrationAddress": {
                "fullName": "Ada Costa", "contactAddress": address, "email": "ada.costa@example.com"
            },
        },
        "pricingSummary": {"total": {"value": "24.0", "currency": "USD"}},
        "paymentSummary": {"refunds": []},
        "lineItems": [{"lineItemId": "1", "sku": "HB-PIL-BLU", "title": "Harbor Pillow, Blue", "quantity": 1}],
        **changed,
    }  # fmt: skip


def walmart_order(**changed: Any) -> dict[str, Any]:
    """One order as the Marketplace API gives it."""
    charge = {"chargeType": "PRODUCT", "chargeAmount": {"currency": "USD", "amount": 19.9}}
    return {
        "purchaseOrderId": "1000000000001", "customerOrderId": "2000000000001",
        "customerEmailId": "0A0B0C0D@relay.walmart.com", "orderType": "REGULAR", "orderDate": 1768057200000,
        "shippingInfo": {
            "postalAddress": {"name": "Ada Costa", "city": "Salem", "postalCode": "97301", "country": "USA"}
        },
        "orderLines": {
            "orderLine": [
                {
                    "lineNumber": "1", "item": {"productName": "Harbor Pillow, Blue", "sku": "HB-PIL-BLU"},
                    "charges": {"charge": [{**charge, "tax": {"taxAmount": {"currency": "USD", "amount": 1.1}}}]},
                    "orderLineQuantity": {"amount": "1"}, "statusDate": 1768143600000,
                    "orderLineStatuses": {"orderLineStatus": [{"status": "Shipped"}]},
                }
            ]
        },
        **changed,
    }  # fmt: skip


def walmart_return(**changed: Any) -> dict[str, Any]:
    """One return as the Marketplace API gives it."""
    return {
        "returnOrderId": "300000000000000001", "customerEmailId": "0A0B0C0D@relay.walmart.com",
        "customerName": {"firstName": "Ada", "lastName": "Costa"}, "customerOrderId": "2000000000001",
        "returnOrderDate": "2026-02-01T10:00:00.000Z",
        "totalRefundAmount": {"currencyAmount": 21.0, "currencyUnit": "USD"},
        "returnOrderLines": [
            {
                "purchaseOrderId": "1000000000001", "item": {"sku": "HB-PIL-BLU", "productName": "Harbor Pillow, Blue"},
                "currentRefundStatus": "REFUND_COMPLETED", "statusTime": "2026-02-03T10:00:00.000Z",
            }
        ],
        **changed,
    }  # fmt: skip


def shopify_order(**changed: Any) -> dict[str, Any]:
    """One order as Shopify's REST API gives it."""
    address = {"name": "Ada Costa", "city": "Salem", "zip": "97301", "country_code": "US"}
    return {
        "id": 5000000000001, "name": "#1001", "email": "ada.costa@example.com", "financial_status": "paid",
        "fulfillment_status": None, "created_at": "2026-01-10T09:00:00-05:00",
        "updated_at": "2026-01-10T09:30:00-05:00",
        "total_price": "24.00", "currency": "USD", "billing_address": address, "refunds": [],
        "line_items": [{"sku": "HB-PIL-BLU", "name": "Harbor Pillow, Blue", "quantity": 1}],
        **changed,
    }  # fmt: skip


def said(value: Any) -> str:
    """JSON as it is saved."""
    return json.dumps(value, indent=1)
