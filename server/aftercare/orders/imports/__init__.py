"""Importers: one for each kind of report, recognised from its content."""

from aftercare.orders.imports.files import import_file, import_paths
from aftercare.orders.imports.result import ImportResult

__all__ = ["ImportResult", "import_file", "import_paths"]
