"""The reviews of a page as cards: the node of a review, its wrapper, and an index of what is in it.

The tree is walked once, however many reviews there are, and each node belongs to the innermost review around it: where
broken markup leaves a review open, the next ones are inside it and still read apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

from aftercare.reviews.layouts import Layouts
from aftercare.reviews.selectors import Choice, Key, Selector, keys_of


@dataclass(slots=True)
class Card:
    """One review as it stands in the page.

    node: the review's own node; container: the node around it that carries more of its attributes, or None;
    foreign: whether it stands in a list of reviews from other countries.
    """

    node: Tag
    container: Tag | None = None
    foreign: bool = False
    only_container: bool = False
    index: dict[Key, list[Tag]] = field(default_factory=dict)

    @property
    def root(self) -> Tag:
        """The outermost node that belongs to the review alone."""
        return self.container or self.node

    def add(self, node: Tag) -> None:
        """Puts a node into the index."""
        for key in keys_of(node.name, node.attrs):
            self.index.setdefault(key, []).append(node)

    def find(self, selector: Selector) -> Iterator[Tag]:
        """The nodes of this review that a selector means, in the page's order, its own node and wrapper included."""
        for node in self.index.get(selector.last.key, ()):
            if selector.matches(node, self.root):
                yield node

    def has(self, selector: Selector) -> bool:
        return next(self.find(selector), None) is not None


@dataclass(frozen=True, slots=True)
class Cards:
    """All reviews of a page, in its order, and what was built around them, as a card of its own."""

    reviews: tuple[Card, ...]
    outside: Card


def cards_of(soup: BeautifulSoup, rules: Layouts) -> Cards:
    """Takes a parsed page apart."""
    finder = _Finder(soup, rules)
    # (node, the card around it, whether a list of foreign reviews is around it); a stack, since pages can be deep.
    todo: list[tuple[Tag, Card | None, bool]] = [(soup, None, False)]
    while todo:
        node, card, foreign = todo.pop()
        if node is not soup:
            card, foreign = finder.meet(node, card, foreign)
        todo.extend((child, card, foreign) for child in reversed(node.contents) if isinstance(child, Tag))
    return Cards(tuple(finder.cards), finder.outside)


class _Finder:
    def __init__(self, soup: BeautifulSoup, rules: Layouts) -> None:
        self.cards: list[Card] = []
        self.outside = Card(soup)
        self._roles = Choice((node.compiled.last, node.role) for node in rules.nodes)
        self._foreign = Choice((part.compiled.last, True) for part in rules.foreign)

    def meet(self, node: Tag, card: Card | None, foreign: bool) -> tuple[Card | None, bool]:
        """What a node begins, given what is around it: the card it belongs to, and whether it is in a foreign list."""
        role = self._roles.of(node.name, node.attrs)
        if role == "container" and not (card and card.only_container):
            card = Card(node, node, foreign, only_container=True)
            self.cards.append(card)
        elif role == "review":
            if card and card.only_container:
                card.node, card.only_container = node, False
            else:
                card = Card(node, foreign=foreign)
                self.cards.append(card)
        (card or self.outside).add(node)
        if card is None and not foreign:
            foreign = self._foreign.of(node.name, node.attrs) is not None
        return card, foreign
