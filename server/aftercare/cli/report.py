"""An investigation as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from aftercare.cli.common import plain
from aftercare.cli.customer import customer_lines
from aftercare.cli.tables import console_for_people
from aftercare.complaints import Complaint
from aftercare.coverage import Coverage
from aftercare.investigate import Investigation
from aftercare.matching import Candidate
from aftercare.reviews import Review

_STYLE = {"critical": "bold red", "high": "yellow", "normal": "cyan", "none": "dim"}
_CANDIDATES_SHOWN = 3
_AROUND = 40
"""Code points shown before and after the words that decided."""


def report(found: Investigation, console: Console | None = None) -> None:
    """Prints the whole way of one review; a review that complains of nothing takes one line."""
    console = console or console_for_people()
    review, complaint = found.review, found.complaint
    stars = "★" * (review.stars or 0)
    head = f"[bold]{escape(review.id)}[/]  {stars}  {review.date or 'no date'}  {complaint.type}"
    console.print(head, f"[{_STYLE[complaint.urgency]}]{complaint.urgency}[/]")
    if complaint.type in ("product_only", "praise") and not found.confirmed:
        return
    console.print("  What went wrong:", _marked(review, complaint))
    console.print(f"    topics: {', '.join(complaint.topics) or 'none'}; risks: {', '.join(complaint.risks) or 'none'}")
    console.print(f"  Whose order ({found.match.considered:,} considered):")
    for candidate in found.match.candidates[:_CANDIDATES_SHOWN]:
        _candidate(candidate, console)
    console.print(f"    {percent(found.match.none)}  none of these")
    if found.line:
        standing = "confirmed" if found.confirmed else "best candidate, not confirmed"
        console.print(f"  What order {found.line.order_id} says ({standing}):")
        for signal in found.signals:
            facts = (str(signal.since or ""), f"{signal.days} days" if signal.days is not None else "")
            money = f"{signal.amount} {signal.currency or ''}" if signal.amount is not None else ""
            mark = "[red]●[/]" if signal.is_reason else "○"
            words = signal.kind.replace("_", " ")
            console.print(f"    {mark} {words}", *(part for part in (*facts, money) if part))
    if found.customer and len(found.customer.orders) > 1:
        console.print("  The customer:")
        for text in customer_lines(found.customer):
            console.print(f"    {escape(plain(text))}")
    if found.coverage:
        console.print("  Still covered:")
        for text in _covered(found.coverage):
            console.print(f"    {text}")
    console.print("  What you may do:")
    for route in found.routes:
        state = "[green]open  [/]" if route.open else "[dim]closed[/]"
        console.print(f"    {state} {route.route.replace('_', ' ')}: {escape(route.reason.words)}")
        if route.open and route.url:
            console.print(f"           {escape(route.url)}", soft_wrap=True)
    if found.draft:
        console.print(
            f"  Message ({found.draft.lang}, linter: {found.verdict.verdict if found.verdict else 'not run'}):"
        )
        for line in found.draft.text.splitlines():
            console.print(f"    │ {escape(line)}")
    console.print()


def percent(probability: float) -> str:
    """A probability in five places; what is nearly certain is not shown as certain."""
    if probability < 0.005:
        return " <1 %"
    return ">99 %" if probability > 0.995 else f"{probability * 100:3.0f} %"


def _marked(review: Review, complaint: Complaint) -> Text:
    """The words around the evidence, each once, with the evidence marked."""
    text = Text()
    for field, source in (("title", review.title or ""), ("body", review.body or "")):
        spans = sorted((each.start, each.end) for each in complaint.evidence if each.field == field)
        shown = 0
        for start, end in spans:
            if end <= shown:
                continue
            before = max(shown, start - _AROUND)
            if before > shown and len(text):
                text.append(" … ")
            text.append(plain(source[before : max(start, shown)]))
            text.append(plain(source[max(start, shown) : end]), style="bold red")
            shown = end
        if spans:
            text.append(plain(source[shown : shown + _AROUND]) + (" / " if field == "title" else ""))
    return text


def _candidate(candidate: Candidate, console: Console) -> None:
    line = candidate.line
    name = line.buyer or line.recipient or "name withheld"
    bought = f"bought {line.purchased}" if line.purchased else "day unknown"
    console.print(f"    {percent(candidate.probability)}  {line.order_id}  {escape(plain(name))}, {bought}")
    for step in candidate.evidence:
        if abs(step.bits) >= 0.3:
            console.print(f"             {step.bits:+5.1f}  {escape(plain(step.words))}", style="dim")


def _covered(coverage: Coverage) -> Iterator[str]:
    """A line for each programme that still runs, and one that names the others."""
    others = []
    for each in coverage.programmes:
        name = each.programme.replace("_", " ")
        if each.state == "running":
            yield f"[green]●[/] {name} until {each.until} ({each.days_left} days)"
        else:
            others.append(f"{name} ({each.state.replace('_', ' ')})")
    if others:
        yield f"○ {', '.join(others)}"
