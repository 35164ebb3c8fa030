"""Reads a channel's JSON into orders: lists of orders as APIs give them, one order alone, one order a line.

An API may wrap an order in objects that hold nothing else worth reading (`{"order": {…}}`, `{"node": {…}}`); it is
looked for a few levels down.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from aftercare.orders.events import Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad
from aftercare.orders.imports.channels import values
from aftercare.orders.imports.channels.elsewhere import ElsewhereOrder, ElsewhereWriter
from aftercare.orders.imports.channels.values import Moment
from aftercare.orders.imports.documents import HEAD, Document, DocumentKind, DocumentSetting, Record, count, records
from aftercare.orders.imports.events import RefusedError

_DEEPEST = 4

Fits = Callable[[Record], bool]


class Fields:
    """The fields of one record, found by paths such as `buyer.username`; what is missing or odd is not known."""

    def __init__(self, record: Record, number: int, setting: DocumentSetting) -> None:
        self.record, self.number, self.setting = record, number, setting
        self._latest: date = read.latest_day(setting.today)

    def at(self, path: str) -> Any:
        """What stands at a path; None where it breaks off."""
        found: Any = self.record
        for part in path.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found

    def text(self, *paths: str) -> str | None:
        """The first text or number told at one of the paths."""
        return next((found for path in paths if (found := values.text(self.at(path)))), None)

    def each(self, path: str) -> Iterator[Fields]:
        """The objects of a list, or of the `edges`, `nodes` or lone object that stands for one."""
        found = self.at(path)
        if isinstance(found, dict):
            found = found.get("nodes") or found.get("edges") or [found]
        for one in found if isinstance(found, list) else []:
            inner = one.get("node", one) if isinstance(one, dict) else None
            if isinstance(inner, dict):
                yield Fields(inner, self.number, self.setting)

    def moment(self, *paths: str) -> Moment | None:
        """The newest moment told at the paths; one that cannot be is noted and left out."""
        found = []
        for path in paths:
            moment = values.moment(self.at(path), self._latest)
            if isinstance(moment, Bad):
                self.setting.result.note(self.number, f"{path} {moment.reason}; it was left out")
            elif moment:
                found.append(moment)
        return max(found, key=lambda each: each.at, default=None)

    def amount(self, path: str, number: str, unit: str) -> tuple[Decimal | None, str | None]:
        """The amount at a path with its currency."""
        return values.amount_of(self.at(path), number, unit)

    def quantity(self, path: str) -> int | None:
        found = read.count(self.text(path) or "")
        return None if isinstance(found, Bad) else found

    def order_id(self, *paths: str) -> str:
        """The order's id. Raises RefusedError where there is none."""
        found = self.text(*paths)
        if found is None or len(found) > 80:
            raise RefusedError(f"{paths[0]} is missing or is no id")
        if read.is_rounded(found):
            raise RefusedError(f"{paths[0]} was rounded by a spreadsheet")
        return found


def order_kind(kind: str, fits: Fits, orders: Callable[[Fields], Iterator[ElsewhereOrder]]) -> DocumentKind:
    """A kind of JSON document. orders: the orders that one record speaks of; raises RefusedError for a record that
    cannot be used."""

    def read_all(setting: DocumentSetting) -> None:
        writer = ElsewhereWriter(setting.connection, setting.file)
        result = setting.result
        for number, record in records(setting.content, result.refuse, lambda whole: bool(_wrapped(whole, fits))):
            told = _wrapped(record, fits)
            if not told:
                count(result, None)
            for each in told:
                try:
                    outcomes: list[Outcome] = [writer.put(order) for order in orders(Fields(each, number, setting))]
                except RefusedError as refused:
                    result.refuse(number, str(refused))
                else:
                    count(result, min(outcomes, key=("new", "changed", "unchanged").index, default=None))

    def recognizes(document: Document) -> bool:
        return any(_wrapped(each, fits) for each in document.samples) or bool(_wrapped(_lone(document), fits))

    return DocumentKind(kind, recognizes, read_all)


def _wrapped(value: Any, fits: Fits, depth: int = 0) -> list[Record]:
    """The record itself, or those within objects around it; lists are not looked into, since they hold the records."""
    if not isinstance(value, dict):
        return []
    if fits(value):
        return [value]
    if depth == _DEEPEST:
        return []
    return [found for each in value.values() for found in _wrapped(each, fits, depth + 1)]


def _lone(document: Document) -> Any:
    """The whole document, where it is small and one object."""
    if not document.is_json or len(document.head) >= HEAD:
        return None
    try:
        return json.loads(document.head.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
