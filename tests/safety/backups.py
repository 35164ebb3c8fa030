"""What tests of backups share: putting one back, and being refused without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.config import Home
from aftercare.errors import AftercareError
from aftercare.keeping.restore import Restored, restore

WORDS = "four quiet harbor pillows"


def put_back(home: Home, target: Path, words: str | None = WORDS) -> Restored:
    return restore(home, target, lambda: words)


def refused(home: Home, target: Path, words: str | None = WORDS) -> str:
    """The code of the refusal; what was in the home must be there as before."""
    before = {path.name: path.read_bytes() for path in home.folder.iterdir() if path.is_file()}
    with pytest.raises(AftercareError) as error:
        put_back(home, target, words)
    after = {path.name: path.read_bytes() for path in home.folder.iterdir() if path.is_file()}
    assert before == after
    assert error.value.next
    return error.value.code
