"""Seller feedback as Seller Central writes it in other languages."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.orders.book import OrderBook
from orders.reports import number

FILES = {
    "German": ("Datum\tBewertung\tKommentare\tIhre Antwort\tBestellnummer\tE-Mail", "03.02.26", "DE"),
    "French": ("Date\tÉvaluation\tCommentaires\tVotre réponse\tNuméro de commande\tE-mail", "03/02/26", "FR"),
    "Italian": ("Data\tValutazione\tCommenti\tLa tua risposta\tNumero ordine\tE-mail", "03/02/26", "IT"),
    "Spanish": ("Fecha\tValoración\tComentarios\tTu respuesta\tNúmero de pedido\tCorreo", "03/02/26", "ES"),
    "Japanese": ("日付\t評価\tコメント\t返信\t注文番号\tメール", "26/02/03", "JP"),
}


@pytest.mark.parametrize(("header", "day", "store"), FILES.values(), ids=FILES)
def test_feedback_is_read_by_its_header_in_that_language(book: OrderBook, drop, header: str, day: str, store) -> None:
    row = "\t".join([day, "2", "late", "", number(1), "someone@example.com"])
    result = drop(f"{header}\n{row}\n", marketplace=store)

    assert (result.kind, result.new) == ("seller_feedback", 1)
    (feedback,) = book.order(number(1)).feedback
    assert (feedback.day, feedback.stars, feedback.comment) == (date(2026, 2, 3), 2, "late")
