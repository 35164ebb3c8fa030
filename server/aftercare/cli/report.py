"""An investigation as a person reads it in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from aftercare.complaints import Complaint
from aftercare.coverage import Coverage
from aftercare.investigate import Investigation
from aftercare.matching import Candidate
from aftercare.reviews import Review

_STYLE = {"critical": "bold red", "high": "yellow", "normal": "cyan", "none": "dim"}
_CANDIDATES_SHOWN = 3


def report(found: Investigation, console: Console | None = None) -> None:
    """Prints the whole way of one review; a review that complains of nothing takes one line."""
    console = console or Console(highlight=False)
    review, complaint = found.review, found.complaint
    stars = "★" * (review.stars or 0)
    head = f"[bold]{escape(review.id)}[/]  {stars}  {review.date or 'no date'}  {complaint.type}"
    console.print(head, f"[{_STYLE[complaint.urgency]}]{complaint.urgency}[/]")
    if complaint.type in ("product_only", "praise") and not found.confirmed:
        return
    console.print("  What went wrong:", _marked(review, complaint))
    console.print(f"  Topics: {', '.join(complaint.topics) or 'none'}; risks: {', '.join(complaint.risks) or 'none'}")
    console.print(f"  Whose order ({found.match.considered:,} considered):")
    for candidate in found.match.candidates[:_CANDIDATES_SHOWN]:
        _candidate(candidate, console)
    console.print(f"    {found.match.none:4.0%}  none of these")
    if found.line:
        standing = "confirmed" if found.confirmed else "best candidate, not confirmed"
        console.print(f"  What order {found.line.order_id} says ({standing}):")
        for signal in found.signals:
            facts = (str(signal.since or ""), f"{signal.days} days" if signal.days is not None else "")
            money = f"{signal.amount} {signal.currency or ''}" if signal.amount is not None else ""
            mark = "[red]●[/]" if signal.is_reason else "○"
            console.print(f"    {mark} {signal.kind}", *(part for part in (*facts, money) if part))
    if found.coverage:
        coverage_table(found.coverage, console)
    console.print("  What you may do:")
    for route in found.routes:
        state = "[green]open  [/]" if route.open else "[dim]closed[/]"
        console.print(f"    {state} {route.route}: {escape(route.reason.words)}")
        if route.open and route.url:
            console.print(f"           {escape(route.url)}", soft_wrap=True)
    if found.draft:
        console.print(f"  Message ({found.draft.lang}, {found.verdict.verdict if found.verdict else 'not checked'}):")
        for line in found.draft.text.splitlines():
            console.print(f"    │ {escape(line)}")
    console.print()


def _marked(review: Review, complaint: Complaint) -> Text:
    """The sentences around the evidence, with the evidence marked; control characters are left out."""
    text = Text()
    for evidence in complaint.evidence[:4]:
        if len(text):
            text.append(" … ")
        source = (review.title if evidence.field == "title" else review.body) or ""
        text.append(_plain(source[max(0, evidence.start - 40) : evidence.start]))
        text.append(_plain(source[evidence.start : evidence.end]), style="bold red")
        text.append(_plain(source[evidence.end : evidence.end + 40]))
    return text


def _plain(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _candidate(candidate: Candidate, console: Console) -> None:
    line = candidate.line
    name = line.buyer or line.recipient or "name withheld"
    bought = f"bought {line.purchased}" if line.purchased else "day unknown"
    console.print(f"    {candidate.probability:4.0%}  {line.order_id}  {escape(_plain(name))}, {bought}")
    for step in candidate.evidence:
        if abs(step.bits) >= 0.05:
            console.print(f"            {step.bits:+5.1f}  {escape(step.words)}", style="dim")


def coverage_table(coverage: Coverage, console: Console | None = None) -> None:
    """Prints the programmes: until when, days left, and what that rests on."""
    console = console or Console(highlight=False)
    table = Table("programme", "state", "until", "days left", "rests on", title=f"Support in {coverage.marketplace}")
    for each in coverage.programmes:
        left = "" if each.days_left is None else str(each.days_left)
        table.add_row(each.programme, each.state, str(each.until or ""), left, each.rests_on)
    console.print(table)
