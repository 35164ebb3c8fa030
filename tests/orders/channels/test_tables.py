"""The tables that eBay, Walmart and Shopify give, in their layouts and with their quirks."""

from __future__ import annotations

import pytest

from orders.channels.conftest import Elsewhere
from orders.channels.exports import SHOPIFY_ROW, WALMART, ebay_table, shopify_table, table, walmart_table
from orders.conftest import Drop

PILLOW = {"sku": "HB-PIL-BLU", "title": "Harbor Pillow, Blue", "quantity": 1}


def test_an_ebay_order_of_one_thing(drop: Drop, elsewhere: Elsewhere) -> None:
    result = drop(ebay_table({}))

    assert (result.kind, result.new, result.refused) == ("ebay_orders", 1, [])
    assert elsewhere() == [
        {
            "channel": "ebay", "order_id": "12-00001-00001", "as_of": "2026-01-10T00:00:00Z", "placed": "2026-01-10",
            "status": "placed", "total": "24.00", "refunded": None, "currency": "USD", "name": "Ada Costa",
            "email": "ada.costa@example.com", "username": "quietharbor", "city": "Salem", "postal_code": "97301",
            "country": "US", "name_key": "ada costa", "items": [PILLOW],
        }
    ]  # fmt: skip


def test_an_ebay_order_of_several_things_has_a_row_of_sums(drop: Drop, elsewhere: Elsewhere) -> None:
    drop(
        ebay_table(
            {"Item Number": "", "Item Title": "", "Custom Label": "", "Quantity": "3", "Sold For": "$50.00"},
            {"Total Price": "", "Buyer Name": "", "Shipped On Date": "Jan-12-26"},
            {"Total Price": "", "Item Title": "Harbor Lamp", "Custom Label": "HB-LAMP", "Quantity": "2"},
        )
    )

    (order,) = elsewhere()
    assert (order["total"], order["status"], order["name"]) == ("24.00", "shipped", "Ada Costa")
    assert order["items"] == [{"sku": "HB-LAMP", "title": "Harbor Lamp", "quantity": 2}, PILLOW]


def test_below_an_ebay_list_stand_counts_that_are_no_orders(drop: Drop) -> None:
    result = drop(ebay_table({}))

    assert result.ok
    assert {each.reason for each in result.notes} == {"stands below the orders and is none; it was left out"}


def test_a_count_at_the_very_end_of_a_file_is_no_row_cut_off(drop: Drop, elsewhere: Elsewhere) -> None:
    result = drop(ebay_table({}).rstrip())

    assert result.ok
    assert len(elsewhere()) == 1


def test_a_list_of_addresses_to_post_to(drop: Drop, elsewhere: Elsewhere) -> None:
    header = "Order number,Buyer username,Post to name,Post to city,Post to postcode,Post to country"
    rows = ("12-00001-00004,calmdune,Greta Holm,Leeds,LS1 1BA,United Kingdom", "1 record(s) downloaded,,,,,")
    result = drop("\n".join([header, *rows, "Seller ID: x,,,,,", ""]))

    (order,) = elsewhere()
    assert (result.ok, result.skipped) == (True, 2)
    assert (order["name"], order["postal_code"], order["country"]) == ("Greta Holm", "LS1 1BA", "GB")


def test_rows_of_fees_tell_nothing_of_the_buyer(drop: Drop, elsewhere: Elsewhere) -> None:
    header = "Typ;Bestellnummer;Nutzername des Käufers;Name des Käufers;Versandziel - PLZ;Angebotstitel;Stückzahl"
    sale = "Bestellung;12-00001-00005;calmdune;Greta Holm;10115;Lampe;1"
    fee, payout = "Andere Gebühr;12-00001-00005;calmdune;--;--;--;--", "Auszahlung;--;--;--;--;--;--"
    drop("\n".join([header, fee, sale, payout, ""]))

    (order,) = elsewhere()
    assert (order["name"], order["postal_code"]) == ("Greta Holm", "10115")
    assert order["items"] == [{"sku": None, "title": "Lampe", "quantity": 1}]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("26-May-25", "2025-05-26"), ("Oct-05-25", "2025-10-05"), ("05-oct.-25", "2025-10-05"),
        ("10-Dez-25", "2025-12-10"), ("5 août 2025", "2025-08-05"), ("Sep-30-25 23:45:00", "2025-09-30"),
        ("Dez 29, 2025", "2025-12-29"), ("2025-10-05", "2025-10-05"), ("31.12.2025", "2025-12-31"),
        ("14-févr.-26", "2026-02-14"),
    ],
)  # fmt: skip
def test_the_days_of_all_sites(drop: Drop, elsewhere: Elsewhere, written: str, day: str) -> None:
    drop(ebay_table({"Sale Date": written}))

    assert elsewhere()[0]["placed"] == day


@pytest.mark.parametrize("written", ["04/05/25", "yesterday", "Foo-05-25", "May-40-25", "Jan-10-99"])
def test_a_day_that_could_be_two_or_none_is_left_out(drop: Drop, elsewhere: Elsewhere, written: str) -> None:
    result = drop(ebay_table({"Sale Date": written}))

    assert elsewhere()[0]["placed"] is None
    assert "placed" in result.notes[0].reason


@pytest.mark.parametrize(
    ("written", "total", "currency"),
    [
        ("AU $3,013.00", "3013.00", "AUD"), ("EUR 90,00", "90.00", "EUR"), ("1\u202f234,50\u00a0€", "1234.50", "EUR"),
        ("C $12.00", "12.00", "CAD"), ("£7.99", "7.99", "GBP"), ("US $1,000.50", "1000.50", "USD"),
        ("1.234,50 €", "1234.50", "EUR"), ("12,00 zł", "12.00", "PLN"),
    ],
)  # fmt: skip
def test_the_money_of_all_sites(drop: Drop, elsewhere: Elsewhere, written: str, total: str, currency: str) -> None:
    drop(ebay_table({"Total Price": written}))

    assert (elsewhere()[0]["total"], elsewhere()[0]["currency"]) == (total, currency)


def test_a_french_list_with_semicolons(drop: Drop, elsewhere: Elsewhere) -> None:
    names = "Numéro de vente;Numéro de commande;Pseudo de l'acheteur;Intitulé de l’objet;Quantité;Vendu pour"
    row = "7;12-00002-00002;calmdune;Lampe;2;10,50 €;4,00 €;05-janv.-26"
    result = drop(f"{names};Livraison et manutention;Date de vente\n{row}\n")

    (order,) = elsewhere()
    assert result.ok
    assert (order["username"], order["total"], order["placed"]) == ("calmdune", "25.00", "2026-01-05")


def test_a_german_list(drop: Drop, elsewhere: Elsewhere) -> None:
    header = "Verkaufsprotokollnummer;Bestellnummer;Gesamtbetrag;Verkauft am;Nutzername des Käufers;Name des Käufers"
    drop(f"{header}\n1;12-00003-00003;116,99 €;10-Dez-25;plainhill;--\n", encoding="cp1252")

    (order,) = elsewhere()
    assert (order["total"], order["name"], order["username"]) == ("116.99", None, "plainhill")


def test_a_walmart_order(drop: Drop, elsewhere: Elsewhere) -> None:
    result = drop(walmart_table({}, {"Line#": "2", "SKU": "HB-LAMP", "Item Description": "Harbor Lamp"}))

    (order,) = elsewhere()
    assert (result.kind, result.new) == ("walmart_orders", 2)
    assert (order["order_id"], order["total"], order["status"]) == ("1000000000001", "42.00", "shipped")
    assert (order["name"], order["postal_code"], len(order["items"])) == ("Ada Costa", "97301", 2)


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"Status": "Cancelled"}, "cancelled"), ({"Replacement Order": "YES"}, "replacement"),
        ({"Status": "Delivered"}, "delivered"), ({"Status": "Something new"}, None),
    ],
)  # fmt: skip
def test_what_became_of_a_walmart_order(
    drop: Drop, elsewhere: Elsewhere, cells: dict[str, str], status: str | None
) -> None:
    drop(walmart_table(cells))

    assert elsewhere()[0]["status"] == status


def test_a_total_of_several_pieces_is_not_guessed(drop: Drop, elsewhere: Elsewhere) -> None:
    drop(walmart_table({"Qty": "3"}))

    assert elsewhere()[0]["total"] is None


def test_an_order_number_that_a_spreadsheet_rounded_is_refused(drop: Drop, elsewhere: Elsewhere) -> None:
    result = drop(walmart_table({"PO#": "1.0E+12"}, {"PO#": "1000000000002"}))

    assert [each.line for each in result.refused] == [2]
    assert "rounded by a spreadsheet" in result.refused[0].reason
    assert [each["order_id"] for each in elsewhere()] == ["1000000000002"]


def test_an_order_of_shopify_goes_on_in_the_rows_below(drop: Drop, elsewhere: Elsewhere) -> None:
    result = drop(
        shopify_table({}, {"Lineitem name": "Harbor Lamp", "Lineitem quantity": "2"}, {"Lineitem name": "Harbor Rug"})
    )

    (order,) = elsewhere()
    assert (result.kind, result.new) == ("shopify_orders", 3)
    assert (order["name"], order["postal_code"], order["email"]) == ("Ada Costa", "97301", "ada.costa@example.com")
    assert [each["title"] for each in order["items"]] == ["Harbor Lamp", "Harbor Rug", "Harbor Pillow, Blue"]


def test_a_note_with_newlines_and_commas_is_one_cell(drop: Drop, elsewhere: Elsewhere) -> None:
    result = drop(
        shopify_table({"Total": "24.00", "Notes": 'Ring twice,\n\nthen "wait",\nplease'}, {"Lineitem name": "Rug"})
    )

    assert result.ok
    assert len(elsewhere()[0]["items"]) == 2


@pytest.mark.parametrize(
    ("cells", "status", "refunded"),
    [
        ({"Financial Status": "refunded", "Refunded Amount": "24.00"}, "refunded", "24.00"),
        ({"Financial Status": "partially_refunded", "Refunded Amount": "5"}, "partly_refunded", "5.00"),
        ({"Cancelled at": "2026-01-11 10:00:00 -0500"}, "cancelled", "0.00"),
        ({"Fulfillment Status": "fulfilled"}, "shipped", "0.00"),
    ],
)
def test_what_became_of_an_order_of_shopify(
    drop: Drop, elsewhere: Elsewhere, cells: dict[str, str], status: str, refunded: str
) -> None:
    drop(shopify_table({"Total": "24.00", **cells}))

    assert (elsewhere()[0]["status"], elsewhere()[0]["refunded"]) == (status, refunded)


def test_orders_of_two_shops_with_one_number_stay_two(drop: Drop, elsewhere: Elsewhere) -> None:
    drop(shopify_table({}))
    drop(shopify_table({**SHOPIFY_ROW, "Email": "greta@example.com", "Created at": "2025-11-02 10:00:00 +0100"}))

    assert [each["email"] for each in elsewhere()] == ["greta@example.com", "ada.costa@example.com"]


def test_equal_rows_of_one_order_are_both_real(drop: Drop, elsewhere: Elsewhere) -> None:
    drop(
        shopify_table(
            {}, {"Lineitem name": "Rug", "Lineitem quantity": "1"}, {"Lineitem name": "Rug", "Lineitem quantity": "1"}
        )
    )

    assert {"sku": None, "title": "Rug", "quantity": 2} in elsewhere()[0]["items"]


def test_a_header_without_rows_is_an_empty_list(drop: Drop) -> None:
    result = drop(table(WALMART))

    assert (result.kind, result.rows, result.ok) == ("walmart_orders", 0, True)
