"""The words by which channels say things: marks of currencies, codes of countries, states of an order.

They are data in `shared_rules/channels.json`.
"""

from __future__ import annotations

from typing import Literal

from aftercare.rules import RuleModel, load

Status = Literal["placed", "shipped", "delivered", "partly_refunded", "refunded", "replacement", "cancelled"]
"""What became of an order, in the order of progress: of two states told for the same moment the later one holds.

replacement: sent for another order, and thus no purchase of its own.
"""

PROGRESS: tuple[Status, ...] = (
    "placed", "shipped", "delivered", "partly_refunded", "refunded", "replacement", "cancelled",
)  # fmt: skip


class ChannelRules(RuleModel):
    """The file.

    currencies: what stands beside an amount, without blanks and in capitals, and the currency it means. countries:
    codes that are not those of ISO 3166 with two letters, and what they mean. states: for each channel its words for
    what became of an order or a line, in small letters, and what they mean here; a word not listed says nothing.
    failed_refunds: states of a refund that gave no money back. empty: what a channel writes into a cell it leaves
    empty. withheld: beginnings of texts that stand for a value the channel no longer gives.
    """

    source: str
    checked: str
    currencies: dict[str, str]
    countries: dict[str, str]
    states: dict[str, dict[str, Status]]
    failed_refunds: tuple[str, ...]
    empty: tuple[str, ...]
    withheld: tuple[str, ...]


def channel_rules() -> ChannelRules:
    """The file. Raises RulesError where it is wrong."""
    return load(ChannelRules, "channels.json")


def state(channel: str, *words: object) -> Status | None:
    """The furthest state that the words name; None where none of them is known."""
    known = channel_rules().states[channel]
    found = [known[word] for each in words if (word := str(each or "").strip().casefold()) in known]
    return max(found, key=PROGRESS.index, default=None)
