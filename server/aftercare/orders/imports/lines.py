"""What the importers of order lines have in common: the facts of a line, cleaned; each report adds its own rules."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import repeat
from operator import itemgetter
from typing import Any, cast

from aftercare.errors import InputError
from aftercare.orders.imports import cells as read
from aftercare.orders.imports.batch import Cells, Memo
from aftercare.orders.imports.cells import Bad
from aftercare.orders.imports.recognize import rules
from aftercare.orders.imports.rows import Batch
from aftercare.orders.imports.seen import Seen
from aftercare.orders.imports.setting import Setting
from aftercare.orders.imports.sightings import Sightings
from aftercare.orders.merge import ReadingWriter
from aftercare.orders.schema import FACTS
from aftercare.orders.store import Connection
from aftercare.rules.marketplaces import by_host, marketplaces

_RELAY = re.compile(r"([a-z0-9]{6,})(?:\+[^@]*)?@((?:[a-z0-9-]+\.)*marketplace\.amazon\.[a-z.]+)", re.IGNORECASE)
_CLEAN_RELAY = re.compile(r"[a-z0-9]{6,}@(?:[a-z0-9-]+\.)*marketplace\.amazon\.[a-z.]+")
_ASIN = re.compile(r"[A-Z0-9]{10}")
DAYS_OF_PLAN = 400
"""How far ahead a promised or estimated day may lie, in days."""


Extra = Callable[[Cells, dict[str, Iterable[Any]]], None]
"""A report's own rules: sees the raw cells and the clean facts of a batch, and may add or replace facts. It must leave
each fact as many values as the batch has rows."""

Product = tuple[str | None, str, str | None, int | None]
"""ASIN, SKU, marketplace, and title."""
_MOST_LEARNED = 20_000


class LineImporter:
    """Reads rows of one report into readings of order lines."""

    def __init__(self, setting: Setting, extra: Extra) -> None:
        self.setting = setting
        self._extra = extra
        self._has = setting.header.places
        self._writer: ReadingWriter | None = None
        self._sightings = Sightings(setting.connection)
        self._seen = Seen()
        self._again: dict[int, int] = {}
        latest = read.latest_day(setting.today)
        planned = read.latest_day(setting.today, DAYS_OF_PLAN)
        over, plan = Memo(partial(_day, latest=latest)), Memo(partial(_day, latest=planned))
        self._days = {"purchased": over, "shipped": over, "status_day": over}
        self._days |= {"ship_by": plan, "estimated_delivery": plan, "promised": plan}
        self._learned: set[Product] = set()
        self._channel = Memo(marketplace_of)
        self._store: Memo[tuple[str, ...]] = Memo(partial(_marketplace, hint=setting.marketplace))
        self._text = Memo(read.text)
        self._cleaners: dict[str, Memo[Any]] = {
            "asin": Memo(_asin), "title": Memo(self._title), "quantity": Memo(read.count), "price": Memo(_price),
            "currency": Memo(_currency), "city": Memo(_place), "state": Memo(_place), "country": Memo(_country),
            "fulfillment": Memo(_fulfillment), "buyer": self._text, "recipient": self._text, "status": self._text,
            "buyer_key": Memo(_buyer_key), "postal_code": Memo(_postal_code),
        }  # fmt: skip

    def take(self, batch: Batch) -> None:
        """Writes one batch of rows."""
        if not batch.rows:
            return
        setting = self.setting
        cells = Cells(batch, self._has, setting.result.refuse, setting.result.note)
        facts: dict[str, Iterable[Any]] = {}
        ids = self._ids(cells)
        skus = [sku.strip() for sku in cells["sku"]]
        for field, cleaner in self._cleaners.items():
            if field not in cells:
                continue
            if field == "buyer_key" and all(map(_CLEAN_RELAY.fullmatch, cells[field])):
                # Nearly every file: each cell is another one, and each is clean as it stands.
                facts[field] = list(cells[field])
            else:
                facts[field] = cells.clean(field, cleaner)
        for field, cleaner in self._days.items():
            if field in cells:
                facts[field] = cells.clean(field, cleaner, needed=field == "purchased", raw=_days(cells[field]))
        facts["marketplace"] = self._stores(cells)
        facts["sku"], facts["order_id"] = skus, ids
        self._extra(cells, facts)
        items, numbers = facts.pop("item", None), cast(Iterable[int], repeat(1))
        numbered = items is None
        if items is None:
            items, numbers = self._numbered(ids, skus)
        parts = facts.pop("part", None) or repeat("")
        as_of = _seconds(cells.column("as_of"))
        columns = [fact for fact in FACTS if fact in facts]
        if self._writer is None:
            self._writer = ReadingWriter(
                setting.connection, kind=setting.header.report.kind, file=setting.file, columns=columns
            )
        self._learn(facts, skus)
        self._sightings.note(ids, skus, facts)
        setting.result.marketplaces.update(filter(None, facts["marketplace"]))
        # Not strict, since what is the same for all rows is an endless repeat.
        rows = zip(ids, skus, items, parts, numbers, as_of, *(facts[each] for each in columns), strict=False)
        self._writer.write(cells.good(rows), numbered=numbered)

    def finish(self) -> None:
        """Puts the counts into the result."""
        self._sightings.write()
        if self._writer:
            self._writer.finish()
            counts = self._writer.counts
            result = self.setting.result
            result.new, result.changed, result.unchanged = counts.new, counts.changed, counts.unchanged

    def number(self, order_id: str | None, sku: str) -> int:
        """Numbers the rows of equal order and SKU within the file, from 1."""
        key = hash((order_id, sku))
        return 1 if self._seen.add_hashes({key}) else self._next(key)

    def _next(self, key: int) -> int:
        count = self._again[key] = self._again.get(key, 1) + 1
        return count

    def _numbered(self, ids: list[str | None], skus: list[str]) -> tuple[Iterable[str], Iterable[int]]:
        """The items and line numbers of rows that have no item ids."""
        keys = list(map(hash, zip(ids, skus, strict=True)))
        distinct = set(keys)
        if not self._seen.add_hashes(distinct):
            numbers = list(map(self.number, ids, skus))
        elif len(distinct) == len(keys):
            return repeat("#1"), repeat(1)
        else:
            # What repeats does so within this batch, where nearly all repeats are: all keys are new but these.
            numbers = [1] * len(keys)
            for place, key in enumerate(keys):
                if key in distinct:
                    distinct.remove(key)
                else:
                    numbers[place] = self._next(key)
        return ["#1" if number == 1 else f"#{number}" for number in numbers], numbers

    def _stores(self, cells: Cells) -> list[str | None]:
        channels = cells.column("channel")
        if "" not in channels:
            return cells.clean("channel", self._channel)
        relays = [address.rpartition("@")[2] for address in cells.column("buyer_key")]
        return cells.clean(
            "channel",
            self._store,
            raw=zip(channels, relays, cells.column("country"), cells.column("currency"), strict=True),
        )

    @staticmethod
    def _ids(cells: Cells) -> list[str | None]:
        column = cells["order_id"]
        if all(map(read.ORDER_ID.fullmatch, column)):
            return list(column)
        return cells.clean("order_id", Memo(read.order_id), needed=True)

    def _title(self, raw: str) -> int | None:
        return title_id(self.setting.connection, raw)

    def _learn(self, facts: dict[str, Iterable[Any]], skus: list[str]) -> None:
        """Notes which SKU is which ASIN, for reports that tell only the one or the other."""
        if "asin" in facts:
            titles = facts.get("title", repeat(None))
            known = set(zip(facts["asin"], skus, facts["marketplace"], titles))  # noqa: B905
            learn_products(self.setting.connection, known - self._learned)
            self._learned = known if len(self._learned) > _MOST_LEARNED else self._learned | known


def learn_products(connection: Connection, known: set[Product]) -> None:
    """Notes products."""
    connection.executemany(
        "INSERT INTO product VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(asin, sku, store or "", title or 0) for asin, sku, store, title in known if asin],
    )


def title_id(connection: Connection, raw: str) -> int | None:
    """The row of a title. Its number follows from the text, so that it does not depend on the order of imports."""
    text = read.text(raw)
    if text is None:
        return None
    number = int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1
    connection.execute("INSERT INTO title VALUES (?, ?) ON CONFLICT DO NOTHING", (number, text))
    return number


def marketplace_of(channel: str) -> str | None:
    """The marketplace of a sales channel such as `Amazon.co.uk`; None where it names none."""
    found = by_host(channel.strip().lower())
    return found.code if found else None


def hinted(code: str | None) -> str | None:
    """A marketplace as a person names it. Raises InputError (`unknown_marketplace`)."""
    if code is None:
        return None
    wanted = code.strip().upper().replace("GB", "UK")
    if wanted not in marketplaces():
        raise InputError(
            f"There is no Amazon marketplace '{code}'.",
            code="unknown_marketplace",
            next=f"Use one of {' '.join(marketplaces())}.",
        )
    return wanted


def _marketplace(where: tuple[str, ...], hint: str | None) -> str | None:
    """The sales channel says it; else the domain of the buyer's relay address; else the person; else the country.

    A delivery to a country speaks for that country's own store, unless the currency is another store's: a German buyer
    may pay in pounds, and then bought in the United Kingdom.
    """
    channel, relay, country, currency = (each.strip() for each in where)
    if channel:
        return marketplace_of(channel)
    if relay and (found := marketplace_of(relay)):
        return found
    if hint:
        return hint
    local = marketplaces().get({"GB": "UK"}.get(country.upper(), country.upper()))
    return local.code if local and currency.upper() in ("", local.currency) else None


_AFTER_DAY = itemgetter(slice(10, 11))
_OFFSET_SIGN = itemgetter(slice(19, 20))


def _days(column: Sequence[str]) -> Sequence[str]:
    """The cells without the clock behind an ISO 8601 day, which would make every cell a new one to clean."""
    if set(map(_AFTER_DAY, column)) <= {"T", " ", ""}:
        return [cell[:10] for cell in column]
    return column


def _seconds(column: Sequence[str]) -> list[int]:
    """When each row was true; 0 where it does not say."""
    if set(map(len, column)) == {_LENGTH} and set(map(_OFFSET_SIGN, column)) <= {"+", "-"}:
        # Nearly every file: ISO 8601 to the second, with its offset. Days and minutes repeat, moments do not.
        with contextlib.suppress(ValueError, OverflowError, KeyError):
            return [
                _midnight(moment[:11] + moment[19:]) + _minute(moment[11:17]) + _SECONDS[moment[17:19]]
                for moment in column
            ]
    return [read.moment(moment) or 0 for moment in column]


_LENGTH = len("2026-01-01T00:00:00+00:00")
_SECONDS = {f"{second:02d}": second for second in range(60)}


@lru_cache(maxsize=4_000)
def _midnight(day: str) -> int:
    """Seconds since 1970 in UTC when the day began, written as `2026-01-01T+01:00`."""
    return int(datetime.fromisoformat(f"{day[:11]}00:00:00{day[11:]}").timestamp())


@lru_cache(maxsize=1_440)
def _minute(clock: str) -> int:
    """The seconds until a minute of the day, written as `23:59:`."""
    at = time.fromisoformat(f"{clock}00")
    if f"{at:%H:%M:}" != clock:
        raise ValueError("is no plain time")
    return at.hour * 3600 + at.minute * 60


def _day(raw: str, latest: date) -> str | Bad | None:
    found = read.day(raw, latest=latest)
    return found.isoformat() if isinstance(found, date) else found


def _asin(raw: str) -> str | None:
    cleaned = raw.strip().upper()
    return cleaned if _ASIN.fullmatch(cleaned) else None


def _price(raw: str) -> str | Bad | None:
    amount = read.money(raw)
    return amount if amount is None or isinstance(amount, Bad) else read.money_text(amount)


def _currency(raw: str) -> str | None:
    cleaned = raw.strip().upper()
    return cleaned if len(cleaned) == 3 and cleaned.isalpha() else None


def _country(raw: str) -> str | None:
    cleaned = raw.strip().upper()
    return cleaned if len(cleaned) == 2 and cleaned.isalpha() else None


def _place(raw: str) -> str | None:
    """A town or state; Japanese reports write `--` where the town stands in the address."""
    cleaned = read.text(raw)
    return cleaned if cleaned and cleaned.strip("-") else None


def _postal_code(raw: str) -> str | None:
    return read.text(raw.strip().lstrip("'"))


def _fulfillment(raw: str) -> str | None:
    word = raw.strip().casefold()
    return "FBA" if word in rules().amazon else "FBM" if word in rules().seller else None


def _buyer_key(raw: str) -> str | None:
    """The stable part of Amazon's relay address; any other address is a person's own and is not kept."""
    match = _RELAY.fullmatch(raw.strip())
    return f"{match[1]}@{match[2]}".lower() if match else None
