"""Which orders' personal data are due to go: those delivered before a day, page by page, so that any book is flat."""

# ruff: noqa: S608 - SQL here is put together from names in this package only, never from values.

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aftercare.keeping.sources import Source, files_of
from aftercare.orders.book import OrderBook

PERSONAL = ("buyer", "recipient", "buyer_key", "city", "postal_code")
"""The facts of an order line that tell who and where a buyer is."""

AT_ONCE = 500
"""Orders in one transaction: few enough that an import beside it waits but a moment."""

# A town alone is no reason: it may stay (see `purge.py`).
_FILLED = " OR ".join(f"(r.{column} <> '')" for column in PERSONAL if column != "city")
# The recorded delivery counts; without one the latest day that is known, down to the day the file was imported.
_DAYS = "max(r.delivered), max(r.estimated_delivery), max(r.promised), max(r.shipped), max(r.purchased)"
_BY_READING = f"""
SELECT r.order_id FROM reading r JOIN file f ON f.id = r.file WHERE r.order_id > ?
GROUP BY r.order_id
HAVING max(CASE WHEN ({_FILLED}) AND r.file IN (SELECT id FROM file WHERE {{files}}) THEN 1 ELSE 0 END) = 1
AND coalesce({_DAYS}, substr(max(f.imported), 1, 10)) < ?
ORDER BY r.order_id LIMIT {AT_ONCE}
"""
TEXTS = {
    "returned": "e.comment IS NOT NULL",
    "feedback": "e.comment IS NOT NULL OR e.response IS NOT NULL",
}
"""Tables of events in which people's words stand, with the condition that some do."""

_BY_EVENT = f"""
SELECT e.order_id FROM {{table}} e JOIN file f ON f.id = e.file
WHERE e.order_id > ? AND ({{filled}}) AND e.file IN (SELECT id FROM file WHERE {{files}})
GROUP BY e.order_id
HAVING coalesce((SELECT coalesce({_DAYS}) FROM reading r WHERE r.order_id = e.order_id),
    max(e.day), substr(max(f.imported), 1, 10)) < ?
ORDER BY e.order_id LIMIT {AT_ONCE}
"""
_BY_MESSAGE = f"""
SELECT m.order_id FROM message m
WHERE m.order_id > ? AND (m.text IS NOT NULL OR m.buyer_key IS NOT NULL) AND {{files}}
GROUP BY m.order_id
HAVING coalesce((SELECT coalesce({_DAYS}) FROM reading r WHERE r.order_id = m.order_id), substr(max(m.at), 1, 10)) < ?
ORDER BY m.order_id LIMIT {AT_ONCE}
"""


def due_orders(book: OrderBook, sources: tuple[Source, ...], before: date) -> Iterator[list[str]]:
    """Orders with personal data of these sources, delivered before that day, at most `AT_ONCE` at a time.

    An order may come more than once, when more than its lines are personal.
    """
    files, values = files_of(sources)
    told, named = messages_of(sources)
    queries = [(_BY_READING.format(files=files), values)]
    queries += [(_BY_EVENT.format(table=table, filled=filled, files=files), values) for table, filled in TEXTS.items()]
    queries.append((_BY_MESSAGE.format(files=told), named))
    for query, given in queries:
        last = ""
        while True:
            with book.write() as connection:
                found = [str(row[0]) for row in connection.execute(query, (last, *given, before.isoformat()))]
            if not found:
                break
            yield found
            last = found[-1]


def messages_of(sources: tuple[Source, ...]) -> tuple[str, tuple[str, ...]]:
    """A condition on the columns of the table `message`, with its values: messages know their file by its name."""
    files, values = files_of(sources)
    if files == "1 = 1":
        return files, values
    named = f"source IN (SELECT name FROM file WHERE {files})"
    if "mail" in sources:
        # A message that was handed in by another program has no file; it counts as mail.
        named = f"({named} OR source NOT IN (SELECT name FROM file))"
    return named, values
