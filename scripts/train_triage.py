"""Trains the learned half of the triage on the project's own examples, and writes it as data into `shared_rules/`.

    scripts/train_triage.py                 all languages that have examples
    scripts/train_triage.py en de --look    only these, nothing written; prints how the `test` split fares

Only `train` and `dev` are learned from. How loud the rules are, how strongly weights are held back, and from
which probability on a review is critical or has a topic, is chosen by five-fold cross-validation on them. `test` is
never looked at for a choice. The same examples give the same file, to the byte.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "server"))

import numpy as np  # noqa: E402
from sklearn.feature_extraction import DictVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import StratifiedKFold  # noqa: E402

from aftercare.complaints.complaint import TOPICS  # noqa: E402
from aftercare.complaints.features import features_of, weighted  # noqa: E402
from aftercare.complaints.learned import CLASSES  # noqa: E402
from aftercare.complaints.triage import by_rules  # noqa: E402
from triage_examples import digest_of, examples_of, languages, learned_from  # noqa: E402

TARGET = ROOT / "shared_rules" / "complaints" / "learned"
FOLDS = 5
LEAST_OF_TOPIC = 5
MISSED_COUNTS = 1.8
"""A complaint missed counts almost twice as much as a false alarm."""
LEAST_WEIGHT = 0.06
"""Weights below this share of the largest are left out of the file."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What cross-validation chooses."""

    hold: float  # The inverse of how strongly weights are held back.
    rules: float  # How loud a finding of the rules is beside all words together.


CHOICES = [Choice(hold, rules) for hold in (1.0, 3.0, 10.0) for rules in (0.5, 1.0)]


def class_of(row: dict[str, Any]) -> str:
    """The label as one of CLASSES."""
    return "support_failed" if row["type"] == "product_service" and row["critical"] else row["type"]


def features(row: dict[str, Any], language: str) -> dict[str, float]:
    """What the model sees of one example."""
    title, body, stars = row.get("title") or "", row["body"], row.get("stars")
    readings, judged = by_rules("", language, title, body, stars)
    return features_of(title, body, stars, [reading for _, reading in readings], judged)


def rarities(loud: list[dict[str, float]]) -> dict[str, float]:
    """How rare each feature is that at least two examples have."""
    counts = Counter(name for each in loud for name in each)
    return {name: math.log((1 + len(loud)) / (1 + count)) for name, count in sorted(counts.items()) if count > 1}


class Fitted:
    """A model fitted to some examples, as scikit-learn holds it."""

    def __init__(
        self, loud: list[dict[str, float]], rows: list[dict[str, Any]], choice: Choice, *, with_topics: bool = True
    ) -> None:
        self.choice = choice
        self.rarity = rarities(loud)
        self.vectors = DictVectorizer()
        matrix = self.vectors.fit_transform(self._weighted(loud))
        settings = {"C": choice.hold, "class_weight": "balanced", "max_iter": 2000}
        self.type = LogisticRegression(**settings).fit(matrix, [class_of(row) for row in rows])
        self.topics = {}
        for topic in TOPICS if with_topics else ():
            labels = np.array([topic in row["topics"] for row in rows])
            if labels.sum() >= LEAST_OF_TOPIC:
                self.topics[topic] = LogisticRegression(**settings).fit(matrix, labels)

    def _weighted(self, loud: list[dict[str, float]]) -> list[dict[str, float]]:
        return [weighted(each, self.rarity, self.choice.rules) for each in loud]

    def predict(self, loud: list[dict[str, float]]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """The probabilities of CLASSES, and of each topic."""
        matrix = self.vectors.transform(self._weighted(loud))
        order = [list(self.type.classes_).index(name) for name in CLASSES]
        types = self.type.predict_proba(matrix)[:, order]
        return types, {topic: model.predict_proba(matrix)[:, 1] for topic, model in self.topics.items()}


def cross_validated(
    loud: list[dict[str, float]], rows: list[dict[str, Any]], choice: Choice, *, with_topics: bool
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """What models that never saw an example say of it."""
    labels = np.array([class_of(row) for row in rows])
    types = np.zeros((len(rows), len(CLASSES)))
    topics = {topic: np.zeros(len(rows)) for topic in TOPICS}
    for train, rest in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(labels, labels):
        some = [loud[place] for place in train], [rows[place] for place in train]
        fitted = Fitted(*some, choice, with_topics=with_topics)
        types[rest], found = fitted.predict([loud[place] for place in rest])
        for topic, values in found.items():
            topics[topic][rest] = values
    return types, topics


def critical_share(types: np.ndarray) -> np.ndarray:
    """The probability that a review is critical."""
    return types[:, CLASSES.index("service")] + types[:, CLASSES.index("support_failed")]


def threshold(values: np.ndarray, labels: np.ndarray, *, missed: float = 1.0) -> float:
    """The bound with the best F score, where what is missed counts `missed` times as much as a false alarm."""
    best, chosen = -1.0, 0.5
    for bound in np.arange(0.05, 0.96, 0.025):
        said = values >= bound
        hits = float((said & labels).sum())
        wrong = missed**2 * (labels & ~said).sum() + (said & ~labels).sum()
        score = (1 + missed**2) * hits / ((1 + missed**2) * hits + wrong + 1e-9)
        if score > best + 1e-9:
            best, chosen = score, float(bound)
    return round(chosen, 3)


def decided(types: np.ndarray, bound: float) -> list[str]:
    """The class of each, as `complaints/learned.py` decides it."""
    critical = critical_share(types) >= bound
    places = [CLASSES.index("service"), CLASSES.index("support_failed")]
    others = [place for place in range(len(CLASSES)) if place not in places]
    return [
        CLASSES[max(places if is_critical else others, key=lambda place: row[place])]
        for row, is_critical in zip(types, critical, strict=True)
    ]


def train(language: str, *, look: bool) -> None:
    """Trains one language, prints its figures, and writes its file."""
    rows = examples_of(language)
    seen = learned_from(rows)
    loud = [features(row, language) for row in seen]
    critical = np.array([row["critical"] for row in seen])
    results = []
    for choice in CHOICES:
        types, _ = cross_validated(loud, seen, choice, with_topics=False)
        bound = threshold(critical_share(types), critical, missed=MISSED_COUNTS)
        likely = [types[place, CLASSES.index(class_of(row))] for place, row in enumerate(seen)]
        results.append((float(np.mean(np.log(np.maximum(likely, 1e-6)))), choice, bound, types))
    # By the likelihood of what is right, not by how often it comes first: odds that mean what they say.
    _, choice, bound, types = max(results, key=lambda each: each[0])
    right = np.mean([name == class_of(row) for name, row in zip(decided(types, bound), seen, strict=True)])
    _, topics = cross_validated(loud, seen, choice, with_topics=True)
    bounds = {
        topic: threshold(values, np.array([topic in row["topics"] for row in seen])) for topic, values in topics.items()
    }
    fitted = Fitted(loud, seen, choice)
    said = critical_share(types) >= bound
    print(
        f"{language}: {len(seen)} examples, {choice}, cross-validated: type {right:.3f}, "
        f"critical recall {said[critical].mean():.3f} precision {critical[said].mean():.3f}"
    )
    if look:
        _look(fitted, bound, bounds, rows, language)
        return
    TARGET.mkdir(exist_ok=True)
    text = written(fitted, bound, bounds, language, seen)
    (TARGET / f"{language}.json").write_text(text, encoding="utf-8")
    print(f"  {len(text) // 1024} KB")


def _look(fitted: Fitted, bound: float, bounds: dict[str, float], rows: list[dict[str, Any]], language: str) -> None:
    for split in ("test", "fresh", "fresh2"):
        unseen = [row for row in rows if row["split"] == split]
        if not unseen:
            continue
        types, topics = fitted.predict([features(row, language) for row in unseen])
        names = [name.replace("support_failed", "product_service") for name in decided(types, bound)]
        wanted = [row["type"] for row in unseen]
        critical = np.array([row["critical"] for row in unseen])
        said = critical_share(types) >= bound
        found = [{t for t, values in topics.items() if values[place] >= bounds[t]} for place in range(len(unseen))]
        hits = sum(len(a & set(row["topics"])) for a, row in zip(found, unseen, strict=True))
        total = sum(map(len, found)) + sum(len(row["topics"]) for row in unseen)
        service = [name == "service" for name, want in zip(names, wanted, strict=True) if want == "service"]
        print(
            f"  {split:7} {len(unseen):4}  type {np.mean([a == b for a, b in zip(names, wanted, strict=True)]):.3f}  "
            f"service found {np.mean(service):.3f}  critical recall {said[critical].mean():.3f} "
            f"precision {critical[said].mean() if said.any() else 1:.3f}  topics F1 {2 * hits / total:.3f}"
        )


def written(fitted: Fitted, bound: float, bounds: dict[str, float], language: str, seen: list[dict[str, Any]]) -> str:
    """The file: one line a feature, its rarity and its weights in hundredths, by class and topic."""
    names = [*CLASSES, *fitted.topics]
    order = [list(fitted.type.classes_).index(name) for name in CLASSES]
    table = np.vstack([fitted.type.coef_[order], *(model.coef_ for model in fitted.topics.values())])
    start = [*fitted.type.intercept_[order], *(float(model.intercept_[0]) for model in fitted.topics.values())]
    least = LEAST_WEIGHT * np.abs(table).max(axis=1, keepdims=True)
    table = np.where(np.abs(table) < least, 0.0, table)
    features = {}
    for place, name in enumerate(fitted.vectors.feature_names_):
        weights = {names[row]: round(100 * float(table[row, place])) for row in range(len(names))}
        weights = {key: value for key, value in weights.items() if value}
        if weights:
            features[name] = [round(fitted.rarity[name], 2), weights]
    head = {
        "$schema": "../../schemas/learned_triage.json",
        "language": language,
        "trained": f"by scripts/train_triage.py on {len(seen)} examples of this project (digest {digest_of(seen)})",
        "rules_weight": fitted.choice.rules,
        "critical_from": bound,
        "topic_from": {topic: bounds[topic] for topic in fitted.topics},
        "start": {name: round(100 * value) for name, value in zip(names, start, strict=True)},
    }
    lines = ",\n".join(f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in sorted(features.items()))
    return json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "features": {\n' + lines + "\n }\n}\n"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--look", action="store_true", help="Write nothing; print how unseen examples fare.")
    asked = parser.parse_args()
    for language in asked.languages or languages():
        train(language, look=asked.look)


if __name__ == "__main__":
    main()
