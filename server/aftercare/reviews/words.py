"""The words of a node as a person sees them: a line a paragraph, blanks collapsed, silent parts left out."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import CData, NavigableString, Tag

_BLOCKS = frozenset(
    {"address", "article", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2",
     "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)  # fmt: skip
# Invisible characters are not blanks: they stay, as the writer's own.
_BLANKS = re.compile(r"\s+")
_NO_PARAGRAPH = -1

Judge = Callable[[Tag], bool]


def text_of(node: Tag, silent: Judge, breaks: Judge | None = None) -> str:
    """The words of a node, one line a paragraph, an empty line where the writer left one.

    silent: nodes within whose words do not count (the node itself always counts);
    breaks: nodes within that stand between two pieces, as a line break does.
    """
    lines: list[str] = []
    line: list[str] = []

    def flush(keep_empty: bool) -> None:
        words = _BLANKS.sub(" ", "".join(line)).strip()
        line.clear()
        if words or keep_empty:
            lines.append(words)

    # A stack of what is still to be seen. A number stands for the end of a block: a paragraph that has added no line to
    # so many is an empty one, which the writer made for distance; other empty blocks are the page's own scaffolding.
    todo: list[object] = list(reversed(node.contents))
    while todo:
        item = todo.pop()
        if isinstance(item, Tag):
            name = item.name
            if name == "br":
                flush(keep_empty=True)
            elif breaks is not None and breaks(item):
                flush(keep_empty=False)
            elif not silent(item):
                if name in _BLOCKS:
                    flush(keep_empty=False)
                    todo.append(len(lines) if name == "p" else _NO_PARAGRAPH)
                todo.extend(reversed(item.contents))
        elif isinstance(item, int):
            flush(keep_empty=item == len(lines))
        elif type(item) in (NavigableString, CData):
            line.append(str(item))
    flush(keep_empty=False)
    return _tidy(lines)


def line_of(node: Tag, silent: Judge) -> str:
    """The words of a node as one line."""
    return " ".join(text_of(node, silent).split())


def _tidy(lines: list[str]) -> str:
    """No empty lines around the text, never two in a row."""
    tidy: list[str] = []
    for line in lines:
        if line or (tidy and tidy[-1]):
            tidy.append(line)
    while tidy and not tidy[-1]:
        tidy.pop()
    return "\n".join(tidy)
