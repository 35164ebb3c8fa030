"""Which page may be handed a message: the messaging pages of the order, on its marketplace's Seller Central."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from aftercare.rules.marketplaces import marketplace

_MESSAGING = "/messaging/"
_CONTACT = "/messaging/contact"
_ORDER_NAMES = frozenset({"orderid", "amazonorderid", "ss"})
"""How messaging pages name the order in their address, in lower case; `ss` is the inbox's search."""


def is_page_of(url: str, order_id: str, marketplace_code: str, route: str) -> bool:
    """Whether an address is a messaging page of this order, on a Seller Central host of its marketplace.

    `contact_buyer` is the contact page only; answers may also go to the inbox that was opened on the order. An address
    that names another order or marketplace beside the right one is refused.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    place = marketplace(marketplace_code)
    if parts.scheme != "https" or port not in (None, 443) or "@" in parts.netloc:
        return False
    if parts.hostname not in place.seller_central:
        return False
    if not _right_path(parts.path, route):
        return False
    asked = [(name.lower(), value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    orders = {value.strip() for name, value in asked if name in _ORDER_NAMES}
    places = {value for name, value in asked if name == "marketplaceid"}
    return orders == {order_id} and places <= {place.id}


def _right_path(path: str, route: str) -> bool:
    if ".." in path or "//" in path or "%" in path or "\\" in path:
        return False
    if route == "contact_buyer":
        return path.rstrip("/") == _CONTACT
    return path.startswith(_MESSAGING)
