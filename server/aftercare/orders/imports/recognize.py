"""Recognizes a table by the names in its header, in any order and spelling; the names are data in shared_rules."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from aftercare.orders.imports.cells import DayOrder
from aftercare.orders.imports.rows import Layout
from aftercare.rules import RuleModel, load

_DELIMITERS = ("\t", ",", ";", "|")
_SEPARATORS = re.compile(r"[\s_\-]+")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ´`"), "'")
_PAGE = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b")
_XML = re.compile(r"<\?xml\b|<[a-z][\w:.-]*(?:\s[^<>]*)?>")
_SIGN_IN = ("signin", "sign-in", 'type="password"', "ap/signin")
HEADER_WITHIN = 25
"""Lines among which the header is looked for; spreadsheets and some downloads put a preamble above it."""


class ReportRule(RuleModel):
    """One kind of report.

    kind: as `import --json` names it; name: as a seller knows it; source: where its columns are documented.
    needs: fields without which a file is not of this kind; lacks: fields that show it is of another kind.
    columns: each field with the header names it is known by, the best first; comment: the field of free text in which
    newlines occur.
    """

    kind: str
    name: str
    source: str
    needs: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]]
    comment: str | None = None


class ReportRules(RuleModel):
    """The file: the reports, how feedback reports write their days per marketplace, and words for states.

    day_orders: per marketplace, `*` for all others. cancelled, pending: beginnings of an order's or item's status;
    open: a status after which something is still to come. amazon, seller: words for who ships. other_channels:
    beginnings of a sales channel that is not Amazon's. refund: transaction types of a settlement that give money back;
    price_groups: its amount types that are the buyer's money. refund_types: the first words of such a type in a date
    range report, which is written in the seller's language. stores: names of stores there that are no store's host.
    """

    source: str
    checked: str
    reports: tuple[ReportRule, ...]
    day_orders: dict[str, DayOrder]
    cancelled: tuple[str, ...]
    pending: tuple[str, ...]
    open: tuple[str, ...]
    amazon: tuple[str, ...]
    seller: tuple[str, ...]
    other_channels: tuple[str, ...]
    refund: tuple[str, ...]
    refund_types: tuple[str, ...]
    stores: dict[str, str]
    price_groups: tuple[str, ...]


class OtherReports(RuleModel):
    """A file of tables that are not Amazon's reports."""

    source: str
    checked: str
    reports: tuple[ReportRule, ...]


_OTHERS = ("helpdesks", "channels", "sp_api")


@cache
def rules() -> ReportRules:
    """The rules of `shared_rules/reports/`, those of all files together."""
    common = load(ReportRules, "reports/amazon.json")
    others = [load(OtherReports, f"reports/{name}.json").reports for name in _OTHERS]
    return common.model_copy(update={"reports": (*common.reports, *(each for some in others for each in some))})


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header: its report, its line number from 1, the place of each field, and how its rows are cut."""

    report: ReportRule
    line: int
    places: Mapping[str, int]
    layout: Layout


def folded(name: str) -> str:
    """A header name as it is compared: `Order ID`, `order_id` and `order-id` are one, with or without its accents."""
    plain = unicodedata.normalize("NFKC", name).replace("\ufeff", "").translate(_APOSTROPHES)
    bare = "".join(each for each in unicodedata.normalize("NFD", plain) if not unicodedata.combining(each))
    return _SEPARATORS.sub("-", bare.strip(" \t\"':")).casefold()


_folded = lru_cache(maxsize=10_000)(folded)


def header_in(lines: list[str]) -> Header | None:
    """The header among the first lines of a file; None where no known report begins so."""
    for number, delimiter, quoted, names in _headers(lines):
        found = _recognized(names)
        if found:
            report, places = found
            comment = places.get(report.comment or "", -1)
            layout = Layout(len(names), delimiter, quoted, places["order_id"], comment == len(names) - 1)
            return Header(report, number, places, layout)
    return None


def near_miss(lines: list[str]) -> str | None:
    """What an unrecognized file is, or lacks to be the report it resembles most; None where neither is known."""
    if form := markup(lines):
        return form
    best: tuple[int, str] = 0, ""
    for _, _, _, names in _headers(lines):
        for report in rules().reports:
            places = _places(report, names)
            lacking = [report.columns[field][0] for field in report.needs if field not in places]
            if lacking and len(places) * 2 > len(report.columns) and len(places) > best[0]:
                best = len(places), f"looks like {report.name}, but has no column {' and no '.join(lacking)}"
    return best[1] or None


def markup(lines: list[str]) -> str | None:
    """What a text is that begins as a page of the web or as XML does; None where it begins as neither."""
    start = " ".join(lines[:HEADER_WITHIN]).lstrip("\ufeff \t\r\n").casefold()
    if _PAGE.match(start):
        signed_out = any(word in start for word in _SIGN_IN)
        return "is a web page, not a report" + ("; it asks to sign in" if signed_out else "")
    return "is XML; Aftercare reads the same report as a tab-delimited text (.txt)" if _XML.match(start) else None


def _headers(lines: list[str]) -> Iterator[tuple[int, str, bool, list[str]]]:
    """Each way to read one of the first lines as a header: its number, delimiter, whether it is quoted, its names."""
    for number, line in enumerate(lines[:HEADER_WITHIN], 1):
        for delimiter in _DELIMITERS:
            if line.count(delimiter) < 2:
                continue
            # Amazon's tab files are never quoted; where even the header is, a tool has re-saved the file.
            quoted = delimiter != "\t" or line.lstrip("\ufeff").startswith('"')
            plain = line.replace("\r", " ")
            names = next(csv.reader([plain], delimiter=delimiter), []) if quoted else plain.split(delimiter)
            yield number, delimiter, quoted, [folded(name) for name in names]


def _places(report: ReportRule, names: list[str]) -> dict[str, int]:
    """Where each of the report's fields stands; of equal names the first counts."""
    at = {name: place for place, name in reversed(list(enumerate(names)))}
    found = {
        field: next((at[name] for name in map(_folded, known) if name in at), None)
        for field, known in report.columns.items()
    }
    return {field: place for field, place in found.items() if place is not None}


def _recognized(names: list[str]) -> tuple[ReportRule, dict[str, int]] | None:
    """The report whose needed fields are all there; where several fit, the one with the most known fields."""
    fitting = [
        (report, places)
        for report in rules().reports
        if (places := _places(report, names))
        and all(field in places for field in report.needs)
        and not any(field in places for field in report.lacks)
    ]
    return max(fitting, key=lambda found: len(found[1]), default=None)
