"""Tickets of helpdesks: messages between buyers and the seller, told by the orders they name."""

from collections.abc import Callable

from aftercare.orders.imports.documents import DocumentKind
from aftercare.orders.imports.setting import Importer, Setting

DOCUMENTS: tuple[DocumentKind, ...] = ()
"""The kinds of files this package reads that are no tables."""

TABLES: dict[str, Callable[[Setting], Importer]] = {}
"""The kinds of tables this package reads, each described in a file of `shared_rules/reports/`."""
