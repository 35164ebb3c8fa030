"""Triage and linting, beside the cost of cutting the same text into words."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.complaints import triage
from aftercare.messages.lint import lint
from aftercare.messages.verdict import Message
from aftercare.reviews import Review
from aftercare.text import words_of
from benches.common import Figure, milliseconds

REVIEW = (
    "The blender itself is wonderful and crushes ice without a fuss. My trouble is everything around it. The first one "
    "came with a cracked lid, I returned it the same day, and three weeks later the refund has still not arrived. I "
    "wrote to the seller twice and nobody answered. The replacement works, the motor is quiet enough for mornings, and "
    "cleaning takes a minute. I would buy the machine again, but not from people who keep my money and stay silent."
)
SENTENCE = (
    "Your return for order 113-4821936-7720415 reached us on October 7, and we have checked the state of the refund "
    "with our bank. Please reply to this message if the amount is not on your account by Friday. "
)


def measure() -> Iterator[Figure]:
    """Triage of one review of 470 characters; linting of 2,000 and of 20,000 characters."""
    review = Review(id="R1", body=REVIEW, lang="en", marketplace="US")
    floor = milliseconds(lambda: words_of(REVIEW))
    yield Figure("triage, one review", milliseconds(lambda: triage(review)), "ms", "cut into words", floor, 5.0)
    for length, goal in ((2_000, 5.0), (20_000, 50.0)):
        text = (SENTENCE * (length // len(SENTENCE) + 1))[:length]
        message = Message(id="m", text=text, lang="en", order_id="113-4821936-7720415", review_text=REVIEW)
        floor = milliseconds(lambda text=text: words_of(text))
        taken = milliseconds(lambda message=message: lint(message))
        yield Figure(f"lint, {length:,} characters", taken, "ms", "cut into words", floor, goal)
