"""Tickets of helpdesks: messages between buyers and the seller, told by the orders they name."""

from aftercare.orders.imports.documents import DocumentKind
from aftercare.orders.imports.helpdesks.edesk import EDESK
from aftercare.orders.imports.helpdesks.freshdesk import FRESHDESK
from aftercare.orders.imports.helpdesks.gorgias import GORGIAS
from aftercare.orders.imports.helpdesks.tables import TABLES
from aftercare.orders.imports.helpdesks.zendesk import ZENDESK

DOCUMENTS: tuple[DocumentKind, ...] = tuple(desk.document() for desk in (GORGIAS, FRESHDESK, EDESK, ZENDESK))
"""The kinds of files this package reads that are no tables."""

__all__ = ["DOCUMENTS", "TABLES"]
