"""A figure with its floor, and how to take one fairly."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement beside its floor, both in `unit`; `goal` is the most it may be, in the same unit."""

    what: str
    measured: float
    unit: str
    floor_name: str = ""
    floor: float | None = None
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.measured / self.floor if self.floor else None

    @property
    def reached(self) -> bool | None:
        return None if self.goal is None else self.measured <= self.goal


def milliseconds(work: Callable[[], object], *, repeat: int = 15) -> float:
    """The median time of one call in milliseconds, after one that warms up; no garbage is collected meanwhile."""
    work()
    taken = []
    gc.disable()
    try:
        for _ in range(repeat):
            start = time.perf_counter()
            work()
            taken.append((time.perf_counter() - start) * 1000)
    finally:
        gc.enable()
    return statistics.median(taken)
