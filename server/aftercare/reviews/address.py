"""What an address says by itself: the marketplace, what kind of page it is, its ASIN and its review id."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from aftercare.reviews.layouts import Kind, Layouts
from aftercare.rules.marketplaces import Marketplace, by_host, by_id

_LONGEST = 4000  # Browsers make no longer addresses, and a file name is never one.
_AMAZON_LINK = re.compile(r"https?://(?:www\.|m\.|smile\.)?(amazon\.[a-z]{2,3}(?:\.[a-z]{2})?)[/\"'?\s]")
# What browsers write into the pages they save, and the two places where a page names itself.
_OWN_NAME = re.compile(
    r"<!-- saved from url=\(\d+\)(\S{1,2000})"
    r"|\burl: (https?://\S{1,2000})\s+saved date:"
    r"|<((?:link|meta)\b[^<>]{1,2000})>",
    re.IGNORECASE,
)
_NAMES_PAGE = re.compile(r"rel=[\"']?canonical|property=[\"']?og:url", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:href|content)=[\"']?(https?://[^\"'\s]+)", re.IGNORECASE)
_MARKET_ID = re.compile(r"marketplace_?id(?:=|%3D|\W{1,10})([A-Z0-9]{10,14})\b", re.IGNORECASE)
_HEAD = 200_000  # How far into a page it is searched for its own name.


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: each part is None (or `unknown`) where the address does not tell."""

    marketplace: Marketplace | None = None
    kind: Kind = "unknown"
    asin: str | None = None
    review: str | None = None


def place_of(url: str | None, rules: Layouts) -> Place:
    """Reads an address; whatever is no address of an Amazon store or of Seller Central tells nothing. Never raises."""
    if not url or len(url) > _LONGEST:
        return Place()
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return Place()
    market = _store(host)
    if market is None and not host.startswith("sellercentral"):
        return Place()
    target = unquote(parts.path) + ("?" + parts.query if parts.query else "")
    for address in rules.addresses:
        if found := re.search(address.pattern, target):
            named = found.groupdict()
            return Place(market, address.kind, named.get("asin"), named.get("review"))
    return Place(market)


def market_of_page(text: str) -> Marketplace | None:
    """The store a saved page is from, by the name it gives itself, the store most of its links lead to, or an id.

    Only the host of the canonical address is used: its ASIN is often that of another variation.
    """
    for found in _OWN_NAME.finditer(text, 0, _HEAD):
        saved, single, tag = found.groups(default="")
        inside = _ADDRESS.search(tag) if _NAMES_PAGE.search(tag) else None
        own = saved or single or (inside[1] if inside else "")
        try:
            market = _store(urlsplit(own).hostname or "")
        except ValueError:
            continue
        if market:
            return market
    for host, _ in Counter(_AMAZON_LINK.findall(text)).most_common():
        if market := by_host(host):
            return market
    return next((by_id()[code] for code in _MARKET_ID.findall(text) if code in by_id()), None)


def _store(host: str) -> Marketplace | None:
    """A store's marketplace. Seller Central has none of its own: one host shows the reviews of several."""
    return None if host.startswith("sellercentral") else by_host(host)
