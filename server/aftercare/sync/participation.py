"""In which marketplaces the seller of an account sells, as Amazon knows it."""

from __future__ import annotations

from aftercare.rules.marketplaces import by_id
from aftercare.sync.client import Amazon


def marketplaces_of(amazon: Amazon) -> tuple[str, ...]:
    """The seller's marketplaces that Aftercare knows, two letters each. Raises AccountError, SyncError."""
    listed = amazon.call("getMarketplaceParticipations", "/sellers/v1/marketplaceParticipations").get("payload")
    found = []
    for each in listed if isinstance(listed, list) else ():
        store, part = (each.get("marketplace"), each.get("participation")) if isinstance(each, dict) else (None, None)
        known = by_id().get(str(store.get("id"))) if isinstance(store, dict) else None
        if known and isinstance(part, dict) and part.get("isParticipating") is True:
            found.append(known.code)
    return tuple(dict.fromkeys(found))
