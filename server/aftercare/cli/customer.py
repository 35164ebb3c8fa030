"""What is known of the customer behind an order, in words for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.cli.common import counted
from aftercare.orders.customers import CustomerContext

_CHANNELS = {"amazon": "Amazon", "ebay": "eBay", "walmart": "Walmart", "shopify": "Shopify"}
_IDENTITIES = {
    "relay_key": "same relay address",
    "email": "same e-mail",
    "username": "same member name",
    "name_and_postcode": "same name and postcode",
}


def customer_lines(customer: CustomerContext) -> Iterator[str]:
    """How many orders, where and since when; by which identity; the last refund."""
    told = customer.to_json()
    where = ", ".join(f"{each['orders']} on {_CHANNELS[each['channel']]}" for each in told["channels"])
    since = f" since {told['since']}" if told["since"] else ""
    place = f"; this is number {told['place']}" if told["place"] else ""
    yield f"{counted(told['orders'], 'order')}{since} ({where}){place}"
    for each in told["identities"]:
        yield f"{_IDENTITIES[each['identity']]}: {each['orders']} more, each at least {each['probability']:.0%} theirs"
    if last := told["last_refund"]:
        day = last["refunded_on"] or last["placed"] or "day unknown"
        yield f"last refund: {last['refunded']} {last['currency'] or ''} on {_CHANNELS[last['channel']]}, {day}"
