"""Says, of a page without reviews, why there are none: as far as the page tells, in a sentence a person can act on."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from aftercare.errors import AftercareError, InputError
from aftercare.reviews.layouts import Layouts, Sign
from aftercare.reviews.selectors import compile_selector

_SENTENCES = {
    "signed_out": (
        "Amazon shows its sign-in page here, not the reviews.",
        "Sign in to Amazon in the browser, open the reviews and save that page.",
    ),
    "robot_check": (
        "Amazon asks here whether you are a robot instead of showing the reviews.",
        "Answer Amazon's question in the browser, then open the reviews again.",
    ),
    "no_reviews": (
        "This page has a place for reviews but there is none in it.",
        "Amazon often leaves it empty at first: scroll to the reviews until they show, then read the page again.",
    ),
    "unknown_layout": (
        "This page seems to hold reviews, but in a layout that Aftercare does not know yet.",
        "Update Aftercare; if that does not help, report the page's address.",
    ),
    "not_a_review_page": (
        "This is not a page with Amazon reviews.",
        "Open a product page, its list of reviews, or one review on Amazon.",
    ),
}

# Where Amazon's pages of all times put a review's id, and what the stars beside it are called. A link alone does not
# count: it may be Amazon's own quotation from a review, in its summary of all of them.
_PLACES_OF_IDS = ("id", "data-reviewid", "data-review-id", "data-testid", "data-id", "data-csa-c-slot-id")
_STARS = re.compile(r"star", re.IGNORECASE)
_LOOKED_AT = 40  # Enough nodes to be sure either way, few enough for any page.


def why_none(
    soup: BeautifulSoup | None, text: str, url: str | None, rules: Layouts, *, refused: bool
) -> AftercareError:
    """The reason as an error with one of the codes above, to be shown; it is not raised.

    soup: the whole page, or None where it has no markup; refused: whether reviews were there but could not be read.
    """
    if refused:
        return _sentence("unknown_layout")
    for sign in rules.absence:
        if sign.code == "no_reviews" and soup is not None and _looks_like_reviews(soup, rules):
            return _sentence("unknown_layout")
        if _shows(sign, soup, text, url):
            return _sentence(sign.code)
    return _sentence("not_a_review_page")


def _sentence(code: str) -> AftercareError:
    message, next_step = _SENTENCES[code]
    return InputError(message, code=code, next=next_step)


def _shows(sign: Sign, soup: BeautifulSoup | None, text: str, url: str | None) -> bool:
    if sign.address and url and re.search(sign.address, url):
        return True
    if sign.words and re.search(sign.words, text):
        return True
    selectors = [compile_selector(each) for each in sign.selectors]
    return soup is not None and any(
        selector.matches(node) for node in soup.descendants if isinstance(node, Tag) for selector in selectors
    )


def _looks_like_reviews(soup: BeautifulSoup, rules: Layouts) -> bool:
    """Whether a node carries a review id in one of its attributes and has stars in or beside it."""
    identity = re.compile(rf"(?<![A-Za-z0-9]){rules.review_id}(?![A-Za-z0-9])")
    looked_at = 0
    for node in soup.descendants:
        if looked_at >= _LOOKED_AT:
            break
        if not isinstance(node, Tag):
            continue
        if not any(identity.search(str(node.attrs.get(name, ""))) for name in _PLACES_OF_IDS):
            continue
        looked_at += 1
        if any(_STARS.search(" ".join(map(str, each.attrs.values()))) for each in _near(node)):
            return True
    return False


def _near(node: Tag) -> list[Tag]:
    """The node and the first few hundred within it."""
    found = [node]
    for each in node.descendants:
        if isinstance(each, Tag):
            found.append(each)
        if len(found) > 300:
            break
    return found
