"""What the terminal says of the customer behind an order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from aftercare.cli.customer import customer_lines
from aftercare.orders.customers import CustomerContext, CustomerOrder

THIS = CustomerOrder("amazon", "900-0000001-0000001", date(2026, 1, 10), 1.0, (), True)


def test_orders_channels_identity_and_the_last_refund() -> None:
    elsewhere = CustomerOrder(
        "ebay", "12-00001-00001", date(2024, 3, 1), 0.9, ("name_and_postcode",), True, Decimal("4.00"), None, "USD"
    )

    assert list(customer_lines(CustomerContext((THIS, elsewhere)))) == [
        "2 orders since 2024-03-01 (1 on Amazon, 1 on eBay); this is number 2",
        "same name and postcode: 1 more, each at least 90% theirs",
        "last refund: 4.00 USD on eBay, 2024-03-01",
    ]


def test_a_day_that_is_not_known_leaves_the_place_open() -> None:
    elsewhere = CustomerOrder("walmart", "1000000000001", None, 0.99, ("relay_key",), True)

    assert next(customer_lines(CustomerContext((THIS, elsewhere)))) == (
        "2 orders since 2026-01-10 (1 on Amazon, 1 on Walmart)"
    )
