"""One mail from Amazon's relay as a message of an order's thread, with the refunds it announces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from aftercare.orders.imports.cells import EARLIEST
from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.mail import fields
from aftercare.orders.imports.mail.fields import Item
from aftercare.orders.imports.mail.kinds import kind_of
from aftercare.orders.imports.mail.mailbox import RawMail
from aftercare.orders.imports.mail.markup import Page, page
from aftercare.orders.imports.mail.own_words import Words, own_words
from aftercare.orders.imports.mail.parts import Mail, moment
from aftercare.orders.imports.mail.senders import Sender, buyer_keys_in, sender_of
from aftercare.orders.imports.mail.wording import Kind
from aftercare.orders.order import BuyerMessage
from aftercare.rules.marketplaces import Marketplace, by_id, marketplaces

_NOTHING = Page("", (), ())
_MOST_ID = 250
_MOST_TOLD = 60_000
"""Signs of a body in which facts are looked for; notices are far shorter."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A refund that a mail announces: of one item where it tells the SKU, else of the order."""

    sku: str
    amount: Decimal
    currency: str | None


@dataclass(frozen=True, slots=True)
class Letter:
    """What one mail says: the message, the refunds it announces, the number of attachments that stay closed."""

    message: BuyerMessage
    refunds: tuple[Announced, ...]
    attachments: int


def letter(raw: RawMail, *, source: str, latest: date, hint: str | None) -> Letter | None:
    """Reads a mail; None where it does not come from Amazon's relay, or tells nothing the book keeps.

    latest: the last day believed; hint: the marketplace where the person named it. Raises RefusedError, and what
    `parts.BROKEN` lists where a mail is broken beyond reading.
    """
    mail = Mail(raw.data)
    if not (mail.raw("From") or mail.raw("Sender")):
        raise RefusedError("has no sender")
    sender = sender_of(mail)
    if sender.origin == "stranger":
        return None
    at = _sent(mail, raw.postmark, latest)
    bodies = mail.bodies()
    shown = page(bodies.markup) if bodies.markup else _NOTHING
    words = _words(bodies.plain, shown.text)
    told = f"{bodies.plain[:_MOST_TOLD]}\n{shown.text[:_MOST_TOLD]}"
    subject = mail.header("Subject")
    kind = kind_of(header=mail.header("X-Space-Notification-Type"), subject=subject, text=told, origin=sender.origin)
    by_person = kind in ("buyer", "seller") or sender.origin == "buyer"
    known = [] if by_person and words.framed else fields.items(shown.text or bodies.plain, shown.tables)
    passed_on = kind in ("buyer", "notice") and sender.origin == "amazon" and _is_passed_on(known)
    kind = "buyer" if passed_on else kind
    order_id = _order_id(subject, words.around, shown.links, told)
    if not order_id and kind in ("notice", "refund", "return_request", "claim", "claim_closed"):
        return None
    store = _marketplace(mail, sender, told, shown.links, hint)
    text, reason = _said(kind, words, known, passed_on=passed_on, by_person=by_person, told=bodies.plain or shown.text)
    message = BuyerMessage(
        order_id=order_id,
        at=at,
        kind=kind,
        text=text,
        source=source,
        message_id=_message_id(mail),
        buyer_key=sender.buyer_key or _named_buyer(shown.links, told),
        asin=next((each.asin for each in known if each.asin), None) or fields.asin_in(f"{words.around}\n{told}"),
        marketplace=store.code if store else None,
        reason=reason,
    )
    refunds = _refunds(subject, told, known, store) if kind == "refund" else ()
    return Letter(message, refunds, bodies.attachments)


def _sent(mail: Mail, postmark: bytes, latest: date) -> datetime:
    """When it was sent: as it says itself, else as the last server wrote, else as the mailbox notes."""
    stamps = [*mail.headers("Date"), *(each.rpartition(";")[2] for each in mail.headers("Received"))]
    # A postmark sets the clock before the year; the parser of mail dates reads either.
    stamps.append(re.sub(r"^From \S+\s*", "", postmark.decode("ascii", "replace")))
    for stamp in stamps:
        at = moment(stamp)
        if at and EARLIEST <= at.date() <= latest:
            return at
    raise RefusedError("has no date that can be right")


def _words(plain: str, shown: str) -> Words:
    """The person's words: from the plain body unless only the HTML one has Amazon's frame, or there is no other."""
    first = own_words(plain)
    if first.framed or not shown:
        return first
    second = own_words(shown)
    return second if second.framed or first.text is None else first


def _order_id(subject: str, around: str, links: Iterable[str], told: str) -> str:
    """The order: as the subject says, else what stands around the person's words, else a link, else any other place."""
    places = (fields.order_ids(subject), fields.order_ids(around), fields.linked_order_ids(links))
    return next((found[0] for found in (*places, fields.order_ids(told)) if found), "")


def _marketplace(mail: Mail, sender: Sender, told: str, links: Iterable[str], hint: str | None) -> Marketplace | None:
    """As Amazon's header says; else of the relay address; else of the one store all links lead to; else as named."""
    if found := by_id().get(mail.header("X-Marketplace-ID").strip()):
        return found
    if sender.marketplace:
        return sender.marketplace
    named = {key.rpartition("@")[2] for key in buyer_keys_in(f"{told} {' '.join(links)}")}
    stores = {each.code: each for each in marketplaces().values() for domain in named if domain.endswith(each.store)}
    if len(named) == 1 and stores:
        return max(stores.values(), key=lambda each: len(each.store))
    return marketplaces()[hint] if hint else None


def _named_buyer(links: Iterable[str], told: str) -> str | None:
    """The one buyer whose relay address a notice holds; None where it holds none or several."""
    found = buyer_keys_in(" ".join([*links, told]))
    return found[0] if len(found) == 1 else None


def _message_id(mail: Mail) -> str:
    return "".join(mail.raw("Message-ID").split()).strip("<>")[:_MOST_ID]


def _is_passed_on(items: list[Item]) -> bool:
    """Whether Amazon's customer service passes on what a customer wants: a reason, and details in free words."""
    return any(each.reason_given and each.details for each in items)


def _said(
    kind: Kind, words: Words, items: list[Item], *, passed_on: bool, by_person: bool, told: str
) -> tuple[str | None, str | None]:
    """The person's words, and the reason as Amazon words it."""
    if passed_on:
        return own_words(fields.details_in(told) or "").text, _joined((each.reason_given for each in items), "; ")
    if by_person:
        return words.text, None
    if kind in ("opt_out", "notice"):
        return None, None
    comment = words.text if words.framed else _joined((each.comment for each in items), "\n")
    return comment, _joined((each.reason_given for each in items), "; ")


def _joined(texts: Iterable[str | None], between: str) -> str | None:
    return between.join(dict.fromkeys(each for each in texts if each)) or None


def _refunds(subject: str, told: str, items: list[Item], store: Marketplace | None) -> tuple[Announced, ...]:
    """The announced total, by item where the rows of the table tell it and add up."""
    total = fields.money_in(subject) or fields.money_in(told)
    parts = [
        (each.sku or "", sum((amount for cell in each.refund if (amount := _of_cell(cell))), Decimal()))
        for each in items
    ]
    currency = (total.currency if total else None) or (store.currency if store else None)
    if total and len(parts) == 1:
        return (Announced(parts[0][0], total.amount, currency),)
    summed = sum((amount for _, amount in parts), Decimal())
    if parts and summed and (total is None or summed == total.amount):
        return tuple(Announced(sku, amount, currency) for sku, amount in parts if amount)
    return (Announced("", total.amount, currency),) if total else ()


def _of_cell(cell: str) -> Decimal | None:
    found = fields.money_in(cell)
    return found.amount if found else fields.amount_of(cell)
