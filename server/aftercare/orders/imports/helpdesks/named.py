"""What a ticket names: Amazon orders, products, and the buyer's relay address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from aftercare.orders.imports.helpdesks.ticket import Fact, Place
from aftercare.orders.imports.helpdesks.values import strings

LONGEST = 200_000
"""Characters of one text in which ids are looked for."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_ORDER = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9]-)([0-9A-Za-z][0-9]{2}) ?- ?([0-9]{7}) ?- ?([0-9]{7})(?![0-9A-Za-z]|-[0-9])"
)
# An ISBN is an ASIN too, but ten digits can be anything; only ASINs that begin as such or are called so count.
_ASIN = re.compile(r"(?<![0-9A-Za-z])(B0[0-9A-Z]{8})(?![0-9A-Za-z])|\bASIN\s*[:#=]?\s*([0-9A-Z]{10})(?![0-9A-Za-z])")
_RELAY = re.compile(
    r"(?<![\w.+-])([a-z0-9]{6,})(?:\+[^@\s<>]*)?@((?:[a-z0-9-]+\.)*marketplace\.amazon\.[a-z.]*[a-z])", re.IGNORECASE
)
_AMAZON = re.compile(
    r"[\w.+-]+@(?:[a-z0-9-]+\.)*amazon\.(?:com|co|[a-z]{2})(?:\.[a-z]{2})?(?![\w-]|\.\w)", re.IGNORECASE
)


def orders_in(*values: Any) -> tuple[str, ...]:
    """The Amazon order ids (3-7-7) within texts, or within all texts of objects and lists, in order, each once."""
    found: dict[str, None] = {}
    for text in strings(list(values)):
        if text.count("-") >= 2 or not text.isascii():
            for match in _ORDER.finditer(_plain(text)):
                found["-".join(match.groups()).upper()] = None
    return tuple(found)


def asins_in(*values: Any) -> tuple[str, ...]:
    """The ASINs within texts, in order, each once."""
    found: dict[str, None] = {}
    for text in strings(list(values)):
        if "B0" in text or "ASIN" in text:
            for match in _ASIN.finditer(_plain(text)):
                found[match[1] or match[2]] = None
    return tuple(found)


def buyer_key(addresses: Iterable[str | None]) -> str | None:
    """The stable part of the first relay address, as order reports give it; other addresses are not kept."""
    for address in addresses:
        if address and (match := _RELAY.search(address[:1000])):
            return f"{match[1]}@{match[2]}".lower()
    return None


def is_amazon(address: str | None) -> bool:
    """Whether Amazon itself wrote, rather than a buyer through its relay."""
    found = _AMAZON.search(address[:1000]) if address else None
    return bool(found and not _RELAY.search(found[0]))


def _plain(text: str) -> str:
    """The text with plain digits and hyphens, which phones and Japanese keyboards replace."""
    short = text[:LONGEST]
    return short if short.isascii() else unicodedata.normalize("NFKC", short).translate(_DASHES)


def facts(fields: Any = None, subject: Any = None, texts: Iterable[Any] = ()) -> Iterator[Fact]:
    """The orders and products that a ticket names, each with the place it is named in.

    fields: everything of the ticket that is neither its subject nor what people wrote.
    """
    places: tuple[tuple[Place, Any], ...] = (("fields", fields), ("subject", subject), ("text", list(texts)))
    for place, value in places:
        for order in orders_in(value):
            yield Fact("order", order, place)
        for asin in asins_in(value):
            yield Fact("asin", asin, place)


def asked_from(addresses: Iterable[Any]) -> Iterator[Fact]:
    """What the addresses of whoever asked tell: the buyer's relay key, or that Amazon itself wrote."""
    told = [address for address in addresses if isinstance(address, str)]
    key = buyer_key(told)
    if key:
        yield Fact("buyer", key)
    elif any(map(is_amazon, told)):
        yield Fact("sender", "amazon")
