"""Returns from Amazon's External Fulfillment API (2024-09-11): goods on their way back to a seller's own location."""

from __future__ import annotations

from datetime import date

from aftercare.orders.events import EventWriter, Outcome
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.documents import Record
from aftercare.orders.imports.events import RefusedError
from aftercare.orders.imports.sp_api.table import order_id, part, text

_ARRIVED = ("DELIVERED",)
"""The status whose last update is the day on which the goods came back; later ones are updates of other things."""


def put_return(writer: EventWriter, record: Record, latest: date) -> Outcome:
    """Stores one return under Amazon's own id of it. Raises RefusedError."""
    number = order_id(part(record, "marketplaceChannelDetails", "customerOrderId"))
    if number is None:
        raise RefusedError("names no Amazon order id")
    day = read.day(text(record.get("creationDateTime")), latest=latest)
    if not isinstance(day, date):
        raise RefusedError("does not say when the return was made")
    status = text(record.get("status")).upper()
    updated = read.day(text(record.get("lastUpdatedDateTime")), latest=latest)
    received = updated.isoformat() if status in _ARRIVED and isinstance(updated, date) else None
    count = read.count(text(record.get("numberOfUnits")))
    sku = text(record.get("merchantSku")) or text(part(record, "marketplaceChannelDetails", "channelSku"))
    values = (
        day.isoformat(),
        count if isinstance(count, int) else None,
        read.text(text(part(record, "returnMetadata", "returnReason"))),
        status.replace("_", " ").capitalize() or None,
        None,
        received,
        None,
    )
    moment = text(record.get("lastUpdatedDateTime")) or text(record.get("creationDateTime"))
    return writer.put("returned", number, sku.strip(), text(record.get("id")), moment, values)
