"""Where data came from, as far as their keeping depends on it: Amazon's API, own reports, mail, helpdesks, channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from aftercare.orders.imports import channels, helpdesks, mail, sp_api
from aftercare.orders.imports.documents import DocumentKind

Source = Literal["api", "reports", "mail", "helpdesks", "channels"]
SOURCES: tuple[Source, ...] = ("api", "reports", "mail", "helpdesks", "channels")

API_NAME = "sp-api"
"""How the names of files begin that `aftercare sync` fetched: reports that came by the API are read like any others."""

_Package = tuple[tuple[DocumentKind, ...], Mapping[str, Any]]
_PACKAGES: dict[Source, _Package] = {
    "api": (sp_api.DOCUMENTS, sp_api.TABLES),
    "mail": (mail.DOCUMENTS, mail.TABLES),
    "helpdesks": (helpdesks.DOCUMENTS, helpdesks.TABLES),
    "channels": (channels.DOCUMENTS, channels.TABLES),
}
_KINDS: dict[Source, frozenset[str]] = {
    source: frozenset({*(each.kind for each in documents), *tables})
    for source, (documents, tables) in _PACKAGES.items()
}


def files_of(sources: tuple[Source, ...]) -> tuple[str, tuple[str, ...]]:
    """A condition on the columns of the table `file`, with its values, for files of these sources."""
    if set(sources) == set(SOURCES):
        return "1 = 1", ()
    by_api = f"{API_NAME}%"
    parts: list[str] = []
    values: list[str] = []
    for source in sources:
        # Reports are what no other source has.
        kinds = sorted(frozenset().union(*_KINDS.values()) if source == "reports" else _KINDS[source])
        listed = f"kind {'NOT IN' if source == 'reports' else 'IN'} ({', '.join('?' * len(kinds)) or 'NULL'})"
        parts.append(f"({listed} OR name LIKE ?)" if source == "api" else f"({listed} AND name NOT LIKE ?)")
        values += [*kinds, by_api]
    return f"({' OR '.join(parts) or '1 = 0'})", tuple(values)
