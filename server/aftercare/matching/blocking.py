"""Which order lines can be a review's at all: the product's family, the marketplace, the days before the review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, runtime_checkable

from aftercare.errors import InputError
from aftercare.matching.model import MatchingModel
from aftercare.orders.order import Order, OrderLine
from aftercare.reviews.review import Review

_SHORTEST_SALE = 30.0
"""Days over which sales are taken to be spread at least; a handful of orders of one week tells no rate."""


class Book(Protocol):
    """What matching asks of an order book."""

    def candidates(
        self,
        asins: Collection[str],
        *,
        marketplace: str | None,
        first: date,
        last: date,
        skus: Collection[str] = (),
    ) -> Iterable[OrderLine]:
        """Lines of these products, bought from `first` to `last`, in the marketplace (or in one not known)."""
        ...

    def order(self, order_id: str) -> Order | None:
        """All that is known of one order."""
        ...

    def asins_sharing_family(self, asin: str) -> Collection[str]:
        """ASINs that are sold as variants of the same product, as far as the book can tell."""
        ...


@runtime_checkable
class ReadsOrdersTogether(Protocol):
    """A book that can hand out many whole orders at once, which is faster than one by one."""

    def whole_orders(self, order_ids: Sequence[str]) -> Mapping[str, Order]:
        """The whole orders by their ids; those not known are left out."""
        ...


def whole_orders(book: Book, order_ids: Sequence[str]) -> Mapping[str, Order]:
    """All that is known of these orders, read together where the book can do that."""
    if isinstance(book, ReadsOrdersTogether):
        return book.whole_orders(order_ids)
    return {order_id: order for order_id in order_ids if (order := book.order(order_id)) is not None}


@runtime_checkable
class KeepsNameCodes(Protocol):
    """A book whose lines carry codes where names were purged (`name_codes.py`)."""

    @property
    def name_key(self) -> bytes | None:
        """The key of its codes; None where it is not at hand."""
        ...


def name_key(book: Book) -> bytes | None:
    """The key of the book's name codes; None where it keeps none."""
    return book.name_key if isinstance(book, KeepsNameCodes) else None


@dataclass(frozen=True, slots=True)
class Block:
    """The lines to be compared, and the family of ASINs they were found by.

    began, ended: how many days before the review the product's sales in the book seem to have begun and ended.
    """

    day: date
    lines: tuple[OrderLine, ...]
    asins: tuple[str, ...]
    began: float
    ended: float

    @property
    def days(self) -> float:
        """Over how many days the product's sales are spread."""
        return self.began - self.ended


def block_of(review: Review, book: Book, model: MatchingModel) -> Block:
    """Finds the lines that can be the review's.

    Raises InputError (`bad_input`) naming the field that is missing: the date, or both ASINs.
    """
    if review.date is None:
        raise _missing("date", "'date' is needed to find the order of a review")
    own = [asin for asin in (review.variant_asin, review.asin) if asin]
    if not own:
        raise _missing("asin", "'asin' or 'variant_asin' is needed to find the order of a review")
    family = dict.fromkeys(own)
    for asin in own:
        family.update(dict.fromkeys(sorted(book.asins_sharing_family(asin))))
    first = _moved(review.date, -model.window.before.value)
    last = _moved(review.date, model.window.after.value)
    found = book.candidates(tuple(family), marketplace=review.marketplace, first=first, last=last)
    lines = tuple(found)
    began, ended = _sold(lines, review.date, model.window.before.value)
    return Block(review.date, lines, tuple(family), began, ended)


def _missing(field: str, words: str) -> InputError:
    return InputError(f"The field {words}.", next="Add it, or read the review from its page again.", field=field)


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def _sold(lines: tuple[OrderLine, ...], day: date, longest: int) -> tuple[float, float]:
    """How many days before the review the sales in these lines began and ended.

    A book may hold less than the whole window (one month's report, a product given up), so the window is not the
    answer. The oldest and the newest of n sales are expected one gap short of the true beginning and end.
    """
    ages = {line.order_id: (day - line.purchased).days for line in lines if line.purchased}
    if not ages:
        return float(longest), 0.0
    oldest, newest = max(ages.values()), min(ages.values())
    gap = (oldest - newest) / (len(ages) - 1) if len(ages) > 1 else float(max(oldest, 0))
    began = min(float(longest), oldest + gap)
    ended = max(0.0, newest - gap)
    return max(began, ended + _SHORTEST_SALE), ended
