"""Which ASINs are variants of one product, as far as SKUs and titles tell; no report carries the parent ASIN.

Two ASINs are taken for siblings where their SKUs are equal up to a last part such as a color or size, or where their
titles are equal up to what follows the name (", Blue, 2 Pack") or nearly equal as wholes. Sellers also number unlike
products under one stem, so that an equal SKU stem only counts where the titles resemble each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from aftercare.orders.store import Connection

_MOST_SIBLINGS = 60
"""A family larger than any listing's is a stem that means nothing."""
_RESEMBLING = 60
_NEARLY_EQUAL = 92
_SHORTEST_STEM = 4
_SHORTEST_NAME = 3
_SHORTEST_NAME_CHARACTERS = 12
_STEM_END = re.compile(r"[-_./ ]+[^-_./ ]*$")
_NAME_END = re.compile(r"\s*(?:[,(\[|:（【｜、：]|\s[-–—]\s).*$", re.DOTALL)
_WORD = re.compile(r"\w+")
_COMMON_WORDS = 2


@dataclass(slots=True)
class _Index:
    titles: dict[str, str] = field(default_factory=dict)
    keys: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    members: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Families:
    """Finds siblings; builds its index anew when the book has learned of products."""

    def __init__(self) -> None:
        self._known = -1
        self._index = _Index()

    def siblings(self, connection: Connection, asin: str) -> list[str]:
        """The other ASINs of the family, the most alike in title first, then by name."""
        known = connection.execute("SELECT count(*) FROM product").fetchone()[0]
        if known != self._known:
            self._index, self._known = _indexed(connection), known
        index = self._index
        own = index.titles.get(asin, "")
        found: dict[str, float] = {}
        for key in index.keys.get(asin, ()):
            members = index.members[key]
            if len(members) > _MOST_SIBLINGS:
                continue
            for other in members - {asin}:
                theirs = index.titles.get(other, "")
                alike = fuzz.token_set_ratio(own, theirs) if own and theirs else float(_RESEMBLING)
                needed = _NEARLY_EQUAL if key.startswith("begin ") else _RESEMBLING
                if alike >= needed:
                    found[other] = max(alike, found.get(other, 0.0))
        return sorted(found, key=lambda other: (-found[other], other))


def _indexed(connection: Connection) -> _Index:
    index = _Index()
    for asin, sku, title in connection.execute(
        "SELECT p.asin, p.sku, t.text FROM product p LEFT JOIN title t ON t.id = p.title ORDER BY p.asin, p.sku, t.text"
    ):
        words = _words(title or "")
        if title:
            index.titles[asin] = " ".join(words)
        name = _words(_NAME_END.sub("", title or ""))
        stem = _STEM_END.sub("", sku).casefold()
        keys = []
        if len(stem) >= _SHORTEST_STEM and stem != sku.casefold():
            keys.append(f"stem {stem}")
        if len(name) >= _SHORTEST_NAME or sum(map(len, name)) >= _SHORTEST_NAME_CHARACTERS:
            keys.append(f"name {' '.join(name)}")
        if len(words) > _COMMON_WORDS:
            keys.append(f"begin {' '.join(words[:_COMMON_WORDS])}")
        if sku:
            keys.append(f"sku {sku.casefold()}")  # One SKU under two ASINs: a listing that moved.
        for key in keys:
            index.keys[asin].add(key)
            index.members[key].add(asin)
    return index


def _words(title: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", title).casefold())
