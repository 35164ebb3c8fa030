"""Cuts decoded text into numbered lines and these into rows of exactly the header's width.

Amazon's tab files know no quote character: a title may begin with one. Comma and semicolon files are re-saves by a
spreadsheet and are quoted. A newline inside a comment cuts a row in two; short rows are joined forward. A line that
cannot be mended is refused by its number and costs no other line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

LONGEST_LINE = 100_000
"""Characters; the longest real cells (promotion ids, comments) stay far below, and so does the csv module's limit."""

_MOST_LINES_IN_CELL = 60
_ROW_START = re.compile(r"""[\s"'=]*(?:[0-9A-Z]\d\d-\d{7}-\d{7}|\d{1,4}[-./]\w{1,3}[-./]\d{2,4}|\d{6,}"?$)""")
_ID_START = re.compile(r"""[\s"'=]*[0-9A-Z]\d\d-\d{7}-\d{7}""")

Refuse = Callable[[int, str], None]
"""Takes the number of a refused line, from 1, and the reason."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of one file look. ids: the place of the order id; comment_last: the last column is free text."""

    width: int
    delimiter: str
    quoted: bool
    ids: int
    comment_last: bool

    def starts_row(self, cells: list[str]) -> bool:
        """Whether the cells look like the beginning of a row rather than the rest of a comment."""
        return bool(_ROW_START.match(cells[0]) or (self.ids < len(cells) and _ID_START.match(cells[self.ids])))


@dataclass(slots=True)
class Batch:
    """Some rows, each of the header's width, with the number of the line each began in."""

    numbers: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def lines_of(texts: Iterable[str], refuse: Refuse) -> Iterator[tuple[int, list[str], bool]]:
    """Complete lines in blocks: the number of the first, the lines, whether the last one was cut off by the file's end.

    A line too long to be a row is refused and given as an empty one.
    """
    carry = ""
    number = 1
    dropping = old_mac = False
    first = True
    for text in texts:
        if "\x00" in text:
            text = text.replace("\x00", "")
        if first and text:
            old_mac, first = "\n" not in text and "\r" in text.rstrip("\r"), False
        if old_mac:
            text = text.replace("\r", "\n")
        if dropping:
            _, found, text = text.partition("\n")
            if not found:
                continue
            dropping = False
            text = "\n" + text
        lines = (carry + text).replace("\r\n", "\n").split("\n")
        carry = lines.pop()
        if lines and max(map(len, lines)) > LONGEST_LINE:
            for place, line in enumerate(lines):
                if len(line) > LONGEST_LINE:
                    refuse(number + place, "is too long to be a row")
                    lines[place] = ""
        if len(carry) > LONGEST_LINE:
            refuse(number + len(lines), "is too long to be a row")
            carry, dropping = "", True
        if lines:
            yield number, lines, False
            number += len(lines)
    if carry.strip("\r"):
        yield number, [carry.rstrip("\r")], True


def rows_of(blocks: Iterable[tuple[int, list[str], bool]], layout: Layout, refuse: Refuse) -> Iterator[Batch]:
    """The rows of the given lines, in order."""
    split = _Quoted(layout) if layout.quoted else _Plain(layout)
    held = Batch()  # The last row of a block waits, since the next block may begin with the rest of it.
    for number, lines, cut_off in blocks:
        fresh = split(number, lines)
        numbers, rows = held.numbers + fresh.numbers, held.rows + fresh.rows
        if not rows:
            continue
        if set(map(len, rows)) != {layout.width}:
            numbers, rows = _joined(numbers, rows, layout)
        held = Batch(numbers[-1:], rows[-1:])
        yield _mended(Batch(numbers[:-1], rows[:-1]), layout, refuse, cut_off=False)
        if cut_off:
            yield _mended(held, layout, refuse, cut_off=True)
            held = Batch()
    rest = split.rest()
    numbers, rows = _joined(held.numbers + rest.numbers, held.rows + rest.rows, layout)
    yield _mended(Batch(numbers, rows), layout, refuse, cut_off=False)


class _Plain:
    """Cuts at every delimiter."""

    def __init__(self, layout: Layout) -> None:
        self._delimiter = layout.delimiter

    def __call__(self, number: int, lines: list[str]) -> Batch:
        delimiter = self._delimiter
        if all(lines):
            return Batch(list(range(number, number + len(lines))), [line.split(delimiter) for line in lines])
        kept = [(place, line) for place, line in enumerate(lines, number) if line.strip()]
        return Batch([place for place, _ in kept], [line.split(delimiter) for _, line in kept])

    def rest(self) -> Batch:
        return Batch()


class _Quoted:
    """Cuts as spreadsheets write: a quoted cell may hold the delimiter and newlines.

    A quote that is never closed would swallow the rows behind it. Lines are only taken together where this gives a row
    of the header's width; else each stands alone.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._open: list[tuple[int, str]] = []

    def __call__(self, number: int, lines: list[str]) -> Batch:
        # A lone carriage return within a line is one that a cell held; the csv module takes it for a mistake.
        waiting = [*self._open, *((place, line.replace("\r", " ")) for place, line in enumerate(lines, number))]
        self._open = []
        if not any(line.count('"') & 1 for _, line in waiting):
            kept = [(place, line) for place, line in waiting if line.strip()]
            rows = list(csv.reader([line for _, line in kept], delimiter=self._layout.delimiter))
            if len(rows) == len(kept):
                return Batch([place for place, _ in kept], rows)
        return self._cut(waiting, finished=False)

    def rest(self) -> Batch:
        """What still waits for a closing quote when the file ends."""
        waiting, self._open = self._open, []
        return self._cut(waiting, finished=True)

    def _cut(self, waiting: list[tuple[int, str]], *, finished: bool) -> Batch:
        batch = Batch()
        place = 0
        while place < len(waiting):
            number, line = waiting[place]
            size = self._size(waiting, place)
            if size == 0 and not finished and len(waiting) - place <= _MOST_LINES_IN_CELL:
                self._open = waiting[place:]
                break
            cells = self._row([each for _, each in waiting[place : place + size]]) if size > 1 else []
            place += size if cells else 1
            if line.strip():
                batch.numbers.append(number)
                batch.rows.append(cells or self._alone(line))
        return batch

    @staticmethod
    def _size(waiting: list[tuple[int, str]], place: int) -> int:
        """How many lines the record at this place takes; 0 where its quotes are not closed within reach."""
        quotes = 0
        for size in range(1, min(_MOST_LINES_IN_CELL, len(waiting) - place) + 1):
            quotes += waiting[place + size - 1][1].count('"')
            if not quotes & 1:
                return size
        return 0

    def _row(self, lines: list[str]) -> list[str]:
        """The cells of the record these lines make; nothing where it has not the header's width.

        The reader gets the lines of one record alone, so that it cannot run on into the next.
        """
        cells = _cells(csv.reader([f"{line}\n" for line in lines], delimiter=self._layout.delimiter))
        return cells if len(cells) == self._layout.width else []

    def _alone(self, line: str) -> list[str]:
        """The cells of one line, its quotes taken for data where only this gives the header's width."""
        quoted = _cells(csv.reader([line], delimiter=self._layout.delimiter))
        bare = _cells(csv.reader([line], delimiter=self._layout.delimiter, quoting=csv.QUOTE_NONE))
        return bare if len(quoted) != self._layout.width == len(bare) else quoted


def _cells(reader: Iterable[list[str]]) -> list[str]:
    """The one row that the lines make; nothing where they make several, or none."""
    try:
        rows = list(reader)
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []


def _joined(numbers: list[int], rows: list[list[str]], layout: Layout) -> tuple[list[int], list[list[str]]]:
    """Joins a line that is the rest of a comment to the row before it."""
    kept_numbers: list[int] = []
    kept: list[list[str]] = []
    for number, cells in zip(numbers, rows, strict=True):
        if kept and len(cells) < layout.width and not layout.starts_row(cells):
            before = kept[-1]
            ends_comment = len(before) == layout.width and len(cells) == 1 and layout.comment_last
            if ends_comment or (len(before) < layout.width and len(before) + len(cells) - 1 <= layout.width):
                kept[-1] = [*before[:-1], f"{before[-1]}\n{cells[0]}", *cells[1:]]
                continue
        kept_numbers.append(number)
        kept.append(cells)
    return kept_numbers, kept


def _mended(batch: Batch, layout: Layout, refuse: Refuse, *, cut_off: bool) -> Batch:
    """Gives every row the header's width, and refuses those it cannot."""
    width = layout.width
    if set(map(len, batch.rows)) <= {width}:
        return batch
    mended = Batch()
    for number, cells in zip(batch.numbers, batch.rows, strict=True):
        if len(cells) < width and cut_off:
            refuse(number, "the file ends in the middle of this row")
        elif len(cells) < width and not layout.starts_row(cells):
            refuse(number, "has fewer cells than the header, and is not the rest of the row above")
        elif len(cells) > width and any(cell.strip() for cell in cells[width:]):
            refuse(number, "has more cells than the header")
        else:
            mended.numbers.append(number)
            mended.rows.append((cells + [""] * (width - len(cells)))[:width])
    return mended
