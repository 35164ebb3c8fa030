"""Cleans a batch of rows column by column.

Cells repeat (days, prices, towns, titles), so each distinct text is cleaned once and then looked up; this keeps the
work per row small. A cell that cannot be read refuses its row where the row means nothing without it, else it is left
out and noted.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import compress
from operator import itemgetter
from typing import Any, Generic, TypeVar

from aftercare.orders.imports.cells import Bad
from aftercare.orders.imports.rows import Batch

Raw = TypeVar("Raw", bound=Hashable)

_MOST_REMEMBERED = 20_000


class Memo(dict[Raw, Any], Generic[Raw]):
    """Remembers what each text was cleaned to; `bad` tells whether any could not be read."""

    def __init__(self, clean: Callable[[Raw], Any]) -> None:
        super().__init__()
        self._clean = clean
        self.bad = False

    def __missing__(self, raw: Raw) -> Any:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        cleaned = self[raw] = self._clean(raw)
        if isinstance(cleaned, Bad):
            self.bad = True
        return cleaned


class Cells:
    """The raw columns of one batch by field, with the rows and cells found wrong so far."""

    def __init__(
        self,
        batch: Batch,
        places: Mapping[str, int],
        refuse: Callable[[int, str], None],
        note: Callable[[int, str], None],
    ) -> None:
        self._numbers = batch.numbers
        self._refuse = refuse
        self._note = note
        self._wrong: dict[int, str] = {}
        # One getter for all columns; itemgetter with a single place would give cells instead of tuples.
        getter = itemgetter(*places.values(), 0)
        columns = zip(*map(getter, batch.rows), strict=True)
        self._columns: dict[str, Sequence[str]] = dict(zip(places, columns, strict=False))

    def __contains__(self, field: str) -> bool:
        return field in self._columns

    def __getitem__(self, field: str) -> Sequence[str]:
        return self._columns[field]

    def __len__(self) -> int:
        return len(self._numbers)

    def column(self, field: str) -> Sequence[str]:
        """The raw column; empty cells where the file has none."""
        return self._columns.get(field) or [""] * len(self._numbers)

    def clean(
        self, field: str, memo: Memo[Any], *, needed: bool = False, raw: Iterable[Any] | None = None
    ) -> list[Any]:
        """The cleaned column. `raw` stands for the file's own cells where these need joining or cutting first."""
        cleaned = list(map(memo.__getitem__, self.column(field) if raw is None else raw))
        if memo.bad:
            for place, value in enumerate(cleaned):
                if isinstance(value, Bad):
                    self.wrong(place, field, value.reason, needed=needed)
                    cleaned[place] = None
        return cleaned

    def wrong(self, place: int, field: str, reason: str, *, needed: bool) -> None:
        """Refuses the row, or notes that its cell is left out. `field` is named as the report's rules name it."""
        name = field.replace("_", " ")
        if needed:
            self._wrong.setdefault(place, f"{name} {reason}")
        elif place not in self._wrong:
            self._note(self._numbers[place], f"{name} {reason}; the cell was left out")

    def good(self, rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        """The rows that were not refused; reports the others. Call it once, after all columns are clean."""
        if not self._wrong:
            return rows
        for place, reason in sorted(self._wrong.items()):
            self._refuse(self._numbers[place], reason)
        return compress(rows, [place not in self._wrong for place in range(len(self))])

    @property
    def good_count(self) -> int:
        return len(self) - len(self._wrong)
