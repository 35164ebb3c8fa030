"""A message from a template in the buyer's language, filled with the order's facts and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from aftercare.complaints.complaint import Complaint
from aftercare.coverage import Coverage, ProgrammeCoverage
from aftercare.errors import InputError
from aftercare.messages.facts import facts_of, said_until
from aftercare.messages.route import Route, RouteName
from aftercare.messages.situation import order_reason, signal_of, support_reason, told_by_order
from aftercare.messages.templates import Template, Topic, drafting, fill, frame, sentences, templates
from aftercare.messages.verdict import Kind
from aftercare.orders.order import OrderLine
from aftercare.orders.signals import Signal
from aftercare.rules.marketplaces import marketplaces

_KINDS: dict[str, Kind] = {"answer_thread": "reply", "contact_buyer": "proactive"}
"""The routes on which something is written, and what kind of message that is."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed text; a person reads, corrects and sends it.

    template: which one it is made from, as topic/id. gaps: what the text would say if it were known: names of facts;
    `language` where no template speaks the buyer's; `answer` where the buyer's own question is still to be answered.
    confirm: codes of what the seller has to do for the text to be true.
    """

    route: RouteName
    kind: Kind
    lang: str
    text: str
    template: str
    gaps: tuple[str, ...]
    confirm: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        words = drafting().confirm
        return {
            "route": self.route,
            "kind": self.kind,
            "lang": self.lang,
            "text": self.text,
            "template": self.template,
            "gaps": list(self.gaps),
            "confirm": [{"code": code, "words": words[code]} for code in self.confirm],
        }


def draft_for(
    route: Route | RouteName,
    complaint: Complaint,
    line: OrderLine,
    signals: Iterable[Signal],
    coverage: Coverage | None,
    *,
    lang: str | None,
    today: date,
) -> Draft:
    """The draft for a route on which something is written: `contact_buyer` or `answer_thread`.

    lang: the buyer's language, None where it is not known. The complaint chooses among what the order's own facts
    allow to say; no word of the review, and nothing that only the review tells, gets into the text.
    Raises InputError (`no_draft`) for other routes, and where the order has no fact that a message could rest on.
    """
    name: RouteName = route if isinstance(route, str) else route.route
    kind = _KINDS.get(name)
    known = tuple(signals)
    found = next(_fitting(kind, complaint, line, known, coverage), None) if kind else None
    if kind is None or found is None:
        raise InputError(
            "Nothing in the order gives a reason to write on this way.",
            code="no_draft",
            next="Choose a way that the card shows as open.",
            route=name,
        )
    topic, template, until = found
    language, spoken = language_for(lang, line.marketplace)
    facts = facts_of(line, known, language=language, today=today)
    if until:
        facts["until"] = said_until(until, line, language)
    waiting = kind == "reply" and signal_of(known, "message_waiting", line) is not None
    text, missing = _written(topic, template, facts, language, reply=waiting)
    asks = {*template.asks, *(["answer"] if waiting and template.programmes else [])}
    return Draft(
        route=name,
        kind=kind,
        lang=language,
        text=text,
        template=f"{topic}/{template.id}",
        gaps=tuple(sorted(missing | asks | (set() if spoken else {"language"}))),
        confirm=template.confirm,
    )


def language_for(wanted: str | None, marketplace: str | None) -> tuple[str, bool]:
    """The language to write in, and whether it is the buyer's (or, where that is not known, the marketplace's).

    Where no template speaks it, English is written.
    """
    at_home = marketplaces().get(marketplace or "")
    asked = wanted or (at_home.languages[0] if at_home else "")
    language = asked.replace("_", "-").split("-")[0].strip().lower()
    return (language, True) if language in drafting().languages else ("en", False)


def _fitting(
    kind: Kind, complaint: Complaint, line: OrderLine, signals: tuple[Signal, ...], coverage: Coverage | None
) -> Iterator[tuple[Topic, Template, date | None]]:
    """The templates whose fact the order has, the best first; with the end of the support window they speak of."""
    support = support_reason(complaint, coverage)
    facts: list[Signal | ProgrammeCoverage | None] = [order_reason(complaint, line, signals), support]
    if kind == "reply":
        waiting, claim = (signal_of(signals, kind, line) for kind in ("message_waiting", "claim_open"))
        facts = [told_by_order(complaint, line, signals), support, waiting, claim, *facts]
    usable = [(topic, each) for topic, each in templates() if _suits(each, kind, line)]
    for fact in facts:
        if isinstance(fact, Signal):
            yield from ((topic, each, None) for topic, each in usable if fact.kind in each.signals)
        elif fact:
            resting = [(topic, each) for topic, each in usable if fact.programme in each.programmes]
            for topic, each in sorted(resting, key=lambda one: _rank(one[1], complaint)):
                yield topic, each, fact.until


def _suits(template: Template, kind: Kind, line: OrderLine) -> bool:
    by = "amazon" if line.fulfillment == "FBA" else "seller"
    return kind in template.kinds and template.by in ("any", by)


def _rank(template: Template, complaint: Complaint) -> int:
    """How early among the complaint's topics the template's are."""
    places = [place for place, topic in enumerate(complaint.topics) if topic in template.topics]
    return min(places, default=len(complaint.topics))


def _written(
    topic: Topic, template: Template, facts: dict[str, str], language: str, *, reply: bool
) -> tuple[str, frozenset[str]]:
    """Greeting, opening and the template's sentences, closing; and the facts that would have made it fuller."""
    around, own = frame(language).sentences, sentences(topic, language)
    greeting, _ = fill(around["greeting"], facts)
    closing, _ = fill(around["closing"], facts)
    opening = fill(around["reply" if reply else "about"], facts)
    filled = [opening, *(fill(own[name], facts) for name in template.sentences)]
    body = " ".join(part for part, _ in filled)
    return f"{greeting}\n\n{body}\n\n{closing}", frozenset().union(*(missing for _, missing in filled))
