"""Reads the labeled examples of the triage: the newer ones beside this file, and those that rules were written with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "scripts" / "examples" / "triage"
OLDER = ROOT / "tests" / "complaints" / "examples"

Row = dict[str, Any]


def languages() -> list[str]:
    """The languages that have examples, by their two letters."""
    return sorted(path.stem for path in EXAMPLES.glob("??.jsonl"))


def examples_of(language: str) -> list[Row]:
    """All examples of one language. Of the older ones, those that rules were tuned on count as `train`."""
    rows = newer_of(language)
    older = OLDER / f"{language}.json"
    if older.exists():
        for row in json.loads(older.read_text(encoding="utf-8")):
            rows.append({**row, "split": "train" if row["split"] in ("dev", "held") else row["split"]})
    return rows


def newer_of(language: str) -> list[Row]:
    """The examples that were written for training: `xx.jsonl`, and `xx-2.jsonl` and the like."""
    paths = sorted([EXAMPLES / f"{language}.jsonl", *EXAMPLES.glob(f"{language}-*.jsonl")])
    lines = [line for path in paths if path.exists() for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def learned_from(rows: list[Row]) -> list[Row]:
    """Those that training may look at."""
    return [row for row in rows if row["split"] in ("train", "dev")]


def digest_of(rows: list[Row]) -> str:
    """Sixteen hex digits that change with the examples."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
