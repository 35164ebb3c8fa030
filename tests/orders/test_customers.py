"""The customer behind an order: by relay key, e-mail, member name, name and postcode, each with its odds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.orders import BuyerMessage
from aftercare.orders.book import OrderBook
from aftercare.orders.customer_links import name_and_postcode_odds
from aftercare.orders.customer_names import customer_rules, name_key, postcode_key
from aftercare.orders.customers import CustomerContext
from orders.channels.exports import ebay_order, said, shopify_order, walmart_order
from orders.conftest import Drop
from orders.reports import number, report

ON_BOTH = True
FIRST, SECOND, THIRD = number(1), number(2), number(3)
RELAY = "quietharbor7@marketplace.amazon.com"


def bought(order_id: str, day: str, **cells: str) -> dict[str, str]:
    """A row of the shipments report."""
    plain = {name.replace("_", "-"): value for name, value in cells.items()}
    return {"amazon-order-id": order_id, "purchase-date": f"{day}T09:00:00+00:00", **plain}


def customer(book: OrderBook, order_id: str = FIRST) -> CustomerContext:
    found = book.customer_of(order_id)
    assert found
    return found


def others(found: CustomerContext) -> list[tuple[str, str]]:
    return [(each.channel, each.order_id.split(" ")[0]) for each in found.orders[1:]]


def test_orders_of_one_relay_key_are_one_customers(book: OrderBook, drop: Drop) -> None:
    stranger = bought(THIRD, "2025-07-01", buyer_email="plainhill9@marketplace.amazon.com")
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10"), bought(SECOND, "2025-06-01"), stranger))
    found = customer(book)

    assert others(found) == [("amazon", SECOND)]
    assert (found.place, found.since, found.orders[1].identity) == (2, date(2025, 6, 1), ("relay_key",))


def test_an_order_the_book_does_not_know_has_no_customer(book: OrderBook) -> None:
    assert book.customer_of(FIRST) is None


def test_the_same_name_in_the_same_postcode_elsewhere(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10", buyer_name="COSTA, Ada")))
    drop(said([ebay_order(creationDate="2024-03-01T10:00:00Z")]))
    found = customer(book)

    assert others(found) == [("ebay", "12-00001-00001")]
    assert found.orders[1].identity == ("name_and_postcode",)
    assert 0.85 < found.orders[1].probability < 0.95
    assert found.to_json()["channels"] == [
        {"channel": "amazon", "orders": 1, "since": "2026-01-10"},
        {"channel": "ebay", "orders": 1, "since": "2024-03-01"},
    ]


@pytest.mark.parametrize(
    ("name", "postcode"),
    [
        ("Ada Costa", "97302"),  # The same name elsewhere.
        ("Greta Holm", "97301"),  # The same postcode.
        ("Ada", "97301"),  # Half a name.
        ("Ada C.", "97301"),
        ("Ada Costa", "973"),  # Half a postcode.
    ],
)
def test_a_name_alone_and_a_postcode_alone_join_nobody(book: OrderBook, drop: Drop, name: str, postcode: str) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10")))
    address = {"name": name, "zip": postcode, "country_code": "US"}
    drop(said([shopify_order(billing_address=address)]))

    assert others(customer(book)) == []


def test_one_postcode_of_two_countries_is_two(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10")))
    drop(said([shopify_order(billing_address={"name": "Ada Costa", "zip": "97301", "country_code": "DE"})]))

    assert others(customer(book)) == []


def test_a_firm_at_one_address_is_no_person(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10", buyer_name="Harbor Supplies LLC")))
    drop(said([shopify_order(billing_address={"name": "Harbor Supplies LLC", "zip": "97301", "country_code": "US"})]))

    assert others(customer(book)) == []


def test_an_address_leads_on_to_orders_under_another_name(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10")))
    moved = {"name": "Ada Holm", "zip": "10115", "country_code": "DE"}
    drop(said([shopify_order(), shopify_order(name="#1002", billing_address=moved)]))
    found = customer(book)

    assert others(found) == [("shopify", "#1001"), ("shopify", "#1002")]
    assert [each.identity for each in found.orders[1:]] == [
        ("name_and_postcode",),
        ("name_and_postcode", "email"),
    ]
    assert found.orders[2].probability < found.orders[1].probability


def test_a_member_name_joins_orders_on_ebay(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10")))
    drop(said([ebay_order(), ebay_order(orderId="12-00001-00002", buyer={"username": "quietharbor"})]))

    assert others(customer(book)) == [("ebay", "12-00001-00001"), ("ebay", "12-00001-00002")]


def test_a_shops_copy_of_an_amazon_order_is_no_second_purchase(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10")))
    drop(said([shopify_order(email=RELAY.replace("@", "+5f6c@"), billing_address={})]))
    found = customer(book)

    assert found.orders[1].identity == ("relay_key",)
    assert len(found.bought) == 1


def test_a_message_under_an_own_address_leads_to_the_shop(book: OrderBook, drop: Drop) -> None:
    drop(report("all_orders", {"amazon-order-id": FIRST}))
    book.record_messages(
        [BuyerMessage(FIRST, datetime(2026, 1, 20, tzinfo=UTC), "buyer", buyer_key="ada.costa@example.com")]
    )
    drop(said([shopify_order()]))

    assert [(each.channel, each.identity) for each in customer(book).orders[1:]] == [("shopify", ("email",))]


def test_an_address_that_many_names_share_is_nobodys(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10")))
    people = ["Ada Costa", "Greta Holm", "Tara Novak", "Hugo Lind"]
    shared = [
        shopify_order(name=f"#10{place}", billing_address={"name": name, "zip": f"9730{place}", "country_code": "US"})
        for place, name in enumerate(people, 1)
    ]
    drop(said(shared))

    assert others(customer(book)) == [("shopify", "#101")]


def test_who_received_a_present_is_not_the_customer(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10")))
    to = {"postalAddress": {"name": "Greta Holm", "city": "Dover", "postalCode": "19901", "country": "USA"}}
    drop(said([walmart_order(), walmart_order(purchaseOrderId="1000000000002", shippingInfo=to)]))
    drop(said([shopify_order(email="g@example.com", billing_address={"name": "Greta Holm", "zip": "19901"})]))

    assert others(customer(book)) == [("walmart", "1000000000001"), ("walmart", "1000000000002")]


def test_a_purged_name_simply_leads_nowhere(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10", buyer_name="", recipient_name="")))
    drop(said([ebay_order()]))

    assert others(customer(book)) == []


def test_cancelled_orders_and_replacements_are_no_purchases(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10")))
    drop(said([walmart_order(orderType="REPLACEMENT"), walmart_order(purchaseOrderId="1000000000002")]))
    found = customer(book)

    assert len(found.orders) == 3
    assert found.to_json()["orders"] == 2


def test_the_last_refund(book: OrderBook, drop: Drop) -> None:
    drop(report("fulfilled_shipments", bought(FIRST, "2026-01-10"), bought(SECOND, "2025-06-01")))
    drop(report("settlement", {"order-id": SECOND, "posted-date": "2025-07-01", "amount": "-19.90"}))
    last = customer(book).last_refund

    assert last
    assert (last.order_id, last.refunded, last.refunded_on, last.currency) == (
        SECOND, Decimal("19.90"), date(2025, 7, 1), "USD",
    )  # fmt: skip


def test_a_customer_with_very_many_orders_comes_to_an_end(book: OrderBook, drop: Drop) -> None:
    rows = [bought(number(place), "2026-01-10") for place in range(1, 260)]
    drop(report("fulfilled_shipments", *rows))

    assert others(customer(book)) == []  # A relay key with more than two hundred orders is a firm's.


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ada Costa", "ada costa"), ("COSTA, Ada", "ada costa"), ("Mrs. Ada M. Costa", "ada costa"),
        ("Ána Çosta", "ana costa"), ("Jean-Luc d’Arbel", "darbel jean luc"), ("港 花子", "港花子"),
        ("Ada", None), ("A. Costa", None), ("Guest Customer", None), ("Harbor GmbH", None), ("株式会社港", None),
        ("Packstation 112", None), ("c/o DHL Paketshop", None), ("", None), (None, None), ("A*a C****a", None),
    ],
)  # fmt: skip
def test_when_two_names_are_one(name: str | None, key: str | None) -> None:
    assert name_key(name) == key


@given(st.sampled_from(["US", "GB", "IN", "FR", None, "XX"]), st.integers(0, 10_000), st.integers(0, 10_000_000))
def test_odds_fall_as_a_name_is_met_in_more_places(country: str | None, others_: int, orders: int) -> None:
    odds = name_and_postcode_odds(country, others=others_, orders=orders)

    assert 0 < odds <= customer_rules().odds.same_person
    assert name_and_postcode_odds(country, others=others_ + 1, orders=orders) < odds


@pytest.mark.parametrize(
    ("country", "low", "high"), [("GB", 0.97, 0.99), ("US", 0.88, 0.91), ("IN", 0.5, 0.6), (None, 0.8, 0.85)]
)
def test_the_odds_the_rules_explain(country: str | None, low: float, high: float) -> None:
    assert low < name_and_postcode_odds(country, others=0, orders=0) < high


@pytest.mark.parametrize(
    ("postcode", "country", "key"),
    [("97301-1234", "US", "97301"), ("m1 3fg", "GB", "M13FG"), ("M1", "GB", None), ("1011 AB", "NL", "1011AB"),
     ("1011", "NL", None), ("", "US", None), (None, None, None), ("ABCDE", "US", None)],
)  # fmt: skip
def test_a_postcode_counts_whole(postcode: str | None, country: str | None, key: str | None) -> None:
    assert postcode_key(postcode, country) == key
