"""What holds for all tests: keys go into files of the test's folder, never into the keyring of whoever runs it."""

from __future__ import annotations

import os

os.environ["AFTERCARE_KEYS"] = "file"
