"""Only what a person wrote is kept: no frame, no quoted history, no signature, no token, no markup."""

from __future__ import annotations

import pytest
from bs4 import Tag

from aftercare.orders.imports.mail.markup import page
from aftercare.orders.imports.mail.own_words import own_words
from orders.mail.conftest import Read
from orders.mail.made import framed, mail

FRAMES = {
    "en": ("Begin message", "End message"),
    "en short": ("Message:", "End message"),
    "fr": ("Début du message", "Fin du message"),
    "en and fr": ("Begin message / Début du message", "End message / Fin du message"),
    "de": ("Nachricht:", "Ende der Nachricht"),
    "es": ("Mensaje:", "Finalizar mensaje"),
    "it": ("Messaggio:", "Fine messaggio"),
    "pt": ("Mensagem:", "Encerrar mensagem"),
    "pt turned": ("Iniciar mensagem", "Mensagem final"),
    "nl": ("Bericht:", "Einde bericht"),
    "sv": ("Meddelande:", "Slut på meddelandet"),
    "pl": ("Wiadomość:", "Koniec wiadomości"),
    "tr": ("Mesaj:", "Mesajın sonu"),
    "ja": ("メッセージ:", "メッセージ終了"),
    "ar": ("رسالة:", "نهاية الرسالة"),
    "two languages": ("Message:", "Finalizar mensaje"),
}


@pytest.mark.parametrize(("begin", "end"), FRAMES.values(), ids=FRAMES)
def test_the_words_within_the_frame(begin: str, end: str) -> None:
    words = own_words(framed("It broke.\n\nWhat now?", begin, end))

    assert (words.text, words.framed) == ("It broke.\n\nWhat now?", True)


def test_a_frame_on_one_line() -> None:
    words = own_words(
        "Copy of your mail. ------------- Begin message ------------- Hello! ------------- End message ---------- Bye"
    )

    assert words.text == "Hello!"


QUOTES = {
    "outlook rule": "-----Original Message-----\nFrom: Shop\nSent: Monday\n\nWe sent it.",
    "german rule": "-----Ursprüngliche Nachricht-----\nVon: Shop\n",
    "english": "On Mon, Jan 19, 2026 at 9:08 AM Shop <x@marketplace.amazon.com> wrote:\n> We sent it.",
    "english on two lines": "On Mon, Jan 19, 2026 at 9:08 AM Shop\n<x@marketplace.amazon.com> wrote:\n> We sent it.",
    "french": "Le lun. 19 janv. 2026 à 09:08, Shop <x@y.test> a écrit :\n> Envoyé.",
    "german": "Am Mo., 19. Jan. 2026 um 09:08 Uhr schrieb Shop <x@y.test>:\n> Gesendet.",
    "spanish": "El lun, 19 ene 2026 a las 9:08, Shop (<x@y.test>) escribió:\n> Enviado.",
    "italian": "Il giorno lun 19 gen 2026 alle ore 09:08 Shop <x@y.test> ha scritto:\n> Spedito.",
    "portuguese": "Em seg., 19 de jan. de 2026 às 09:08, Shop <x@y.test> escreveu:\n> Enviado.",
    "dutch": "Op ma 19 jan 2026 om 09:08 schreef Shop <x@y.test>:\n> Verzonden.",
    "swedish": "Den mån 19 jan. 2026 kl 09:08 skrev Shop <x@y.test>:\n> Skickat.",
    "polish": "pon., 19 sty 2026 o 09:08 Shop <x@y.test> napisał(a):\n> Wysłano.",
    "turkish": "Shop <x@y.test>, 19 Oca 2026 Pzt, 09:08 tarihinde şunu yazdı:\n> Gönderildi.",
    "japanese": "2026年1月19日(月) 9:08 Shop <x@y.test>:\n> 発送しました。",
    "arabic": "في الاثنين، 19 يناير 2026 في 9:08 ص كتب Shop <x@y.test>:\n> تم",
    "outlook block": "From: Shop\nSent: Monday, January 19, 2026\nTo: Some One\nSubject: RE: order",
    "german block": "Von: Shop\nGesendet: Montag, 19. Januar 2026\nAn: Some One\nBetreff: AW: Bestellung",
    "french block": "De : Shop\nEnvoyé : lundi 19 janvier 2026\nÀ : Some One",
    "angle": "> We sent it on Monday.",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
def test_quoted_history_is_cut_off(quote: str) -> None:
    assert own_words(f"Yes please.\n\n{quote}\nolder").text == "Yes please."


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
def test_quoted_history_within_the_frame_is_cut_off(quote: str) -> None:
    assert own_words(framed(f"Yes please.\n\n{quote}\nolder")).text == "Yes please."


def test_a_frame_within_the_history_is_not_the_answer() -> None:
    quoted = framed("Do you want the blue one?")

    assert own_words(f"Yes please.\n\n-----Original Message-----\nFrom: Shop\n\n{quoted}").text == "Yes please."


TAILS = ("-- \nSome One\nFar Street 1", "Sent from my iPhone", "Von meinem iPhone gesendet", "[commMgrTok:AAAA]",
         "SPC-USAmazon-123", "Was this email helpful?\nhttps://x.test", "Gesendet von Mail für Windows")  # fmt: skip


@pytest.mark.parametrize("tail", TAILS)
def test_what_stands_under_every_mail_is_cut_off(tail: str) -> None:
    assert own_words(f"Where is it?\n\n{tail}\n").text == "Where is it?"


KEPT = (
    "From Monday on I am away.\nPlease send it before.",
    "On the box it says: wrote by hand.",
    "I paid 12.50 - where is it?\n- first the lamp\n- then the shade",
    "The message on the screen says: end.",
    "De rien.",
)


@pytest.mark.parametrize("text", KEPT)
def test_what_a_person_wrote_is_kept(text: str) -> None:
    assert own_words(framed(text)).text == text
    assert own_words(text).text == text


def test_order_and_items_above_the_words_are_not_theirs() -> None:
    assert own_words("Order ID 111-2223334-4445556:\n1 of Blue lamp [ASIN: B0MADEUP01]\n\nBroken.").text == "Broken."


def test_html_is_read_without_markup() -> None:
    shown = page(
        "<html><head><style>p{color:red}</style><title>t</title></head><body><p>One<br>two &amp; three</p>"
        "<div style='display: none'>hidden</div><script>alert(1)</script><!-- note --><p>four</p></body></html>"
    )

    assert shown.text == "One\ntwo & three\n\nfour"


def test_preformatted_words_keep_their_lines() -> None:
    assert page("<pre>One\n  two</pre>").text == "One\ntwo"


def test_html_alone_is_enough(read: Read) -> None:
    html = "<html><body>" + framed("It <b>broke</b>.").replace("\n", "<br/>") + "</body></html>"

    assert read(mail(html, "text/html; charset=utf-8")).text == "It broke."


def test_a_quotation_of_a_mail_program_is_left_out(read: Read) -> None:
    html = '<div>Yes please.</div><div class="gmail_quote"><div>On Monday Shop wrote:</div>We sent it.</div>'

    assert read(mail(html, "text/html")).text == "Yes please."


@pytest.mark.parametrize("name", ["pre", "blockquote type=cite", 'div style="display:none"', "table><tr><td", "span"])
def test_markup_nested_twice_as_deep_costs_about_twice_as_much(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    of = Tag.__getattribute__

    def counting(tag: Tag, attribute: str) -> object:
        nonlocal looks
        looks += 1
        return of(tag, attribute)

    def cost(depth: int) -> int:
        nonlocal looks
        looks = 0
        page(f"<{name}>" * depth + "end")
        return looks

    monkeypatch.setattr(Tag, "__getattribute__", counting)

    assert cost(600) < 2.5 * cost(300)


def test_words_beside_a_quotation_and_within_pre_keep_their_lines() -> None:
    shown = page("<div>One<span class=gmail_quote>old</span></div><pre>a\n <b>b\nc</b></pre><p>end<!-- x --></p>")

    assert shown.text == "One\n\na\nb\nc\nend"


def test_tables_side_by_side_give_their_own_rows() -> None:
    table = "<table><tr><td>{0}1</td><td hidden style='display:none'>no</td><td>{0}2</td></tr></table>"
    shown = page(f"<table><tr><td>{table.format('a')}</td><td>{table.format('b')}</td></tr></table>")

    assert shown.tables == ((("a1", "a2"),), (("b1", "b2"),))
