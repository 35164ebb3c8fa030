"""Answers of Amazon's Selling Partner API, as saved files or as they come in."""

from collections.abc import Callable

from aftercare.orders.imports.documents import DocumentKind
from aftercare.orders.imports.setting import Importer, Setting
from aftercare.orders.imports.sp_api.document import kinds

DOCUMENTS: tuple[DocumentKind, ...] = kinds()
"""The kinds of files this package reads that are no tables."""

TABLES: dict[str, Callable[[Setting], Importer]] = {}
"""No tables: reports that come by the API are those that a seller downloads."""
