"""Measures the parts of the product, each beside its floor in the same run: `python3 scripts/bench.py [PART...]`.

Parts: words reading imports server badges. Without a name, all of them run. `bench.py import --lines 1000000` measures
importing alone, at any size and against more floors.
"""

from __future__ import annotations

import importlib
import os
import sys

import environment

PARTS = ("words", "reading", "imports", "server", "badges")


def main() -> None:
    """Runs the parts asked for and prints one table; the exit status says whether every goal was reached."""
    from rich.console import Console
    from rich.table import Table

    if sys.argv[1:2] == ["import"]:
        importlib.import_module("bench_import").main(sys.argv[2:])
    wanted = sys.argv[1:] or list(PARTS)
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"There is no part {', '.join(sorted(unknown))}; the parts are {' '.join(PARTS)}.")
    table = Table("what", "measured", "floor", "ratio", "goal", "")
    missed = 0
    for name in wanted:
        for figure in importlib.import_module(f"benches.{name}").measure():
            floor = "" if figure.floor is None else f"{figure.floor:,.2f} {figure.unit} ({figure.floor_name})"
            ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
            goal = "" if figure.goal is None else f"≤ {figure.goal:g} {figure.unit}"
            verdict = {None: "", True: "reached", False: "MISSED"}[figure.reached]
            missed += figure.reached is False
            table.add_row(figure.what, f"{figure.measured:,.2f} {figure.unit}", floor, ratio, goal, verdict)
            print(f"{figure.what}: {figure.measured:,.2f} {figure.unit}", file=sys.stderr, flush=True)
    Console(width=140).print(table)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    environment.enter()
    # A measurement asks nobody's keyring for a key.
    os.environ.setdefault("AFTERCARE_KEYS", "file")
    os.environ.setdefault("CHROMIUM_PATH", environment.browser())
    sys.path.insert(0, str(environment.ROOT / "tests"))
    main()
