"""Addresses in Seller Central: the page of an order, its thread, its refund.

They are data in `shared_rules/seller_central.json`. Nothing here opens a page: an address is
shown, and a person follows it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal, get_args

from pydantic import field_validator

from aftercare.errors import InputError
from aftercare.rules import RuleModel, load
from aftercare.rules.marketplaces import marketplace as marketplace_of

Page = Literal["order", "contact", "refund", "returns", "thread", "feedback", "brand_reviews"]

# Amazon's order numbers are 3-7-7 digits; [0-9], since \d would let other scripts' digits into an address.
_ORDER_ID = re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]{7}")
_PLACE = re.compile(r"\{([^{}]*)\}")


class PageForm(RuleModel):
    """One page: the path of its address, in which `{order}` and `{marketplace}` are filled in."""

    page: Page
    form: str
    note: str

    @field_validator("form")
    @classmethod
    def _is_path(cls, form: str) -> str:
        if not form.startswith("/") or form.startswith("//"):
            raise ValueError("the form is a path on Seller Central's host and begins with one slash")
        if strangers := set(_PLACE.findall(form)) - {"order", "marketplace"}:
            raise ValueError(f"nothing is known to fill in for {{{min(strangers)}}}")
        return form


class SellerCentral(RuleModel):
    """The file: where the forms come from, when that was checked, and one form per page."""

    source: str
    checked: date
    pages: tuple[PageForm, ...]

    @field_validator("pages")
    @classmethod
    def _has_all(cls, pages: tuple[PageForm, ...]) -> tuple[PageForm, ...]:
        if sorted(each.page for each in pages) != sorted(get_args(Page)):
            raise ValueError("each page is listed once")
        return pages


@cache
def _forms() -> dict[str, str]:
    return {each.page: each.form for each in load(SellerCentral, "seller_central.json").pages}


def is_order_id(text: str) -> bool:
    """Whether the text is an Amazon order number and nothing else."""
    return _ORDER_ID.fullmatch(text) is not None


def link(page: Page, marketplace: str, order_id: str | None = None) -> str:
    """The https address of a page on the marketplace's own Seller Central host.

    Raises InputError: `unknown_marketplace`; `bad_order_id` where the page needs an order number and gets none.
    """
    form = _forms()[page]
    place = marketplace_of(marketplace)
    if "{order}" in form and not (order_id and is_order_id(order_id)):
        raise InputError(
            "This is no Amazon order number.",
            code="bad_order_id",
            next="An order number has 3, 7 and 7 digits, as 123-1234567-1234567; copy it from Seller Central.",
            field="order_id",
        )
    path = form.replace("{order}", order_id or "").replace("{marketplace}", place.id)
    return f"https://{place.seller_central[0]}{path}"


def links_of(order_id: str, marketplace: str | None) -> dict[str, str | None]:
    """The addresses the card shows for an order; None where the order number or the marketplace does not allow one."""
    pages: tuple[Page, ...] = ("order", "refund", "returns", "thread")
    return {page: link_or_none(page, marketplace, order_id) for page in pages}


def link_or_none(page: Page, marketplace: str | None, order_id: str | None = None) -> str | None:
    """As `link`, but None in place of an error: an order from elsewhere has no page in Seller Central."""
    if not marketplace:
        return None
    try:
        return link(page, marketplace, order_id)
    except InputError:
        return None
