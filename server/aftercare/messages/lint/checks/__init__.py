"""Checks that need more than words near each other, by the name that rules call them."""

from __future__ import annotations

from aftercare.messages.lint.checks.addresses import emails, links
from aftercare.messages.lint.checks.names import buyer_name, reviewer_name
from aftercare.messages.lint.checks.numbers import account_numbers, phone_numbers
from aftercare.messages.lint.checks.order import any_order_id, order_id_missing, other_order_id, too_old
from aftercare.messages.lint.checks.purpose import only_courtesy, other_language
from aftercare.messages.lint.checks.quotes import review_words
from aftercare.messages.lint.checks.shape import (
    decoration,
    html_tags,
    important_tag,
    line_breaks,
    mixed_scripts,
    too_long,
)
from aftercare.messages.lint.draft import Check

CHECKS: dict[str, Check] = {
    "account_numbers": account_numbers,
    "any_order_id": any_order_id,
    "buyer_name": buyer_name,
    "decoration": decoration,
    "emails": emails,
    "html_tags": html_tags,
    "important_tag": important_tag,
    "line_breaks": line_breaks,
    "links": links,
    "mixed_scripts": mixed_scripts,
    "only_courtesy": only_courtesy,
    "order_id_missing": order_id_missing,
    "other_language": other_language,
    "other_order_id": other_order_id,
    "phone_numbers": phone_numbers,
    "review_words": review_words,
    "reviewer_name": reviewer_name,
    "too_long": too_long,
    "too_old": too_old,
}
