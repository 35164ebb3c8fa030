"""Mails made up for these tests: the layout is that of Amazon's relay, the people and orders are nobody's."""

from __future__ import annotations

import base64
from collections.abc import Iterable

ORDER = "111-2223334-4445556"
KEY = "abc123def456gh@marketplace.amazon.de"
BUYER = '"Some One" <abc123def456gh+11112222-aaaa-bbbb-cccc-333344445555@marketplace.amazon.de>'
NOTICES = '"Seller Central" <donotreply@amazon.com>'
DATE = "Tue, 20 Jan 2026 09:30:00 +0100"


def mail(body: str | bytes = "Where is it?", kind: str = "text/plain; charset=utf-8", **headers: str | None) -> bytes:
    """A mail; headers as keyword arguments (`message_id`, `x_marketplace_id`), None leaves one out."""
    fields = {
        "from": BUYER,
        "to": "Shop <shop@example.test>",
        "subject": f"Inquiry from Amazon customer Some One (Order: {ORDER})",
        "date": DATE,
        "message_id": "<one@example.test>",
        "mime_version": "1.0",
        "content_type": kind,
        "content_transfer_encoding": "8bit",
        **headers,
    }
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in fields.items() if value is not None]
    return "\n".join(lines).encode() + b"\n\n" + (body.encode() if isinstance(body, str) else body)


def framed(text: str, begin: str = "Begin message", end: str = "End message") -> str:
    """The words of a buyer as the relay frames them."""
    return (
        f"You have received a message.\n\nOrder ID {ORDER}:\n1 of Blue lamp [ASIN: B0MADEUP01]\n\n"
        f"------------- {begin} -------------\n\n{text}\n\n------------- {end} -------------\n\n"
        "Was this email helpful? https://sellercentral.amazon.de/x?o=1\n\n[commMgrTok:AAAA]\nSPC-EUAmazon-123\n"
    )


def multipart(*parts: tuple[str, bytes | str], kind: str = "mixed", **headers: str | None) -> bytes:
    """A mail of several parts, each with its header lines and its body."""
    body = b""
    for head, content in parts:
        body += (
            b"--edge\n" + head.encode() + b"\n\n" + (content.encode() if isinstance(content, str) else content) + b"\n"
        )
    return mail(body + b"--edge--\n", f'multipart/{kind}; boundary="edge"', **headers)


def attachment(size: int, name: str = "photo.jpg") -> tuple[str, bytes]:
    """An attachment of so many bytes, encoded as mail programs do."""
    head = (
        f'Content-Type: image/jpeg; name="{name}"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment'
    )
    return head, base64.encodebytes(b"\x89" * size)


def mailbox(mails: Iterable[bytes]) -> bytes:
    """The mails as one mbox."""
    escaped = (each.replace(b"\nFrom ", b"\n>From ") for each in mails)
    return b"\n".join(b"From MAILER-DAEMON Tue Jan 20 09:30:00 2026\n" + each + b"\n" for each in escaped)


def table(heads: Iterable[str], *rows: Iterable[str]) -> str:
    """A notice's table of items."""
    head = "".join(f"<th><p>{each}\n</p></th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><p>Hello,</p><table><tbody><tr>{head}</tr>{body}</tbody></table></body></html>"
