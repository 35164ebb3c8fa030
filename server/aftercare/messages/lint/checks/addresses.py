"""Links and e-mail addresses, also spelled out, spaced or broken up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from aftercare.messages.lint.draft import Draft, Span
from aftercare.messages.lint.model import Addresses
from aftercare.rules import load
from aftercare.rules.marketplaces import by_host

_SCHEME = re.compile(r"\b[a-z]{2,8}\s?:\s?//\s?([^\s/?#]{1,255})(\S{0,2000})", re.IGNORECASE)
_PLAIN_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}")
_LETTERS_AND_DIGITS = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
_LONGEST_HOST = 80
_MOST = 20
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class _Host:
    """A host as it is written: its span with the path behind it, its name up to the ending, and the ending."""

    start: int
    end: int
    name: str
    ending: str
    path: str
    plainly: bool


@dataclass(frozen=True, slots=True)
class _Patterns:
    """From the dot before a host's ending on; and what makes a mailbox, up to where a host begins."""

    written: re.Pattern[str]
    spoken: re.Pattern[str]
    at: re.Pattern[str]


@cache
def _data() -> Addresses:
    return load(Addresses, "lint/addresses.json")


@cache
def _dots() -> tuple[str, ...]:
    return tuple(dot for each in _data().spoken for dot in each.dots)


@cache
def _patterns() -> _Patterns:
    data = _data()
    every = _either((*data.endings, *data.wordlike_endings))
    # "[.]" and "(dot)" are dots that hide; so is a dot with a blank before it.
    bracketed = rf"\s?[\[({{<]\s?(?:\.|{_either(_dots())})\s?[\])}}>]\s?(?:{every})"
    said = "|".join(rf"(?:{_either(each.dots)})\s(?:{_either(each.endings)})" for each in data.spoken)
    ats = _either(data.ats)
    return _Patterns(
        written=re.compile(rf"\.({every})(?![\w-]|\.\w)((?:[/?#]\S{{0,500}})?)", re.IGNORECASE),
        spoken=re.compile(
            rf"(?:{bracketed}|\s(?:{said})|\s\.\s?(?:{_either(data.spoken[0].endings)}))(?![\w-])", re.IGNORECASE
        ),
        at=re.compile(
            rf"([\w.+-]{{1,64}})(\s?[\[({{<]\s?(?:@|{ats}|a)\s?[\])}}>]\s?|\s(?:{ats})\s|\s?@\s?)$", re.IGNORECASE
        ),
    )


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


def links(draft: Draft) -> Iterator[Span]:
    """Every address of a page but Amazon's own order, return and help pages."""
    text = draft.plain.text
    allowed: list[Span] = []
    found: list[Span] = []
    if "/" in text and ":" in text:
        for match in islice(_SCHEME.finditer(text), _LOOKED_AT):
            (allowed if _is_amazon_page(match[0], match[1], match[2]) else found).append(match.span())
    for host in _hosts(text):
        if _mailbox_before(text, host) is None and _is_foreign(text, host):
            found.append((host.start, host.end))
    taken = allowed
    for start, end in sorted(found)[:_MOST]:
        # What stands inside a longer link is no link of its own.
        if not any(start < stop and begin < end for begin, stop in taken):
            taken.append((start, end))
            yield draft.plain.span(start, end)


def emails(draft: Draft) -> Iterator[Span]:
    """Every e-mail address."""
    text = draft.plain.text
    found = [match.span() for match in islice(_PLAIN_EMAIL.finditer(text), _LOOKED_AT)] if "@" in text else []
    for host in _hosts(text):
        start = _mailbox_before(text, host)
        if start is not None and not any(start < stop and begin < host.end for begin, stop in found):
            found.append((start, host.end))
    for start, end in sorted(found)[:_MOST]:
        yield draft.plain.span(start, end)


def _hosts(text: str) -> Iterator[_Host]:
    """Everything that reads as a host, with a written dot or a spoken one."""
    if "." in text:
        for match in islice(_patterns().written.finditer(text), _LOOKED_AT):
            start = _name_start(text, match.start())
            if start < match.start():
                yield _Host(start, match.end(), text[start : match.start()], match[1].lower(), match[2], True)
    lower = text.lower()
    if any(mark in lower for mark in (*_dots(), " .", "[", "(", "{", "<")):
        for match in islice(_patterns().spoken.finditer(text), _LOOKED_AT):
            start = _name_start(text, match.start())
            if start < match.start():
                yield _Host(start, match.end(), text[start : match.start()], "", "", False)


def _name_start(text: str, end: int) -> int:
    """Where the name that ends here begins: letters, digits, hyphens and dots belong to it."""
    start = end
    while start and end - start < _LONGEST_HOST and (text[start - 1].isalnum() or text[start - 1] in "-."):
        start -= 1
    while start < end and text[start] in "-.":
        start += 1
    return start


def _mailbox_before(text: str, host: _Host) -> int | None:
    """Where the mailbox begins that stands before the host with an at sign, written or spoken; None where none does."""
    match = _patterns().at.search(text, max(0, host.start - 90), host.start)
    if match is None or host.name.lower() == "amazon":
        return None
    mailbox, at = match[1].lower(), match[2].strip().lower()
    # "is at example.com" names a page; "help at example.com" names a mailbox.
    if at.isalpha() and (mailbox in _data().not_mailboxes or (host.plainly and mailbox not in _data().mailboxes)):
        return None
    return match.start()


def _is_foreign(text: str, host: _Host) -> bool:
    """Whether the host is neither Amazon by name nor one of its pages that may be linked."""
    if not any(sign.isalpha() for sign in host.name):
        return False
    if not host.plainly:
        return host.name.lower() != "amazon"
    if by_host(f"{host.name}.{host.ending}".lower().removeprefix("www.")) is not None:
        return bool(host.path) and not _is_order_page(host.path)
    return host.ending not in _wordlike() or _speaks_for_host(text, host)


@cache
def _wordlike() -> frozenset[str]:
    return frozenset(_data().wordlike_endings)


def _speaks_for_host(text: str, host: _Host) -> bool:
    """Whether "name.it" is an address and not two sentences without a blank between them."""
    if host.path or host.name.startswith("www.") or "-" in host.name or _LETTERS_AND_DIGITS.search(host.name):
        return True
    before = text[max(0, host.start - 30) : host.start].lower().split()
    return bool(before) and before[-1].strip(":,") in _data().before_wordlike


def _is_amazon_page(address: str, host: str, path: str) -> bool:
    return address.lower().startswith("https") and by_host(host.split("@")[-1]) is not None and _is_order_page(path)


def _is_order_page(path: str) -> bool:
    # Amazon puts the language first: /-/en/gp/…
    bare = re.sub(r"^/-/[a-z]{2}(?=/)", "", path.lower())
    return any(bare.startswith(page) for page in _data().amazon_pages)
