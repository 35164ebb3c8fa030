"""Order lines and the facts known of an order, as the order book hands them out.

None always means "not known", never "no". Dates are calendar days in the time zone of the report; money is Decimal in
the line's currency.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Fulfillment = Literal["FBA", "FBM"]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of an order. `line` numbers the lines of one order and SKU from 1, since equal rows can both be real.

    buyer: who ordered; recipient: who received it (often another person); delivered: the recorded day, rarely known;
    estimated_delivery: the carrier's or Amazon's estimate; promised: the latest day promised to the buyer; ship_by: the
    latest day for the seller to ship; status: the order's status as Amazon words it; status_day: the day Amazon gave it
    that status; status_seen: the last day on which a report still showed it; buyer_code, recipient_code: what a purge
    left of the two names, for comparing alone; sources: pairs of field and file. `status_seen` and `sources` are filled
    where one order is read by its id.
    """

    order_id: str
    sku: str
    line: int
    marketplace: str | None = None
    asin: str | None = None
    title: str | None = None
    quantity: int | None = None
    price: Decimal | None = None
    currency: str | None = None
    buyer: str | None = None
    recipient: str | None = None
    buyer_key: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    purchased: date | None = None
    shipped: date | None = None
    delivered: date | None = None
    estimated_delivery: date | None = None
    promised: date | None = None
    fulfillment: Fulfillment | None = None
    status: str | None = None
    status_day: date | None = None
    status_seen: date | None = None
    ship_by: date | None = None
    buyer_code: bytes | None = field(default=None, repr=False)
    recipient_code: bytes | None = field(default=None, repr=False)
    sources: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    def source(self, name: str) -> str:
        """The file that says this field; empty where that is not known."""
        return dict(self.sources).get(name, "")

    @property
    def arrived(self) -> date | None:
        """The best known day of arrival: recorded, else estimated."""
        return self.delivered or self.estimated_delivery


@dataclass(frozen=True, slots=True)
class Return:
    """A return of one line: the day it was recorded, why, and the buyer's own words where they were given.

    received: the day it came back, from which refund clocks run; claim: whether there is an A-to-z claim over it.
    """

    order_id: str
    sku: str | None
    day: date | None
    quantity: int | None = None
    reason: str | None = None
    status: str | None = None
    comment: str | None = None
    source: str = ""
    received: date | None = None
    claim: bool | None = None


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back on an order."""

    order_id: str
    sku: str | None
    day: date | None
    amount: Decimal | None
    currency: str | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Seller feedback the buyer left on the order: stars from 1 to 5 and their words."""

    order_id: str
    day: date | None
    stars: int
    comment: str | None = None
    response: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class BuyerMessage:
    """A message in the order's thread; `kind` tells who wrote it or what Amazon announced in it.

    order_id is empty where the message names none, as before a sale. message_id: the mail's Message-ID, or the
    helpdesk's own id with its name before it; equal ids are one message. buyer_key: the stable part of the buyer's
    relay address (or other address), in small letters. reason: of a return, refund or claim, as Amazon words it.
    """

    order_id: str
    at: datetime
    kind: Literal[
        "buyer", "seller", "return_request", "refund", "claim", "claim_closed", "cancellation", "opt_out", "notice"
    ]
    text: str | None = None
    source: str = ""
    message_id: str = field(default="", compare=False)
    buyer_key: str | None = None
    asin: str | None = None
    marketplace: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """A replacement sent for a line of an order: the day, the id of the order it went out under, and why."""

    order_id: str
    sku: str | None
    day: date | None
    replacement_order_id: str | None = None
    reason: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """All that is known of one order."""

    order_id: str
    lines: tuple[OrderLine, ...]
    returns: tuple[Return, ...] = ()
    refunds: tuple[Refund, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    messages: tuple[BuyerMessage, ...] = ()
    refunds_known_until: date | None = None
    """The last day that the imported refund sources cover without a gap since the first return; after it, "no refund"
    is not known."""
    replacements: tuple[Replacement, ...] = ()
