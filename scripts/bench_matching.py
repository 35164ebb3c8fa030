"""Measures matching on books whose truth is known: accuracy, "none of these", calibration, and time.

    python3 scripts/bench_matching.py [--sets usual,withheld] [--lines 10000] [--reviews 1000] [--learn] [--reports]

`--learn` fits the model to the reviews first, as a batch does. `--reports` writes the book as report files and reads
them back through the real importers, so that what reports leave out is missing here too.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import environment

environment.enter()

from aftercare.matching import Book, Match, MatchingModel, find_order, learned_model  # noqa: E402
from make_truth import RATE_SETS, Case, MemoryBook, make  # noqa: E402
from truth_reports import imported  # noqa: E402

_TODAY = date(2027, 1, 1)
_HEADS = ("top1", "top5", "right", "p90", "cov90", "auc", "ece", "eceN", "p50", "p99")


@dataclass(frozen=True, slots=True)
class Score:
    """What one run measured; shares are of 1, times in milliseconds.

    top1, top5: the right order is first, or among five, where it is in the book. right: the likeliest answer, none
    included, is right. p90, cov90: how often an answer of 0.9 or more is right, and how many are such. auc: of none.
    ece, ece_none: calibration error of the first order, and of none, in 15 bins. p50, p99: of one review.
    """

    top1: float
    top5: float
    right: float
    p90: float
    cov90: float
    auc: float
    ece: float
    ece_none: float
    p50: float
    p99: float
    forms: dict[str, tuple[int, float]]

    @property
    def figures(self) -> str:
        shares = (self.top1, self.top5, self.right, self.p90, self.cov90, self.auc, self.ece, self.ece_none)
        return "".join(f"{share:7.3f}" for share in shares) + f"{self.p50:8.2f}{self.p99:8.2f}"


def score(book: Book, truth: MemoryBook, cases: Sequence[Case], model: MatchingModel | None = None) -> Score:
    """Runs all cases against the book. Raises AssertionError where an answer's probabilities do not add up to 1."""
    times, firsts, fives, rights = [], [], [], []
    sure: list[bool] = []
    first_points, none_points = [], []
    forms: dict[str, list[bool]] = {}
    for case in cases:
        start = time.perf_counter()
        match = find_order(case.review, case.complaint, book, today=_TODAY, top=5, model=model)
        times.append((time.perf_counter() - start) * 1000)
        _check(match)
        best = match.candidates[0] if match.candidates else None
        probability = best.probability if best else 0.0
        hit = best is not None and best.line.order_id == case.truth
        if case.truth is not None:
            firsts.append(hit)
            fives.append(any(each.line.order_id == case.truth for each in match.candidates))
            line = truth.orders[case.truth].lines[0]
            forms.setdefault(case.form if line.buyer or line.recipient else "(withheld)", []).append(hit)
        right = case.truth is None if match.none >= probability else hit
        rights.append(right)
        if max(probability, match.none) >= 0.9:
            sure.append(right)
        first_points.append((probability, hit))
        none_points.append((match.none, case.truth is None))
    times.sort()
    return Score(
        top1=_mean(firsts), top5=_mean(fives), right=_mean(rights), p90=_mean(sure), cov90=len(sure) / len(cases),
        auc=_auc(none_points), ece=_calibration_error(first_points), ece_none=_calibration_error(none_points),
        p50=times[len(times) // 2], p99=times[int(len(times) * 0.99)],
        forms={form: (len(hits), _mean(hits)) for form, hits in sorted(forms.items())},
    )  # fmt: skip


def _check(match: Match) -> None:
    total = match.none + match.beyond + sum(each.probability for each in match.candidates)
    if not abs(total - 1) < 1e-9:
        raise AssertionError(f"The probabilities of {match.id} add up to {total}.")


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else float("nan")


def _auc(points: Sequence[tuple[float, bool]]) -> float:
    """How often a review whose order is missing has the higher chance of none; ties count half."""
    ranks: dict[float, list[int]] = {}
    for rank, (value, _) in enumerate(sorted(points), 1):
        ranks.setdefault(value, []).append(rank)
    positives = sum(truth for _, truth in points)
    negatives = len(points) - positives
    if not positives or not negatives:
        return float("nan")
    total = sum(sum(ranks[value]) / len(ranks[value]) for value, truth in points if truth)
    return (total - positives * (positives + 1) / 2) / (positives * negatives)


def _calibration_error(points: Sequence[tuple[float, bool]], bins: int = 15) -> float:
    groups: dict[int, list[float]] = {}
    for value, truth in points:
        groups.setdefault(min(int(value * bins), bins - 1), []).append(value - truth)
    return sum(abs(sum(group)) for group in groups.values()) / len(points)


def main() -> None:
    """Prints one row for each rate set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default=",".join(RATE_SETS))
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--reviews", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--faker", action="store_true", help="names from the package Faker, where it is installed")
    parser.add_argument("--learn", action="store_true", help="fit the model to the reviews first")
    parser.add_argument("--reports", action="store_true", help="through report files and the real importers")
    parser.add_argument("--forms", action="store_true", help="also top-1 by form of the public name")
    options = parser.parse_args()
    print(f"{'':18}" + "".join(f"{head:>{8 if head in ('p50', 'p99') else 7}}" for head in _HEADS))
    for name in options.sets.split(","):
        rates = replace(RATE_SETS[name], lines=options.lines, reviews=options.reviews)
        truth, cases = make(rates, options.seed, faker=options.faker)
        with ExitStack() as stack:
            book: Book = truth
            if options.reports:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                book = stack.enter_context(imported(truth, folder))
            model = None
            if options.learn:
                model = learned_model([(case.review, case.complaint) for case in cases], book, today=_TODAY)
            found = score(book, truth, cases, model)
        print(f"{name:18}{found.figures}", flush=True)
        if options.forms:
            print("  " + ", ".join(f"{form} {share:.2f} of {count}" for form, (count, share) in found.forms.items()))


if __name__ == "__main__":
    main()
