"""What a mail says of its order: id, product, buyer, marketplace, reasons, comments, refunds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import ImportResult
from aftercare.orders.imports.mail.fields import amount_of, money_in, order_ids
from aftercare.orders.order import Order
from orders.mail.conftest import Read, Thread
from orders.mail.made import KEY, NOTICES, ORDER, framed, mail, table
from orders.reports import report


def test_a_question_of_a_buyer(read: Read) -> None:
    message = read(mail(framed("Where is it?"), x_marketplace_id="A1PA6795UKMFR9"))

    assert message.order_id == ORDER
    assert message.kind == "buyer"
    assert message.at == datetime(2026, 1, 20, 8, 30, tzinfo=UTC)
    assert message.text == "Where is it?"
    assert (message.asin, message.marketplace, message.buyer_key) == ("B0MADEUP01", "DE", KEY)
    assert message.message_id == "one@example.test"


def test_a_question_before_a_sale_has_no_order(read: Read) -> None:
    message = read(mail("Is it blue?", subject="Product details inquiry from Amazon customer Some One"))

    assert (message.order_id, message.text, message.buyer_key) == ("", "Is it blue?", KEY)


def test_the_buyer_of_a_mail_is_the_buyer_of_an_order_report(
    book: OrderBook, read: Read, drop: Callable[..., ImportResult]
) -> None:
    address = "Abc123DEF456gh+99998888-dddd-eeee-ffff-000011112222@marketplace.amazon.de"
    drop(report("fbm_orders", {"order-id": ORDER, "buyer-email": address}))
    message = read(mail("Is it blue?", subject="Message from Amazon customer"))

    with book.write() as connection:
        assert connection.execute("SELECT buyer_key FROM line").fetchall() == [(message.buyer_key,)]


WRITTEN = {
    "in brackets": f"Inquiry from Amazon customer (Order: {ORDER})",
    "without a blank": f"Return policy inquiry from Amazon customer Some One(Order: {ORDER}",
    "german": f"Anfrage von Amazon-Kunde Some One (Bestellung: {ORDER})",
    "japanese": f"商品に関するお問い合わせ (注文: {ORDER})",
    "full width": f"お問い合わせ（注文：{ORDER}）".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "other dashes": f"Question about {ORDER.replace('-', '‑')}",
    "encoded": "=?utf-8?b?" + "5rOo5paHOiAxMTEtMjIyMzMzNC00NDQ1NTU2" + "?=",
}


@pytest.mark.parametrize("subject", WRITTEN.values(), ids=WRITTEN)
def test_the_order_of_a_subject(read: Read, subject: str) -> None:
    assert read(mail(subject=subject)).order_id == ORDER


@pytest.mark.parametrize(
    "body",
    [
        f"# {ORDER}:\n1 / Blue lamp [ASIN: B0MADEUP01]\n\n----------- Message: ----------\n\nHi\n",
        f"Hi\n\nNumero de pedido: {ORDER}",
        f"Hi\nhttps://sellercentral.amazon.de/orders-v3/order/{ORDER}?ref=x",
        f"Hi\nhttps://sellercentral.amazon.de/gp/x?orderID={ORDER}&x=1",
    ],
)
def test_the_order_of_a_body(read: Read, body: str) -> None:
    assert read(mail(body, subject="Message from customer")).order_id == ORDER


def test_the_subject_goes_before_an_order_that_the_buyer_names(read: Read) -> None:
    assert read(mail(framed("Not like my order 999-1111111-1111111."))).order_id == ORDER


@pytest.mark.parametrize(
    "text", ["1111-2223334-4445556", "111-22233344-445556", "111-2223334-44455567", "x111-2223334-4445556"]
)
def test_what_is_no_order_id(text: str) -> None:
    assert order_ids(text) == []


RETURNS = {
    "english": ("ASIN", "SKU", "Return quantity", "Return reason", "Customer comment"),
    "german": ("ASIN", "SKU", "Menge der Rücksendung", "Rücksendegrund", "Kommentar des Kunden"),
    "french": ("ASIN", "SKU", "Quantité retournée", "Motif du retour", "Commentaire du client"),
    "spanish": ("ASIN", "SKU", "Cantidad de la devolución", "Motivo de la devolución", "Comentario del cliente"),
    "italian": ("ASIN", "Sku", "Quantità reso", "Motivo del reso", "Commento del cliente"),
    "portuguese": ("ASIN", "SKU", "Quantidade", "Motivo da devolução", "Comentário do cliente"),
    "dutch": ("ASIN", "SKU", "Aantal", "Reden van retour", "Opmerking van klant"),
    "swedish": ("ASIN", "SKU", "Antal", "Returorsak", "Kundens kommentar"),
    "polish": ("ASIN", "SKU", "Ilość", "Powód zwrotu", "Komentarz klienta"),
    "turkish": ("ASIN", "SKU", "Miktar", "İade nedeni", "Müşteri yorumu"),
    "japanese": ("ASIN", "SKU", "数量", "返品理由", "お客様のコメント"),
    "arabic": ("ASIN", "SKU", "الكمية", "سبب الإرجاع", "تعليق العميل"),
}
RETURN = {"from": NOTICES, "subject": f"Return {ORDER}", "x_space_notification_type": "RETURN_REQUEST"}


@pytest.mark.parametrize("heads", RETURNS.values(), ids=RETURNS)
def test_a_return_in_a_table(read: Read, heads: tuple[str, ...]) -> None:
    message = read(
        mail(
            table(heads, ("B0MADEUP01", "LAMP", "1", "Too small", "It is far too small.")),
            "text/html; charset=utf-8",
            **RETURN,
        )
    )

    assert (message.kind, message.order_id, message.asin) == ("return_request", ORDER, "B0MADEUP01")
    assert (message.reason, message.text) == ("Too small", "It is far too small.")


@pytest.mark.parametrize("heads", RETURNS.values(), ids=RETURNS)
def test_a_return_in_lines(read: Read, heads: tuple[str, ...]) -> None:
    values = ("B0MADEUP01", "LAMP", "1", "Too small", "It is far too small.")
    lines = "\n".join(f"{head}: {value}" for head, value in zip(heads, values, strict=True))
    message = read(mail(lines, **RETURN))

    assert (message.asin, message.reason, message.text) == ("B0MADEUP01", "Too small", "It is far too small.")


def test_a_return_of_two_items(read: Read) -> None:
    rows = (("B0MADEUP01", "LAMP", "1", "Broken", "Glass is cracked."), ("B0MADEUP02", "SHADE", "1", "Broken", ""))
    message = read(mail(table(RETURNS["english"], *rows), "text/html", **RETURN))

    assert (message.reason, message.text) == ("Broken", "Glass is cracked.")


def test_a_value_below_its_name(read: Read) -> None:
    message = read(mail("Return reason:\nToo small\n\nCustomer comments:\n\nFar too small", **RETURN))

    assert (message.reason, message.text) == ("Too small", "Far too small")


def test_a_request_of_customer_service(read: Read) -> None:
    body = (
        f"Hello,\nA customer has called us about this order.\n\n--------------------\nOrder#: {ORDER}\n"
        "Item: Blue lamp\nReason: Tracking info\n\nDetails: \nHello,\n\nPlease send the tracking number.\n"
    )
    message = read(mail(body, **{"from": "Amazon Customer Service <cust@amazon.com>"}, subject="About an order"))

    assert (message.kind, message.order_id, message.reason) == ("buyer", ORDER, "Tracking info")
    assert message.text == "Hello,\n\nPlease send the tracking number."


REFUND = {"from": NOTICES, "x_space_notification_type": "REFUND_ISSUED", "x_marketplace_id": "A1PA6795UKMFR9"}
HEADS = ("Item", "ASIN", "SKU", "Quantity", "Item price refund", "Shipping refund", "Refund reason")


def refunds(book: OrderBook) -> list[tuple[str | None, date | None, Decimal | None, str | None]]:
    order = book.order(ORDER)
    assert isinstance(order, Order)
    return [(each.sku, each.day, each.amount, each.currency) for each in order.refunds]


@pytest.fixture
def ordered(drop: Callable[..., ImportResult]) -> None:
    drop(report("fbm_orders", {"order-id": ORDER, "sku": "LAMP"}))


@pytest.mark.usefixtures("ordered")
def test_a_refund_of_one_item_is_the_amount_of_the_subject(read: Read, book: OrderBook) -> None:
    body = table(HEADS, ("Blue lamp", "B0MADEUP01", "LAMP", "1", "49", "0", "Customer return"))
    message = read(mail(body, "text/html", **REFUND, subject=f"Refund of 49.90 EUR initiated - order {ORDER}"))

    assert (message.kind, message.reason) == ("refund", "Customer return")
    assert refunds(book) == [("LAMP", date(2026, 1, 20), Decimal("49.90"), "EUR")]


@pytest.mark.usefixtures("ordered")
def test_a_refund_of_two_items_is_told_apart_where_the_rows_add_up(read: Read, book: OrderBook) -> None:
    rows = (
        ("Lamp", "B0MADEUP01", "LAMP", "1", "40.00", "5.00", ""),
        ("Shade", "B0MADEUP02", "SHADE", "1", "5", "0", ""),
    )
    read(mail(table(HEADS, *rows), "text/html", **REFUND, subject=f"Refund of 50.00 EUR initiated - order {ORDER}"))

    assert [(sku, amount) for sku, _, amount, _ in refunds(book)] == [
        ("LAMP", Decimal("45.00")),
        ("SHADE", Decimal("5.00")),
    ]


@pytest.mark.usefixtures("ordered")
def test_a_refund_in_words_only(read: Read, book: OrderBook) -> None:
    read(mail("Wir haben eine Erstattung von 1.049,90 € veranlasst.", **REFUND, subject=f"Erstattung {ORDER}"))

    assert refunds(book) == [(None, date(2026, 1, 20), Decimal("1049.90"), "EUR")]


@pytest.mark.usefixtures("ordered")
@pytest.mark.parametrize("mail_first", [True, False])
def test_a_settlement_of_the_same_refund_is_not_added(
    drop: Callable[..., ImportResult], book: OrderBook, mail_first: bool
) -> None:
    paid = report(
        "settlement",
        {
            "order-id": ORDER,
            "sku": "LAMP",
            "transaction-type": "Refund",
            "amount-type": "ItemPrice",
            "amount": "-49.90",
        },
    )
    announced = mail("Refund of EUR 49.90", **REFUND, subject=f"Refund {ORDER}")
    for each in (announced, paid) if mail_first else (paid, announced):
        drop(each)

    assert [(sku, amount) for sku, _, amount, _ in refunds(book)] == [("LAMP", Decimal("49.90"))]


@pytest.mark.usefixtures("ordered")
def test_partial_refunds_add_up_and_repeats_do_not(drop: Callable[..., ImportResult], book: OrderBook) -> None:
    for number, amount in ((1, "5.00"), (2, "7.50"), (1, "5.00")):
        drop(mail("", **REFUND, subject=f"Refund of {amount} EUR issued {ORDER}", message_id=f"<{number}@amazon.test>"))

    assert sum(amount for _, _, amount, _ in refunds(book) if amount) == Decimal("12.50")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("refund of EUR 169.01 to", "169.01", "EUR"),
        ("von 119,00\u00a0€ für", "119.00", "EUR"),
        ("1.234,56 EUR", "1234.56", "EUR"),
        ("$1,234.56", "1234.56", None),
        ("£5", "5", "GBP"),
        ("R$ 10,00", "10.00", "BRL"),
        ("￥1,980", "1980", "JPY"),
        ("1,980円", "1980", "JPY"),
        ("99,00 zł", "99.00", "PLN"),
        ("249 kr", "249", "SEK"),
        ("₺1.250,00", "1250.00", "TRY"),
        ("AED 75.00", "75.00", "AED"),
    ],
)
def test_money_in_words(text: str, amount: str, currency: str | None) -> None:
    found = money_in(text)

    assert found and (found.amount, found.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "order 111-2223334-4445556", "EUR 0.00", "B0EUR12345", "in 3 days"])
def test_no_money_in_words(text: str) -> None:
    assert money_in(text) is None


def test_three_digits_behind_a_point_are_thousands() -> None:
    assert amount_of("1.234") == 1234


def test_a_copy_of_the_answer(read: Read) -> None:
    body = framed("We sent it.", "Begin message", "End message")
    message = read(mail(body, **{"from": NOTICES}, subject="Your e-mail to Some One"))

    assert (message.kind, message.text, message.order_id) == ("seller", "We sent it.", ORDER)


def test_an_answer_in_the_sellers_own_sent_mail(read: Read) -> None:
    sent = {"from": "Shop <shop@example.test>", "to": KEY.replace("@", "+1234@")}
    message = read(mail("We sent it.\n\n> Where is it?", **sent, subject=f"Re: Inquiry (Order: {ORDER})"))

    assert (message.kind, message.text, message.buyer_key, message.marketplace) == ("seller", "We sent it.", KEY, "DE")


def test_a_claim_and_its_end(drop: Callable[..., ImportResult], thread: Thread) -> None:
    drop(mail("Reason: not delivered", **{"from": NOTICES}, subject=f"A-to-z Guarantee claim for order {ORDER}"))
    drop(
        mail(
            "",
            **{"from": NOTICES},
            subject=f"A-to-z Guarantee claim closed: order {ORDER}",
            message_id="<2@x>",
            date="Thu, 22 Jan 2026 09:30:00 +0100",
        )
    )

    assert [(each.kind, each.reason) for each in thread(ORDER)] == [("claim", "not delivered"), ("claim_closed", None)]
