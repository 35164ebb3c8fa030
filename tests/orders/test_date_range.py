"""Date range transactions, as Seller Central writes them in each language."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from aftercare.orders.book import OrderBook
from orders.reports import number, report

# For each language: the header's words for moment, settlement, type, order, SKU, store, goods, tax on goods, shipping,
# promotions, and the total; then a moment, the word for a refund, the store, and amounts in its form.
LANGUAGES = {
    "English of the US": (
        "date/time,settlement id,type,order id,sku,marketplace,product sales,product sales tax,shipping credits,"
        "promotional rebates,total",
        '"Jan 28, 2026 10:00:00 PM PST",9,Refund,{},HB,amazon.com,"-1,019.90",-1.50,-4,2,-900',
        ("US", "USD", "1023.40"),
    ),
    "English of the UK": (
        "date/time,settlement id,type,order id,sku,marketplace,product sales,product sales tax,postage credits,"
        "promotional rebates,total",
        "28 Jan 2026 10:00:00 UTC,9,Refund,{},HB,amazon.co.uk,-19.90,-1.50,-4,2,-9",
        ("UK", "GBP", "23.40"),
    ),
    "French": (
        "date/heure,numéro de versement,type,numéro de la commande,sku,Marketplace,ventes de produits,"
        "Taxes sur la vente des produits,crédits d’expédition,Rabais promotionnels,total",
        '"28 janv. 2026 10:00:00 UTC","9","Remboursement","{}","HB","amazon.fr","-19,90","-1,50","-4","2","-9"',
        ("FR", "EUR", "23.40"),
    ),
    "French of Belgium": (
        "date/heure,Identifiant du paiement,type,Numéro de la commande,sku,site de vente,ventes de produits,"
        "taxe de ventes prélevée,crédits d'expédition,Total des réductions,total",
        '28 janv. 2026 10:00:00 UTC,9,Remboursement,{},HB,amazon.com.be,"-1 019,90","-1,50","-4,00","2,00","-9"',
        ("BE", "EUR", "1023.40"),
    ),
    "German": (
        "Datum/Uhrzeit;Abrechnungsnummer;Typ;Bestellnummer;SKU;Marketplace;Umsätze;Produktumsatzsteuer;"
        "Gutschrift für Versandkosten;Rabatte aus Werbeaktionen;Gesamt",
        "28.01.2026 10:00:00 UTC;9;Erstattung;{};HB;amazon.de;-1.019,90;-1,50;-4;2;-9",
        ("DE", "EUR", "1023.40"),
    ),
    "Italian": (
        "Data/Ora:,Numero pagamento,Tipo,Numero ordine,SKU,Marketplace,Vendite,imposta sulle vendite dei prodotti,"
        "Accrediti per le spedizioni,Sconti promozionali,totale",
        '28 gen 2026 10:00:00 UTC,9,Rimborso,{},HB,amazon.it,"-19,90","-1,50",-4,2,-9',
        ("IT", "EUR", "23.40"),
    ),
    "Spanish": (
        "fecha y hora,identificador de pago,tipo,número de pedido,sku,web de Amazon,ventas de productos,"
        "impuesto de ventas de productos,abonos de envío,devoluciones promocionales,total",
        '28 ene. 2026 10:00:00 UTC,9,Reembolso,{},HB,amazon.es,"-19,90","-1,50",-4,2,-9',
        ("ES", "EUR", "23.40"),
    ),
    "Spanish of Mexico": (
        "fecha/hora,Id. de liquidación,tipo ,Id. del pedido,sku,marketplace,ventas de productos,"
        "impuesto de ventas de productos,créditos de envío,descuentos promocionales,total",
        '28 ene 2026 10:00:00 GMT-6,9,Reembolso,{},HB,amazon.com.mx,"-1,019.90",-1.50,-4,2,-9',
        ("MX", "MXN", "1023.40"),
    ),
    "Portuguese": (
        "data/hora,id da liquidação,tipo,id do pedido,sku,mercado,vendas do produto,imposto de vendas coletados,"
        "créditos de remessa,descontos promocionais,total",
        '28 de jan. de 2026 10:00:00 GMT-3,9,Reembolso,{},HB,amazon.com.br,"-19,90","-1,50",-4,2,-9',
        ("BR", "BRL", "23.40"),
    ),
    "Dutch": (
        "datum/tijd,schikkings-ID,type,bestelnummer,sku,marketplace,verkoop van producten,geïnde omzetbelasting,"
        "Verzendtegoeden,promotiekortingen,totaal",
        '28 jan. 2026 10:00:00 UTC,9,Terugbetaling,{},HB,amazon.nl,"-19,90","-1,50",-4,2,-9',
        ("NL", "EUR", "23.40"),
    ),
    "Swedish": (
        "datum/tid,reglerings-id,typ,beställnings-id,sku,marknadsplats,försäljning av produkter,Inkasserad moms,"
        "fraktkrediter,kampanjrabatter,totalt",
        '28 jan. 2026 10:00:00 UTC,9,Återbetalning,{},HB,amazon.se,"-1 019,90","-1,50",-4,2,-9',
        ("SE", "SEK", "1023.40"),
    ),
    "Polish": (
        "data/godzina,identyfikator rozliczenia,typ,identyfikator zamówienia,sku,rynek,sprzedaż produktów,"
        "pobrany podatek od sprzedaży,noty kredytowe za wysyłkę,rabaty promocyjne,suma",
        '28 sty 2026 10:00:00 UTC,9,Zwrot kosztów,{},HB,amazon.pl,"-19,90","-1,50",-4,2,-9',
        ("PL", "PLN", "23.40"),
    ),
    "Turkish": (
        "tarih/saat,ödeme no.,tip,sipariş no.,sku,pazar yeri,ürün satışları,vergi,kargo kredileri,"
        "promosyon indirimleri,toplam",
        '28 Oca 2026 10:00:00 UTC,9,Para İadesi,{},HB,amazon.com.tr,"-21,40",0,-4,2,-9',
        ("TR", "TRY", "23.40"),
    ),
    "Japanese": (
        "日付/時間,決済番号,トランザクションの種類,注文番号,SKU,Amazon 出品サービス,商品売上,商品の売上税,配送料,"
        "プロモーション割引額,合計",
        '2026/01/28 10:00:00JST,9,返金,{},HB,amazon.jp,"-1,990",-150,-400,200,-900',
        ("JP", "JPY", "2340.00"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("header", "row", "facts"), LANGUAGES.values(), ids=LANGUAGES)
def test_a_refund_is_read_in_every_language(book: OrderBook, drop, header: str, row: str, facts) -> None:
    result = drop(f"{header}\r\n{row.format(number(1))}\r\n", name="transactions.csv")

    assert (result.kind, result.new, result.refused, result.marketplace) == ("date_range", 1, [], facts[0])
    (refund,) = book.order(number(1)).refunds
    assert (refund.sku, refund.day, refund.currency, refund.amount) == (
        "HB", date(2026, 1, 28), facts[1], Decimal(facts[2]),
    )  # fmt: skip


def test_a_header_that_lost_its_accents_is_the_same(book: OrderBook, drop) -> None:
    header, row, _ = LANGUAGES["French"]
    bare = unicodedata.normalize("NFD", header).encode("ascii", "ignore").decode().replace("dexp", "d'exp")

    assert drop(f"{bare}\n{row.format(number(1))}\n").new == 1
    assert book.order(number(1)).refunds[0].amount == Decimal("23.40")


PREAMBLE = """"Covers all stores, goods shipped by Amazon, and fees"
"All amounts in USD, unless specified"
"Words:"
"Product sales: what buyers paid for goods, before shipping, gift wrap, and taxes."
"Selling fees: what Amazon takes for a sale."

"""


def test_the_preamble_above_the_header_is_passed_over(book: OrderBook, drop) -> None:
    result = drop(PREAMBLE + report("date_range", {}, delimiter=","))

    assert (result.new, result.refused) == (1, [])
    assert book.order(number(1)).refunds[0].amount == Decimal("23.40")


def test_only_what_the_buyer_had_paid_counts(book: OrderBook, drop) -> None:
    drop(report("date_range", {"selling fees": "99", "other": "-7", "total": "1", "promotional rebates": "0"}))

    assert book.order(number(1)).refunds[0].amount == Decimal("25.40")


NO_REFUNDS = {
    "a sale": {"type": "Order", "product sales": "19.90"},
    "a fee of an order": {"type": "FBA Customer Return Fee", "product sales": "0", "fba fees": "-2.00"},
    "a transfer": {"type": "Transfer", "order id": "", "product sales": "0", "total": "-500"},
    "tax between Amazon and the seller": {"type": "Refund_Retrocharge", "product sales": "0"},
    "a refund of nothing": dict.fromkeys(
        ("product sales", "product sales tax", "shipping credits", "promotional rebates"), "0"
    ),
}


@pytest.mark.parametrize("row", NO_REFUNDS.values(), ids=NO_REFUNDS)
def test_other_rows_are_passed_over(book: OrderBook, drop, row: dict[str, str]) -> None:
    result = drop(report("date_range", row))

    assert (result.new, result.skipped, result.refused) == (0, 1, [])
    assert book.order(number(1)) is None


@pytest.mark.parametrize("kind", ["A-to-z Guarantee Claim", "Chargeback Refund", "a word nobody has listed"])
def test_goods_with_a_minus_went_back_whatever_the_type_is_called(book: OrderBook, drop, kind: str) -> None:
    drop(report("date_range", {"type": kind}))

    assert book.order(number(1)).refunds[0].amount == Decimal("23.40")


def test_parts_of_one_refund_are_added_up(book: OrderBook, drop) -> None:
    shipping = {"product sales": "0", "product sales tax": "0", "promotional rebates": "0"}
    drop(report("date_range", {}, shipping))

    assert [refund.amount for refund in book.order(number(1)).refunds] == [Decimal("27.40")]


def test_a_payment_listed_on_hold_and_again_once_released_is_one(book: OrderBook, drop) -> None:
    drop(report("date_range", {"settlement id": "", "Transaction Status": "Deferred"}))
    again = drop(report("date_range", {"settlement id": "9002", "Transaction Status": "Released"}))

    assert (again.new, again.unchanged) == (0, 1)


def test_a_settlement_of_the_same_refund_is_not_counted_twice(book: OrderBook, drop) -> None:
    drop(report("date_range", {}))
    drop(report("settlement", {}))

    assert [refund.amount for refund in book.order(number(1)).refunds] == [Decimal("19.90")]


def test_a_returns_report_that_repeats_it_is_not_counted_twice(book: OrderBook, drop) -> None:
    drop(report("mfn_returns", {"Refunded Amount": "39.80"}))
    drop(report("date_range", {"order id": number(2), "sku": "HB-PIL-RED", "product sales": "-36.30"}))

    assert [refund.amount for refund in book.order(number(2)).refunds] == [Decimal("39.80")]


def test_an_order_number_that_a_spreadsheet_destroyed_is_refused(book: OrderBook, drop) -> None:
    result = drop(report("date_range", {"order id": "900000000000790000"}, {"order id": number(2)}))

    assert (result.new, result.refused[0].line) == (1, 2)
    assert "made a plain number by a spreadsheet" in result.refused[0].reason


def test_the_order_tells_the_store_where_the_row_does_not(book: OrderBook, drop) -> None:
    drop(report("all_orders", {"sales-channel": "Amazon.ca", "currency": "CAD"}))
    drop(report("date_range", {"marketplace": ""}))

    assert book.order(number(1)).refunds[0].currency == "CAD"


def test_refunds_are_known_for_the_days_of_the_file(book: OrderBook, drop) -> None:
    drop(report("all_orders", {}))
    drop(report("fba_returns", {}))
    days = ("20 Jan 2026 00:10:00 UTC", "15 Feb 2026 09:00:00 UTC")
    rows = [{"date/time": day, "type": "Order", "product sales": "5", "order id": number(7)} for day in days]
    drop(report("date_range", *rows))

    assert book.order(number(1)).refunds_known_until == date(2026, 2, 14), "the last day may not have been over"


def test_the_list_of_transactions_of_the_payments_page_is_read_too(book: OrderBook, drop) -> None:
    header = "Date,Transaction Status,Transaction type,Order ID,Product Details,Total product charges,"
    header += "Total promotional rebates,Amazon fees,Other,Total (USD)"
    row = f'"Jan 28, 2026",Released,Refund,{number(1)},Harbor Pillow,-$19.90,$2.00,$2.40,-$4.00,-$19.50'
    result = drop(f"{header}\n{row}\n", marketplace="US")

    assert (result.kind, result.new) == ("date_range", 1)
    assert book.order(number(1)).refunds[0].amount == Decimal("17.90")


_GERMAN = LANGUAGES["German"][0]


def _german(*amounts: str) -> bytes:
    rows = [
        f"28.01.2026 1{place}:00:00 UTC;9;Erstattung;{number(1)};HB-{place};amazon.de;{amount};;;;-9"
        for place, amount in enumerate(amounts)
    ]
    return "\r\n".join([_GERMAN, *rows, ""]).encode()


@pytest.mark.parametrize("amounts", [("-1.200", "-25,20"), ("-25,2", "-1.200"), ("-1.200",)])
def test_a_lone_point_groups_thousands_where_the_file_or_its_store_writes_commas(
    book: OrderBook, drop, amounts: tuple[str, ...]
) -> None:
    drop(_german(*amounts))

    assert Decimal("1200.00") in {refund.amount for refund in book.order(number(1)).refunds}


def test_the_same_refund_in_a_shorter_and_a_longer_file_counts_once(book: OrderBook, drop) -> None:
    drop(_german("-1.200"))
    drop(_german("-1.200", "-25,20"))

    assert [refund.amount for refund in book.order(number(1)).refunds] == [Decimal("1200.00"), Decimal("25.20")]
