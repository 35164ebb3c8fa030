"""The order book: what is known of the seller's orders, from which file, and what follows from it."""

from aftercare.orders.derive_signals import signals_of
from aftercare.orders.imports import ImportResult, import_file, import_paths
from aftercare.orders.order import BuyerMessage, Feedback, Order, OrderLine, Refund, Replacement, Return
from aftercare.orders.signals import Signal

__all__ = [
    "BuyerMessage",
    "Feedback",
    "ImportResult",
    "Order",
    "OrderLine",
    "Refund",
    "Replacement",
    "Return",
    "Signal",
    "import_file",
    "import_paths",
    "signals_of",
]
