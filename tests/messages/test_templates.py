"""The template files: complete in every language, alike in what they ask for, and free of what no message may say."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from aftercare.messages.reasons import route_rules
from aftercare.messages.templates import (
    TOPICS,
    Sentences,
    Template,
    asked_for,
    drafting,
    fill,
    frame,
    sentences,
    templates,
)
from aftercare.orders.signals import KINDS

EACH = [(topic, language) for topic in TOPICS for language in drafting().languages]


@pytest.mark.parametrize(("topic", "language"), EACH)
def test_every_language_asks_for_the_same_facts(topic: str, language: str) -> None:
    def needs(of: str) -> dict[str, list[frozenset[str]]]:
        return {
            name: [asked_for(each) for each in wordings]
            for name, wordings in sentences(topic, of).items()  # type: ignore[arg-type]
        }

    assert needs(language) == needs("en")


@pytest.mark.parametrize("topic", TOPICS)
def test_no_sentence_lies_unused(topic: str) -> None:
    used = {name for where, each in templates() if where == topic for name in each.sentences}

    assert used == set(sentences(topic, "en"))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", drafting().languages)
def test_the_frame_greets_names_the_order_and_closes(language: str) -> None:
    around = frame(language).sentences

    assert set(around) == {"greeting", "about", "reply", "closing"}
    assert all("$order" in wording for name in ("about", "reply") for wording in around[name])  # type: ignore[index]


def test_every_template_rests_on_known_signals_and_confirms_what_has_words() -> None:
    for _, each in templates():
        assert set(each.signals) <= set(KINDS)
        assert set(each.confirm) <= set(drafting().confirm)


def test_every_confirmation_is_asked_for_somewhere() -> None:
    assert {code for _, each in templates() for code in each.confirm} == set(drafting().confirm)


def test_every_reason_to_write_first_has_a_template() -> None:
    rules = route_rules()
    written = {
        (kind, by)
        for _, each in templates()
        if "proactive" in each.kinds
        for kind in each.signals
        for by in (("seller", "amazon") if each.by == "any" else (each.by,))
    }
    wanted = {(kind, "seller") for kind in rules.reasons_in_order}
    wanted |= {(kind, "amazon") for kind in rules.reasons_in_order if kind not in rules.amazon_delivers.signals}

    assert wanted <= written


def test_every_programme_that_gives_a_reason_has_a_template() -> None:
    wanted = {(topic, name) for topic, names in route_rules().support.items() for name in names}
    written = {name for _, each in templates() for name in each.programmes}

    assert {name for _, name in wanted} <= written


@pytest.mark.parametrize(("topic", "language"), EACH)
def test_every_wording_can_be_reached(topic: str, language: str) -> None:
    for wordings in sentences(topic, language).values():  # type: ignore[arg-type]
        needs = [asked_for(each) for each in wordings]
        assert not [later for place, later in enumerate(needs) if any(each <= later for each in needs[:place])]


def test_the_fullest_wording_whose_facts_are_known_is_taken() -> None:
    wordings = ("On $message_day for $amount.", "For $amount.", "At some time.")

    assert fill(wordings, {"amount": "5 €"}) == ("For 5 €.", frozenset({"message_day"}))


def test_what_a_fact_holds_is_never_read_as_a_template() -> None:
    assert (
        fill(("Hello $name,", "Hello,"), {"name": "$amount ${order} {order}"})[0] == "Hello $amount ${order} {order},"
    )


@pytest.mark.parametrize(
    "wordings",
    [
        [],
        ["It costs 5$."],
        ["You said: $review.", "You said it."],
        ["The refund of $amount."],
    ],
    ids=["none", "stray dollar", "no fact of an order", "no plain wording"],
)
def test_a_sentence_that_could_leave_a_hole_is_refused(wordings: list[str]) -> None:
    with pytest.raises(ValidationError):
        Sentences(language="en", topic="refund", sentences={"owed": tuple(wordings)})


@pytest.mark.parametrize("rests_on", [{}, {"signals": ("overdue",), "programmes": ("oem_repair",)}])
def test_a_template_rests_on_signals_or_on_programmes(rests_on: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ValidationError):
        Template.model_validate({"id": "x", "kinds": ["reply"], "by": "any", "sentences": ["s"], **rests_on})
