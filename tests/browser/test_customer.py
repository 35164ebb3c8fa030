"""The customer behind the order, on the card."""

from __future__ import annotations

import json

from browser.hands import PRODUCT, ROSA, click_badge
from support.browser import ExtensionBrowser

ELSEWHERE = {
    "channel": "ebay", "order_id": "12-00001-00001", "placed": "2024-03-01", "probability": 0.9,
    "identity": ["name_and_postcode"], "bought": True, "refunded": "4.00", "refunded_on": None, "currency": "USD",
}  # fmt: skip
CUSTOMER = {
    "orders": 2, "place": 2, "since": "2024-03-01", "last_refund": ELSEWHERE, "others": [ELSEWHERE],
    "channels": [
        {"channel": "amazon", "orders": 1, "since": "2026-01-10"},
        {"channel": "ebay", "orders": 1, "since": "2024-03-01"},
    ],
    "identities": [{"identity": "name_and_postcode", "orders": 1, "probability": 0.9}],
}  # fmt: skip


def test_one_line_says_how_many_orders_since_when_and_where_else(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    click_badge(tab, ROSA)
    shown = tab.inside(f"aftercare.customer({{customer: {json.dumps(CUSTOMER)}}}).textContent")

    assert "2 orders of this customer · since Mar 1, 2024 · also on eBay · same name and postcode (90%)" in shown
    assert "last refund $4.00, Mar 1, 2024" in shown
    assert "12-00001-00001" in shown


def test_an_only_order_says_nothing_of_a_customer(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    click_badge(tab, ROSA)

    assert tab.inside(f"aftercare.customer({{customer: {json.dumps({**CUSTOMER, 'others': []})}}})") is None
    assert tab.inside("aftercare.customer({customer: null})") is None
