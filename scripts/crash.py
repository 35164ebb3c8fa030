"""Kills importing, writing and restoring programs at random moments, and counts what was lost: nothing may be.

    python3 scripts/crash.py [--kills 200] [--seed N]

The kills are shared out among the workloads of `tests/safety/workloads.py`. Exit status 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import environment

environment.enter()
os.environ["AFTERCARE_KEYS"] = "file"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from safety.crashes import crash  # noqa: E402
from safety.workloads import WORKLOADS  # noqa: E402


def main() -> int:
    """Prints for each workload how many kills it took, and where in the work they fell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="in all; at least one for each workload")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets.
    whole, more = divmod(max(options.kills, len(WORKLOADS)), len(WORKLOADS))
    lost = total = 0
    for place, workload in enumerate(WORKLOADS):
        made, began, places = workload(), time.monotonic(), Counter[str]()
        with tempfile.TemporaryDirectory() as folder:
            try:
                places.update(crash(made, Path(folder), whole + (place < more), rng))
            except AssertionError as error:
                lost += 1
                print(f"{made.name}: LOST: {error}")
        total += places.total()
        where = ", ".join(f"{count} {name}" for name, count in places.most_common())
        print(f"{made.name:10} {places.total():4} kills: {where} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{total} kills, {lost} with a loss")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
