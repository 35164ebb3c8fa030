"""What Amazon says of one order at this moment: how it stands, which messages it allows, what the buyer reads.

Asked for only when a person wants to know; nothing is ever sent to a buyer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aftercare.orders.imports import ImportResult
from aftercare.rules.marketplaces import marketplace
from aftercare.sync.client import Amazon
from aftercare.sync.errors import AccountError, SyncError
from aftercare.sync.inbox import Inbox
from aftercare.sync.pages import INCLUDED


@dataclass(frozen=True, slots=True)
class OrderNow:
    """actions: the kinds of messages Amazon allows, as it names them (`unexpectedProblem`, ...), None where it did not
    say; locale: the buyer's language as `de-DE`; imported: what the order itself did to the book."""

    order_id: str
    actions: tuple[str, ...] | None
    locale: str | None
    imported: ImportResult | None
    problems: tuple[SyncError, ...] = ()


def look_up(amazon: Amazon, inbox: Inbox, order_id: str, store: str) -> OrderNow:
    """Asks about one order of a marketplace; what cannot be had is named in `problems`. Raises AccountError."""
    problems: list[SyncError] = []

    def ask(operation: str, path: str, query: dict[str, str]) -> dict[str, Any]:
        try:
            return amazon.call(operation, path, query)
        except AccountError:
            raise
        except SyncError as error:
            problems.append(error)
            return {}

    place = {"marketplaceIds": marketplace(store).id}
    order = ask("getOrder", f"/orders/2026-01-01/orders/{order_id}", {"includedData": INCLUDED})
    imported = inbox.take_json(f"order_{order_id}", order) if order else None
    allowed = ask("getMessagingActionsForOrder", f"/messaging/v1/orders/{order_id}", place)
    buyer = ask("getAttributes", f"/messaging/v1/orders/{order_id}/attributes", place).get("buyer")
    locale = buyer.get("locale") if isinstance(buyer, dict) else None
    actions = _actions(allowed) if allowed else None
    return OrderNow(order_id, actions, locale if isinstance(locale, str) else None, imported, tuple(problems))


def _actions(answer: dict[str, Any]) -> tuple[str, ...]:
    """The names of the messages among the links; the attributes are a link, but no message."""
    links = answer.get("_links")
    listed = links.get("actions") if isinstance(links, dict) else None
    found = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return tuple(
        str(each["name"]) for each in found if each.get("name") and "/messages/" in urlsplit(str(each.get("href"))).path
    )
