"""The shapes of the files in `shared_rules/lint/`: words, rules, disguises, addresses and names.

A word file holds one concept in all languages; a rule says which concepts, near which others, make a finding. There
are four kinds of find: `phrases`, `together`, `hidden` and `check`; everything else about a rule is data.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from aftercare.messages.verdict import Kind, Profile, Severity
from aftercare.rules import RuleModel

ANY = "any"
"""The language key of words that belong to no language: brand names, digits, signs."""


class WordFile(RuleModel):
    """One concept: how each language says it, and everyday senses of the same words that do not count.

    Phrases are written as `aftercare.text.phrase_syntax` explains. A hit that touches an everyday phrase of the same
    concept is dropped before any rule looks.
    """

    concept: str
    about: str
    phrases: dict[str, tuple[str, ...]]
    everyday: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class SmallWords(RuleModel):
    """Small words of each language, by which a sentence tells what it is written in."""

    about: str
    small_words: dict[str, tuple[str, ...]]


class Example(RuleModel):
    """A text a rule must catch or leave alone, with what is known around it; a bare string will do."""

    text: str
    lang: str | None = None
    kind: Kind = "proactive"
    profile: Profile = "buyer_message"
    order_id: str | None = None
    order_age_days: int | None = None
    buyer_name: str | None = None
    reviewer_name: str | None = None
    review_text: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class Find(RuleModel):
    """One way in which a rule finds something.

    phrases: every hit of one of the concepts `of`.
    together: one hit of each concept `of` (`a|b` is either) within so many words of one sentence; `ordered` asks for
    their order, `across` lets the words stand in neighboring sentences.
    check: the named check written in Python.
    hidden: words that `disguises.json` lists for this rule, wherever they are hidden.
    unless: nothing is found where one of these concepts stands in the same sentence.
    severity, reason, profiles, kinds: only for this find, in place of the rule's.
    """

    kind: Literal["phrases", "together", "check", "hidden"]
    of: tuple[str, ...] = ()
    check: str = ""
    within: int = Field(default=8, ge=1, le=40)
    ordered: bool = False
    across: bool = False
    unless: tuple[str, ...] = ()
    severity: Severity | None = None
    reason: str | None = None
    profiles: tuple[Profile, ...] | None = None
    kinds: tuple[Kind, ...] | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Find:
        if (self.kind == "check") != bool(self.check) or (self.kind in ("phrases", "together")) != bool(self.of):
            raise ValueError("a check is named by `check`; `phrases` and `together` name their concepts in `of`")
        if self.kind == "together" and len(self.of) < 2:
            raise ValueError("`together` needs at least two concepts")
        return self


class Rule(RuleModel):
    """A rule of the linter: what it forbids, where it applies, why, from which source, and examples of both kinds."""

    rule: str
    severity: Severity
    profiles: tuple[Profile, ...]
    kinds: tuple[Kind, ...]
    reason: str
    source: str
    suggestion: dict[str, str] = Field(default_factory=dict)
    finds: tuple[Find, ...]
    catches: dict[str, tuple[Example, ...]]
    leaves: dict[str, tuple[Example, ...]]


class Disguises(RuleModel):
    """How words are hidden: letters that look alike, signs used for letters, and the words worth hiding, by rule."""

    about: str
    look_alikes: dict[str, str]
    turned: dict[str, str]
    leet: dict[str, tuple[str, ...]]
    hidden_words: dict[str, tuple[str, ...]]


class SpokenDot(RuleModel):
    """Words for a dot, and the endings of hosts that may follow them: "punto de" is Spanish for no address."""

    dots: tuple[str, ...]
    endings: tuple[str, ...]


class Addresses(RuleModel):
    """What makes an address: endings of hosts, spoken dots and at signs, and Amazon's own pages that may be linked.

    endings: after a dot these make a host; wordlike_endings: only where more speaks for it, being words as well;
    spoken: dots in words with the endings that may follow them; not_mailboxes: words that stand before "at" without
    being a mailbox.
    """

    about: str
    source: str
    endings: tuple[str, ...]
    wordlike_endings: tuple[str, ...]
    spoken: tuple[SpokenDot, ...]
    ats: tuple[str, ...]
    before_wordlike: tuple[str, ...]
    mailboxes: tuple[str, ...]
    not_mailboxes: tuple[str, ...]
    amazon_pages: tuple[str, ...]


class Numbers(RuleModel):
    """Digits in words by how many digits they stand for, and words that tell a telephone number from any other number.

    phone_words and other_numbers are beginnings of words.
    """

    about: str
    one_digit: tuple[str, ...]
    two_digits: tuple[str, ...]
    phone_words: tuple[str, ...]
    other_numbers: tuple[str, ...]


class QuoteWords(RuleModel):
    """Words a draft and a review may share without the one quoting the other, and groups that tell of private life."""

    about: str
    common: dict[str, tuple[str, ...]]
    order_words: dict[str, tuple[str, ...]]
    private_life: tuple[tuple[str, ...], ...]
