"""Short dates such as 4/5/25: which of their parts is the month, told by the other days of the same file.

Amazon's reports write ISO 8601, mostly; a spreadsheet that saves them writes the days as its own country does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import wraps
from itertools import islice

from aftercare.orders.imports import cells as read
from aftercare.orders.imports.cells import Bad, DayOrder
from aftercare.orders.imports.rows import Batch
from aftercare.orders.imports.setting import Importer, Setting

MOST_TELLING = 2_000
"""Days that are looked at; where so many leave it open, no further one will tell."""

MOST_APART = timedelta(days=3 * 366)
"""How far the days of one report may lie apart; read in the wrong order they are often decades apart."""

_OVER = ("purchased", "shipped", "status_day", "as_of", "day", "received", "posted", "posted_day", "first")
_PLANNED = ("ship_by", "estimated_delivery", "promised", "last")
_SHORT = re.compile(r"[\s']*(\d{1,4}([-/.])\d{1,2}\2\d{1,4})(?!\d)")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_ORDERS: tuple[DayOrder, ...] = ("mdy", "dmy", "ymd")


def common_order(days: Iterable[str], latest: date) -> DayOrder | None:
    """The only order in which all the days make sense; None where several do, or none does.

    Cells that are no day in any order say nothing, and a few that lie after `latest` do not speak against an order: one
    slip of the pen must not make the others be read as days of another century.
    """
    telling = [day for day in islice(days, MOST_TELLING) if any(read.day(day, order) for order in _ORDERS)]
    fits = [order for order in _ORDERS if _makes_sense([read.day(day, order) for day in telling], latest)]
    return fits[0] if len(fits) == 1 else None


def _makes_sense(readings: list[date | Bad | None], latest: date) -> bool:
    """Whether all are days, most of them over, and those not too far apart for one report."""
    days = [each for each in readings if isinstance(each, date)]
    over = [each for each in days if each <= latest]
    return len(days) == len(readings) < 2 * len(over) and max(over) - min(over) <= MOST_APART


def settled_days(make: Callable[[Setting], Importer]) -> Callable[[Setting], Importer]:
    """The importer with its short days written out, as far as the file tells how to read them."""

    @wraps(make, updated=())
    def settled(setting: Setting) -> Importer:
        return _SettledDays(make(setting), setting)

    return settled


class _SettledDays:
    """Holds back the first rows of a file with short days until its days have told how to read them."""

    def __init__(self, importer: Importer, setting: Setting) -> None:
        self._importer = importer
        self._latest = read.latest_day(setting.today)
        places = setting.header.places
        self._over = {places[field] for field in _OVER if field in places}
        self._places = sorted(self._over | {places[field] for field in _PLANNED if field in places})
        self._waiting: Batch | None = Batch()
        self._order: DayOrder | None = None

    def take(self, batch: Batch) -> None:
        """Hands the rows on, or holds them back."""
        if self._waiting is None:
            self._hand_on(batch)
            return
        self._waiting.numbers += batch.numbers
        self._waiting.rows += batch.rows
        if len(self._waiting.rows) >= MOST_TELLING:
            self._decide()

    def finish(self) -> None:
        """Hands on what still waits."""
        self._decide()
        self._importer.finish()

    def _decide(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            days = [row[place] for row in waiting.rows for place in self._over]
            if not all(map(_ISO.match, filter(None, days))):
                self._order = common_order(filter(_SHORT.match, days), self._latest)
            self._hand_on(waiting)

    def _hand_on(self, batch: Batch) -> None:
        """A day that cannot be read stays as it is, and is refused by the importer."""
        if self._order is not None:
            for row in batch.rows:
                for place in self._places:
                    row[place] = _written_out(row[place], self._order)
        self._importer.take(batch)


def _written_out(cell: str, order: DayOrder) -> str:
    """The cell with its short day in ISO 8601, and the clock behind it as it was."""
    match = _SHORT.match(cell)
    day = read.day(match[1], order) if match else None
    return f"{day.isoformat()}{cell[match.end() :]}" if match and isinstance(day, date) else cell
