"""From bytes to a parsed page: which encoding, and a tree that holds only what is read.

A product page is two megabytes of which its reviews are a few percent, and a tenth of a review is read. Beautiful Soup
takes 11 µs for each node it builds, so the tree is thinned while lxml still reports it: outside the reviews only nodes
that can say something about the page are kept, inside them all but the parts the layouts name as skipped.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from bs4 import BeautifulSoup
from bs4.builder import LXMLTreeBuilder, ParserRejectedMarkup  # type: ignore[attr-defined]  # Set at run time.
from bs4.dammit import EncodingDetector
from lxml import etree  # type: ignore[import-untyped]

from aftercare.reviews.selectors import Choice

# Parts of any page that hold no words of a person.
_NO_WORDS = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "img",
        "select",
        "textarea",
        "video",
        "audio",
        "iframe",
        "object",
    }
)
# Beautiful Soup expects these whatever else is left out.
_FRAME = frozenset({"html", "head", "body", "title"})
# How a file of two bytes a character begins, with or without a byte order mark.
_TWO_BYTES = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
# What the names of encodings mean on the web, by the Encoding Standard: larger sets than the names say.
_MEANT = {"iso-8859-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "shift-jis": "cp932", "gb2312": "gb18030"}
# No text holds these: a lone half of a surrogate pair, and the zero byte, at which libxml2 would stop reading.
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def decoded(html: str | bytes) -> str:
    """The page as text. A byte order mark decides, then UTF-8 where it fits, then what the page declares.

    A saved page often still declares the encoding it was sent in while the browser stored UTF-8; bytes that happen to
    be valid UTF-8 are UTF-8. A character cut off at the end does not count against it.
    """
    if isinstance(html, bytes):
        html = _from_bytes(html)
    return _NOT_TEXT.sub("�", html.removeprefix("\ufeff")) if _NOT_TEXT.search(html) else html.removeprefix("\ufeff")


def _from_bytes(data: bytes) -> str:
    for start, encoding in _TWO_BYTES:
        if data.startswith(start):
            return data.decode(encoding, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        declared = (EncodingDetector.find_declared_encoding(data, is_html=True) or "").lower().replace("_", "-")
    try:
        # A page that calls itself UTF-8 has a broken byte; that must not turn all of it into another alphabet.
        return data.decode(_MEANT.get(declared, declared or "cp1252"), "replace")
    except LookupError:
        return data.decode("cp1252", "replace")


Judgement = Literal["root", "skip", "tell"]
"""What the layouts say of a node: a review begins with it, nothing in it is read, or it says something of the page."""


def parsed(text: str, judge: Choice[Judgement] | None) -> BeautifulSoup | None:
    """The tree, thinned by the judge's word, or whole without one. None where there is no markup."""
    # Without a tag there is nothing to read, and Beautiful Soup would take the text for a file name.
    if "<" not in text:
        return None
    try:
        return BeautifulSoup(text, builder=_Thinning(judge))
    except (ParserRejectedMarkup, etree.LxmlError, AssertionError, ValueError):
        return None


class _Thinning(LXMLTreeBuilder):
    """Hands to Beautiful Soup only what is wanted of what lxml reports. lxml ends every element it has started."""

    def __init__(self, judge: Choice[Judgement] | None) -> None:
        # Class names stay one text: splitting them takes Beautiful Soup a tenth of its time.
        super().__init__(multi_valued_attributes=None)
        self._judge = judge
        self._open: list[bool] = []  # For each open element, whether it was built.
        self._root_depth: int | None = None if judge else -1  # At which depth the outermost review began.
        self._skip_depth: int | None = None  # At which depth a skipped part began.

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        # Once, as it is: it has been decoded already.
        yield markup, None, None, False

    def parser_for(self, encoding: str | None) -> Any:
        # Without huge_tree, libxml2 gives up a page at 256 levels or at an attribute of 10 MB.
        return etree.HTMLParser(target=self, recover=True, huge_tree=True, encoding=encoding)

    def start(self, tag: Any, attrib: Mapping[Any, Any], nsmap: Any = None) -> None:
        depth = len(self._open)
        if self._skip_depth is not None:
            self._open.append(False)
            return
        attributes: dict[str, str] = dict(attrib)
        judgement = self._judge.of(tag, attributes) if self._judge else None
        if judgement == "root" and self._root_depth is None:
            self._root_depth = depth
        inside = self._root_depth is not None
        if tag in _NO_WORDS or (inside and judgement == "skip"):
            self._skip_depth = depth
            self._open.append(False)
            return
        build = inside or tag in _FRAME or judgement == "tell"
        self._open.append(build)
        if build:
            assert self.soup is not None  # noqa: S101  Beautiful Soup sets it before it feeds the parser.
            self.soup.handle_starttag(tag, None, None, attributes)

    def end(self, tag: Any) -> None:
        built = self._open.pop() if self._open else False
        depth = len(self._open)
        if self._skip_depth == depth:
            self._skip_depth = None
        if self._root_depth == depth:
            self._root_depth = None
        if built:
            assert self.soup is not None  # noqa: S101
            self.soup.handle_endtag(tag)

    def data(self, data: Any) -> None:
        # Words outside the reviews are read by nobody.
        if self._root_depth is not None and self._skip_depth is None and (not self._open or self._open[-1]):
            super().data(data)

    def comment(self, text: Any) -> None:
        """Comments say nothing a person can see."""

    def pi(self, target: Any, data: Any = None) -> None:
        """Neither do processing instructions."""

    def doctype(self, name: Any, pubid: Any, system: Any) -> None:
        """Nor the document type."""
