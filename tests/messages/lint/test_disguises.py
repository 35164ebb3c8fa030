"""Words hidden from a filter but not from a reader; findings point at what was typed."""

from __future__ import annotations

import pytest

from messages.lint.judge import found, rules_of

HIDDEN = {
    "spaced letters": ("We saw your r e v i e w.", "r e v i e w"),
    "dots between": ("We saw your r.e.v.i.e.w.", "r.e.v.i.e.w"),
    "hyphen": ("We saw your re-view.", "re-view."),
    "underscores": ("We saw your r_e_v_i_e_w.", "r_e_v_i_e_w"),
    "digits": ("We saw your r3v1ew.", "r3v1ew."),
    "signs": ("We saw your r@ting.", "r@ting."),
    "blanked": ("We saw your re**ew.", "re**ew."),
    "backward": ("We saw your weiver.", "weiver"),
    "stretched": ("We saw your reviewww.", "reviewww."),
    "cut in two": ("We saw your rev iew.", "rev iew"),
    "below each other": ("We saw your r\ne\nv\ni\ne\nw.", "r\ne\nv\ni\ne\nw"),
    "Spanish": ("Hemos visto su r e s e ñ a.", "r e s e ñ a"),
}


@pytest.mark.parametrize(("text", "span"), HIDDEN.values(), ids=HIDDEN)
def test_a_hidden_word_is_found_where_it_stands(text: str, span: str) -> None:
    assert span in [finding.text for finding in found(text, "review_reference")] or any(
        span.rstrip(".") in finding.text for finding in found(text, "review_reference")
    )


@pytest.mark.parametrize(
    "text",
    [
        "We saw your rеviеw.",  # Cyrillic е
        "We saw your re\u200bview.",
        "We saw your re\u00adview.",
        "We saw your ｒｅｖｉｅｗ.",
        "We saw your 𝓻𝓮𝓿𝓲𝓮𝔀.",
        "We saw your ⓡⓔⓥⓘⓔⓦ.",
        "We saw your ʀᴇᴠɪᴇᴡ.",
        "We saw your r\u0336e\u0336v\u0336i\u0336e\u0336w\u0336.",
        "We saw your &#114;&#x65;view.",
        "We saw your \u202eweiver\u202c.",
        "We saw ʍǝᴉʌǝɹ ɹnoʎ",
        "We saw your 🇷🇪🇻🇮🇪🇼.",
        "Sorry about the ★★☆☆☆.",
        "Sorry about the 2★.",
        "We saw your &starf;&starf;.",
    ],
)
def test_letters_and_signs_that_look_like_others_are_read_as_a_person_reads_them(text: str) -> None:
    assert "review_reference" in rules_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "The model AV1S-5T4R has a T20 screw and a 2.4 A @ 5 V adapter.",
        "The e-mail from Amazon and the follow-up call are re-sent.",
        "Ωmega: 5 kΩ, 3 µF, 20 °C, ½ cup, 3×4 m, Größe XL, naïve, œuvre.",
        "Press A B C D E on the keypad, then turn the T-200 off.",
        "The plan is rate-limited. Press * twice, then 5.",
        "The price was 5 * 3 = 15 dollars.",
        "Chargez l'appareil, puis débranchez-le ; voilà.",
        "Zażółć gęślą jaźń, güneş ığdır, ÅÄÖ.",
    ],
)
def test_honest_signs_and_letters_hide_nothing(text: str) -> None:
    assert set(rules_of(text)) <= {"missing_order_id"}


def test_a_span_counts_code_points_of_the_original() -> None:
    text = "🎉🎉 &amp; we saw your re\u200bview today"
    [finding] = found(text, "review_reference")

    assert text[finding.start : finding.end] == finding.text
    assert finding.text.endswith("re\u200bview")
