"""Answers of Amazon's Selling Partner API, as saved files or as they come in."""

from collections.abc import Callable

from aftercare.orders.imports.documents import DocumentKind
from aftercare.orders.imports.setting import Importer, Setting

DOCUMENTS: tuple[DocumentKind, ...] = ()
"""The kinds of files this package reads that are no tables."""

TABLES: dict[str, Callable[[Setting], Importer]] = {}
"""The kinds of tables this package reads, each described in a file of `shared_rules/reports/`."""
