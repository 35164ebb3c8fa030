"""Who sent a mail: a buyer through Amazon's relay, Amazon itself, the seller writing to a buyer, or someone else.

Only the domain of the address counts; a display name can say anything and is nobody's identity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from aftercare.orders.imports.mail.parts import Mail
from aftercare.orders.imports.mail.wording import rules
from aftercare.rules.marketplaces import Marketplace, by_host

Origin = Literal["buyer", "amazon", "seller", "stranger"]

_ADDRESS = re.compile(r"(?<![A-Za-z0-9._+=-])[A-Za-z0-9][A-Za-z0-9._+=-]{0,200}@[A-Za-z0-9][A-Za-z0-9.-]{0,200}")
_ANGLED = re.compile(r"<([^<>]*)>")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)')
_FAILED = re.compile(r"\bdmarc\s*=\s*fail\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a mail. buyer_key: the stable part of the buyer's relay address, as order reports are stored with it;
    marketplace: that of the relay address."""

    origin: Origin
    buyer_key: str | None = None
    marketplace: Marketplace | None = None


def sender_of(mail: Mail) -> Sender:
    """Reads it from the sender's address, and where that is the seller's own, from the recipients'."""
    address = _single(mail.raw("From") or mail.raw("Sender"))
    domain = address.rpartition("@")[2].lower()
    # The seller's own mail server says so where a mail only claims to come from Amazon.
    if (key := buyer_key(address)) and not _is_forged(mail):
        return Sender("buyer", key, relay_of(domain))
    if by_host(domain) and not _is_forged(mail):
        return Sender("amazon", marketplace=relay_of(domain))
    recipients = _ADDRESS.findall(_QUOTED.sub(" ", f"{mail.raw('To')} {mail.raw('Cc')}"))
    keys = [buyer_key(each) for each in recipients]
    # What the seller sent from a mail program of their own lies in the sent mail: to buyers only, never delivered here.
    if keys and all(keys) and domain and not by_host(domain) and not mail.header("Delivered-To"):
        return Sender("seller", keys[0], relay_of(recipients[0].rpartition("@")[2]))
    return Sender("stranger")


def buyer_key(address: str) -> str | None:
    """The part of a relay address that stays the same for one buyer, with its domain, in small letters.

    None where it is no address of the relay, or one of the relay's own machines.
    """
    local, _, domain = address.strip().lower().rpartition("@")
    stable = local.partition("+")[0]
    if not stable or not relay_of(domain) or stable in rules().machines:
        return None
    return f"{stable}@{domain.rstrip('.')}"


def buyer_keys_in(text: str) -> list[str]:
    """The keys of the relay addresses in a text or link, each once."""
    return list(dict.fromkeys(key for each in _ADDRESS.findall(text) if (key := buyer_key(each.rstrip(".")))))


def relay_of(domain: str) -> Marketplace | None:
    """The marketplace of a domain of the relay; None where it is none of a marketplace that is known."""
    plain = domain.lower().rstrip(".")
    found = by_host(plain)
    return found if found and f".{plain}".endswith(f".marketplace.{found.store}") else None


def _single(header: str) -> str:
    """The one address of a header; empty where there are several, since then none can be told to be the sender."""
    bare = _QUOTED.sub(" ", header)
    angled = _ANGLED.findall(bare)
    if len(angled) > 1:
        return ""
    address = (angled[0] if angled else bare).strip()
    return address if _ADDRESS.fullmatch(address) else ""


def _is_forged(mail: Mail) -> bool:
    """Whether the server that took the mail in, which writes the first such header, found its sender forged."""
    return bool(_FAILED.search(mail.header("Authentication-Results")))
