"""Only what a person wrote is kept, in any language; ids and addresses are told from look-alikes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aftercare.orders.imports.helpdesks.bodies import written
from aftercare.orders.imports.helpdesks.named import asins_in, buyer_key, is_amazon, orders_in
from aftercare.orders.imports.helpdesks.values import flag, ident, moment
from orders.conftest import TODAY
from orders.reports import number, report

WORDS = "Thank you, it came."
HISTORIES = {
    "english": f"{WORDS}\n\nOn Tue, 3 Feb 2026 at 10:02, Shop <a@shop.example> wrote:\n> Has it come?",
    "german": f"{WORDS}\n\nAm 03.02.26 um 10:02 schrieb Laden:\n> Ist es da?",
    "french": f"{WORDS}\n\nLe mar. 3 févr. 2026 à 10:02, Boutique <a@b.example> a écrit :\n\n> Arrivé ?",
    "japanese": f"{WORDS}\n\n2026年2月3日 10:02 店 <a@b.example>：\n> 届きましたか",
    "original message": f"{WORDS}\n\n-----Ursprüngliche Nachricht-----\nVon: a\nIst es da?",
    "headers": f"{WORDS}\n\nVon: Laden <a@b.example>\nGesendet: Dienstag\nAn: Kunde\nBetreff: Lampe\n\nIst es da?",
    "underscores": f"{WORDS}\n________________________________\nFrom: Shop\nHas it come?",
    "helpdesk line": f"{WORDS}\n##- Please type your reply above this line -##\nHas it come?",
    "frame": f"Intro\n------------- Message: -------------\n{WORDS}\n------------- Fine messaggio -------------\nOutro",
    "quotes only": f"> Has it come?\n{WORDS}",
}


@pytest.mark.parametrize("name", HISTORIES)
def test_history_and_frames_are_cut_off(name: str) -> None:
    assert written(HISTORIES[name]) == WORDS


MARKUP = {
    "gmail": f"<div>{WORDS}</div><div class='gmail_quote'><div class='gmail_attr'>On …</div>Has it come?</div>",
    "outlook": f"<p>{WORDS}</p><div id='divRplyFwdMsg'>From: a</div><div>Has it come?</div>",
    "quote": f"<html><style>p {{}}</style><body><p>{WORDS}</p><blockquote>Has it come?</blockquote></body></html>",
    "entities": "<div>Thank&nbsp;you, it&#32;came.</div><script>x()</script><!-- hidden -->",
    "frame in one line": f"<div>Intro ---------- Begin message ---------- {WORDS} ---------- End ----------</div>",
}


@pytest.mark.parametrize("name", MARKUP)
def test_markup_is_never_kept(name: str) -> None:
    assert written(None, MARKUP[name]) == WORDS


def test_lines_of_markup_stay_lines() -> None:
    assert written("<p>One\n two</p><p>Three<br>four</p><ul><li>five</li></ul>") == "One two\nThree\nfour\nfive"


@pytest.mark.parametrize(
    "text",
    ["I paid < 20 and > 10", "Dear all: it came at 10:02", "a <b@c.example> d", "Size: 3\nI want 4", "- it came -"],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize("text", ["", "  ", None, 5, "▇▇▇▇ ▇▇", "[redacted]", "<p> </p>"])
def test_what_holds_no_words_is_none(text: object) -> None:
    assert written(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "(Order: 113-1234567-7654321)",
        "order_113-1234567-7654321",
        "#113 - 1234567 - 7654321.",
        "订单113-1234567-7654321号",
    ],
)
def test_an_order_is_found_in_any_dress(text: str) -> None:
    assert orders_in({"deep": [text, None, 5]}) == ("113-1234567-7654321",)


def test_an_asin_is_one_by_its_beginning_or_its_name() -> None:
    assert asins_in("[ASIN: 3551551677] /dp/B0ABCDEF12?x 9999999999 AB0ABCDEF12") == ("3551551677", "B0ABCDEF12")


@pytest.mark.parametrize(
    ("address", "key", "amazon"),
    [
        ("Q1w2e3r4t5+9f1c-x@marketplace.amazon.co.uk", "q1w2e3r4t5@marketplace.amazon.co.uk", False),
        ('"A" <q1w2e3r4t5@m.marketplace.amazon.co.jp>', "q1w2e3r4t5@m.marketplace.amazon.co.jp", False),
        ("donotreply@amazon.de", None, True),
        ("no-reply@sellernotifications.amazon.com", None, True),
        ("kim@amazon.example", None, False),
        ("kim@notamazon.com", None, False),
        ("kim@example.com", None, False),
    ],
)
def test_addresses_tell_buyers_from_amazon(address: str, key: str | None, amazon: bool) -> None:
    assert (buyer_key([None, address]), is_amazon(address)) == (key, amazon)


@pytest.mark.parametrize("address", ["Q1w2e3r4t5+9f1c@marketplace.amazon.co.uk", "q1w2e3@marketplace.amazon.com.be"])
def test_the_buyers_key_is_that_of_order_reports(drop, book, address: str) -> None:
    drop(report("fbm_orders", {"buyer-email": address}))

    assert book.order(number(2)).lines[0].buyer_key == buyer_key([address])


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-03T10:00:00Z",
        "2026-02-03T11:00:00+0100",
        "2026-02-03 10:00:00.0000000 UTC",
        1770112800,
        "1770112800000",
    ],
)
def test_moments_are_read_in_their_spellings(value: object) -> None:
    assert moment(value, TODAY) == datetime(2026, 2, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", [None, True, "", "soon", "1970-01-01", "2031-01-01", 10**30, "9999-12-31T23:59:59-14:00"]
)
def test_what_is_no_moment_is_none(value: object) -> None:
    assert moment(value, TODAY) is None


def test_ids_come_as_numbers_or_texts() -> None:
    assert [ident(each) for each in (5, "5", 5.0, " 5 ")] == ["5"] * 4
    assert [ident(each) for each in (None, True, 1.5, 1e300, "", "x" * 300, [])] == [None] * 7
    assert [flag(each) for each in (True, "TRUE", "0", 0, None, "maybe")] == [True, True, False, False, None, None]
