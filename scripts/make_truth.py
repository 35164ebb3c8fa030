"""Makes order books, and reviews whose true order is known, to measure matching with; every rate is an option.

The same seed and rates give the same book. Nobody in it is a real person.
"""

from __future__ import annotations

import bisect
import math
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import accumulate

import truth_names
from aftercare.complaints.complaint import Complaint
from aftercare.orders.order import BuyerMessage, Feedback, Order, OrderLine, Refund, Return
from aftercare.reviews.review import Review


def _words(text: str) -> list[str]:
    return text.split()


FIRST_DAY = date(2025, 1, 1)
_TOWNS = _words("Springfield Riverton Oakdale Lakewood Fairview Georgetown Ashby Milton Salem Dover")
_COLORS = ("Black", "White", "Blue", "Red", "Green", "Silver")
_THINGS = ("Kettle", "Lamp", "Pillow", "Toaster", "Backpack", "Drill", "Speaker", "Blender", "Headset", "Scale")
_RETURN_WORDS = ("does not work", "too small", "not as described", "changed my mind", "arrived damaged", "wrong size")
_TELLING = _words(
    "hinge battery zipper handle screen smell noise button cable lid wheel strap corner scratch leak charger manual "
    "screw glue paint seam motor plug hook"
)


@dataclass(frozen=True, slots=True)
class Rates:
    """Every rate of the generator. Shares are of 1; days are days."""

    lines: int = 10_000
    reviews: int = 1_000
    lines_per_product: int = 60
    skew: float = 0.8
    days: int = 540
    siblings: int = 3
    withheld: float = 0.35
    gift: float = 0.08
    generic: float = 0.12
    pseudonym: float = 0.12
    handle: float = 0.12
    typo: float = 0.02
    other_person: float = 0.02
    common_names: float = 0.6
    lag_median: float = 10.0
    lag_sigma: float = 1.0
    before: float = 0.02
    not_in_book: float = 0.20
    unverified: float = 0.04
    delivery_missing: float = 0.30
    estimated: float = 0.5
    fba: float = 0.6
    page_sibling: float = 0.5
    variant_known: float = 0.7
    families_known: bool = True
    complaint: float = 0.5
    complaint_shows: float = 0.6
    returned: float = 0.07
    late: float = 0.08
    own_words: float = 0.3
    town: float = 0.02


RATE_SETS = {
    "usual": Rates(),
    "withheld": Rates(withheld=0.95, lag_median=25.0),
    "slow": Rates(lag_median=25.0, lag_sigma=0.9),
    "quick": Rates(lag_median=4.0, lag_sigma=0.7, not_in_book=0.08, delivery_missing=0.05),
    "pseudonyms": Rates(pseudonym=0.40, generic=0.18, handle=0.15),
    "named": Rates(withheld=0.0, generic=0.02, pseudonym=0.05, typo=0.06, complaint=0.2),
    "dense": Rates(lines_per_product=1000, not_in_book=0.25),
    "dense_withheld": Rates(lines_per_product=600, withheld=0.95),
    "unknown_families": Rates(families_known=False, variant_known=0.5),
    "foreign_sales": Rates(not_in_book=0.5),
    "no_facts": Rates(complaint_shows=0.1, returned=0.0, own_words=0.0),
}
"""Sets as unlike as sellers are; none of them is the one to tune to."""


@dataclass(slots=True)
class MemoryBook:
    """An order book in memory, with the methods that matching asks of one."""

    orders: dict[str, Order]
    families: dict[str, tuple[str, ...]]
    _by_asin: dict[str, list[tuple[date, str, int, OrderLine]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for order in self.orders.values():
            for line in order.lines:
                if line.asin and line.purchased:
                    self._by_asin.setdefault(line.asin, []).append((line.purchased, line.order_id, line.line, line))
        for rows in self._by_asin.values():
            rows.sort(key=lambda row: row[:3])

    def candidates(
        self, asins: Collection[str], *, marketplace: str | None, first: date, last: date, skus: Collection[str] = ()
    ) -> Iterator[OrderLine]:
        """Lines of these ASINs in these days; `skus` is not used here, since every line has its ASIN."""
        for asin in asins:
            rows = self._by_asin.get(asin, [])
            start = bisect.bisect_left(rows, (first, "", 0))
            for row in rows[start : bisect.bisect_right(rows, (last, "\uffff", 0))]:
                if marketplace is None or row[3].marketplace in (None, marketplace):
                    yield row[3]

    def order(self, order_id: str) -> Order | None:
        """One order; None where there is none."""
        return self.orders.get(order_id)

    def asins_sharing_family(self, asin: str) -> Collection[str]:
        """The other ASINs of the family."""
        return tuple(other for other in self.families.get(asin, ()) if other != asin)


@dataclass(frozen=True, slots=True)
class Case:
    """One review with its complaint and the id of its order; None where that order is not in the book.

    form: how the public name was made.
    """

    review: Review
    complaint: Complaint | None
    truth: str | None
    form: str


def make(rates: Rates, seed: int, *, faker: bool = False) -> tuple[MemoryBook, list[Case]]:
    """A book and reviews with their true orders."""
    return _Maker(rates, random.Random(seed), faker).made()  # noqa: S311 - Made-up data, not a secret.


class _Maker:
    def __init__(self, rates: Rates, chance: random.Random, faker: bool) -> None:
        self.rates = rates
        self.chance = chance
        self.person = truth_names.people_of_faker(chance) if faker else truth_names.people(chance, rates.common_names)
        self.products = max(1, rates.lines // rates.lines_per_product)
        self.members = [
            tuple(f"B0{number:05d}{place:03d}" for place in range(chance.randint(1, 2 * rates.siblings - 1)))
            for number in range(self.products)
        ]
        self.families = {asin: asins for asins in self.members for asin in asins}

    def made(self) -> tuple[MemoryBook, list[Case]]:
        rates, chance = self.rates, self.chance
        cumulative = list(accumulate(1 / (rank + 3) ** rates.skew for rank in range(self.products)))
        orders = {}
        for serial in range(rates.lines):
            number = bisect.bisect_left(cumulative, chance.random() * cumulative[-1])
            order = self.order(serial, number)
            orders[order.order_id] = order
        cases, outside = [], set()
        for number, order_id in enumerate(chance.sample(sorted(orders), min(rates.reviews, len(orders)))):
            case, orders[order_id] = self.case(number, orders[order_id])
            if chance.random() < rates.not_in_book:
                outside.add(order_id)
                case = replace(case, truth=None)
            cases.append(case)
        kept = {order_id: self.as_reported(order) for order_id, order in orders.items() if order_id not in outside}
        return MemoryBook(kept, self.families if rates.families_known else {}), cases

    def order(self, serial: int, number: int) -> Order:
        """An order of one line as it really was."""
        rates, chance = self.rates, self.chance
        asins = self.members[number]
        place = min(int(chance.expovariate(1.0)), len(asins) - 1)
        purchased = FIRST_DAY + timedelta(days=int(chance.random() * rates.days))
        fba = chance.random() < rates.fba
        shipped = purchased + timedelta(days=1 if fba else chance.randint(1, 3))
        estimated = shipped + timedelta(days=chance.randint(1, 4) if fba else chance.randint(2, 7))
        delivered = max(shipped + timedelta(days=1), estimated + timedelta(days=chance.choice((-1, 0, 0, 0, 1, 2))))
        if chance.random() < rates.late:
            delivered += timedelta(days=chance.randint(4, 12))
        buyer = " ".join(self.person())
        order_id = f"9{serial % 100:02d}-{serial:07d}-{chance.randint(0, 9_999_999):07d}"
        color = _COLORS[place % len(_COLORS)]
        line = OrderLine(
            order_id=order_id,
            sku=f"HB{number:05d}-{color[:3].upper()}",
            line=1,
            marketplace="US" if number % 3 else "DE",
            asin=asins[place],
            title=f"Harbor {_THINGS[number % len(_THINGS)]} No. {number}, Home and Office Edition, {color}",
            quantity=1,
            buyer=buyer,
            recipient=" ".join(self.person()) if chance.random() < rates.gift else buyer,
            city=chance.choice(_TOWNS)
            if chance.random() < 0.5
            else f"{chance.choice(_TOWNS)}ville {chance.randint(1, 99)}",
            purchased=purchased,
            shipped=shipped,
            delivered=delivered,
            estimated_delivery=estimated,
            promised=estimated + timedelta(days=2),
            fulfillment="FBA" if fba else "FBM",
            status="Shipped",
        )
        order = Order(order_id, (line,))
        return self.returned(order) if chance.random() < rates.returned else order

    def returned(self, order: Order, words: str | None = None) -> Order:
        """The order with a return, mostly refunded."""
        chance, line = self.chance, order.lines[0]
        day = (line.delivered or FIRST_DAY) + timedelta(days=chance.randint(1, 25))
        comment = words or (chance.choice(_RETURN_WORDS) if chance.random() < 0.5 else None)
        back = Return(order.order_id, line.sku, day, 1, "DEFECTIVE", None, comment)
        refund = Refund(order.order_id, line.sku, day + timedelta(days=8), None, None)
        return replace(order, returns=(back,), refunds=(refund,) if chance.random() < 0.7 else ())

    def case(self, number: int, order: Order) -> tuple[Case, Order]:
        """A review of the order, and the order with what the review complains of."""
        rates, chance, line = self.rates, self.chance, order.lines[0]
        arrived = line.delivered or FIRST_DAY
        lag = round(chance.lognormvariate(math.log(rates.lag_median), rates.lag_sigma))
        day = arrived + timedelta(days=-chance.randint(1, 4) if chance.random() < rates.before else lag)
        shown, form = self.public_name(line)
        telling = chance.sample(_TELLING, 3)
        body = f"The {telling[0]} and the {telling[1]} were not what I expected, {telling[2]} too."
        topic = None
        if chance.random() < rates.complaint:
            topic = chance.choice(("refund", "late", "no_response", "return", "wrong_item", "damaged_in_transit"))
            if chance.random() < rates.complaint_shows:
                words = f"{telling[0]} and {telling[1]} bad" if chance.random() < rates.own_words else None
                order = self.failed(order, topic, day, words)
        if chance.random() < rates.town:
            body += f" We live in {line.city} and it took long."
        review = Review(
            id=f"R{number}",
            marketplace=line.marketplace,
            asin=chance.choice(self.families[line.asin or ""]) if chance.random() < rates.page_sibling else line.asin,
            variant_asin=line.asin if chance.random() < rates.variant_known else None,
            variant=f"Color: {(line.title or '').split()[-1]}" if chance.random() < 0.5 else None,
            reviewer_name=shown,
            date=day,
            stars=2,
            verified=chance.random() >= rates.unverified,
            body=body,
        )
        complaint = Complaint(
            review.id, "service" if topic else "product_only", (topic,) if topic else (), "normal", False, (), "en", ()
        )
        return Case(review, complaint, order.order_id, form), order

    def failed(self, order: Order, topic: str, day: date, words: str | None) -> Order:
        """The order with the failure on record."""
        line = order.lines[0]
        arrived = line.delivered or FIRST_DAY
        if topic == "no_response":
            at = datetime.combine(min(arrived + timedelta(days=2), day), time(12))
            order = replace(order, messages=(BuyerMessage(order.order_id, at, "buyer", words),))
        elif topic == "late":
            promised = arrived - timedelta(days=self.chance.randint(2, 8))
            order = replace(order, lines=(replace(line, promised=promised),))
        else:
            order = self.returned(order, words)
        if self.chance.random() < 0.1:
            order = replace(order, feedback=(Feedback(order.order_id, day, 1, words),))
        return order

    def public_name(self, line: OrderLine) -> tuple[str, str]:
        """The name the review shows, and how it was made."""
        rates, chance = self.rates, self.chance
        draw = chance.random()
        if draw < rates.generic:
            return chance.choice(truth_names.GENERIC), "generic"
        if draw < rates.generic + rates.pseudonym:
            return truth_names.pseudonym(chance), "pseudonym"
        given, _, surname = ((line.recipient if chance.random() < 0.3 else line.buyer) or "").partition(" ")
        if chance.random() < rates.other_person:
            given, surname = self.person()
        if chance.random() < rates.typo:
            given, surname = (
                (truth_names.slip(chance, given), surname)
                if chance.random() < 0.5
                else (given, truth_names.slip(chance, surname))
            )
        if draw < rates.generic + rates.pseudonym + rates.handle:
            return truth_names.handle(chance, given, surname), "handle"
        return truth_names.signature(chance, given, surname)

    def as_reported(self, order: Order) -> Order:
        """The order as reports show it: names withheld, arrival often not known."""
        rates, chance, line = self.rates, self.chance, order.lines[0]
        if chance.random() < rates.withheld:
            line = replace(line, buyer=None, recipient=None)
        if chance.random() < rates.delivery_missing:
            estimated = line.estimated_delivery if chance.random() < rates.estimated else None
            line = replace(line, delivered=None, estimated_delivery=estimated)
        return replace(order, lines=(line,))
