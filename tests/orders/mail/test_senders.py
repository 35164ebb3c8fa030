"""Whose mail it is: the domain of the address decides, whatever name stands beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aftercare.orders.imports import ImportResult
from aftercare.orders.imports.mail.parts import Mail
from aftercare.orders.imports.mail.senders import buyer_key, sender_of
from aftercare.rules.marketplaces import marketplaces
from orders.mail.made import mail

OWN = "abc123def456gh"


def origin(sender: str, **more: str | None) -> str:
    return sender_of(Mail(mail(**{"from": sender, **more}))).origin


@pytest.mark.parametrize("store", [each.store for each in marketplaces().values()])
def test_buyers_of_every_store(store: str) -> None:
    found = sender_of(Mail(mail(**{"from": f"<{OWN}@marketplace.{store}>"})))

    assert (found.origin, found.buyer_key) == ("buyer", f"{OWN}@marketplace.{store}")
    assert found.marketplace and found.marketplace.store == store


def test_the_part_behind_the_plus_is_not_the_buyer() -> None:
    assert buyer_key("ABC123def456gh+1111-2222@m.Marketplace.amazon.co.jp") == f"{OWN}@m.marketplace.amazon.co.jp"


@pytest.mark.parametrize(
    "sender",
    [
        f"{OWN}@marketplace.amazon.de.evil.test",
        f"{OWN}@marketplace-amazon.de",
        f"{OWN}@marketplace.amazon.xx",
        f"{OWN}@evilmarketplace.amazon.evil.test",
        f'"{OWN}@marketplace.amazon.de" <me@evil.test>',
        f"{OWN}@marketplace.amazon.de <me@evil.test>",
        f"<{OWN}@marketplace.amazon.de>, <me@evil.test>",
        "donotreply@amazon.com.evil.test",
        "donotreply@notamazon.com",
        '"Amazon" <amazon@evil.test>',
        "=?utf-8?q?donotreply=40amazon=2Ecom?= <me@evil.test>",
        "=?utf-8?q?donotreply=40amazon=2Ecom?=",
    ],
)
def test_strangers_that_look_like_amazon(sender: str) -> None:
    assert origin(sender) == "stranger"


@pytest.mark.parametrize(
    "sender",
    [
        "donotreply@amazon.com",
        '"A-to-z" <atoz-guarantee-no-reply@amazon.it>',
        "auto-communication@amazon.com",
        "no-reply@marketplace.amazon.it",
        "x@sellernotifications.amazon.com",
    ],
)
def test_amazons_own_machines(sender: str) -> None:
    assert origin(sender) == "amazon"


def test_the_seller_to_a_buyer() -> None:
    assert origin("shop@example.test", to=f"{OWN}@marketplace.amazon.de") == "seller"


@pytest.mark.parametrize("more", [{"cc": "other@example.test"}, {"delivered_to": "shop@example.test"}])
def test_a_stranger_who_writes_to_the_seller_and_names_a_buyer(more: dict[str, str]) -> None:
    assert origin("me@evil.test", to=f"{OWN}@marketplace.amazon.de", **more) == "stranger"


def test_a_sender_found_forged_is_a_stranger() -> None:
    check = "mx.example.test; spf=fail; dkim=none; dmarc=fail (p=QUARANTINE) header.from=amazon.com"

    assert origin("donotreply@amazon.com", authentication_results=check) == "stranger"


def test_a_sender_found_right_is_believed() -> None:
    assert origin("donotreply@amazon.com", authentication_results="mx; dkim=pass; dmarc=pass") == "amazon"


def test_the_name_of_a_buyer_is_nowhere_kept(drop: Callable[..., ImportResult], book: object) -> None:
    drop(mail("Hi"))
    with book.write() as connection:  # type: ignore[attr-defined]
        kept = connection.execute("SELECT * FROM message").fetchall()

    assert "Some One" not in str(kept)
