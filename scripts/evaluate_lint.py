"""Prints how well messages are judged, per language and split, on the project's own examples.

    scripts/evaluate_lint.py                    the table
    scripts/evaluate_lint.py --wrong fresh      also the messages of a split that are judged wrongly

Splits: `held` was written before the rules; `tuned`, `second`, and `fresh` were written after one another, each in
words that the ones before did not use, and each was measured once before any rule was changed for it. The first look
at a split tells how unknown messages fare.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT / "server") not in sys.path:
    sys.path.insert(0, str(ROOT / "server"))

from aftercare.messages.lint import lint  # noqa: E402
from aftercare.messages.lint.engine import rules  # noqa: E402
from aftercare.messages.verdict import Message, Verdict  # noqa: E402

EXAMPLES = ROOT / "tests" / "messages" / "lint" / "examples"


@dataclass(slots=True)
class Score:
    """How the messages of one language and split fared; `wrong` holds those judged wrongly, with their verdicts."""

    forbidden: int = 0
    blocked: int = 0
    named: int = 0
    honest: int = 0
    honest_blocked: int = 0
    wrong: list[tuple[dict[str, Any], Verdict]] = field(default_factory=list)

    @property
    def blocked_share(self) -> float:
        return self.blocked / self.forbidden if self.forbidden else 1.0

    @property
    def named_share(self) -> float:
        return self.named / self.forbidden if self.forbidden else 1.0

    @property
    def honest_blocked_share(self) -> float:
        return self.honest_blocked / self.honest if self.honest else 0.0

    def add(self, example: dict[str, Any], verdict: Verdict) -> None:
        """Counts one message. Forbidden is what a blocking rule should name; all others are honest."""
        wanted = set(example["rules"])
        blocking = wanted & {rule.rule for rule in rules() if rule.severity == "block"}
        is_blocked = verdict.verdict == "block"
        if blocking:
            self.forbidden += 1
            self.blocked += is_blocked
            self.named += bool(blocking & set(verdict.rules))
        else:
            self.honest += 1
            self.honest_blocked += is_blocked
        if is_blocked != bool(blocking) or not wanted <= set(verdict.rules):
            self.wrong.append((example, verdict))


def examples() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every example with its language: its text, its split, the rules it breaks, and what is known around it."""
    for path in sorted(EXAMPLES.glob("*.json")):
        for example in json.loads(path.read_text(encoding="utf-8")):
            yield path.stem, example


def evaluate() -> dict[tuple[str, str], Score]:
    """The score of each language and split."""
    scores: dict[tuple[str, str], Score] = {}
    for language, example in examples():
        known = {name: value for name, value in example.items() if name not in ("split", "rules")}
        verdict = lint(Message.from_json({"id": "example", "lang": language, **known}))
        scores.setdefault((language, example["split"]), Score()).add(example, verdict)
    return scores


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", metavar="SPLIT", help="also print what is judged wrongly in this split")
    wrong = parser.parse_args().wrong
    print("language  split   forbidden  blocked  right rule  honest  blocked")
    for (language, split), score in sorted(evaluate().items()):
        print(
            f"{language:<10}{split:<8}{score.forbidden:>9}{score.blocked_share:>9.3f}{score.named_share:>12.3f}"
            f"{score.honest:>8}{score.honest_blocked_share:>9.3f}"
        )
        for example, verdict in score.wrong if split == wrong else ():
            print(
                f"    {', '.join(example['rules']) or 'honest'} / {', '.join(verdict.rules) or 'ok'}: {example['text']}"
            )


if __name__ == "__main__":
    main()
