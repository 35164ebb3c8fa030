"""Short ways to judge a text in tests."""

from __future__ import annotations

from typing import Any

from aftercare.messages.lint import lint
from aftercare.messages.verdict import Finding, Message

ORDER = "111-1234567-1234567"


def rules_of(text: str, **known: Any) -> tuple[str, ...]:
    """The rules that find something in the text."""
    return lint(Message(id="m", text=text, **known)).rules


def found(text: str, rule: str, **known: Any) -> list[Finding]:
    """The findings of one rule in the text."""
    return [finding for finding in lint(Message(id="m", text=text, **known)).findings if finding.rule == rule]
