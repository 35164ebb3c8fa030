"""A message as the linter works on it: plain text, words, concepts heard, hidden words; worked out once, used by all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from aftercare.messages.lint.disguise import Unmasked, unmasked, with_unmasked
from aftercare.messages.lint.plain import Plain, plain_of
from aftercare.messages.lint.vocabulary import Concepts, concepts_of
from aftercare.messages.verdict import Message
from aftercare.text import Words

LONGEST = 20_000
"""Characters that are looked at; Amazon's own field takes far fewer."""

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
        views = [(self.words, concepts_of(self.words))]
        if self.hidden:
            meant = with_unmasked(self.words, self.hidden)
            views.append((meant, concepts_of(meant)))
        return tuple(views)

    @property
    def concepts(self) -> Concepts:
        """What the words say as written."""
        return self.views[0][1]


Check = Callable[[Draft], Iterator[Span]]
"""A check written in Python: the spans of a draft that break its rule."""
