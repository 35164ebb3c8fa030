"""The words of Amazon's mail in all its languages: `shared_rules/mail.json`, and how a text is folded to compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Literal

from aftercare.rules import RuleModel, load

Kind = Literal[
    "buyer", "seller", "return_request", "refund", "claim", "claim_closed", "cancellation", "opt_out", "notice"
]

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "´": "'", "`": "'"})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f]")
_BLANKS = re.compile(r"[^\S\n]+")


class Notification(RuleModel):
    """What Amazon's own name for a mail, in its header, says of it. The pattern is searched in small letters."""

    pattern: str
    kind: Kind


class Announcement(RuleModel):
    """How a kind of mail is told by its words, language by language, in folded letters. The first that fits decides."""

    kind: Kind
    within: Literal["subject", "text"]
    reason: str
    patterns: dict[str, tuple[str, ...]]
    catches: tuple[str, ...]
    leaves: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All languages in one; mail is often in another language than its header says."""
        return compiled(pattern for each in self.patterns.values() for pattern in each)


class Frame(RuleModel):
    """The words of the ruled lines around what a person wrote."""

    reason: str
    message: tuple[str, ...]
    end: tuple[str, ...]
    forwarded: tuple[str, ...]


class Patterns(RuleModel):
    """Lines that are not the writer's words."""

    reason: str
    patterns: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of them."""
        return compiled(self.patterns)


class Labels(RuleModel):
    """The words by which a name in a notice says what stands beside it."""

    reason: str
    comment: tuple[str, ...]
    reason_given: tuple[str, ...]
    asin: tuple[str, ...]
    sku: tuple[str, ...]
    quantity: tuple[str, ...]
    details: tuple[str, ...]
    refund: tuple[str, ...]


class Currencies(RuleModel):
    """Signs of money and the currencies they stand for; shared ones are the marketplace's own."""

    reason: str
    signs: dict[str, str]
    shared: tuple[str, ...]


class MailRules(RuleModel):
    """The file. Patterns are written for folded text: small letters, no accents, `'` for every apostrophe."""

    checked: str
    source: str
    notifications: tuple[Notification, ...]
    announcements: tuple[Announcement, ...]
    frame: Frame
    quotes: Patterns
    tails: Patterns
    headings: Patterns
    labels: Labels
    currencies: Currencies
    machines: tuple[str, ...]


@cache
def rules() -> MailRules:
    """The rules of `shared_rules/mail.json`."""
    return load(MailRules, "mail.json")


def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern out of several, each line by itself."""
    return re.compile("|".join(f"(?:{_fold_letters(each)})" for each in patterns), re.MULTILINE)


def folded(text: str) -> str:
    """The text to compare: small letters without accents, one blank between words; lines stay lines."""
    return _BLANKS.sub(" ", _fold_letters(unicodedata.normalize("NFKC", text).translate(_DASHES))).strip()


def _fold_letters(text: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)
