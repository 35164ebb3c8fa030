"""From a page, or a piece of one, to Reviews."""

from aftercare.reviews.page import Page, prepare, read_page, read_snippet
from aftercare.reviews.review import Review

__all__ = ["Page", "Review", "prepare", "read_page", "read_snippet"]
