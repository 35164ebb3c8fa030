"""Runs every rule that applies to a message and gathers what they find into one verdict."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from aftercare.errors import RulesError
from aftercare.messages.lint.checks import CHECKS
from aftercare.messages.lint.draft import Draft, Span
from aftercare.messages.lint.finders import MOST, find_phrases, find_together
from aftercare.messages.lint.model import Find, Rule
from aftercare.messages.lint.vocabulary import word_files
from aftercare.messages.verdict import Finding, Message, Verdict
from aftercare.rules import load, rules_folder


def lint(message: Message) -> Verdict:
    """Everything that Amazon's rules forbid in the message, by its place in the text.

    Judges any text in milliseconds and never raises for what it holds; what stands after the first 8,000 characters
    is not looked at, and the rule `too_long` says so.
    """
    draft = Draft(message)
    findings = [finding for rule in rules() for finding in _findings(rule, draft)]
    findings.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
    return Verdict(message.id, tuple(findings))


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by file name. Raises RulesError where one names a concept or a check that is not there."""
    folder = rules_folder()
    paths = sorted((folder / "lint" / "rules").glob("*.json"))
    found = tuple(load(Rule, path.relative_to(folder).as_posix()) for path in paths)
    concepts = {file.concept for file in word_files()}
    for rule in found:
        for find in rule.finds:
            named = {name for names in (*find.of, *find.unless) for name in names.split("|")}
            unknown = sorted(named - concepts) + [find.check] * (bool(find.check) and find.check not in CHECKS)
            if unknown:
                raise RulesError(
                    f"The lint rule {rule.rule} names {unknown[0]!r}, which is not there.",
                    next="Correct that name, or add the word file.",
                    file=f"lint/rules/{rule.rule}.json",
                )
    return found


def _findings(rule: Rule, draft: Draft) -> Iterator[Finding]:
    message = draft.message
    spans: list[tuple[int, int, Find]] = []
    for find in rule.finds:
        if message.profile in (find.profiles or rule.profiles) and message.kind in (find.kinds or rule.kinds):
            spans.extend((start, end, find) for start, end in _spans(find, rule, draft))
    suggestion = rule.suggestion.get((message.lang or "en")[:2]) or rule.suggestion.get("en")
    for start, end, find in _apart(spans):
        yield Finding(
            rule=rule.rule,
            severity=find.severity or rule.severity,
            start=start,
            end=end,
            text=message.text[start:end],
            reason=find.reason or rule.reason,
            source=rule.source,
            suggestion=suggestion,
        )


def _spans(find: Find, rule: Rule, draft: Draft) -> Iterator[Span]:
    if find.kind == "hidden":
        yield from ((hidden.start, hidden.end) for hidden in draft.hidden if hidden.rule == rule.rule)
    elif find.check:
        yield from CHECKS[find.check](draft)
    else:
        finder = find_phrases if find.kind == "phrases" else find_together
        for _, concepts in draft.views:
            yield from finder(find, concepts)


def _apart(spans: list[tuple[int, int, Find]]) -> list[tuple[int, int, Find]]:
    """The spans without those that overlap a more severe or an earlier and longer one of the same rule."""
    kept: list[tuple[int, int, Find]] = []
    last = -1
    for start, end, find in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            kept.append((start, end, find))
            last = max(end, start + 1)
        elif kept and kept[-1][2].severity == "warn" and find.severity != "warn":
            kept[-1] = (kept[-1][0], kept[-1][1], find)
    return kept[:MOST]
