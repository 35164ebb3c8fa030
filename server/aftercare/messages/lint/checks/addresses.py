"""Links and e-mail addresses, also spelled out, spaced or broken up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from aftercare.messages.lint.draft import Draft, Span
from aftercare.messages.lint.model import Addresses
from aftercare.rules import load
from aftercare.rules.marketplaces import by_host

_SCHEME = re.compile(r"\b[a-z]{2,8}\s?:\s?//\s?([^\s/?#]{1,255})(\S{0,2000})", re.IGNORECASE)
_HOST_BEFORE = re.compile(r"((?:[a-z0-9-]{1,63}\.){0,4})$", re.IGNORECASE)
_MOST = 20


@dataclass(frozen=True, slots=True)
class _Patterns:
    host: re.Pattern[str]
    spoken_host: re.Pattern[str]
    email: re.Pattern[str]
    spoken_email: re.Pattern[str]


@cache
def _data() -> Addresses:
    return load(Addresses, "lint/addresses.json")


@cache
def _dots() -> tuple[str, ...]:
    return tuple(dot for each in _data().spoken for dot in each.dots)


@cache
def _patterns() -> _Patterns:
    data = _data()
    dots, ats = _either(_dots()), _either(data.ats)
    label = r"(?<![\w-])([^\W_][\w-]{0,62})"
    every = _either((*data.endings, *data.wordlike_endings))
    # "[.]" and "(dot)" are dots that hide; so is a dot with a blank before it.
    bracketed = rf"\s?[\[({{<]\s?(?:\.|{dots})\s?[\])}}>]\s?"
    spoken = rf"(?:{bracketed}|\s(?:{dots})\s)"
    at = rf"(?:\s?[\[({{<]\s?(?:@|{ats}|a)\s?[\])}}>]\s?|\s(?:{ats})\s|\s?@\s?)"
    said = "|".join(rf"(?:{_either(each.dots)})\s(?:{_either(each.endings)})" for each in data.spoken)
    return _Patterns(
        host=re.compile(rf"{label}\.({every})(?![\w-]|\.\w)((?:[/?#]\S{{0,500}})?)", re.IGNORECASE),
        spoken_host=re.compile(
            rf"{label}(?:{bracketed}(?:{every})|\s(?:{said})|\s\.\s?(?:{_either(data.spoken[0].endings)}))(?![\w-])",
            re.IGNORECASE,
        ),
        email=re.compile(
            rf"(?<![\w.+-])[\w.+-]{{1,64}}\s?@\s?[\w-]{{1,63}}(?:\.|{spoken})[\w.-]{{2,63}}", re.IGNORECASE
        ),
        spoken_email=re.compile(
            rf"(?<![\w.+-])([\w.+-]{{1,64}})({at})([\w-]{{1,63}})(?:\s?(?:\.|{spoken})\s?)(?:[\w-]{{1,63}}\.)?({every})(?![\w-])",
            re.IGNORECASE,
        ),
    )


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


def links(draft: Draft) -> Iterator[Span]:
    """Every address of a page but Amazon's own order, return and help pages."""
    text = draft.plain.text
    if "." not in text and not any(word in text.lower() for word in _dots()):
        return
    taken = _email_spans(text)
    found = 0
    for start, end in sorted(_link_spans(text)):
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        taken.append((start, end))
        yield draft.plain.span(start, end)
        found += 1
        if found == _MOST:
            return


def emails(draft: Draft) -> Iterator[Span]:
    """Every e-mail address."""
    for start, end in _email_spans(draft.plain.text)[:_MOST]:
        yield draft.plain.span(start, end)


def _link_spans(text: str) -> Iterator[Span]:
    for match in _SCHEME.finditer(text):
        if not _is_amazon_page(match[0], match[1], match[2]):
            yield match.span()
        else:
            # What stands inside an allowed link is no link of its own.
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    for match in _patterns().host.finditer(text):
        name, ending, path = match[1], match[2].lower(), match[3]
        before = _HOST_BEFORE.search(text, max(0, match.start() - 130), match.start())
        host = f"{before[1] if before else ''}{name}.{ending}".lower()
        if by_host(host.removeprefix("www.")) and not (path and not _is_order_page(path)):
            continue
        if ending in _wordlike() and not _speaks_for_host(text, match.start(), host, path):
            continue
        yield (before.start() if before else match.start()), match.end()
    for match in _patterns().spoken_host.finditer(text):
        if match[1].lower() != "amazon":
            yield match.span()


@cache
def _wordlike() -> frozenset[str]:
    return frozenset(_data().wordlike_endings)


def _speaks_for_host(text: str, start: int, host: str, path: str) -> bool:
    """Whether "name.it" is an address and not two sentences without a blank between them."""
    name = host.split(".")[0]
    if path or host.startswith("www.") or "-" in name or any(sign.isdigit() for sign in name):
        return True
    before = text[max(0, start - 30) : start].lower().split()
    return bool(before) and before[-1].strip(":,") in _data().before_wordlike


def _is_amazon_page(address: str, host: str, path: str) -> bool:
    return address.lower().startswith("https") and by_host(host.split("@")[-1]) is not None and _is_order_page(path)


def _is_order_page(path: str) -> bool:
    # Amazon puts the language first: /-/en/gp/…
    bare = re.sub(r"^/-/[a-z]{2}(?=/)", "", path.lower())
    return any(bare.startswith(page) for page in _data().amazon_pages)


def _email_spans(text: str) -> list[Span]:
    found: list[Span] = []
    if "@" in text:
        found.extend(match.span() for match in _patterns().email.finditer(text))
    for match in _patterns().spoken_email.finditer(text):
        mailbox, at = match[1].lower(), match[2].strip().lower()
        if match[3].lower() == "amazon":
            continue
        # "is at example.com" names a page; "help at example.com" names a mailbox.
        plain_dot = "." in match[0][len(match[1]) + len(match[2]) :]
        if at.isalpha() and (mailbox in _data().not_mailboxes or (plain_dot and mailbox not in _data().mailboxes)):
            continue
        if not any(start < match.end() and match.start() < end for start, end in found):
            found.append(match.span())
    return sorted(found)
