"""Prints how well complaints are read, per language, on the project's own labeled examples.

    scripts/evaluate_language.py triage                    the table, for each split
    scripts/evaluate_language.py triage --split dev --wrong    also the examples that went wrong

Splits: `test` is what neither rules nor training have seen, and the figure that counts. The others are older: `dev` the
rules were tuned on, `held` was written before the rules; both are among the training examples by now. `fresh` and
`fresh2` were written after the rules, and are in no training.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "server"))

from aftercare.complaints import Complaint, triage_text  # noqa: E402
from triage_examples import languages as known_languages  # noqa: E402
from triage_examples import newer_of  # noqa: E402

EXAMPLES = ROOT / "tests" / "complaints" / "examples"
SPLITS = ("test", "dev", "held", "fresh", "fresh2")
COLUMNS = ("items", "type", "service found", "critical recall", "critical precision", "topics F1", "ms each")


def triage_examples(language: str, split: str) -> list[dict]:
    """The labeled reviews of one language and split: body, type, topics, critical."""
    if split == "test":
        rows = newer_of(language)
    else:
        path = EXAMPLES / f"{language}.json"
        rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [row for row in rows if row["split"] == split]


def answer_to(row: dict, language: str) -> Complaint:
    """What is said of one example, in the language it is in."""
    return triage_text("", row["body"], title=row.get("title"), stars=row.get("stars"), lang=language)


def triage_scores(rows: list[dict], answers: list[Complaint]) -> dict[str, float]:
    """Each figure of the table; a share over nothing counts as 1."""
    pairs = list(zip(rows, answers, strict=True))
    wanted = [set(row["topics"]) for row in rows]
    found = [set(answer.topics) for answer in answers]
    hits = sum(len(a & b) for a, b in zip(wanted, found, strict=True))
    said, labeled = sum(map(len, found)), sum(map(len, wanted))
    return {
        "items": len(rows),
        "type": share(answer.type == row["type"] for row, answer in pairs),
        "service found": share(answer.type == "service" for row, answer in pairs if row["type"] == "service"),
        "critical recall": share(answer.critical for row, answer in pairs if row["critical"]),
        "critical precision": share(row["critical"] for row, answer in pairs if answer.critical),
        "topics F1": 2 * hits / (said + labeled) if said + labeled else 1.0,
    }


def share(truths: Iterable[bool]) -> float:
    """The share of truths; 1 where there are none."""
    counted = list(truths)
    return sum(counted) / len(counted) if counted else 1.0


def is_wrong(row: dict, answer: Complaint) -> bool:
    """Whether type, urgency or topics differ from the label."""
    return (answer.type, answer.critical, set(answer.topics)) != (row["type"], row["critical"], set(row["topics"]))


def evaluate_triage(splits: Iterable[str], languages: Iterable[str], wrong: bool) -> None:
    """Prints the table, and on wish the examples that were read wrong."""
    print(f"{'':10}" + "".join(f"{column:>20}" for column in COLUMNS))
    for language in languages:
        for split in splits:
            rows = triage_examples(language, split)
            if not rows:
                continue
            answer_to(rows[0], language)
            started = time.perf_counter()
            answers = [answer_to(row, language) for row in rows]
            scores = triage_scores(rows, answers)
            scores["ms each"] = (time.perf_counter() - started) * 1000 / len(rows)
            cells = [f"{scores[column]:.0f}" if column == "items" else f"{scores[column]:.3f}" for column in COLUMNS]
            print(f"{language} {split:7}" + "".join(f"{cell:>20}" for cell in cells))
            if wrong:
                for row, answer in zip(rows, answers, strict=True):
                    if is_wrong(row, answer):
                        print_wrong(row, answer)


def print_wrong(row: dict, answer: Complaint) -> None:
    """One example that was read wrong: what was wanted, what came, and which words said so."""
    print(f"   [{row['family']}] {row['body']}")
    print(f"      wanted {row['type']} {','.join(row['topics'])} {'critical' if row['critical'] else ''}")
    words = "; ".join(f"{each.topic}: {each.text!r}" for each in answer.evidence)
    print(f"      got    {answer.lang} {answer.type} {','.join(answer.topics)}  {words}")


def main() -> None:
    """Reads the command line and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["triage"])
    parser.add_argument("--split", choices=SPLITS)
    known = known_languages()
    parser.add_argument("--language", choices=known)
    parser.add_argument("--wrong", action="store_true", help="also print the examples that were read wrong")
    chosen = parser.parse_args()
    languages = [chosen.language] if chosen.language else known
    evaluate_triage([chosen.split] if chosen.split else SPLITS, languages, chosen.wrong)


if __name__ == "__main__":
    main()
