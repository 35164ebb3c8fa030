"""Which language a text is written in, short ones and odd ones included."""

from __future__ import annotations

import pytest

from aftercare.text import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The box was empty", "en"),
        ("Le colis n'est jamais arrivé", "fr"),
        ("Das Paket kam nie an", "de"),
        ("El paquete nunca llegó", "es"),
        ("Il pacco non è mai arrivato", "it"),
        ("Het pakket is nooit aangekomen", "nl"),
        ("O pacote nunca chegou", "pt"),
        ("Paketet kom aldrig fram", "sv"),
        ("Paczka nigdy nie dotarła", "pl"),
        ("Paket hiç gelmedi", "tr"),
        ("لم يصل الطرد", "ar"),
        ("荷物が届きません", "ja"),
        ("Посылка не пришла", "und"),
        ("包裹没有到", "und"),
        ("👍👍", "und"),
        ("", "und"),
    ],
)
def test_language_of(text: str, language: str):
    assert language_of(text) == language


def test_a_text_without_letters_is_in_the_stores_language():
    assert language_of("5/5", ("de",)) == "de"


def test_common_words_tell_a_short_text():
    assert language_of("dates on the vitamins expired in 2023") == "en"


def test_lone_surrogates_are_no_obstacle():
    assert language_of("\ud800 the box was empty") == "en"
