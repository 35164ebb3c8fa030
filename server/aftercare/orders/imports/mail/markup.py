"""HTML bodies as plain lines and as tables, read with Beautiful Soup; scripts, styles and hidden parts left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

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
    # Nothing is taken out of the tree: taking out what is nested in itself costs the square of its depth.
    unseen = frozenset(id(each) for each in _nodes(soup, frozenset()) if isinstance(each, Tag) and _is_unseen(each))
    tags = [each for each in _nodes(soup, unseen) if isinstance(each, Tag)]
    links = tuple(str(each["href"]) for each in tags if each.name == "a" and each.has_attr("href"))
    grids = [each for each in tags if each.name == "table"][:_MOST_TABLES]
    tables = tuple(found for each in grids if (found := _rows(each, unseen)))
    quotes = frozenset(id(each) for each in tags if _is_quote(each))
    whole = _shown(soup, unseen)
    # A mail that is nothing but a quotation, as one forwarded to a shared mailbox, is read in full.
    read = Page((_shown(soup, unseen | quotes) if quotes else whole) or whole, tables, links)
    # The tree is full of cycles; taken apart, it goes at once also where the collector is switched off.
    soup.decompose()
    return read


def _nodes(root: Tag, without: frozenset[int]) -> Iterator[PageElement]:
    """All that is in an element, in its order, but for the elements with these ids and what is in them.

    Each node is met once, and none by a call within a call: markup can be nested deeper than Python allows those to be.
    """
    waiting: list[PageElement] = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in without:
            continue
        if node is not root:
            yield node
        if isinstance(node, Tag):
            waiting.extend(reversed(node.contents))


def _is_unseen(tag: Tag) -> bool:
    """Whether a browser shows nothing of it."""
    return tag.name in _UNSEEN or bool(_HIDDEN.search(str(tag.get("style", ""))))


def _is_quote(tag: Tag) -> bool:
    """Whether mail programs put the older mail in such an element."""
    if tag.name == "blockquote" and tag.get("type") == "cite":
        return True
    names = tag.get("class") or ()
    return tag.get("id") in _QUOTE_IDS or any(name in _QUOTES for name in names)


def _rows(table: Tag, unseen: frozenset[int]) -> tuple[tuple[str, ...], ...]:
    """The rows of a table that holds no other one; a table of layout holds tables."""
    if any(isinstance(each, Tag) and each.name == "table" for each in _nodes(table, unseen)):
        return ()
    return tuple(
        tuple(" ".join(_shown(cell, unseen).split()) for cell in _outermost(row, ("td", "th"), _MOST_CELLS, unseen))
        for row in _outermost(table, ("tr",), _MOST_ROWS, unseen)
    )


def _outermost(root: Tag, names: tuple[str, ...], most: int, without: frozenset[int]) -> list[Tag]:
    """The first elements of these names that are in none of the same: so no text is read twice."""
    found: list[Tag] = []
    waiting: list[PageElement] = [*reversed(root.contents)]
    while waiting and len(found) < most:
        node = waiting.pop()
        if not isinstance(node, Tag) or id(node) in without:
            continue
        if node.name in names:
            found.append(node)
        else:
            waiting.extend(reversed(node.contents))
    return found


def _shown(element: Tag, without: frozenset[int]) -> str:
    """The text as lines; blanks within a line are one, as a browser shows them, but the lines of `pre` stay."""
    pieces: list[str] = []
    waiting: list[tuple[PageElement | str, bool]] = [(element, False)]
    while waiting:
        node, kept = waiting.pop()
        if isinstance(node, Tag):
            kept = kept or node.name == "pre"
            inner = [each for each in node.contents if id(each) not in without]
            if node.name in _LINES:
                pieces.append("\n")
                if inner and _is_text(inner[-1]):
                    waiting.append(("\n", True))
            waiting.extend((each, kept) for each in reversed(inner))
        elif isinstance(node, str) and (type(node) is str or _is_text(node)):
            pieces.append(str(node) if kept else _ANY_BLANKS.sub(" ", node))
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(pieces).replace("\r", "").split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _is_text(node: object) -> bool:
    """Whether a browser shows it as text; comments and the like are strings, too."""
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)
