"""Sets everything up, then runs all tests: those of the browser in one browser, all others on every core.

Arguments go to pytest, which runs once where they choose tests: `python3 scripts/test.py tests/messages -k disguise`.
"""

from __future__ import annotations

import os
import subprocess
import sys

import environment

environment.enter()
os.environ["CHROMIUM_PATH"] = environment.browser()
environment.database()
shared = environment.ROOT.parent / "shared"
if not shared.is_dir():
    print("The third-party pages and samples (../shared) are absent: the tests that read them are skipped.")
everything = [["-m", "not browser", "-n", "auto", "--dist", "loadfile"], ["-m", "browser"]]
given = sys.argv[1:]
runs = [[*run, *given] for run in everything] if all(each.startswith("--") for each in given) else [given]
codes = [subprocess.call([environment.PYTHON, "-m", "pytest", *run], cwd=environment.ROOT) for run in runs]
sys.exit(max(codes))
