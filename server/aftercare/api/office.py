"""What the views work with: desk, order book, support profiles, today's date; and a case looked at whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, request

from aftercare.cases import Case, Desk, Outgoing, Pairing, notes_of, past_contacts, taken_orders, written_on
from aftercare.errors import AftercareError, NotFoundError
from aftercare.gate import PAIRING
from aftercare.investigate import Decision, Investigation, investigate, message_about
from aftercare.knowledge import SupportProfiles
from aftercare.messages.draft import Draft, draft_for
from aftercare.messages.lint import lint
from aftercare.messages.route import Route
from aftercare.messages.situation import History
from aftercare.messages.verdict import Finding, Kind, Verdict
from aftercare.orders import OrderLine
from aftercare.orders.book import OrderBook

NAME = "aftercare"

PERHAPS_SENT = "perhaps_sent"
"""The warning that a message for the order was filled in before, and nobody knows whether it was sent."""


class RouteClosedError(AftercareError):
    """The way of contact that was asked for is not open for this case."""

    code = "route_closed"
    status = 409


@dataclass(frozen=True, slots=True)
class Way:
    """An open way of contact: the route, the confirmed line it is about, its marketplace, and the page to open."""

    route: Route
    line: OrderLine
    marketplace: str
    url: str

    @property
    def kind(self) -> Kind:
        """Whether a message by it begins a thread or answers in one; other rules hold for the two."""
        return "reply" if self.route.route == "answer_thread" else "proactive"


@dataclass(frozen=True, slots=True)
class Office:
    """Everything one server works with; `today` is asked at each request."""

    desk: Desk
    book: OrderBook
    profiles: SupportProfiles
    today: Callable[[], date]

    def look(self, case: Case, *, decision: Decision | None = None) -> Investigation:
        """The whole line for a case: with the decision made before, or with the one being made now.

        Where the order decided on before is not in the book any more, the case is shown as one to decide again.
        """
        if decision:
            return self._look(case, decision)
        try:
            return self._look(case, Decision(order_id=case.order_id, sku=case.sku, line=case.line, none=case.none))
        except NotFoundError:
            return self._look(case, Decision())

    def card(self, case: Case, found: Investigation) -> dict[str, Any]:
        """The Investigation of docs/protocol.md."""
        notes = [note.to_json() for note in notes_of(self.desk, case)]
        return {"case": case.to_json(), **found.to_json(), "notes": notes}

    def line(self, case: Case) -> OrderLine | None:
        """The confirmed order line as the book has it now; quick, since the linter asks with every pause in typing."""
        order = self.book.order(case.order_id) if case.order_id else None
        lines = order.lines if order else ()
        return next((line for line in lines if (line.sku, line.line) == (case.sku, case.line)), None)

    def judge(self, case: Case, line: OrderLine | None, text: str, *, lang: str | None, kind: Kind) -> Verdict:
        """What the linter says of a text with everything the case knows."""
        return lint(message_about(case.review, line, text, today=self.today(), lang=lang, kind=kind))

    def way(self, found: Investigation, name: str) -> Way:
        """The open route of that name. Raises RouteClosedError (detail `reason`) where it is not open for a message."""
        route = next(each for each in found.routes if each.route == name)
        line = found.line if found.confirmed else None
        if not route.open or not route.url or line is None or line.marketplace is None:
            raise RouteClosedError(
                f"This way of contact is not open: {route.reason.words}",
                next="Choose a way that the card shows as open, or confirm the order first.",
                route=name,
                reason=route.reason.code,
            )
        return Way(route, line, line.marketplace, route.url)

    def draft(self, found: Investigation, way: Way, *, lang: str | None) -> Draft:
        """A draft for an open way of contact."""
        today = self.today()
        return draft_for(way.route, found.complaint, way.line, found.signals, found.coverage, lang=lang, today=today)

    def outgoing(self, case: Case, way: Way, text: str, lang: str | None) -> Outgoing:
        """A text on its way, with its verdict."""
        verdict = self.judge(case, way.line, text, lang=lang, kind=way.kind)
        if way.kind == "proactive":
            verdict = Verdict(verdict.id, (*verdict.findings, *self._perhaps_sent(way.line.order_id)))
        return Outgoing(
            text=text,
            lang=lang,
            kind=way.kind,
            route=way.route.route,
            order_id=way.line.order_id,
            marketplace=way.marketplace,
            url=way.url,
            verdict=verdict,
        )

    def _look(self, case: Case, made: Decision) -> Investigation:
        return investigate(
            case.review,
            self.book,
            today=self.today(),
            decision=made,
            history=self._history(made.order_id),
            profiles=self.profiles,
            taken=taken_orders(self.desk, case),
            page_kind=case.page,
        )

    def _history(self, order_id: str | None) -> History:
        """Whether the buyer was written to about this order before, from whichever case."""
        at = written_on(self.desk, order_id) if order_id else None
        return History(contacted=at is not None, contacted_on=date.fromisoformat(at[:10]) if at else None)

    def _perhaps_sent(self, order_id: str) -> tuple[Finding, ...]:
        filled = [each.filled for each in past_contacts(self.desk, order_id) if each.filled and not each.sent]
        if not filled:
            return ()
        reason = (
            f"A message for this order was filled in on {filled[-1][:10]}, and Aftercare did not see whether it was "
            "sent. Look at the thread before you write again."
        )
        return (Finding(PERHAPS_SENT, "warn", 0, 0, "", reason, "the record of this case"),)


def office() -> Office:
    """The office of the running server."""
    found: Office = current_app.extensions[NAME]
    return found


def pairing() -> Pairing:
    """The browser that asks; the gate lets none through without, but for the two calls that need none."""
    found: Pairing | None = request.environ.get(PAIRING)
    if found is None:
        raise AftercareError(
            "This browser is not paired with Aftercare.",
            code="not_paired",
            status=401,
            next="Run `aftercare pair` and type the code into the extension's options.",
        )
    return found
