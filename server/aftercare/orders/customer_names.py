"""When two names are the same name: a key that spelling, case, order of words, titles and initials do not change.

What is no person's name has no key: firms, pick-up points, what a shop writes where it knows no name, and a single
word, which far too many people share.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pydantic import Field

from aftercare.rules import RuleModel, load
from aftercare.text import fold

_NO_LETTER = re.compile(r"[\W\d_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff々]")
_LONGEST = 120
_AMAZON = re.compile(r"@(?:[a-z0-9-]+\.)*marketplace\.amazon\.[a-z.]+$")
_RELAY = re.compile(rf"{_AMAZON.pattern}|@relay\.walmart\.com$|@members\.ebay\.[a-z.]+$")
_SUFFIX = re.compile(r"\+[^@]*@")


class NameRules(RuleModel):
    """Words in names. titles: not part of the name; company, places: they show a firm or a pick-up point, as whole
    words; generic: names that stand for a name that is not known."""

    titles: frozenset[str]
    company: frozenset[str]
    places: frozenset[str]
    generic: frozenset[str]


class Postcodes(RuleModel):
    """How many people share a postcode. people: by country, on average; other: where the country is not listed or not
    known; least: how many signs a whole postcode has where shorter ones are in use."""

    people: dict[str, float]
    other: float = Field(gt=0)
    least: dict[str, int]


class IdentityOdds(RuleModel):
    """How sure each sign of identity is by itself; see `docs` beside the numbers in the file.

    relay_key, email, username: the chance that two orders that share it are one customer's. name_share: what share of
    all people bear a given full name, before any is counted; name_weight: how many people that expectation is worth
    against those counted; returning: how many times likelier a known customer is to order again than a namesake in the
    same postcode is to order at all; same_person: the most that an equal name and postcode can say, since fathers and
    sons share both. least: below it an order is not counted. most_names: an e-mail address with more names is not one
    person's; most_orders: nor is any key with more orders.
    """

    relay_key: float = Field(gt=0, lt=1)
    email: float = Field(gt=0, lt=1)
    username: float = Field(gt=0, lt=1)
    name_share: float = Field(gt=0, lt=0.01)
    name_weight: float = Field(gt=0)
    returning: float = Field(gt=0)
    same_person: float = Field(gt=0, lt=1)
    least: float = Field(gt=0, lt=1)
    most_names: int = Field(gt=0)
    most_orders: int = Field(gt=0)
    why: dict[str, str]


class CustomerRules(RuleModel):
    """The file `customers.json`."""

    source: str
    checked: str
    names: NameRules
    postcodes: Postcodes
    odds: IdentityOdds


@cache
def customer_rules() -> CustomerRules:
    """The file. Raises RulesError where it is wrong."""
    return load(CustomerRules, "customers.json")


@lru_cache(maxsize=10_000)
def name_key(name: str | None) -> str | None:
    """The key under which equal names are found; None for what is no full name of a person."""
    if not name or len(name) > _LONGEST:
        return None
    rules = customer_rules().names
    compact = unicodedata.normalize("NFKC", name)
    if any(each.isdigit() for each in compact) or "*" in compact or "@" in compact:
        return None
    if _UNSPACED.search(compact):
        joined = _NO_LETTER.sub("", fold(compact))
        firm = any(word in joined for word in (*rules.company, *rules.places) if _UNSPACED.search(word))
        return None if firm or len(joined) < 2 else joined
    words = [word for word in _NO_LETTER.split(fold(compact.replace("'", "").replace("’", ""))) if word]
    if " ".join(words) in rules.generic or any(word in rules.company or word in rules.places for word in words):
        return None
    long = [word for word in words if len(word) > 1 and word not in rules.titles]
    return " ".join(sorted(long)) if len(long) > 1 else None


def stable_address(address: str) -> tuple[str, bool]:
    """An e-mail address in small letters, and whether a channel's relay made it: then without what changes from mail
    to mail (`name+4f6c@marketplace.amazon.com`)."""
    lowered = address.lower()
    relay = bool(_RELAY.search(lowered))
    return (_SUFFIX.sub("@", lowered) if relay else lowered), relay


def is_of_amazon(address: str | None) -> bool:
    """Whether Amazon's relay made the address. Another channel can have it only with a copy of an Amazon order."""
    return bool(address and _AMAZON.search(address.lower()))


def postcode_key(postal_code: str | None, country: str | None) -> str | None:
    """A whole postcode as it is compared; None where it is missing or only its beginning is given."""
    key = re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", postal_code or "").upper())
    if country == "US":
        key = key[:5]
    least = customer_rules().postcodes.least
    return key if len(key) >= least.get(country or "", least["*"]) and any(map(str.isdigit, key)) else None
