"""Mail that is damaged: wrong charsets, broken encodings, odd structures; what is good in it is read."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import ImportResult, import_file
from aftercare.orders.imports.mail.parts import Mail, readable
from orders.conftest import TODAY
from orders.mail.conftest import Read
from orders.mail.made import BUYER, NOTICES, ORDER, framed, mail, mailbox, multipart, table

CHARSETS = {
    "as it says": ("Où est-il ?", "iso-8859-1", "cp1252"),
    "says Latin-1, is UTF-8": ("Où est-il ?", "iso-8859-1", "utf-8"),
    "says ASCII, is UTF-8": ("Où est-il ?", "us-ascii", "utf-8"),
    "says UTF-8, is Western": ("Où est-il donc ?", "utf-8", "cp1252"),
    "says nothing": ("Où est-il ?", None, "utf-8"),
    "is no charset": ("Où est-il ?", "x-nonsense", "utf-8"),
    "is a trap": ("Où est-il ?", "punycode", "utf-8"),
    "is no text": ("Où est-il ?", "rot13", "utf-8"),
    "Japanese mail": ("届きません。", "iso-2022-jp", "iso-2022-jp"),
    "Japanese Windows": ("届きません。①", "shift_jis", "cp932"),
    "Polish": ("Gdzie jest żółta lampa?", "iso-8859-2", "iso-8859-2"),
    "wide": ("Où est-il ?", "utf-16", "utf-16"),
}


@pytest.mark.parametrize(("text", "claimed", "written"), CHARSETS.values(), ids=CHARSETS)
def test_charsets(read: Read, text: str, claimed: str | None, written: str) -> None:
    kind = "text/plain" + (f"; charset={claimed}" if claimed else "")
    body = base64.encodebytes(text.encode(written)).decode()

    assert read(mail(body, kind, content_transfer_encoding="base64")).text == text


def test_a_broken_byte_costs_only_itself() -> None:
    assert readable("Où est-il, le paquet d'été ?".encode() + b"\xff", "utf-8") == "Où est-il, le paquet d'été ?\ufffd"


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("=?utf-8?q?Caf=C3=A9?=", "Café"),
        ("=?utf-8?b?Q2Fmw6k=?= =?utf-8?q?_noir?=", "Café noir"),
        ("=?utf-8?q?Caf=C3?= =?utf-8?q?=A9?=", "Café"),
        ("Un =?iso-8859-1?q?caf=E9?= 二", "Un café 二"),
        ("=?utf-8?b?Q2Fm", "=?utf-8?b?Q2Fm"),
        ("=?x-nonsense?q?Caf=C3=A9?=", "Café"),
        ("=?utf-8?b?****?=", ""),
    ],
)
def test_encoded_words(header: str, text: str) -> None:
    assert Mail(mail(subject=header)).header("Subject") == text


def test_a_raw_header_in_another_charset() -> None:
    data = mail().replace(b"Inquiry", "Café".encode("cp1252"))

    assert Mail(data).header("Subject").startswith("Café")


def test_nested_parts(read: Read) -> None:
    inner = (
        "--in\nContent-Type: text/plain\n\nIt broke.\n--in\nContent-Type: text/html\n\n<p>It <b>broke</b>.</p>\n--in--"
    )
    message = read(multipart(('Content-Type: multipart/alternative; boundary="in"', inner)))

    assert message.text == "It broke."


def test_the_frame_decides_between_plain_and_html(read: Read) -> None:
    html = framed("It broke.").replace("\n", "<br>")
    parts = (("Content-Type: text/plain", "Please use another mail program."), ("Content-Type: text/html", html))

    assert read(multipart(*parts, kind="alternative")).text == "It broke."


def test_a_mail_within_the_mail_is_an_attachment(read: Read) -> None:
    inner = mail("Older words.", message_id="<inner@example.test>")
    message = read(multipart(("Content-Type: text/plain", "See below."), ("Content-Type: message/rfc822", inner)))

    assert message.text == "See below."


def test_parts_within_parts_without_end_are_not_followed(drop: Callable[..., ImportResult]) -> None:
    body = "".join(f'--b{n}\nContent-Type: multipart/mixed; boundary="b{n + 1}"\n\n' for n in range(2_000))
    result = drop(mailbox([mail(body, 'multipart/mixed; boundary="b0"'), mail(message_id="<2@example.test>")]))

    assert result.rows == 2
    assert result.new >= 1


def test_markup_nested_without_end(read: Read) -> None:
    assert read(mail("<div>" * 20_000 + "Hello", "text/html")).kind == "buyer"


def test_base64_with_rubbish(read: Read) -> None:
    body = base64.encodebytes(b"Where is it?").decode().replace("\n", " !!\n")

    assert read(mail(body, content_transfer_encoding="base64")).text == "Where is it?"


def test_halves_of_signs_are_stored(read: Read) -> None:
    assert read(mail("x \\ud800 \ud83d\ude00".encode("utf-8", "surrogatepass"))).kind == "buyer"


def test_nothing_written(read: Read) -> None:
    assert read(mail("")).text is None


def imported(content: bytes) -> ImportResult:
    with tempfile.TemporaryDirectory() as folder, OrderBook.open(Path(folder) / "book.sqlite3") as book:
        path = Path(folder) / "mail"
        path.write_bytes(content)
        result = import_file(book, path, today=TODAY)
    assert result.rows == result.new + result.changed + result.unchanged + result.skipped + result.refused_count
    return result


HOSTILE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
GOOD = mail("Good words.", message_id="<good@example.test>")
WHOLE = multipart(
    ("Content-Type: text/plain; charset=utf-8", framed("Hi")),
    ("Content-Type: text/html; charset=utf-8", table(("ASIN", "Reason", "Refund"), ("B0MADEUP01", "x", "1.00"))),
    **{"from": NOTICES, "subject": f"=?utf-8?q?Refund_1_EUR?= {ORDER}", "x_space_notification_type": "REFUND_ISSUED"},
)


@HOSTILE
@given(st.binary(max_size=300), st.integers(0, len(WHOLE)), st.integers(0, 300))
def test_any_bytes_in_a_mail_end_in_a_result(junk: bytes, place: int, cut: int) -> None:
    imported(WHOLE[:place] + junk + WHOLE[place + cut :])


@HOSTILE
@given(st.lists(st.binary(max_size=200), max_size=4))
def test_no_bytes_cost_a_good_mail(junk: list[bytes]) -> None:
    # Postmarks within the junk would begin further mails, which is right; the good one stays one of them.
    result = imported(mailbox([*(each.replace(b"From ", b"from ") for each in junk), GOOD]))

    assert result.new >= 1


header_values = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["=?utf-8?b?", "=?=?=?", "<>", "<<a@b>", "\\", '"', "(((", "@", "a@b@c", ";" * 50, "charset*0*=''", "*=''%"]
    ),
)


@HOSTILE
@given(
    st.dictionaries(
        st.sampled_from(["subject", "date", "message_id", "content_type", "content_transfer_encoding", "reply_to",
                         "x_marketplace_id", "x_space_notification_type", "received", "content_disposition", "to"]),
        header_values,
    ),
    st.sampled_from([BUYER, NOTICES]),
    st.text(max_size=200),
)  # fmt: skip
def test_any_headers_end_in_a_result(headers: dict[str, str], sender: str, body: str) -> None:
    imported(mail(body.encode("utf-8", "replace"), **{"from": sender}).split(b"\n\n")[0] + b"\n" + b"\n".join(
        f"{name.replace('_', '-')}: {value}".encode("utf-8", "replace") for name, value in headers.items()
    ) + b"\n\n" + body.encode("utf-8", "replace"))  # fmt: skip


@HOSTILE
@given(header_values, st.sampled_from(["content_type", "date", "message_id", "subject", "from"]))
def test_any_one_header_ends_in_a_result(value: str, name: str) -> None:
    given_headers = {"kind" if name == "content_type" else name: value.encode("utf-8", "replace").decode()}

    imported(mail(framed("Hi"), **given_headers))
