"""Amazon's marketplaces: ids, stores, Seller Central hosts, languages. Data in `shared_rules/marketplaces.json`."""

from __future__ import annotations

from functools import cache

from aftercare.errors import InputError
from aftercare.rules.files import load
from aftercare.rules.model import RuleModel


class Marketplace(RuleModel):
    """One marketplace.

    code: two letters as sellers say them (UK, not GB); id: Amazon's marketplace id; store: host without `www.`;
    seller_central: hosts, the preferred one first; languages: of the store, the main one first; currency: ISO 4217.
    """

    code: str
    id: str
    store: str
    seller_central: tuple[str, ...]
    languages: tuple[str, ...]
    currency: str


class Marketplaces(RuleModel):
    """The file: where the table comes from, and the table."""

    source: str
    checked: str
    marketplaces: tuple[Marketplace, ...]


@cache
def marketplaces() -> dict[str, Marketplace]:
    """All marketplaces by their two letters."""
    return {each.code: each for each in load(Marketplaces, "marketplaces.json").marketplaces}


def marketplace(code: str) -> Marketplace:
    """The marketplace of two letters, in any case; GB is taken for UK.

    Raises InputError (`unknown_marketplace`).
    """
    wanted = code.strip().upper()
    found = marketplaces().get("UK" if wanted == "GB" else wanted)
    if found is None:
        raise InputError(
            f"There is no Amazon marketplace '{code}'.",
            code="unknown_marketplace",
            next=f"Use one of {' '.join(marketplaces())}.",
        )
    return found


@cache
def by_id() -> dict[str, Marketplace]:
    """All marketplaces by Amazon's marketplace id."""
    return {each.id: each for each in marketplaces().values()}


def by_host(host: str) -> Marketplace | None:
    """The marketplace of a store's host, with or without `www.` or another subdomain; None where it is none."""
    labels = host.lower().rstrip(".")
    for each in marketplaces().values():
        if labels == each.store or labels.endswith("." + each.store):
            return each
    return None
