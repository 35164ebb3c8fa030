"""Amazon's rate limits: a bucket of calls for each operation, filled at the published rate or at the one Amazon tells.

Source of the rates: https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits and each API's own page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from aftercare.sync.clock import Clock

PUBLISHED = {
    "createReport": (0.0167, 15),
    "getReport": (2.0, 15),
    "getReports": (0.0222, 10),
    "getReportDocument": (0.0167, 15),
    "searchOrders": (0.0056, 20),
    "getOrder": (0.5, 30),
    "listTransactions": (0.5, 10),
    "getMessagingActionsForOrder": (1.0, 5),
    "getAttributes": (1.0, 5),
    "getMarketplaceParticipations": (0.016, 15),
}
"""Calls a second, and how many may come at once, by operation."""

_SLOWEST = 1 / 3600


@dataclass(slots=True)
class _Bucket:
    rate: float
    burst: int
    left: float
    filled: float


class Limits:
    """Waits before a call as long as its operation's limit asks."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def before(self, operation: str) -> None:
        """Waits until the operation may be called, and counts the call."""
        bucket = self._bucket(operation)
        if bucket.left < 1:
            self._clock.wait((1 - bucket.left) / bucket.rate)
            bucket = self._bucket(operation)
        bucket.left = max(bucket.left - 1, 0)

    def told(self, operation: str, limit: str | None) -> None:
        """Takes the rate that an answer names in x-amzn-RateLimit-Limit; it differs from seller to seller."""
        try:
            rate = float(limit or "")
        except ValueError:
            return
        if math.isfinite(rate) and rate > 0:
            self._bucket(operation).rate = max(rate, _SLOWEST)

    def exhausted(self, operation: str) -> float:
        """Empties the bucket after Amazon has refused a call; returns the seconds until the next one is due."""
        bucket = self._bucket(operation)
        bucket.left = 0
        return 1 / bucket.rate

    def _bucket(self, operation: str) -> _Bucket:
        now = self._clock.steady()
        found = self._buckets.get(operation)
        if found is None:
            rate, burst = PUBLISHED[operation]
            found = self._buckets[operation] = _Bucket(rate, burst, burst, now)
        found.left = min(found.burst, found.left + (now - found.filled) * found.rate)
        found.filled = now
        return found
