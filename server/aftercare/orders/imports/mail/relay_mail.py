"""Imports mail from Amazon's relay: one mail, a mailbox, or a mail folder, each mail once by its Message-ID."""

from __future__ import annotations

import gc
import re
from hashlib import sha256

from aftercare.errors import InputError
from aftercare.orders.events import EventWriter, Outcome, put_message
from aftercare.orders.imports.cells import latest_day, money_text
from aftercare.orders.imports.documents import Document, DocumentKind, DocumentSetting, count, event_writer
from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.mail.mailbox import RawMail, is_mailbox, mails
from aftercare.orders.imports.mail.maildir import MaildirContent
from aftercare.orders.imports.mail.message import Letter, letter
from aftercare.orders.imports.mail.parts import BROKEN

REFUND_ORIGIN = "mail"
"""Marks refunds that a mail announced, so that the settlement's record of the same refund is not added to it."""

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,70}):")
_MARKS = {b"date", b"subject", b"message-id", b"received", b"to", b"mime-version", b"delivered-to", b"return-path"}
_COLLECT_EVERY = 200


def is_mail(document: Document) -> bool:
    """Whether it is a mail folder, or begins as a mailbox does, or as a mail: with headers, one naming a sender."""
    if isinstance(document.content, MaildirContent):
        return True
    lines = document.head.removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()
    if lines and is_mailbox(lines[0]):
        return True
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    names: set[bytes] = set()
    for line in lines:
        if line[:1] in (b" ", b"\t", b">"):
            continue
        found = _HEADER.match(line)
        if not found:
            break
        names.add(found[1].lower())
    return bool(names & {b"from", b"sender"}) and bool(names & _MARKS)


def read(setting: DocumentSetting) -> None:
    """Reads the file into the book; mails that are not from Amazon's relay are counted and left.

    Raises InputError (`no_relay_mail`) where none is from the relay.
    """
    latest = latest_day(setting.today)
    writer = event_writer(setting)
    result = setting.result
    content = setting.content
    marker = content.marker if isinstance(content, MaildirContent) else b""
    for raw in mails((block for block, _ in content.blocks()), marker):
        try:
            found = letter(raw, source=setting.content.name, latest=latest, hint=setting.marketplace)
        except RefusedError as refused:
            result.refuse(raw.number, f"{refused}{_place(raw)}")
            continue
        except BROKEN:
            # What Python's own parser raises on a mail that is broken on purpose; the others are still read.
            result.refuse(raw.number, f"is broken and cannot be read as a mail{_place(raw)}")
            continue
        count(result, _stored(setting, writer, found) if found else None)
        if found and found.attachments:
            plural = "s were" if found.attachments > 1 else " was"
            result.note(raw.number, f"{found.attachments} attachment{plural} left closed")
        if raw.number % _COLLECT_EVERY == 0:
            # The collector is off during imports, since rows form no cycles; opened mails do.
            gc.collect()
    if not (result.new or result.changed or result.unchanged or result.refused_count):
        raise InputError(
            f"{setting.content.name} holds no mail from Amazon's messaging relay.",
            code="no_relay_mail",
            next="Export the mailbox that receives the messages of your buyers.",
        )


def _place(raw: RawMail) -> str:
    return f" (file {raw.file})" if raw.file else ""


def _stored(setting: DocumentSetting, writer: EventWriter, found: Letter) -> Outcome:
    message = found.message
    if message.marketplace:
        setting.result.marketplaces[message.marketplace] += 1
    own = message.message_id or f"{message.order_id} {message.at.isoformat()}"
    item = f"mail:{sha256(own.encode('utf-8', 'replace')).hexdigest()[:24]}"
    for each in found.refunds:
        values = (item, REFUND_ORIGIN, message.at.date().isoformat(), money_text(each.amount), each.currency)
        writer.put("refunded", message.order_id, each.sku, item, message.at.isoformat(), values)
    return put_message(setting.connection, message)


RELAY_MAIL = DocumentKind("relay_mail", is_mail, read)
"""Mails, mailboxes and mail folders."""
