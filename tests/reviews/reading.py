"""The test pages of this folder, and a reading of a page in the form in which it is kept beside each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aftercare.reviews import Page

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.name for path in PAGES.glob("*.html"))


def bytes_of(name: str) -> bytes:
    return (PAGES / name).read_bytes()


def as_json(page: Page) -> dict[str, Any]:
    return {
        "url": page.url,
        "asin": page.asin,
        "marketplace": page.marketplace,
        "kind": page.kind,
        "reviews": [review.to_json() for review in page.reviews],
        "refused": [error.code for error in page.refused],
        "note": page.note and page.note.code,
    }
