"""Cases: one per review, with what a person decided about it.

States: `flagged` (opened), `matched` (an order is confirmed), `no_action` (a person said: none of my orders),
`contacted` (Amazon's page showed that a message was sent).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aftercare.cases.audit import canonical, digest_of
from aftercare.cases.desk import Desk, Writing
from aftercare.errors import NotFoundError
from aftercare.reviews.review import Review

if TYPE_CHECKING:
    # For the checker alone: the command line opens a desk without loading the floors above reviews.
    from aftercare.messages.situation import PageKind

_KEPT = ("id", "marketplace", "asin", "variant_asin", "layout")
"""What a later reading does not replace: a review is shown on the pages of sibling products, in several layouts."""

_WORDS = ("title", "body", "stars")


@dataclass(frozen=True, slots=True)
class Case:
    """A case. page: where the review was seen; order_id, sku, line: the confirmed order line; none: a person said it is
    no order of the seller's; contacted: when a message was seen to be sent. Moments are UTC."""

    id: int
    state: str
    review: Review
    page: PageKind
    order_id: str | None
    sku: str | None
    line: int | None
    none: bool
    contacted: str | None
    opened: str
    updated: str

    @property
    def subject(self) -> str:
        """How the record names it."""
        return f"case:{self.id}"

    def to_json(self) -> dict[str, Any]:
        """The `case` member of the protocol's Investigation."""
        return {
            "id": self.id,
            "state": self.state,
            "order_id": self.order_id,
            "none": self.none,
            "contacted": self.contacted is not None,
        }


def open_case(desk: Desk, review: Review, agent: str, *, page: PageKind = "product") -> Case:
    """The case of this review: opened now, or found, with what this reading knows more than the last one.

    page: the kind of page it is seen on now; one seen on the brand's own page stays a review of that brand's.
    A review whose words or stars have changed since is entered in the record as changed.
    """
    known = find_case(desk, review)
    if known and _merged(known.review, review) == known.review and page in (known.page, "product"):
        return known
    with desk.write() as writing:
        # Two tabs may ask at once: whoever comes second finds the first one's case.
        known = _find(writing.run(_FIND, _place(review)).fetchall())
        id_ = _update(writing, known, review, page, agent) if known else _insert(writing, review, page, agent)
    return case_of(desk, id_)


def case_of(desk: Desk, id_: int) -> Case:
    """The case of this number. Raises NotFoundError (`case_unknown`)."""
    # SQLite's integers end at 64 bits; a larger number names no case either.
    found = desk.read("SELECT * FROM cases WHERE id = ?", (id_,)) if 0 < id_ < 2**63 else []
    if not found:
        raise NotFoundError(
            f"There is no case {id_}.", code="case_unknown", next="Open the review again and investigate it from there."
        )
    return _of(found[0])


def find_case(desk: Desk, review: Review) -> Case | None:
    """The case of this review, if it has been opened."""
    return _find(desk.read(_FIND, _place(review)))


def decide(
    desk: Desk,
    case: Case,
    agent: str,
    *,
    order: tuple[str, str, int] | None = None,
    none: bool = False,
    probability: float | None = None,
) -> Case:
    """Writes down what a person decided: an order line (order id, SKU, line), none of them, or (neither) undecided.

    probability: what the match gave the confirmed line, for the record. Permits for another order are withdrawn.
    """
    if (case.order_id, case.sku, case.line) == (order or (None, None, None)) and case.none == none:
        return case
    state = "contacted" if case.contacted else "matched" if order else "no_action" if none else "flagged"
    order_id, sku, line = order or (None, None, None)
    with desk.write() as writing:
        writing.run(
            "UPDATE cases SET order_id = ?, sku = ?, line = ?, none = ?, state = ?, updated = ? WHERE id = ?",
            (order_id, sku, line, int(none), state, writing.at, case.id),
        )
        writing.run(
            "UPDATE contacts SET withdrawn = ? WHERE case_id = ? AND redeemed IS NULL AND withdrawn IS NULL",
            (writing.at, case.id),
        )
        action = "order_confirmed" if order else "none_confirmed" if none else "decision_undone"
        details: dict[str, Any] = {"order_id": order_id, "line": line} if order else {}
        if order and probability is not None:
            # As parts in a thousand: a whole number is written the same way by every program that checks the chain.
            details["permille"] = round(probability * 1000)
        writing.record(agent, action, case.subject, **details)
    return case_of(desk, case.id)


def taken_orders(desk: Desk, case: Case) -> frozenset[str]:
    """Orders that a person has confirmed for other reviews of the same product."""
    asins = [each for each in (case.review.asin, case.review.variant_asin) if each]
    if not asins:
        return frozenset()
    marks = ", ".join("?" * len(asins))
    rows = desk.read(
        f"SELECT order_id FROM cases WHERE order_id IS NOT NULL AND id <> ? AND (asin IN ({marks}) OR "  # noqa: S608
        f"variant_asin IN ({marks}))",
        (case.id, *asins, *asins),
    )
    return frozenset(row["order_id"] for row in rows)


# The marketplace counts only where both readings know it: ids are unique at Amazon, but pages do not always tell it.
_FIND = """SELECT * FROM cases WHERE review_id = ? AND (marketplace = ? OR marketplace = '' OR ? = '')
    ORDER BY marketplace = ? DESC, id LIMIT 1"""


def _place(review: Review) -> tuple[str, str, str, str]:
    marketplace = review.marketplace or ""
    return review.id, marketplace, marketplace, marketplace


def _find(rows: Iterable[Any]) -> Case | None:
    return next((_of(row) for row in rows), None)


def _insert(writing: Writing, review: Review, page: PageKind, agent: str) -> int:
    made = writing.run(
        "INSERT INTO cases (marketplace, review_id, asin, variant_asin, review, page, state, opened, updated) "
        "VALUES (?, ?, ?, ?, ?, ?, 'flagged', ?, ?)",
        (*_columns(review), page, writing.at, writing.at),
    )
    id_ = int(made.lastrowid or 0)
    writing.record(
        agent, "case_opened", f"case:{id_}", review_id=review.id, marketplace=review.marketplace, words=_digest(review)
    )
    return id_


def _update(writing: Writing, known: Case, review: Review, page: PageKind, agent: str) -> int:
    merged = _merged(known.review, review)
    page = known.page if page == "product" else page
    if merged == known.review and page == known.page:
        return known.id
    writing.run(
        "UPDATE cases SET marketplace = ?, review_id = ?, asin = ?, variant_asin = ?, review = ?, page = ?, "
        "updated = ? WHERE id = ?",
        (*_columns(merged), page, writing.at, known.id),
    )
    old, new = known.review.to_json(), merged.to_json()
    changed = sorted(name for name in new if new[name] != old[name])
    reworded = any(old[name] is not None for name in changed if name in _WORDS)
    writing.record(
        agent,
        "review_changed" if reworded else "review_completed",
        known.subject,
        fields=changed,
        words=_digest(merged),
    )
    return known.id


def _columns(review: Review) -> tuple[str, str, str | None, str | None, str]:
    return review.marketplace or "", review.id, review.asin, review.variant_asin, json.dumps(review.to_json())


def _merged(old: Review, new: Review) -> Review:
    """The new reading, with what only the old one knew."""
    before, now = old.to_json(), new.to_json()
    merged = {
        name: before[name] if (name in _KEPT and before[name] is not None) or now[name] is None else now[name]
        for name in now
    }
    known = {name for name, value in merged.items() if value is not None}
    merged["missing"] = [name for name in dict.fromkeys((*old.missing, *new.missing)) if name not in known]
    return Review.from_json(merged)


def _digest(review: Review) -> str:
    return digest_of(canonical({name: getattr(review, name) for name in _WORDS}))


def _of(row: Any) -> Case:
    return Case(
        id=row["id"],
        state=row["state"],
        review=Review.from_json(json.loads(row["review"])),
        page=row["page"],
        order_id=row["order_id"],
        sku=row["sku"],
        line=row["line"],
        none=bool(row["none"]),
        contacted=row["contacted"],
        opened=row["opened"],
        updated=row["updated"],
    )
