"""Tells which of the twelve languages a text is written in, with the store it was written in as a prior.

lingua does the work, limited to these languages and in its small mode (some 40 MB), helped by the commonest words of
each, since letters alone tell little of a sentence of five words. Scripts are told apart first, since a Russian or
Chinese text would otherwise be given to the nearest of the twelve.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from aftercare.text.common_words import COMMON_WORDS
from aftercare.text.words import words_of

LANGUAGES = ("en", "fr", "de", "es", "it", "tr", "ar", "nl", "pt", "pl", "sv", "ja")
"""Two-letter codes of the languages Aftercare reads."""

UNKNOWN = "und"
"""What a text in no known language is said to be in (BCP 47, undetermined)."""

# How much likelier the languages of the store are than the others before a word is read. A guess that only decides
# short texts: from about eight words on, the words outweigh it.
_HOME_ODDS = 6.0
_LONGEST = 2000  # More text than this tells nothing new.
# How much likelier one common word makes a language, and how much of a text is looked at for them. In a long text the
# letters are surer than the words, which languages share.
_COMMON_ODDS = 4.0
_FIRST_LETTERS = 200


@cache
def _detector() -> LanguageDetector:
    codes = [getattr(IsoCode639_1, code.upper()) for code in LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()


def language_of(text: str, expected: tuple[str, ...] = ()) -> str:
    """The language of a text as two letters, or `und` where it is in none of the twelve or holds no letters.

    expected: the languages of the store the text was written in, if known.
    """
    text = text[:_LONGEST].encode("utf-8", "ignore").decode()
    script = _script_of(text)
    if script in ("arabic", "japanese"):
        return script[:2] if script == "arabic" else "ja"
    if script != "latin":
        return expected[0] if script is None and expected else UNKNOWN
    opening = words_of(text[:_FIRST_LETTERS]).texts

    def likelihood(code: str, value: float) -> float:
        common = sum(word in COMMON_WORDS.get(code, ()) for word in opening)
        return value * (_HOME_ODDS if code in expected else 1.0) * _COMMON_ODDS**common

    values = _detector().compute_language_confidence_values(text)
    best = max(values, key=lambda found: likelihood(_code(found.language), max(found.value, 0.001)))
    return _code(best.language)


def _code(language: Language) -> str:
    return language.iso_code_639_1.name.lower()


def _script_of(text: str) -> str | None:
    """latin, arabic, japanese or other, by the most letters; None where there are none."""
    counts = {"latin": 0, "arabic": 0, "kana": 0, "han": 0, "other": 0}
    for character in text:
        if character.isalpha():
            counts[_script_of_letter(character)] += 1
    letters = sum(counts.values())
    if not letters:
        return None
    # Japanese mixes kana and Han; Han without any kana is Chinese.
    if counts["kana"] and counts["kana"] + counts["han"] > letters / 2:
        return "japanese"
    most = max(("latin", "arabic", "han", "other"), key=counts.__getitem__)
    return most if most in ("latin", "arabic") else "other"


@cache
def _script_of_letter(character: str) -> str:
    name = unicodedata.name(character, "")
    for word, script in (
        ("LATIN", "latin"),
        ("ARABIC", "arabic"),
        ("HIRAGANA", "kana"),
        ("KATAKANA", "kana"),
        ("CJK", "han"),
    ):
        if word in name:
            return script
    return "other"
