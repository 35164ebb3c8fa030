"""A small part of CSS, for the selectors in `shared_rules/layouts.json`.

    tag  #id  .class  [attr]  [attr="v"]  [attr^="v"]  [attr$="v"]  [attr*="v"]      and what is within: a b

soupsieve, which Beautiful Soup brings, knows all of CSS and needs about 15 µs to try one node; a review has a hundred
nodes and thirty selectors. This part needs under 1 µs, and it also judges a tag before it has become a node, so that
what nobody reads is never built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, Literal, TypeVar

from bs4 import Tag

Operator = Literal["", "=", "^=", "$=", "*="]
Key = tuple[Literal["data-hook", "id", "class", "attribute", "tag"], str]
"""Under which word of an index the nodes that a selector can match are found."""

Payload = TypeVar("Payload")

_HIGHEST = 100  # Levels; Amazon's reviews are thirty deep, and a page may be made to be endlessly so.
_LONGEST_CLASS = 2000  # Characters; Amazon's longest has some 200.
_PIECE = re.compile(
    r"""(?P<tag>^[a-z][a-z0-9-]*)|\#(?P<id>[\w-]+)|\.(?P<cls>[\w-]+)
      |\[(?P<name>[\w:-]+)(?:(?P<op>[\^$*]?=)"(?P<value>[^"]*)")?\]""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Test:
    """One demand on one attribute; the operator "" asks only that it is there."""

    name: str
    operator: Operator
    value: str

    def holds(self, attributes: Mapping[str, object]) -> bool:
        got = attributes.get(self.name)
        if got is None:
            return False
        if not self.operator:
            return True
        text = got if isinstance(got, str) else " ".join(map(str, got)) if isinstance(got, list) else str(got)
        match self.operator:
            case "=":
                return text == self.value
            case "^=":
                return text.startswith(self.value)
            case "$=":
                return text.endswith(self.value)
            case _:
                return self.value in text


@dataclass(frozen=True, slots=True)
class Compound:
    """What one node must be: its tag ("" for any), its classes, and its attributes."""

    tag: str
    classes: frozenset[str]
    tests: tuple[Test, ...]

    def matches(self, tag: str, attributes: Mapping[str, object]) -> bool:
        if self.tag and self.tag != tag:
            return False
        for test in self.tests:
            if not test.holds(attributes):
                return False
        return not self.classes or self.classes.issubset(classes_of(attributes))

    @property
    def key(self) -> Key:
        """The rarest thing that is fixed about the node; one of its `keys_of`."""
        for test in self.tests:
            if test.operator == "=" and test.name == "data-hook":
                return ("data-hook", test.value)
            if test.operator == "=" and test.name == "id":
                return ("id", test.value)
        if self.classes:
            return ("class", min(self.classes))
        return ("attribute", self.tests[0].name) if self.tests else ("tag", self.tag)


@dataclass(frozen=True, slots=True)
class Selector:
    """A compound and the compounds some of its ancestors must be, outermost first."""

    text: str
    ancestors: tuple[Compound, ...]
    last: Compound

    def matches(self, node: Tag, within: Tag | None = None) -> bool:
        """Whether the node is meant; ancestors are looked for up to `within`, that node included, or far enough."""
        if not self.last.matches(node.name, node.attrs):
            return False
        wanted = len(self.ancestors)
        parent = node.parent
        for _ in range(_HIGHEST):
            if not wanted or parent is None:
                break
            if self.ancestors[wanted - 1].matches(parent.name, parent.attrs):
                wanted -= 1
            parent = None if parent is within else parent.parent
        return not wanted


class Choice(Generic[Payload]):
    """Many compounds tried on one node at once: only those that share a key with it are looked at."""

    def __init__(self, choices: Iterable[tuple[Compound, Payload]]) -> None:
        self._by_key: dict[Key, list[tuple[int, Compound, Payload]]] = {}
        for rank, (compound, payload) in enumerate(choices):
            self._by_key.setdefault(compound.key, []).append((rank, compound, payload))

    def of(self, tag: str, attributes: Mapping[str, object]) -> Payload | None:
        """What belongs to the first of the compounds that the node is, or None."""
        by_key = self._by_key
        first: tuple[int, Payload] | None = None
        for key in keys_of(tag, attributes):
            for rank, compound, payload in by_key.get(key, ()):
                if (first is None or rank < first[0]) and compound.matches(tag, attributes):
                    first = (rank, payload)
        return first[1] if first else None


def keys_of(tag: str, attributes: Mapping[str, object]) -> list[Key]:
    """The words of an index under which a node stands."""
    keys: list[Key] = [("tag", tag)]
    for name, value in attributes.items():
        keys.append(("attribute", name))
        if name == "class":
            keys += _class_keys(value if isinstance(value, str) else " ".join(classes_of(attributes)))
        elif name == "id" or name == "data-hook":
            keys.append((name, str(value)))  # type: ignore[arg-type]
    return keys


@lru_cache(maxsize=4096)
def _class_keys(names: str) -> tuple[Key, ...]:
    # Hostile pages have classes without end; what no rule can name needs no key.
    return tuple(("class", name) for name in names[:_LONGEST_CLASS].split())


@cache
def compile_selector(text: str) -> Selector:
    """Reads a selector. Raises ValueError, naming it, where it uses more than this part of CSS."""
    compounds = [_compound(part, text) for part in _split(text)]
    if not compounds:
        raise ValueError("a selector is empty")
    return Selector(text, tuple(compounds[:-1]), compounds[-1])


def classes_of(attributes: Mapping[str, object]) -> list[str]:
    """The class names, whether Beautiful Soup has split the attribute already or not."""
    got = attributes.get("class")
    if got is None:
        return []
    return got.split() if isinstance(got, str) else got if isinstance(got, list) else []


def _split(text: str) -> list[str]:
    """At spaces, but not at those within quotes."""
    return re.findall(r'(?:[^\s"]|"[^"]*")+', text)


def _compound(part: str, whole: str) -> Compound:
    tag, classes, tests, position = "", set(), list[Test](), 0
    while position < len(part):
        piece = _PIECE.match(part, position)
        if piece is None or (piece["tag"] and position):
            raise ValueError(f"the selector {whole!r} uses something unknown at {part[position:]!r}")
        position = piece.end()
        if piece["tag"]:
            tag = piece["tag"]
        elif piece["cls"]:
            classes.add(piece["cls"])
        elif piece["id"]:
            tests.append(Test("id", "=", piece["id"]))
        else:
            operator: Operator = piece["op"] or ""  # type: ignore[assignment]
            tests.append(Test(piece["name"], operator, piece["value"] or ""))
    return Compound(tag, frozenset(classes), tuple(tests))
