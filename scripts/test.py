"""Sets everything up, then runs all tests.

Arguments go to pytest: `python3 scripts/test.py tests/messages -k disguise`.
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
sys.exit(subprocess.call([environment.PYTHON, "-m", "pytest", *sys.argv[1:]], cwd=environment.ROOT))
