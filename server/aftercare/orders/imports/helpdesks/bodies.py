"""What a person wrote in a message: no markup, no quoted history, no frame that Amazon put around it.

The cuts go by layout, not by words, so that they hold in every language.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, NavigableString, ParserRejectedMarkup, Tag
from bs4.element import PageElement

from aftercare.orders.imports.helpdesks.values import storable

LONGEST = 50_000
"""Characters kept of one message; nobody writes more."""

_LONGEST_RAW = 300_000
_LONGEST_CUT = 200_000

_NOT_WRITTEN = frozenset({"script", "style", "head", "title", "template", "blockquote", "noscript"})
_QUOTED = frozenset(
    {"gmail_quote", "gmail_attr", "yahoo_quoted", "moz-cite-prefix", "freshdesk_quote", "protonmail_quote",
     "tutanota_quote", "zmail_extra", "OutlookMessageHeader", "mail-editor-reference-message-container"}
)  # fmt: skip
"""Classes and ids that mail programs give to the history below an answer."""

_QUOTED_FROM_HERE = frozenset({"divRplyFwdMsg", "appendonsend", "reply-intro"})
"""Ids of a line below which all is history."""

_SHOWN = ("blockquote", *sorted(_QUOTED), *sorted(_QUOTED_FROM_HERE))

_BLOCKS = frozenset(
    {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "pre", "hr", "dd", "dt", "br",
     "section", "article", "header", "footer"}
)  # fmt: skip

_TAG = re.compile(
    r"<(?:!--|!doctype|/?(?:html|head|body|meta|style|p|div|br|span|a|b|i|u|em|strong|font|img|pre|table|tbody|tr|td|th"
    r"|ul|ol|li|h[1-6]|blockquote|section)(?:\s[^<>]*)?/?>)",
    re.IGNORECASE,
)
# Amazon frames a buyer's words with two long rules, in the language of the store: `----- Begin message -----`.
_FRAME = re.compile(r"(?<!-)-{10,}+ *+[^\s-][^\n-]{0,60}-{10,}+")
# `-----Original Message-----` in any language, and the line of a helpdesk above which answers are to be written.
_ORIGINAL = re.compile(r"^[ \t]*(?:-{3,9} ?[^\n-][^\n]{0,60}?-{3,}|##-[^\n]{0,200}-##|_{10,})[ \t]*$", re.MULTILINE)
# "On Tue, 3 Mar 2026 at 10:02, X <x@example.com> wrote:" in any language: ends in a colon, names a time or an address.
_ATTRIBUTION = re.compile(
    r"^(?=[^\n]{0,300}(?:[\w.+-]+@[\w.-]+\.\w|\d{1,2}[:.]\d{2}|\b(?:19|20)\d\d\b))[^\n]{4,300}[:：][ \t]*$"
    r"(?=\s*(?:^[ \t]*>|\Z))",
    re.MULTILINE,
)
# A block of mail headers: three lines in a row, each a word and a colon, one of them with an address or a time.
_HEADERS = re.compile(
    r"^(?=(?:[^\n]*\n){0,3}?[^\n]*(?:@[\w.-]+\.\w|\d{1,2}:\d{2}))"
    r"(?:\*?[^\W\d_][\w ./-]{1,24}\*? ?[:：] ?\*?[^\n]+(?:\n|\Z)){3,}",
    re.MULTILINE,
)
_BREAKS = re.compile(r"\s+")
_TOKEN = re.compile(r"\[?commMgrTok:[^\s\]]*\]?|\bSPC-[A-Z]{2}Amazon-\d+\b")
_REDACTED = re.compile(r"[\s▇█■▓*]*+(?:\[?(?:redacted|scrubbed)\]?[\s▇█■▓*]*+)?", re.IGNORECASE)


def written(plain: Any, markup: Any = None) -> str | None:
    """The words of a person: from the plain text, or from the markup where that alone shows what is history.

    None where there are none: an empty body, only history, or text that was redacted. Never raises.
    """
    shows = isinstance(markup, str) and any(mark in markup[:_LONGEST_RAW] for mark in _SHOWN)
    for raw, is_markup in ((markup, True), (plain, False)) if shows else ((plain, False), (markup, True)):
        if isinstance(raw, str) and raw.strip():
            start = storable(raw[:_LONGEST_RAW])
            found = _cut(_unmarked(start) if is_markup or _TAG.search(start) else start)
            if found and not _REDACTED.fullmatch(found):
                return found[:LONGEST]
    return None


def _unmarked(raw: str) -> str:
    """The text of HTML, one line a block."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
            soup = BeautifulSoup(raw, "lxml")
    except (ParserRejectedMarkup, RecursionError, AssertionError):
        return re.sub(r"<[^<>]{0,2000}>", " ", raw)
    parts: list[str] = []
    # The tree is walked by hand, each node once: markup can be nested deeper than any recursion goes.
    waiting: list[tuple[PageElement | str, bool]] = [(soup, False)]
    while waiting:
        node, kept = waiting.pop()
        if isinstance(node, Tag):
            marks = {str(node.get("id") or ""), *node.get_attribute_list("class")}
            if marks & _QUOTED_FROM_HERE:
                break
            if node.name in _NOT_WRITTEN or marks & _QUOTED:
                continue
            kept = kept or node.name == "pre"
            if node.name == "br":
                parts.append("\n")
            elif node.name in _BLOCKS:
                _break(parts)
                waiting.append(("", True))
            waiting.extend((child, kept) for child in reversed(node.contents))
        elif type(node) is NavigableString:
            parts.append(str(node) if kept else _BREAKS.sub(" ", str(node)))
        elif node == "":
            _break(parts)
    return "".join(parts)


def _break(parts: list[str]) -> None:
    """Begins a new line, unless one has just begun."""
    while parts and parts[-1] == " ":
        parts.pop()
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")


def _cut(text: str) -> str:
    """The text before any history, within Amazon's frame where there is one."""
    text = text[:_LONGEST_CUT].replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[ \t\u00a0\u200b\u200c]+", " ", text)
    text = "\n".join(line.strip() for line in text.split("\n"))
    frames = list(_FRAME.finditer(text))
    if len(frames) >= 2:
        text = text[frames[0].end() : frames[1].start()]
    elif frames and text[: frames[0].start()].strip():
        text = text[: frames[0].start()]
    for pattern in (_ORIGINAL, _ATTRIBUTION, _HEADERS):
        match = pattern.search(text)
        if match and text[: match.start()].strip():
            text = text[: match.start()]
    lines = [line for line in _TOKEN.sub("", text).split("\n") if not line.startswith(">")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()
