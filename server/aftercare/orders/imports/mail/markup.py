"""HTML bodies as plain lines and as tables, read with Beautiful Soup; scripts, styles and hidden parts left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

_UNSEEN = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe", "select", "textarea"}
)
_LINES = frozenset({
    "address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_QUOTES = frozenset({"gmail_quote", "gmail_quote_container", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote"})
_QUOTE_IDS = frozenset({"appendonsend", "divRplyFwdMsg"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_ANY_BLANKS = re.compile(r"\s+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_MOST_TABLES = 100
_MOST_CELLS = 50
_MOST_ROWS = 500
_MOST_MARKUP = 250_000
"""Signs of markup that are read; Amazon's mails have a third of them."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML body shows: its text by lines, its tables as rows of cells, the addresses it links to."""

    text: str
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    links: tuple[str, ...]


def page(markup: str) -> Page:
    """Reads an HTML body. What is broken is read as a browser would; nothing is fetched."""
    soup = BeautifulSoup(markup[:_MOST_MARKUP].replace("\x00", ""), "lxml")
    # Walks over all tags: searching the tree for each kind of them would take most of an import's time.
    for each in [each for each in _tags(soup) if _is_unseen(each)]:
        each.extract()
    tags = _tags(soup)
    links = tuple(str(each["href"]) for each in tags if each.name == "a" and each.has_attr("href"))
    grids = [each for each in tags if each.name == "table"][:_MOST_TABLES]
    tables = tuple(found for each in grids if (found := _rows(each)))
    whole = _shown(soup)
    quotes = [each for each in tags if _is_quote(each)]
    for each in quotes:
        each.extract()
    # A mail that is nothing but a quotation, as one forwarded to a shared mailbox, is read in full.
    read = Page((_shown(soup) if quotes else whole) or whole, tables, links)
    # The tree is full of cycles; taken apart, it goes at once also where the collector is switched off.
    soup.decompose()
    return read


def _tags(soup: BeautifulSoup) -> list[Tag]:
    return [each for each in soup.descendants if isinstance(each, Tag)]


def _is_unseen(tag: Tag) -> bool:
    """Whether a browser shows nothing of it."""
    return tag.name in _UNSEEN or bool(_HIDDEN.search(str(tag.get("style", ""))))


def _is_quote(tag: Tag) -> bool:
    """Whether mail programs put the older mail in such an element."""
    if tag.name == "blockquote" and tag.get("type") == "cite":
        return True
    names = tag.get("class") or ()
    return tag.get("id") in _QUOTE_IDS or any(name in _QUOTES for name in names)


def _rows(table: Tag) -> tuple[tuple[str, ...], ...]:
    """The rows of a table that holds no other one; a table of layout holds tables."""
    if table.find("table"):
        return ()
    return tuple(
        tuple(" ".join(_shown(cell).split()) for cell in row.find_all(["td", "th"], limit=_MOST_CELLS))
        for row in table.find_all("tr", limit=_MOST_ROWS)
    )


def _shown(element: Tag) -> str:
    """The text as lines; blanks within a line are one, as a browser shows them, but the lines of `pre` stay."""
    kept = {id(each) for pre in element.find_all("pre") for each in pre.descendants}
    pieces: list[str] = []
    # A flat walk instead of a recursive one: markup can be nested deeper than Python allows calls to be.
    for each in element.descendants:
        if isinstance(each, Tag):
            if each.name in _LINES:
                pieces.append("\n")
        elif isinstance(each, NavigableString) and not isinstance(each, PreformattedString):
            pieces.append(str(each) if id(each) in kept else _ANY_BLANKS.sub(" ", str(each)))
            if each.next_sibling is None and each.parent is not None and each.parent.name in _LINES:
                pieces.append("\n")
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(pieces).replace("\r", "").split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()
