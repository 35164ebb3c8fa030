"""Made-up orders, refunds and reports for the stand-in to answer with."""

from __future__ import annotations

from typing import Any

ALL_ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL"
FBA_RETURNS = "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA"

ALL_ORDERS_TEXT = (
    "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tsales-channel\tsku\tasin\tproduct-name\tquantity\n"
    "305-0000001-0000001\t2026-02-10T09:00:00+00:00\t2026-02-12T09:00:00+00:00\tShipped\tAmazon.de\tKETTLE-1\t"
    "B0MADEUP01\tKettle, steel\t1\n"
)
FBA_RETURNS_TEXT = (
    "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tdetailed-disposition\treason\tstatus\t"
    "license-plate-number\tcustomer-comments\n"
    "2026-02-20T10:00:00+00:00\t305-0000001-0000001\tKETTLE-1\tB0MADEUP01\tX1\tKettle, steel\t1\tDEFECTIVE\tDEFECTIVE\t"
    "Unit returned to inventory\tLPN1\tlid is loose\n"
)


def order(number: int = 1, **more: Any) -> dict[str, Any]:
    """An order of version 2026-01-01 with one item."""
    return {
        "orderId": f"305-0000001-{number:07}",
        "createdTime": "2026-02-10T09:00:00Z",
        "lastUpdatedTime": "2026-02-28T09:00:00Z",
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": "A1PA6795UKMFR9", "marketplaceName": "Amazon.de"},
        "buyer": {"buyerName": "Erika Beispiel", "buyerEmail": "k3ttl3b9yer@marketplace.amazon.de"},
        "recipient": {"deliveryAddress": {"name": "Max Beispiel", "city": "Musterstadt", "postalCode": "01234"}},
        "fulfillment": {
            "fulfillmentStatus": "SHIPPED",
            "fulfilledBy": "MERCHANT",
            "shipByWindow": {"latestDateTime": "2026-02-11T22:59:59Z"},
            "deliverByWindow": {"latestDateTime": "2026-02-14T22:59:59Z"},
        },
        "orderItems": [item()],
        **more,
    }


def item(number: str = "10000000000001", sku: str = "KETTLE-1", **more: Any) -> dict[str, Any]:
    return {
        "orderItemId": number,
        "quantityOrdered": 2,
        "product": {
            "asin": "B0MADEUP01",
            "title": "Kettle, steel",
            "sellerSku": sku,
            "price": {"unitPrice": {"amount": "20.50", "currencyCode": "EUR"}},
        },
        **more,
    }


def refund(number: int = 1, **more: Any) -> dict[str, Any]:
    """A refund as a transaction of Finances 2024-06-19: 41.00 to the buyer, of which Amazon gives 4.00 of fees back."""
    return {
        "transactionType": "Refund",
        "transactionId": f"T{number}",
        "postedDate": "2026-02-21T10:00:00Z",
        "relatedIdentifiers": [
            {"relatedIdentifierName": "ORDER_ID", "relatedIdentifierValue": f"305-0000001-{number:07}"},
            {"relatedIdentifierName": "REFUND_ID", "relatedIdentifierValue": f"amzn1:{number}"},
        ],
        "totalAmount": {"currencyAmount": -37.0, "currencyCode": "EUR"},
        "items": [
            {
                "relatedIdentifiers": [
                    {"itemRelatedIdentifierName": "ORDER_ADJUSTMENT_ITEM_ID", "itemRelatedIdentifierValue": "900001"}
                ],
                "contexts": [{"contextType": "ProductContext", "sku": "KETTLE-1", "asin": "B0MADEUP01"}],
                "totalAmount": {"currencyAmount": -37.0, "currencyCode": "EUR"},
                "breakdowns": [
                    {"breakdownType": "ProductCharges", "breakdownAmount": money(-35.0)},
                    {"breakdownType": "Tax", "breakdownAmount": money(-6.0)},
                    {"breakdownType": "AmazonFees", "breakdownAmount": money(4.0)},
                ],
            }
        ],
        **more,
    }


def money(amount: float) -> dict[str, Any]:
    return {"currencyAmount": amount, "currencyCode": "EUR"}
