"""A few kills at random moments; `scripts/crash.py` does hundreds."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from safety.crashes import Workload, crash
from safety.workloads import WORKLOADS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Processes are forked and killed here.")


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_what_was_acknowledged_is_there_after_a_kill(workload: Callable[[], Workload], tmp_path: Path) -> None:
    assert len(list(crash(workload(), tmp_path, 2, random.Random(7)))) == 2
