"""Amazon's end user data report: people who agreed to share name, address, and e-mail with this seller.

It names no order, only how often a person looked at a product in a week. To guess an order from that would join a
person to a purchase that may be somebody else's, so the report is known by name and nothing of it is kept.
"""

from __future__ import annotations

from aftercare.orders.imports.documents import Document, DocumentKind, DocumentSetting, Record, count, records


def _fits(record: Record) -> bool:
    """A person with their metrics, or one of several reports that hold such people."""
    return {"fullName", "asinMetrics"} <= record.keys() or isinstance(record.get("endUserData"), list)


def _recognizes(document: Document) -> bool:
    return any(map(_fits, document.samples))


def _read(setting: DocumentSetting) -> None:
    """Counts the people, and refuses what is none."""
    for number, record in records(setting.content, setting.result.refuse):
        if _fits(record):
            count(setting.result, None)
        else:
            setting.result.refuse(number, "is no record of end user data")


DOCUMENTS = (DocumentKind("end_user_data", _recognizes, _read),)
"""The kinds of documents read here."""
