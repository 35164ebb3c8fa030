"""How Amazon's pages are laid out: the shape of `shared_rules/layouts.json`, and its selectors made ready.

A field is a list of ways to read it, tried in order; the first that finds something wins. All layouts share one list,
since Amazon changes its pages hook by hook and both forms of a hook can stand on one page. Each way says which layouts
need it and names the test page (`tests/reviews/pages/`) whose reading is wrong without it; a test takes every way out
once and looks. A new layout is therefore a new test page and some lines of that file.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from typing import Annotated, Literal

from pydantic import AfterValidator, field_validator

from aftercare.reviews.markup import Judgement
from aftercare.reviews.selectors import Choice, Compound, Selector, compile_selector
from aftercare.rules import RuleModel, load

FIELDS = (
    "id", "stars", "title", "body", "date", "byline", "reviewer_name", "verified", "variant", "variant_asin", "asin",
    "marketplace", "lang",
)  # fmt: skip
"""What the ways are listed for. `byline` is one line with the name and the date; `lang` a hint only."""

Kind = Literal["product", "list", "single", "brand", "unknown"]


def _readable(selector: str) -> str:
    compile_selector(selector)
    return selector


SelectorText = Annotated[str, AfterValidator(_readable)]
"""A selector as `selectors.py` describes them."""


class Selected(RuleModel):
    """Nodes of a page, and why they are named here."""

    selector: SelectorText
    why: str

    @property
    def compiled(self) -> Selector:
        return compile_selector(self.selector)


class Part(Selected):
    """A part of a page. `of` names the layouts that have it, `fixture` the test page read wrongly without it."""

    of: tuple[str, ...]
    fixture: str


class Node(Part):
    """A node that is a review, or (`container`) one that wraps a review and carries attributes of it."""

    role: Literal["review", "container"] = "review"


class Way(Part):
    """A way to read a field: the words of a node or one of its attributes, whole or the first group of a pattern.

    take: `first` of the nodes, the `longest` of their texts, or `all` of them, each a piece.
    """

    attribute: str | None = None
    pattern: str | None = None
    take: Literal["first", "longest", "all"] = "first"

    @field_validator("pattern")
    @classmethod
    def _is_a_pattern(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(f"the pattern {value!r} cannot be read: {error}") from error
        return value


class Layout(RuleModel):
    """A layout by name, known by any of its marks in the review; the first in the file whose mark is found."""

    name: str
    marks: tuple[SelectorText, ...]
    why: str


class Address(RuleModel):
    """A family of addresses; the groups `asin` and `review` are read where the pattern has them."""

    kind: Kind
    pattern: str
    why: str


class Sign(RuleModel):
    """A sign on a page without reviews that tells why there are none; searched for in the order of the file."""

    code: Literal["signed_out", "robot_check", "no_reviews", "unknown_layout"]
    selectors: tuple[SelectorText, ...] = ()
    address: str | None = None
    words: str | None = None
    why: str


class Layouts(RuleModel):
    """The file.

    skipped: parts that would be read wrongly, never built; unread: parts that nobody reads, left out for speed alone;
    silent: parts that are built, but whose words belong to no field around them.
    """

    source: str
    checked: str
    review_id: str
    asin: str
    nodes: tuple[Node, ...]
    layouts: tuple[Layout, ...]
    skipped: tuple[Part, ...]
    unread: tuple[Selected, ...]
    silent: tuple[Part, ...]
    separators: tuple[Part, ...]
    foreign: tuple[Part, ...]
    fields: dict[str, tuple[Way, ...]]
    page_asin: tuple[Way, ...]
    kinds: dict[Kind, tuple[SelectorText, ...]]
    addresses: tuple[Address, ...]
    absence: tuple[Sign, ...]

    @field_validator("fields")
    @classmethod
    def _known(cls, value: dict[str, tuple[Way, ...]]) -> dict[str, tuple[Way, ...]]:
        if unknown := set(value) - set(FIELDS):
            raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
        return value

    @field_validator("nodes", "skipped", "unread", "silent", "separators", "foreign")
    @classmethod
    def _one_node(cls, value: tuple[Selected, ...]) -> tuple[Selected, ...]:
        # These are judged before the tree is there, so they can ask nothing of what is around them.
        if nested := [part.selector for part in value if part.compiled.ancestors]:
            raise ValueError(f"this must be about one node: {nested[0]}")
        return value

    @cached_property
    def judge(self) -> Choice[Judgement]:
        """What to build of a page; reviews first, where a node is more than one of these."""
        telling = [*(part.selector for part in (*self.page_asin, *self.foreign)), *chain(*self.kinds.values())]
        parts: tuple[Selected, ...] = (*self.skipped, *self.unread)
        choices: list[tuple[Compound, Judgement]] = [(node.compiled.last, "root") for node in self.nodes]
        choices += [(part.compiled.last, "skip") for part in parts]
        choices += [(compile_selector(selector).last, "tell") for selector in telling]
        return Choice(choices)

    @cached_property
    def silence(self) -> Choice[bool]:
        """Which nodes' words belong to no field."""
        return Choice((part.compiled.last, True) for part in self.silent)

    @cached_property
    def breaks(self) -> Choice[bool]:
        """Which nodes stand between the parts of a variant."""
        return Choice((part.compiled.last, True) for part in self.separators)


def layouts() -> Layouts:
    """The layouts of this installation. Raises RulesError where the file is wrong."""
    return load(Layouts, "layouts.json")
