"""The templates of messages: which facts of an order each one needs, and its sentences in each language.

`shared_rules/templates/` has a folder per topic: `templates.json` says when a template fits and in which order its
sentences stand; a file per language holds the sentences. Of each sentence there are one or more wordings, the fullest
first; the first whose facts are all known is used, so that a missing fact leaves no hole. `frame/` holds greeting,
opening and closing.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from aftercare.errors import RulesError
from aftercare.knowledge import Programme
from aftercare.messages.verdict import Kind
from aftercare.rules import RuleModel, load

Topic = Literal["refund", "return", "late", "not_delivered", "message", "claim", "parts", "support"]
TOPICS: tuple[Topic, ...] = ("refund", "return", "late", "not_delivered", "message", "claim", "parts", "support")
"""The folders of templates. Where two templates fit equally well, that of the earlier folder is taken."""

FACTS = frozenset(
    {"order", "name", "amount", "return_day", "promised_day", "delivered_day", "shipped_day", "expected_day",
     "failed_day", "claim_day", "replacement_day", "message_day", "answer_day", "until"}
)  # fmt: skip
"""What a sentence can ask for, as `$fact`. All of it is the order's; nothing of a review is among it."""

ALWAYS_KNOWN = frozenset({"order", "answer_day", "until"})
"""What every message has: `until` where it rests on a support window, and no other sentence asks for it."""


class Sentences(RuleModel):
    """The sentences of one topic in one language: by name, their wordings, the fullest first."""

    language: str
    topic: Topic
    sentences: dict[str, tuple[str, ...]]

    @field_validator("sentences")
    @classmethod
    def _are_sentences(cls, sentences: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return _checked(sentences)


class Frame(RuleModel):
    """What stands around every message in one language. date: a CLDR pattern, or one of its named lengths."""

    language: str
    date: str
    sentences: dict[Literal["greeting", "about", "reply", "closing"], tuple[str, ...]]

    @field_validator("sentences")
    @classmethod
    def _are_sentences(cls, sentences: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return _checked(sentences)


class Template(RuleModel):
    """One template: it fits where the order has one of its signals, or one of its programmes runs.

    topics: for templates of programmes, what the buyer needs help with. by: who delivers the order. confirm: what the
    seller has to do for the text to be true. asks: what the text needs and cannot know.
    """

    id: str
    signals: tuple[str, ...] = ()
    programmes: tuple[Programme, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[Kind, ...]
    by: Literal["seller", "amazon", "any"]
    sentences: tuple[str, ...] = Field(min_length=1)
    confirm: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_a_reason(self) -> Self:
        if bool(self.signals) == bool(self.programmes):
            raise ValueError("a template rests on signals or on programmes")
        return self


class Templates(RuleModel):
    """The templates of one topic."""

    topic: Topic
    templates: tuple[Template, ...]


class Drafting(RuleModel):
    """What holds for all drafts.

    longest: in characters; confirm: what each code of `Template.confirm` asks for; not_first_names: titles, stand-ins
    for a name, and particles that begin a family name; firms: what only a firm's name holds.
    """

    longest: int
    answer_within_days: int
    source: str
    languages: tuple[str, ...]
    confirm: dict[str, str]
    not_first_names: frozenset[str]
    firms: frozenset[str]


@cache
def drafting() -> Drafting:
    """What holds for all drafts. Raises RulesError."""
    return load(Drafting, "templates/drafting.json")


@cache
def templates() -> tuple[tuple[Topic, Template], ...]:
    """All templates with their topics, in order. Raises RulesError, also for a sentence that a language lacks."""
    found = tuple(
        (topic, template)
        for topic in TOPICS
        for template in load(Templates, f"templates/{topic}/templates.json").templates
    )
    for topic, template in found:
        for language in drafting().languages:
            if lacking := set(template.sentences) - set(sentences(topic, language)):
                raise RulesError(
                    f"The template {topic}/{template.id} has no sentence '{min(lacking)}' in {language}.",
                    next=f"Write it in templates/{topic}/{language}.json.",
                )
    return found


@cache
def sentences(topic: Topic, language: str) -> Mapping[str, tuple[str, ...]]:
    """The sentences of a topic in a language. Raises RulesError."""
    return load(Sentences, f"templates/{topic}/{language}.json").sentences


@cache
def frame(language: str) -> Frame:
    """Greeting, opening and closing in a language. Raises RulesError."""
    return load(Frame, f"templates/frame/{language}.json")


def asked_for(wording: str) -> frozenset[str]:
    """The facts that a wording needs."""
    return frozenset(string.Template(wording).get_identifiers())


def fill(wordings: tuple[str, ...], facts: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    """The first wording whose facts are all known, filled in, and the facts that the fullest one would have needed.

    The last wording is used in any case: `_checked` sees to it that it needs only what is always known.
    """
    best = next((wording for wording in wordings if asked_for(wording) <= facts.keys()), wordings[-1])
    # A Template puts in values by their names and reads nothing in a value again.
    return string.Template(best).substitute(facts), asked_for(wordings[0]) - facts.keys()


def _checked(sentences: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    for name, wordings in sentences.items():
        if not wordings:
            raise ValueError(f"the sentence '{name}' has no wording")
        for wording in wordings:
            if not string.Template(wording).is_valid():
                raise ValueError(f"a wording of '{name}' has a $ that is not followed by the name of a fact")
            if strangers := asked_for(wording) - FACTS:
                raise ValueError(f"a wording of '{name}' asks for ${min(strangers)}, which no order has")
        if uncertain := asked_for(wordings[-1]) - ALWAYS_KNOWN:
            raise ValueError(f"the last wording of '{name}' asks for ${min(uncertain)}, which may not be known")
    return sentences
