"""The last steps before a person presses Send: a text is permitted, and handed to the right page once.

A permit is 128 bits, kept as a hash, good for 15 minutes, one use, one order, and the browser that asked for it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aftercare.cases.audit import digest_of
from aftercare.cases.case import Case
from aftercare.cases.desk import Desk, stamp
from aftercare.cases.pages import is_page_of
from aftercare.cases.pairings import Pairing
from aftercare.errors import AftercareError, NotFoundError
from aftercare.messages.verdict import Verdict

LIFETIME = timedelta(minutes=15)


class ContactRefusedError(AftercareError):
    """The text may not go out as it stands; `detail` carries the verdict for the person who wrote it."""

    status = 409


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A text on its way: for which order and marketplace, by which route, with what the linter said.

    url: the page to open.
    """

    text: str
    lang: str | None
    kind: str
    route: str
    order_id: str
    marketplace: str
    url: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Permit:
    """What opens the page: the secret itself, answered once, and until when it is good (UTC)."""

    permit: str
    url: str
    expires: str

    def to_json(self) -> dict[str, Any]:
        return {"permit": self.permit, "url": self.url, "expires": self.expires}


@dataclass(frozen=True, slots=True)
class PastContact:
    """A message that left the desk for an order. filled: the page's text box was filled; sent: it was seen sent."""

    case_id: int
    order_id: str
    route: str
    permitted: str
    filled: str | None
    sent: str | None


def permit_contact(desk: Desk, case: Case, out: Outgoing, reasons: Mapping[str, str], pairing: Pairing) -> Permit:
    """Permits a text, or says what stands against it; both are entered in the record.

    reasons: per rule that warned, why a person finds it all right. Raises ContactRefusedError `message_blocked`, or
    `reason_needed` (detail `rules` names those without a reason); both carry the verdict.
    """
    given = {rule: why.strip() for rule, why in reasons.items() if why.strip()}
    blocking = _rules(out.verdict, "block")
    unexplained = [rule for rule in _rules(out.verdict, "warn") if rule not in given]
    about = {"order_id": out.order_id, "route": out.route, "text": digest_of(out.text), "chars": len(out.text)}
    if blocking or unexplained:
        with desk.write() as writing:
            writing.record(pairing.browser, "contact_refused", case.subject, **about, rules=blocking or unexplained)
        raise _refused(out.verdict, blocking, unexplained)
    needed = {rule: given[rule] for rule in _rules(out.verdict, "warn")}
    secret = secrets.token_urlsafe(16)
    with desk.write() as writing:
        expires = stamp(desk.now() + LIFETIME)
        # One open permit a case and an order: an older text must not be handed over any more, nor a second one.
        writing.run(
            "UPDATE contacts SET withdrawn = ? WHERE (case_id = ? OR order_id = ?) AND redeemed IS NULL "
            "AND withdrawn IS NULL",
            (writing.at, case.id, out.order_id),
        )
        made = writing.run(
            "INSERT INTO contacts (case_id, pairing, agent, order_id, marketplace, route, kind, lang, text, "
            "verdict, reasons, permit_hash, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                case.id, pairing.id, pairing.browser, out.order_id, out.marketplace, out.route, out.kind, out.lang,
                out.text, json.dumps(out.verdict.to_json()), json.dumps(needed),
                _hash(secret), writing.at, expires,
            ),
        )  # fmt: skip
        writing.record(
            pairing.browser,
            "contact_permitted",
            case.subject,
            **about,
            contact=made.lastrowid,
            warnings={rule: digest_of(why) for rule, why in needed.items()},
        )
    return Permit(secret, out.url, expires)


def redeem(desk: Desk, permit: str, url: str, pairing: Pairing) -> dict[str, Any]:
    """Hands the text to the page of its order, once: `{"case", "text", "order_id", "lang"}`.

    Raises NotFoundError (`permit_unknown`, also for one that was used, withdrawn, or is another browser's), or
    AftercareError `permit_expired` or `permit_other_order`; the latter leaves the permit as it was.
    """
    with desk.write() as writing:
        found = writing.run(
            "SELECT * FROM contacts WHERE permit_hash = ? AND pairing = ? AND redeemed IS NULL AND withdrawn IS NULL",
            (_hash(permit), pairing.id),
        ).fetchone()
        if found is None:
            raise NotFoundError(
                "This permit is not known, or was used already.",
                code="permit_unknown",
                next="Open the message from its case again.",
            )
        if stamp(desk.now()) >= found["expires"]:
            raise AftercareError(
                "The permit for this message has expired.",
                code="permit_expired",
                status=410,
                next="Open the message from its case again.",
            )
        if not is_page_of(url, found["order_id"], found["marketplace"], found["route"]):
            raise AftercareError(
                "This page is not the messaging page of the order the message was written for.",
                code="permit_other_order",
                status=409,
                next="Go back to the case and open its messaging page from there.",
            )
        writing.run("UPDATE contacts SET redeemed = ? WHERE id = ?", (writing.at, found["id"]))
        writing.record(pairing.browser, "contact_opened", f"case:{found['case_id']}", contact=found["id"])
    return {
        "case": found["case_id"],
        "text": found["text"],
        "order_id": found["order_id"],
        "lang": found["lang"],
    }


def past_contacts(desk: Desk, order_id: str) -> tuple[PastContact, ...]:
    """Messages that reached the page of this order, whichever case they came from, oldest first."""
    rows = desk.read("SELECT * FROM contacts WHERE order_id = ? AND redeemed IS NOT NULL ORDER BY id", (order_id,))
    return tuple(
        PastContact(
            row["case_id"], row["order_id"], row["route"], row["created"],
            row["filled"], row["sent"],
        )
        for row in rows
    )  # fmt: skip


def written_on(desk: Desk, order_id: str) -> str | None:
    """When a message for this order was first seen to be sent, from whichever case; None where none was."""
    rows = desk.read(
        "SELECT min(at) AS at FROM (SELECT sent AS at FROM contacts WHERE order_id = ? UNION ALL "
        "SELECT at FROM events WHERE order_id = ? AND event = 'sent_seen')",
        (order_id, order_id),
    )
    at: str | None = rows[0]["at"]
    return at


def _refused(verdict: Verdict, blocking: Sequence[str], unexplained: Sequence[str]) -> ContactRefusedError:
    if blocking:
        return ContactRefusedError(
            "The message breaks a rule and cannot go out as it stands.",
            code="message_blocked",
            next="Change the marked words; what each breaks is written beside it.",
            verdict=verdict.to_json(),
        )
    return ContactRefusedError(
        "The message has a warning that nobody has answered yet.",
        code="reason_needed",
        next="Change the marked words, or say why they are all right.",
        verdict=verdict.to_json(),
        rules=list(unexplained),
    )


def _rules(verdict: Verdict, severity: str) -> list[str]:
    return list(dict.fromkeys(each.rule for each in verdict.findings if each.severity == severity))


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
