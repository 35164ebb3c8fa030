"""What the learned half of the triage sees of a review: words, their neighbors, signs, stars, and what the rules found.

The same features are taken when the model is trained (`scripts/train_triage.py`) and when it is used.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from aftercare.complaints.complaint import Complaint
from aftercare.complaints.reading import Reading
from aftercare.text import words_of

LONGEST = 3
"""Words that make one feature at most; in scripts without spaces each sign is a word."""

_SIGNS = re.compile(r"[?!]+|\.{3,}|…|[\U0001f300-\U0001faff\u2600-\u27bf]")


def features_of(
    title: str, body: str, stars: int | None, readings: Sequence[Reading], judged: Complaint
) -> dict[str, float]:
    """Each feature with how loud it is, before its rarity counts.

    `w:` one to three words in a row; `p:` signs; `s:` stars; `r:` what the rules found, and how they judged it.
    """
    counts: Counter[str] = Counter()
    for text in (title, body):
        words = words_of(text).texts
        for size in range(1, LONGEST + 1):
            counts.update("w:" + " ".join(words[place : place + size]) for place in range(len(words) - size + 1))
        counts.update("p:" + sign[:3] for sign in _SIGNS.findall(text))
    loud = {name: 1.0 + math.log(count) for name, count in counts.items()}
    loud |= {name: 1.0 for name in _found(readings)}
    loud |= {f"r:type {judged.type}": 1.0, f"r:critical {judged.critical}": 1.0}
    if stars:
        loud[f"s:{stars}"] = 1.0
    return loud


def _found(readings: Sequence[Reading]) -> Iterable[str]:
    for reading in readings:
        for finding in reading.findings:
            yield f"r:{finding.cue.kind}"
            if finding.cue.topic:
                yield f"r:{finding.cue.kind} {finding.cue.topic}"


def weighted(loud: Mapping[str, float], rarity: Mapping[str, float], rules_weight: float) -> dict[str, float]:
    """The features that the model knows, by rarity; words brought to length one, so that long reviews do not shout."""
    words = {name: value * rarity[name] for name, value in loud.items() if name in rarity and name[0] in "wp"}
    length = math.sqrt(math.fsum(value * value for value in words.values())) or 1.0
    scaled = {name: value / length for name, value in words.items()}
    scaled |= {name: rules_weight for name in loud if name in rarity and name[0] in "rs"}
    return scaled
