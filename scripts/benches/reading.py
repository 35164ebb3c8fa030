"""Reading pages, beside the cost of parsing them with Beautiful Soup and lxml and looking at nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup

from aftercare.reviews import read_page
from benches.common import Figure, milliseconds

ROOT = Path(__file__).resolve().parents[2]


def pages() -> dict[str, list[bytes]]:
    """Real pages where they lie beside the repository, and the project's own sample pages."""
    real = sorted((ROOT.parent / "shared" / "pages").glob("*.html"))
    own = sorted((ROOT / "tests" / "fixtures" / "site").glob("product-*.html"))
    sets = {"real pages": real, "sample pages": own}
    return {name: [path.read_bytes() for path in paths] for name, paths in sets.items() if paths}


def measure() -> Iterator[Figure]:
    """Milliseconds a review, over whole pages."""
    for name, contents in pages().items():
        reviews = sum(len(read_page(content, None).reviews) for content in contents)
        taken = milliseconds(lambda contents=contents: [read_page(each, None) for each in contents], repeat=3)
        parsing = milliseconds(lambda contents=contents: [BeautifulSoup(each, "lxml") for each in contents], repeat=3)
        what = f"read a review ({name}, {reviews} reviews)"
        yield Figure(what, taken / reviews, "ms", "parsing alone", parsing / reviews, 3.0)
