"""A message as the linter works on it: plain text, words, concepts, hidden words; worked out once, used by all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from aftercare.messages.lint.disguise import Unmasked, unmasked, with_unmasked
from aftercare.messages.lint.plain import Plain, plain_of
from aftercare.messages.lint.vocabulary import Concepts, concepts_of
from aftercare.messages.verdict import Message
from aftercare.text import Words

LONGEST = 8_000
"""Characters that are looked at: twice what Amazon's own field takes. It bounds the time that any text can cost."""

_ORDER_ID = re.compile(r"(?<![\dA-Za-z])\d{3}[- ]?\d{7}[- ]?\d{7}(?!\d)")

Span = tuple[int, int]


@dataclass(frozen=True)
class Draft:
    """A message and what every rule needs of it. Spans are in the original text, in code points."""

    message: Message

    @cached_property
    def plain(self) -> Plain:
        """The text as a reader sees it."""
        return plain_of(self.message.text[:LONGEST])

    @cached_property
    def words(self) -> Words:
        """Its words, as they are written."""
        return self.plain.words()

    @cached_property
    def hidden(self) -> list[Unmasked]:
        """Words hidden from a filter but not from a reader."""
        return unmasked(self.plain, self.words)

    @cached_property
    def views(self) -> tuple[tuple[Words, Concepts], ...]:
        """The words and what they say, as written and, where that differs, as meant."""
        lang = (self.message.lang or "")[:2].lower() or None
        views = [(self.words, concepts_of(self.words, lang))]
        if self.hidden:
            meant = with_unmasked(self.words, self.hidden)
            views.append((meant, concepts_of(meant, lang)))
        return tuple(views)

    @cached_property
    def order_ids(self) -> tuple[Span, ...]:
        """Where the plain text names an order: three, seven and seven digits."""
        return tuple(match.span() for match in _ORDER_ID.finditer(self.plain.text))

    @property
    def concepts(self) -> Concepts:
        """What the words say as written."""
        return self.views[0][1]


Check = Callable[[Draft], Iterator[Span]]
"""A check written in Python: the spans of a draft that break its rule."""
