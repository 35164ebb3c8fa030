"""Kills programs at random moments while they write, and compares what is on the disk with what they acknowledged.

A workload is prepared once, then worked on by a child process that acknowledges each step through a pipe, is killed
(SIGKILL, so that nothing of it can tidy up), and checked: every acknowledged step is there whole, the step after the
last one is there whole or not at all, and doing the work again completes it.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from aftercare.config import Home

Acknowledge = Callable[[], None]


class Workload(Protocol):
    """Work that can be killed. longest: seconds within which to kill; None for work that ends by itself, which is
    killed within the time that it takes."""

    name: str
    longest: float | None

    def prepare(self, home: Home) -> None: ...
    def work(self, home: Home, acknowledge: Acknowledge) -> None: ...
    def check(self, home: Home, acknowledged: int) -> str:
        """Raises AssertionError where anything is lost or half done; says how far it was."""
        ...


def crash(workload: Workload, folder: Path, kills: int, rng: random.Random) -> Iterator[str]:
    """Prepares a workload once, and for each kill works on a copy of it; yields how far the work was."""
    prepared = Home.at(folder / workload.name)
    workload.prepare(prepared)
    home = Home(folder / f"{workload.name}-killed")
    longest = workload.longest or _run(workload, _copied(prepared, home), None)[1]
    for _ in range(kills):
        acknowledged, _ = _run(workload, _copied(prepared, home), rng.uniform(0.0, longest))
        try:
            yield workload.check(home, acknowledged)
        except AssertionError as error:
            kept = json.dumps({"acknowledged": acknowledged, "home": str(home.folder)})
            raise AssertionError(f"{workload.name}: {error} {kept}") from error


def _copied(prepared: Home, home: Home) -> Home:
    shutil.rmtree(home.folder, ignore_errors=True)
    shutil.copytree(prepared.folder, home.folder)
    return home


def _run(workload: Workload, home: Home, seconds: float | None) -> tuple[int, float]:
    """Runs the work in a child and kills it after so many seconds, or lets it end; returns how many steps it
    acknowledged, and how long it ran."""
    ours, theirs = os.pipe()

    def child() -> None:
        os.close(ours)
        os.write(theirs, b"b")
        workload.work(home, lambda: os.write(theirs, b".") and None)

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    os.close(theirs)
    told = os.read(ours, 1)
    began = time.monotonic()
    if seconds is not None:
        # The moment to kill is the point here: nothing is waited for, and work done by then was simply not hit.
        select.select([], [], [], seconds)
        process.kill()
    process.join()
    took = time.monotonic() - began
    while block := os.read(ours, 65536):
        told += block
    os.close(ours)
    assert process.exitcode in (0, -signal.SIGKILL), f"the work itself failed: {process.exitcode}"
    return len(told) - 1, took
