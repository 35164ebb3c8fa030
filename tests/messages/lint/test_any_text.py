"""Any text gets a verdict: nothing raises, spans fit, and what is found twice is said once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.messages.lint import lint
from aftercare.messages.lint.draft import LONGEST
from aftercare.messages.verdict import Message
from messages.lint.judge import ORDER, found, rules_of

PIECES = st.sampled_from(
    [
        "your",
        "review",
        "r e v i e w",
        "★★★★★",
        "\u202e",
        "\u200b",
        "&#114;",
        "dot com",
        " at ",
        "@",
        "0171 ",
        "\ud800",
        "レビュー",
        "تقييم",
        "ǝɹ",
        "<b>",
        "\n\n\n",
        "😀",
        "five",
        "stars",
        "gift card",
        "if",
        "a.b",
        "!",
        "\x00",
        ORDER,
    ]
)


@given(st.text(max_size=300) | st.lists(PIECES, max_size=40).map("".join) | st.lists(PIECES, max_size=40).map(" ".join))
def test_spans_are_inside_the_text_and_say_what_they_hold(text: str) -> None:
    verdict = lint(Message(id="m", text=text, review_text=text, reviewer_name=text[:20], buyer_name="Ann", lang="en"))

    for finding in verdict.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
        assert finding.reason and finding.source


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "\ud800",
        "\x00" * 50,
        "\u202e",
        "★",
        "a" * 100_000,
        "your review " * 9000,
        "の" * 9000,
        "\n" * 9000,
    ],
)
def test_extreme_texts_are_judged(text: str) -> None:
    assert lint(Message(id="m", text=text)).verdict in ("ok", "warn", "block")


def test_a_text_beyond_any_message_is_blocked_for_its_length_and_judged_up_to_there() -> None:
    text = "We saw your review. " + "It ships today. " * 1000
    rules = rules_of(text)

    assert {"too_long", "review_reference"} <= set(rules)
    [finding] = found(text, "too_long")
    assert (finding.start, finding.end) == (LONGEST, len(text))


def test_the_findings_of_one_rule_do_not_overlap_and_are_in_order() -> None:
    findings = found(
        "Your review, your rating, your feedback: we saw your review and your stars online.", "review_reference"
    )

    assert findings == sorted(findings, key=lambda finding: finding.start)
    assert all(one.end <= other.start for one, other in pairwise(findings))


def test_a_text_full_of_offenses_gets_a_list_a_person_can_read() -> None:
    assert len(found("We saw your review. " * 300, "review_reference")) == 20


def test_a_permitted_wording_is_offered_in_the_messages_language() -> None:
    [finding] = found("Wir haben Ihre Rezension gelesen.", "review_reference", lang="de")

    assert finding.suggestion and "Bestellung" in finding.suggestion


@pytest.mark.parametrize("lang", [None, "en", "xx", "", "de-DE", "DE"])
def test_an_unknown_language_still_gets_a_verdict(lang: str | None) -> None:
    assert "review_reference" in rules_of("We saw your review.", lang=lang)


def test_languages_can_be_mixed() -> None:
    text = f"Bestellung {ORDER}: Das Teil kommt morgen. By the way, we saw your review and are sorry."

    assert "review_reference" in rules_of(text, lang="de")


def test_a_word_of_another_language_is_not_heard_by_chance() -> None:
    assert rules_of(f"Pedido {ORDER}: el repuesto sale hoy de nuestro almacén.", lang="es") == ()
    assert rules_of(f"Ordine {ORDER}: dopo la verifica delle sue foto la sostituzione parte oggi.", lang="it") == ()
