"""What kind of mail it is: by Amazon's own header first, then by the words of the subject or the text."""

from __future__ import annotations

import re
from functools import cache

from aftercare.orders.imports.mail.senders import Origin
from aftercare.orders.imports.mail.wording import Kind, folded, rules

_OFTEN_READ = 4_000
"""Signs of a notice looked at for words that only its text says; they stand in the first sentences."""


def kind_of(*, header: str, subject: str, text: str, origin: Origin) -> Kind:
    """The kind. `header` is X-Space-Notification-Type; `text` the body of a notice, which a buyer's mail is not
    asked for, since a buyer can write anything."""
    if origin == "seller":
        return "seller"
    if found := by_notification(header):
        return found
    said = by_words(subject, "" if origin == "buyer" else text)
    if origin == "buyer":
        # A buyer who asks to cancel or return still writes; only the wish to cancel has a topic of its own.
        return "cancellation" if said == "cancellation" else "buyer"
    return said or "notice"


def by_notification(header: str) -> Kind | None:
    """The kind that Amazon's header names; None where there is none, or one that is not known."""
    name = header.strip().lower()
    return next((kind for pattern, kind in _notifications() if pattern.search(name)), None) if name else None


def by_words(subject: str, text: str) -> Kind | None:
    """The kind that the words tell, in any language; None where they tell none."""
    places = {"subject": folded(subject), "text": " ".join(folded(text[:_OFTEN_READ]).split())}
    for each in rules().announcements:
        if each.pattern.search(places[each.within]):
            return each.kind
    return None


@cache
def _notifications() -> tuple[tuple[re.Pattern[str], Kind], ...]:
    return tuple((re.compile(each.pattern), each.kind) for each in rules().notifications)
