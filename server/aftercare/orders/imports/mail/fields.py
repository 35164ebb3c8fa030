"""Facts in a notice of Amazon: order id, ASIN, and what stands beside a name such as "reason" or "customer comment".

Names and values come as lines (`Name: value`), as a name with its value on the next line, or as a table with a row for
each item; the names are words of twelve languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from urllib.parse import unquote

from aftercare.orders.imports import cells as read
from aftercare.orders.imports.mail.wording import folded, rules
from aftercare.rules.marketplaces import marketplaces

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_ORDER = re.compile(r"(?<![0-9A-Za-z-])[0-9A-Z]\d{2}-\d{7}-\d{7}(?![0-9A-Za-z]|-\d)")
_ASIN = re.compile(r"\bASIN\b\W{0,6}([A-Z0-9]{10})\b|/(?:dp|gp/product|product)/([A-Z0-9]{10})(?![A-Z0-9])")
_IS_ASIN = re.compile(r"B0[0-9A-Z]{8}|\d{9}[\dX]")
_NAMED = re.compile(r"^[\W_]*(?P<name>[^\n:：]{1,60}?)\s*[:：]\s*(?P<value>.*)$")
_WORDS = re.compile(r"[^\W_]+")
_MOST_LINES = 2_000
_MOST_LINE = 2_000
_LONG = 5


@dataclass(slots=True)
class Item:
    """What a notice says of one item; None where it does not say."""

    asin: str | None = None
    sku: str | None = None
    quantity: str | None = None
    reason_given: str | None = None
    comment: str | None = None
    details: str | None = None
    refund: list[str] = field(default_factory=list)


def order_ids(text: str) -> list[str]:
    """The Amazon order ids in a text, each once, in its order; full-width digits and other dashes count too."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return list(dict.fromkeys(_ORDER.findall(plain)))


def linked_order_ids(links: Iterable[str]) -> list[str]:
    """The order ids in the addresses that a mail links to."""
    return list(dict.fromkeys(found for link in links for found in order_ids(re.sub(r"[?&=/#:]", " ", unquote(link)))))


def asin_in(text: str) -> str | None:
    """The first ASIN that is called one, or that an address of a product page holds."""
    found = _ASIN.search(text)
    return (found[1] or found[2]) if found else None


def items(lines: str, tables: Iterable[tuple[tuple[str, ...], ...]]) -> list[Item]:
    """What a notice says, item by item: the rows of its table, else its named lines as one item."""
    found = [item for table in tables for item in _of_table(table)]
    named = _of_lines(lines)
    if not found:
        return [named] if named else []
    if named:
        for item in found:
            for name in ("reason_given", "comment", "details", "asin", "sku"):
                if getattr(item, name) is None and (len(found) == 1 or name not in ("asin", "sku")):
                    setattr(item, name, getattr(named, name))
    return found


def _of_table(table: tuple[tuple[str, ...], ...]) -> Iterator[Item]:
    if len(table) < 2:
        return
    names = [_label(cell) for cell in table[0]]
    # A table of one column's names and another's values is a list of named lines, read as such elsewhere.
    if "asin" not in names and "sku" not in names:
        return
    for row in table[1:]:
        if len(row) == len(names):
            yield _item(zip(names, row, strict=True))


def _of_lines(text: str) -> Item | None:
    lines = [line.strip()[:_MOST_LINE] for line in text.split("\n")[:_MOST_LINES]]
    pairs: list[tuple[str | None, str]] = []
    for place, line in enumerate(lines):
        found, label = _NAMED.match(line), _label_of(line)
        if found and label:
            following = next((each for each in lines[place + 1 : place + 4] if each), "")
            value = found["value"].strip() or ("" if _label_of(following) else following)
            pairs.append((label, value))
    return _item(pairs) if pairs else None


def details_in(text: str) -> str | None:
    """All that follows the name "details", which Amazon's customer service puts before a customer's words."""
    lines = text.split("\n")[:_MOST_LINES]
    for place, line in enumerate(lines):
        if _label_of(line) == "details":
            return "\n".join([line.partition(":")[2] or line.partition("：")[2], *lines[place + 1 :]]).strip() or None
    return None


def _item(pairs: Iterable[tuple[str | None, str]]) -> Item:
    item = Item()
    for label, value in pairs:
        text = value.strip()
        if label == "refund" and text:
            item.refund.append(text)
        elif label == "asin":
            found = re.search(_IS_ASIN, text.upper()) or re.fullmatch(r"[A-Z0-9]{10}", text.upper())
            item.asin = item.asin or (found[0] if found else None)
        elif label and text and getattr(item, label) is None:
            setattr(item, label, text)
    return item


def _label_of(line: str) -> str | None:
    """Which fact a line gives, where it is a name and a value."""
    found = _NAMED.match(line.strip()[:_MOST_LINE])
    return _label(found["name"]) if found else None


@cache
def _known() -> tuple[tuple[str, tuple[str, ...]], ...]:
    labels = rules().labels
    order = ("comment", "reason_given", "asin", "sku", "quantity", "details", "refund")
    return tuple((name, getattr(labels, name)) for name in order)


def _label(name: str) -> str | None:
    """Which fact a name stands for; None for any other. A name is short: sentences are none."""
    plain = folded(name)
    words = _WORDS.findall(plain)
    if not words or len(words) > 8:
        return None
    for label, known in _known():
        # Long words also count within others: names are compounds in German and take endings in Polish or Turkish.
        if any(word in plain if len(word) >= _LONG or not word.isascii() else word in words for word in known):
            return label
    return None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its currency; None where several countries write it with the same sign."""

    amount: Decimal
    currency: str | None


@cache
def _money() -> re.Pattern[str]:
    codes = {each.currency.casefold() for each in marketplaces().values()}
    known = rules().currencies
    signs = {*codes, *known.signs, *known.shared}
    sign = "|".join(sorted(map(re.escape, signs), key=len, reverse=True))
    number = r"\d(?:[\d.,' ]{0,20}\d)?"
    return re.compile(
        rf"(?<![\w$])(?P<before>{sign})\s?(?P<first>{number})(?![\w-])"
        rf"|(?<![\w.,-])(?P<second>{number})\s?(?P<after>{sign})(?!\w)"
    )


def money_in(text: str) -> Money | None:
    """The first amount with a currency in a text; negative ones and those of zero are passed over."""
    plain = folded(text)
    for found in _money().finditer(plain):
        amount = amount_of(found["first"] or found["second"])
        if amount:
            sign = found["before"] or found["after"]
            known = rules().currencies
            code = None if sign in known.shared else known.signs.get(sign, sign.upper())
            return Money(amount, code)
    return None


def amount_of(digits: str) -> Decimal | None:
    """The amount of a number as people write it; three digits behind a lone point are thousands."""
    thousands = bool(re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits.strip()))
    found = read.money(digits, comma=True if thousands else None)
    return found if isinstance(found, Decimal) and found > 0 else None
