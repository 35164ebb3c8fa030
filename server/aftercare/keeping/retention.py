"""For how many days after delivery names, addresses and texts are kept, by the source they came from: a setting.

What came by Amazon's API is kept for 30 days, as Amazon's data protection policy asks; own files are kept until the
seller says otherwise. The setting lies in `settings.json`, which a person can read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from tinydb import Query, TinyDB

from aftercare.config import Home
from aftercare.errors import InputError, StoreError
from aftercare.keeping.sources import SOURCES, Source
from aftercare.knowledge.storage import AtomicStorage, locked

Kept = Source | Literal["cases"]
KEPT: tuple[Kept, ...] = (*SOURCES, "cases")
"""What a number of days can be set for; `cases` counts from the day a case was last changed."""

AMAZON_ASKS = 30
"""Days after delivery for which Amazon's data protection policy lets personal data of its API be kept."""

DEFAULTS: Mapping[Kept, int | None] = {**dict.fromkeys(KEPT), "api": AMAZON_ASKS}
LONGEST = 36_500

_TABLE = "retention"


def retention(home: Home) -> dict[Kept, int | None]:
    """Days for each source; None keeps for good. Raises StoreError (`bad_setting`, and as the storage does)."""
    if not home.settings.exists():
        return dict(DEFAULTS)
    with TinyDB(home.settings, storage=AtomicStorage) as database:
        found: list[dict[str, Any]] = [dict(each) for each in database.table(_TABLE, cache_size=0).all()]
    days = dict(DEFAULTS)
    for each in found:
        source, value = each.get("source"), each.get("days")
        if source not in KEPT or not (value is None or _is_days(value)):
            raise StoreError(
                f"In {home.settings.name}, a retention setting is wrong.",
                code="bad_setting",
                next="Set it anew: aftercare retention SOURCE DAYS.",
                path=str(home.settings),
                field=str(source)[:40],
            )
        days[source] = value
    return days


def set_retention(home: Home, source: str, days: int | None) -> None:
    """Sets the days for one source; None keeps for good. Raises InputError (`unknown_source`, `bad_days`)."""
    if source not in KEPT:
        raise InputError(
            "That is no source of data.", code="unknown_source", next=f"Give one of {', '.join(KEPT)}.", field="source"
        )
    if days is not None and not _is_days(days):
        raise InputError(
            "That is no number of days.", code="bad_days", next=f"Give a number from 0 to {LONGEST}.", field="days"
        )
    with locked(home.settings), TinyDB(home.settings, storage=AtomicStorage) as database:
        table = database.table(_TABLE, cache_size=0)
        table.remove(Query().source == source)
        table.insert({"source": source, "days": days})


def _is_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST
