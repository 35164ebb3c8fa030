"""Settlements in their odd shapes; the ordinary ones are in `test_events.py`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from aftercare.orders.book import OrderBook
from orders.reports import number, report

_NOT_IN_V1 = ["amount-type", "amount-description", "amount", "posted-date-time"]
_V1 = {"price-type": "Principal", "price-amount": "-19.90", "posted-date": "2026-01-28T10:00:00+00:00"}


def test_a_row_of_version_1_may_hold_price_and_promotion_at_once(book: OrderBook, drop) -> None:
    row = _V1 | {"promotion-type": "Shipping", "promotion-amount": "2.00", "item-related-fee-amount": "2.40"}
    drop(report("settlement", row, without=_NOT_IN_V1))

    assert [refund.amount for refund in book.order(number(1)).refunds] == [Decimal("17.90")]


def test_a_row_of_version_1_with_a_promotion_alone_belongs_to_the_same_refund(book: OrderBook, drop) -> None:
    promotion = _V1 | {"price-type": "", "price-amount": "", "promotion-type": "Shipping", "promotion-amount": "2.00"}
    drop(report("settlement", _V1, promotion, without=_NOT_IN_V1))

    assert [refund.amount for refund in book.order(number(1)).refunds] == [Decimal("17.90")]


FORMS = {
    "German": ("1141,18", "-1.019,90", "28.01.2026", "28.01.2026 07:49:55 UTC"),
    "Swedish": ("1 141,18", "-1\u00a0019,90", "28.01.2026", "28.01.2026 07:49:55 UTC"),
    "with blanks and a zone": ("1141.18", "-1019.90", "2026-01-28", "2026-01-28 07:49:55 UTC"),
    "ISO 8601": ("1141.18", "-1019.90", "2026-01-28T07:49:55+00:00", "2026-01-28T07:49:55+00:00"),
}


@pytest.mark.parametrize(("total", "amount", "day", "moment"), FORMS.values(), ids=FORMS)
def test_numbers_and_days_of_every_country(
    book: OrderBook, drop, total: str, amount: str, day: str, moment: str
) -> None:
    first = {"total-amount": total, "currency": "EUR", "transaction-type": "", "order-id": "", "amount": "", "sku": ""}
    row = {"amount": amount, "currency": "", "posted-date": day, "posted-date-time": moment}
    result = drop(report("settlement", first, row))

    assert result.refused == []
    (refund,) = book.order(number(1)).refunds
    assert (refund.amount, refund.currency, refund.day) == (Decimal("1019.90"), "EUR", date(2026, 1, 28))


@pytest.mark.parametrize("kind", ["Chargeback Refund", "A-to-z Guarantee Refund", "REFUND"])
def test_other_ways_of_giving_money_back(book: OrderBook, drop, kind: str) -> None:
    drop(report("settlement", {"transaction-type": kind}))

    assert book.order(number(1)).refunds[0].amount == Decimal("19.90")


@pytest.mark.parametrize("kind", ["Order", "Service Fee", "Transfer", "other-transaction", "Order_Retrocharge", ""])
def test_all_else_is_passed_over(book: OrderBook, drop, kind: str) -> None:
    result = drop(report("settlement", {"transaction-type": kind}))

    assert (result.new, result.skipped, result.refused) == (0, 1, [])
