"""Orders of the same customers on other channels: eBay, Walmart, Shopify."""

from collections.abc import Callable

from aftercare.orders.imports.channels.ebay_api import EBAY_ORDERS
from aftercare.orders.imports.channels.ebay_table import ebay_orders
from aftercare.orders.imports.channels.shopify_api import SHOPIFY_ORDERS
from aftercare.orders.imports.channels.shopify_table import shopify_orders
from aftercare.orders.imports.channels.walmart_api import WALMART_ORDERS, WALMART_RETURNS
from aftercare.orders.imports.channels.walmart_table import walmart_orders
from aftercare.orders.imports.documents import DocumentKind
from aftercare.orders.imports.setting import Importer, Setting

DOCUMENTS: tuple[DocumentKind, ...] = (EBAY_ORDERS, WALMART_ORDERS, WALMART_RETURNS, SHOPIFY_ORDERS)
"""The kinds of files this package reads that are no tables."""

TABLES: dict[str, Callable[[Setting], Importer]] = {
    "ebay_orders": ebay_orders,
    "walmart_orders": walmart_orders,
    "shopify_orders": shopify_orders,
    "shopify_order_table": shopify_orders,
}
"""The kinds of tables this package reads, each described in a file of `shared_rules/reports/`."""
