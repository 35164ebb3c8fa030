"""The customer behind the order, as the card is told of them."""

from __future__ import annotations

import json
from pathlib import Path

from aftercare.orders import import_file
from api.conftest import Client
from orders.channels.exports import ebay_order
from support.sample import BROKEN, TODAY, URL


def investigate(client: Client) -> dict[str, object]:
    return client.post("/investigate", {"url": URL, "asin": None, "snippet": BROKEN}).result


def test_an_order_of_an_only_order_has_a_customer_without_others(client: Client) -> None:
    found = investigate(client)

    assert found["order"] and found["customer"]
    assert found["customer"]["others"] == []
    assert found["customer"]["orders"] == 1


def test_orders_elsewhere_are_told_with_their_identity(client: Client, tmp_path: Path) -> None:
    order_id = investigate(client)["order"]["order_id"]
    line = client.office.book.order(order_id).lines[0]
    where = {"city": "Salem", "postalCode": "97301", "countryCode": "US"}
    buyer = {"fullName": "Ada Costa", "contactAddress": where}
    with client.office.book.write() as connection:
        for table in ("reading", "merged"):
            connection.execute(
                f"UPDATE {table} SET buyer = 'Ada Costa', postal_code = '97301', country = 'US' WHERE order_id = ?",
                (line.order_id,),
            )
    path = tmp_path / "ebay.json"
    path.write_text(json.dumps([ebay_order(buyer={"buyerRegistrationAddress": buyer})]))
    assert import_file(client.office.book, path, today=TODAY).ok

    (other,) = investigate(client)["customer"]["others"]
    assert (other["channel"], other["identity"]) == ("ebay", ["name_and_postcode"])
