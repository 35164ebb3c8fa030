from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.order import BuyerMessage
from orders.reports import number, report

ON_BOTH = True


def test_an_fba_return_keeps_the_buyers_words(book: OrderBook, drop) -> None:
    drop(report("fba_returns", {}))

    (back,) = book.order(number(1)).returns
    assert (back.day, back.received, back.quantity) == (date(2026, 1, 25), date(2026, 1, 25), 1)
    assert (back.reason, back.comment, back.source) == ("NOT_AS_DESCRIBED", "too flat", "report1.txt")


def test_units_with_their_own_plate_are_two_returns(book: OrderBook, drop) -> None:
    assert drop(report("fba_returns", {}, {"license-plate-number": "LPN2"})).new == 2
    assert len(book.order(number(1)).returns) == 2


def test_a_return_of_a_sellers_order_tells_arrival_refund_and_claim(book: OrderBook, drop) -> None:
    drop(report("mfn_returns", {"Refunded Amount": "19.90", "A-to-Z Claim": "Y"}))

    order = book.order(number(2))
    (back,) = order.returns
    assert (back.day, back.received, back.claim) == (date(2026, 1, 20), date(2026, 1, 26), True)
    (refund,) = order.refunds
    assert (refund.amount, refund.currency, refund.day) == (Decimal("19.90"), "USD", None)


def test_a_later_report_of_the_same_return_changes_it(book: OrderBook, drop) -> None:
    drop(report("mfn_returns", {"Return delivery date": ""}))
    assert drop(report("mfn_returns", {})).changed == 1

    (back,) = book.order(number(2)).returns
    assert back.received == date(2026, 1, 26)


def test_a_replacement_joins_the_original_order(book: OrderBook, drop) -> None:
    drop(report("fba_replacements", {}))

    (sent,) = book.order(number(1)).replacements
    assert (sent.replacement_order_id, sent.day, sent.reason) == (number(91), date(2026, 2, 1), "DAMAGED")


def test_the_parts_of_a_refund_are_added_up_and_fees_left_out(book: OrderBook, drop) -> None:
    result = drop(
        report(
            "settlement",
            {},
            {"amount-description": "Tax", "amount": "-1.50"},
            {"amount-type": "Promotion", "amount-description": "Principal", "amount": "2.00"},
            {"amount-type": "ItemFees", "amount-description": "Commission", "amount": "2.40"},
            {"transaction-type": "Order", "amount": "19.90"},
        )
    )

    assert (result.rows, result.new, result.skipped) == (5, 3, 2)
    (refund,) = book.order(number(1)).refunds
    assert (refund.amount, refund.currency, refund.day) == (Decimal("19.40"), "USD", date(2026, 1, 28))


def test_european_numbers_and_days(book: OrderBook, drop) -> None:
    first = {"total-amount": "1141,18", "transaction-type": "", "order-id": "", "amount": ""}
    row = {"amount": "-1.019,90", "currency": "", "posted-date": "28.01.2026",
           "posted-date-time": "28.01.2026 07:49:55 UTC", "settlement-start-date": "",
           "settlement-end-date": ""}  # fmt: skip
    drop(report("settlement", first | {"currency": "EUR"}, row))

    (refund,) = book.order(number(1)).refunds
    assert (refund.amount, refund.currency, refund.day) == (Decimal("1019.90"), "EUR", date(2026, 1, 28))


def test_the_first_version_of_settlements(book: OrderBook, drop) -> None:
    old = ["amount-type", "amount-description", "amount", "posted-date-time"]
    first = {"price-type": "", "price-amount": "", "transaction-type": "", "order-id": ""}
    row = {"price-type": "Principal", "price-amount": "-19.90"}
    fee = {"price-type": "", "price-amount": "", "item-related-fee-amount": "2.40"}
    result = drop(report("settlement", first, row, fee, without=old))

    assert (result.kind, result.new, result.skipped) == ("settlement", 1, 2)
    assert book.order(number(1)).refunds[0].amount == Decimal("19.90")


def test_ragged_rows_of_a_settlement_are_read(book: OrderBook, drop) -> None:
    text = report("settlement", {"sku": "", "quantity-purchased": "", "merchant-order-item-id": ""}, {}, end="\n")
    lines = text.split("\n")
    lines[1] = lines[1].rstrip("\t")

    assert drop("\n".join(lines)).refused == []


def test_a_settlement_and_a_returns_report_do_not_count_one_refund_twice(book: OrderBook, drop) -> None:
    drop(report("mfn_returns", {"Refunded Amount": "39.80"}))
    drop(report("settlement", {"order-id": number(2), "sku": "HB-PIL-RED", "amount": "-39.80"}))

    assert [refund.amount for refund in book.order(number(2)).refunds] == [Decimal("39.80")]


COVERED = {
    "one period": ([("2026-01-20", "2026-02-03")], date(2026, 2, 2)),
    "periods that touch": ([("2026-02-03", "2026-02-17"), ("2026-01-20", "2026-02-03")], date(2026, 2, 16)),
    "a gap": ([("2026-01-20", "2026-02-03"), ("2026-02-17", "2026-03-01")], date(2026, 2, 2)),
    "begins too late": ([("2026-02-03", "2026-02-17")], None),
}


@pytest.mark.parametrize(("periods", "until"), COVERED.values(), ids=COVERED)
def test_refunds_are_known_as_far_as_settlements_reach_without_a_gap(book: OrderBook, drop, periods, until) -> None:
    drop(report("all_orders", {}))
    drop(report("fba_returns", {}))
    for place, (first, last) in enumerate(periods):
        other = {"settlement-id": str(place), "settlement-start-date": f"{first}T03:00:00+00:00",
                 "settlement-end-date": f"{last}T03:00:00+00:00", "order-id": number(77)}  # fmt: skip
        drop(report("settlement", other))

    assert book.order(number(1)).refunds_known_until == until


def test_a_settlement_of_another_store_says_nothing(book: OrderBook, drop) -> None:
    drop(report("all_orders", {}))
    drop(report("fba_returns", {}))
    drop(report("settlement", {"order-id": number(77), "marketplace-name": "Amazon.ca", "currency": "CAD"}))

    assert book.order(number(1)).refunds_known_until is None


FEEDBACK_DAYS = {
    "US": ("01/20/26", date(2026, 1, 20)),
    "UK": ("20/01/26", date(2026, 1, 20)),
    "DE": ("20.01.26", date(2026, 1, 20)),
    "JP": ("26/01/20", date(2026, 1, 20)),
    "SE": ("2026-01-20", date(2026, 1, 20)),
    "FR": ("05/02/26", date(2026, 2, 5)),
}


@pytest.mark.parametrize(("code", "written", "day"), [(code, *each) for code, each in FEEDBACK_DAYS.items()])
def test_feedback_days_are_read_as_the_marketplace_writes_them(book: OrderBook, drop, code, written, day) -> None:
    result = drop(report("seller_feedback", {"Date": written}), marketplace=code)

    (feedback,) = book.order(number(1)).feedback
    assert (feedback.day, feedback.stars, feedback.comment, result.marketplace) == (day, 2, "Came late", code)


def test_the_order_tells_the_marketplace_of_its_feedback(book: OrderBook, drop) -> None:
    drop(report("all_orders", {"sales-channel": "Amazon.fr"}))
    drop(report("seller_feedback", {"Date": "02/01/26"}))

    assert book.order(number(1)).feedback[0].day == date(2026, 1, 2)


def test_a_day_that_could_be_two_is_refused_and_said(book: OrderBook, drop) -> None:
    result = drop(report("seller_feedback", {"Date": "02/01/26"}))

    assert result.new == 0
    assert "two different days" in result.refused[0].reason and "name the marketplace" in result.refused[0].reason


def test_another_row_of_the_file_can_tell_how_days_are_written(book: OrderBook, drop) -> None:
    result = drop(report("seller_feedback", {"Date": "02/01/26"}, {"Date": "01/20/26", "Order ID": number(2)}))

    assert result.refused == []
    assert book.order(number(1)).feedback[0].day == date(2026, 2, 1)


def test_no_rater_address_is_stored(book: OrderBook, drop) -> None:
    drop(report("seller_feedback", {}))

    with book.write() as connection:
        rows = connection.execute("SELECT * FROM feedback").fetchall()
    assert rows and "someone@example.com" not in repr(rows)


def test_messages_are_kept_once_in_their_order(book: OrderBook) -> None:
    question = BuyerMessage(number(1), datetime(2026, 1, 20, 9, tzinfo=UTC), "buyer", "Where is it?", "mail.eml")
    answer = BuyerMessage(number(1), datetime(2026, 1, 20, 8, tzinfo=UTC), "seller", "On its way.", "mail.eml")

    assert book.record_messages([question, answer]) == 2
    assert book.record_messages([question]) == 0
    assert book.order(number(1)).messages == (answer, question)
