"""Weighs every candidate order of one review, and tells the weighing step by step.

In two stages: what a line of the book tells by itself (name, day, product, town) is weighed for every candidate; what
needs a look into the whole order (returns, messages, feedback) only for the likeliest ones.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from aftercare.complaints.complaint import Complaint
from aftercare.matching.answer import MatchEvidence
from aftercare.matching.blocking import Block, Book, name_key, whole_orders
from aftercare.matching.facts import FactWeights, complained_of, facts_shown
from aftercare.matching.model import MatchingModel
from aftercare.matching.name_weights import NameStep, NameWeights
from aftercare.matching.own_words import OwnWordsWeights, PlacesNamed, texts_of
from aftercare.matching.posterior import none_share, prior_bits
from aftercare.matching.product import ProductStep, product_steps, variant_steps
from aftercare.matching.timing import Timing, timing_of, timing_words
from aftercare.orders.order import OrderLine
from aftercare.reviews.review import Review

_PRODUCT_WORDS = {
    "variant": "The order is of the very variant that was reviewed.",
    "page": "The order is of the page's own ASIN.",
    "sibling": "The order is of a sibling of the reviewed product.",
    "same_family": "The order is of this product; its variant cannot be compared.",
}
_VARIANT_WORDS = {
    "words_found": "Title or SKU hold the variant that the review names.",
    "words_missing": "Title and SKU do not hold the variant that the review names; others' do.",
}


@dataclass(slots=True)
class WeighedOrder:
    """One order's best line, with its bits against "none of these" and what they are made of.

    kind, lag, timing_bits: the day the timing rests on, the days from it to the review, and what they weigh.
    """

    line: OrderLine
    bits: float
    name: NameStep
    kind: str
    lag: int
    timing_bits: float
    product: ProductStep
    variant: ProductStep | None
    further: list[MatchEvidence] = field(default_factory=list)

    def add(self, evidence: MatchEvidence) -> None:
        """Counts one more piece of evidence."""
        self.bits += evidence.bits
        self.further.append(evidence)


class Weighing:
    """All candidate orders of one review, weighed.

    none: the share of such reviews whose order is not in the book; start: the bits each order starts with.
    """

    def __init__(
        self,
        review: Review,
        complaint: Complaint | None,
        block: Block,
        book: Book,
        model: MatchingModel,
        *,
        today: date,
        taken: Collection[str] = (),
    ) -> None:
        self.block = block
        self._names = NameWeights(review.reviewer_name, block.lines, model, name_key(book))
        timing = timing_of(model.lag, model.window.before.value)
        self.orders = self._by_line(review, timing, model)
        page_only = review.variant_asin is None and len(block.asins) == 1
        self.none = none_share(review.verified, page_only=page_only, prior=model.prior)
        within = timing.share_within(block.began, block.ended)
        self.start = prior_bits(self.none, len(self.orders), within, model.prior)
        for each in self.orders:
            each.bits += self.start
            if each.line.order_id in taken:
                bits = model.taken.bits.value
                each.add(MatchEvidence("taken", "other_review", bits, "This order is confirmed for another review."))
        self._weigh_towns(review, model)
        self._weigh_whole_orders(review, complaint, book, today, model)

    @property
    def name_shape(self) -> str:
        """The key under which the model holds the levels of the review's public name; `missing` where there is none."""
        return self._names.shape

    def waterfall(self, each: WeighedOrder) -> tuple[MatchEvidence, ...]:
        """The steps whose bits add up to the order's, from the prior on, each in words for a person."""
        count = len(self.orders)
        first = "The only order" if count == 1 else f"One of {count} orders"
        level, words = timing_words(each.kind, each.lag)
        product, variant = each.product, each.variant
        steps = [
            MatchEvidence("prior", "one_of_many", self.start, f"{first} of this product, before anything is compared."),
            MatchEvidence("name", each.name.level, each.name.bits, self._names.words(each.name)),
            MatchEvidence("timing", level, each.timing_bits, words),
            MatchEvidence("product", product.level, product.bits, _PRODUCT_WORDS[product.level]),
        ]
        if variant:
            steps.append(MatchEvidence("variant", variant.level, variant.bits, _VARIANT_WORDS[variant.level]))
        return (*steps, *each.further)

    def _by_line(self, review: Review, timing: Timing, model: MatchingModel) -> list[WeighedOrder]:
        """What each line tells by itself; of each order the best line."""
        block, names = self.block, self._names
        product = product_steps(review, block.lines, block.asins, model.product)
        variant = variant_steps(review, block.lines, model.product)
        variant_known = review.variant_asin is not None
        best: dict[str, WeighedOrder] = {}
        for line in block.lines:
            chance, kind, lag = timing.chance(line, block.day)
            timing_bits = math.log2(chance * block.days) if kind else 0.0
            name, bought = names.step(line), product(line)
            # The variant's ASIN has said what its words would say again.
            words = None if variant_known and line.asin else variant(line)
            bits = timing_bits + name.bits + bought.bits + (words.bits if words else 0.0)
            known = best.get(line.order_id)
            if known is None or bits > known.bits or (bits == known.bits and _number(line) < _number(known.line)):
                best[line.order_id] = WeighedOrder(line, bits, name, kind, lag, timing_bits, bought, words)
        return list(best.values())

    def _weigh_towns(self, review: Review, model: MatchingModel) -> None:
        places = PlacesNamed(review.title, review.body, review.reviewer_name)
        cities = Counter(each.line.city for each in self.orders if each.line.city)
        most = max(2.0, model.place.common.value * len(self.orders))
        named = {city for city, count in cities.items() if count <= most and places.names(city)}
        for each in self.orders if named else ():
            if each.line.city in named:
                words = f"The review names {each.line.city}, where the order went."
                each.add(MatchEvidence("place", "town_named", model.place.bits.value, words))

    def _weigh_whole_orders(
        self, review: Review, complaint: Complaint | None, book: Book, today: date, model: MatchingModel
    ) -> None:
        """What the likeliest orders tell as a whole: their facts, and the buyer's own words."""
        likeliest = heapq.nsmallest(
            int(model.detail.best.value), self.orders, key=lambda each: (-each.bits, each.line.order_id)
        )
        # An order this far behind the first could not catch up by what it tells.
        least = likeliest[0].bits - model.detail.behind.value
        likeliest = [each for each in likeliest if each.bits >= least]
        read = whole_orders(book, [each.line.order_id for each in likeliest])
        whole = [(each, read[each.line.order_id]) for each in likeliest if each.line.order_id in read]
        shown = [facts_shown(order, each.line, today) for each, order in whole]
        facts = FactWeights(complained_of(review, complaint), shown, self.block.day, model.facts)
        texts = [texts_of(order) for _, order in whole]
        words = OwnWordsWeights(review.text, texts, model.own_words)
        for (each, _), known, own in zip(whole, shown, texts, strict=True):
            for step in facts.steps(known):
                each.add(MatchEvidence("signal", step.level, step.bits, step.words))
            found = words.level(own) if own else None
            if found:
                level, similarity = found
                name = "alike" if level.bits >= 4 else "related" if level.bits > 0 else "other"
                sentence = (
                    f"What the buyer wrote on this order has {similarity:.0%} of its telling words in the review."
                )
                each.add(MatchEvidence("own_words", name, level.bits, sentence))


def _number(line: OrderLine) -> tuple[str, int]:
    return line.sku, line.line
