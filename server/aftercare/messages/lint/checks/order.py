"""The order a message is about: its number, and how long ago it was."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.messages.lint.draft import Draft, Span

MOST_DAYS = 30
"""Within how many days of its completion a seller may write about an order without having been asked."""


def order_id_missing(draft: Draft) -> Iterator[Span]:
    """The whole text, where it does not name its order."""
    named = {_digits(draft.plain.text[start:end]) for start, end in draft.order_ids}
    wanted = _digits(draft.message.order_id or "")
    if not named or (len(wanted) == 17 and wanted not in named):
        yield _whole(draft)


def other_order_id(draft: Draft) -> Iterator[Span]:
    """Numbers of other orders than the one the message is about."""
    wanted = _digits(draft.message.order_id or "")
    if len(wanted) == 17:
        for start, end in draft.order_ids:
            if _digits(draft.plain.text[start:end]) != wanted:
                yield draft.plain.span(start, end)


def any_order_id(draft: Draft) -> Iterator[Span]:
    """Every order number: it has no place where everyone can read it."""
    for start, end in draft.order_ids:
        yield draft.plain.span(start, end)


def too_old(draft: Draft) -> Iterator[Span]:
    """The whole text, where the order is over 30 days old."""
    days = draft.message.order_age_days
    if days is not None and days > MOST_DAYS:
        yield _whole(draft)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _whole(draft: Draft) -> Span:
    return 0, len(draft.message.text)
