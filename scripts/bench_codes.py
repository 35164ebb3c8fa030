"""Measures what matching loses once names are purged: the same book with its names, with their codes, and with neither.

python3 scripts/bench_codes.py [--sets usual,visible] [--lines 10000] [--reviews 600]
"""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

import environment

environment.enter()

from aftercare.matching.name_codes import encoded  # noqa: E402
from aftercare.orders.order import Order, OrderLine  # noqa: E402
from bench_matching import score  # noqa: E402
from make_truth import RATE_SETS, MemoryBook, make  # noqa: E402

Change = Callable[[OrderLine], OrderLine]


class ChangedBook:
    """A made-up book whose lines are changed on the way out."""

    def __init__(self, truth: MemoryBook, change: Change, key: bytes) -> None:
        self.name_key = key
        self._truth = truth
        self._change = change

    def candidates(
        self, asins: Collection[str], *, marketplace: str | None, first: date, last: date, skus: Collection[str] = ()
    ) -> list[OrderLine]:
        """As the book's own, changed."""
        found = self._truth.candidates(asins, marketplace=marketplace, first=first, last=last, skus=skus)
        return [self._change(line) for line in found]

    def order(self, order_id: str) -> Order | None:
        """As the book's own, changed."""
        order = self._truth.order(order_id)
        return order and replace(order, lines=tuple(map(self._change, order.lines)))

    def asins_sharing_family(self, asin: str) -> Collection[str]:
        """As the book's own."""
        return self._truth.asins_sharing_family(asin)


def main() -> None:
    """Prints top-1, the share of right answers, and milliseconds for each of the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default="usual")
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--reviews", type=int, default=600)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--forms", action="store_true", help="also top-1 by form of the public name")
    options = parser.parse_args()
    key = secrets.token_bytes(32)
    codes: dict[str | None, bytes | None] = {}

    def coded(line: OrderLine) -> OrderLine:
        for name in (line.buyer, line.recipient):
            if name not in codes:
                codes[name] = encoded(name, key)
        return replace(
            line, buyer=None, recipient=None, buyer_code=codes[line.buyer], recipient_code=codes[line.recipient]
        )

    def bare(line: OrderLine) -> OrderLine:
        return replace(line, buyer=None, recipient=None)

    changes: dict[str, Change] = {"names": lambda line: line, "codes": coded, "neither": bare}
    print(f"{'':24}{'top-1':>8}{'top-5':>8}{'right':>8}{'ece':>8}{'ms p50':>8}{'ms p99':>8}")
    for name in options.sets.split(","):
        truth, cases = make(replace(RATE_SETS[name], lines=options.lines, reviews=options.reviews), options.seed)
        for what, change in changes.items():
            found = score(ChangedBook(truth, change, key), truth, cases)
            shares = (found.top1, found.top5, found.right, found.ece)
            figures = "".join(f"{share:8.3f}" for share in shares)
            print(f"{name:14}{what:10}{figures}{found.p50:8.2f}{found.p99:8.2f}", flush=True)
            if options.forms:
                print(
                    "  " + ", ".join(f"{form} {share:.2f} of {count}" for form, (count, share) in found.forms.items())
                )


if __name__ == "__main__":
    main()
