"""Signals: what an order's own facts say went wrong or is still open, on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

KINDS = (
    "shipped", "delivered", "shipped_late", "delivered_late", "overdue", "delivery_failed", "cancelled",
    "return_open", "refund_owed", "refunded", "message_waiting", "feedback_negative", "feedback_positive", "claim_open",
    "opted_out", "replacement_sent",
)  # fmt: skip
"""Every kind of signal. `refund_owed` needs a return and refund records that cover the time since; a return without
such records is `return_open`."""

REASONS = frozenset(
    {"shipped_late", "delivered_late", "overdue", "delivery_failed", "cancelled", "return_open", "refund_owed",
     "message_waiting", "claim_open"}
)  # fmt: skip
"""The kinds that are, by themselves, a true reason on the order's side to write to the buyer."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One fact that matters: since when, for how many days, how much money, and which file says so."""

    kind: str
    order_id: str
    sku: str | None = None
    since: date | None = None
    days: int | None = None
    amount: Decimal | None = None
    currency: str | None = None
    source: str = ""
    returned: date | None = None
    """For `return_open` the day the return was recorded; for `refund_owed` the day the goods were back, from which the
    days for a refund are counted."""

    @property
    def is_reason(self) -> bool:
        """Whether this fact alone is a true reason to write to the buyer."""
        return self.kind in REASONS

    def to_json(self) -> dict[str, Any]:
        """The signal as the API and `investigate --json` give it."""
        return {
            "kind": self.kind,
            "order_id": self.order_id,
            "sku": self.sku,
            "since": self.since.isoformat() if self.since else None,
            "days": self.days,
            "amount": str(self.amount) if self.amount is not None else None,
            "currency": self.currency,
            "source": self.source,
            "returned": self.returned.isoformat() if self.returned else None,
            "reason": self.is_reason,
        }
