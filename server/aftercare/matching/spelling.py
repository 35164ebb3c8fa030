"""Spellings of one name that are the same name: case, diacritics, alphabets, ways to write a sound in Latin letters.

A name token is compared as its `plain` form (Latin letters without diacritics; Arabic and Han stay as they are, since
their Latin transcription is not how their bearers write), then as its `sound_key`, then, between Arabic and Latin, by
its consonants alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from aftercare.text import fold

_CACHE = 1 << 16

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f々]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LETTERS = re.compile(r"[^a-z]+")

# Letters of Arabic that writers use for one another, and vowel marks' carriers.
_ARABIC_SAME = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "", "ء": ""}
)

# One sound, several Latin spellings. Longer ones first; both sides pass through the same list, so it only has to bring
# equal names together without throwing many different ones into one pot.
_SOUND_RULES = {
    "tsch|tch|tsh": "c", "sch|sh|sz": "s", "ch|cz": "c", "kh|gh": "h", "zh": "z", "ph": "f", "th": "t", "dj": "j",
    "ck|q": "k", "x": "ks", "ts|tz": "z", "ae": "a", "oe": "o", "ue": "u", "ou|oo": "u", "w": "v", "[yj]": "i",
    r"c(?![ei])": "k", r"(.)\1+": r"\1", r"(?<=[aeo])h(?![aeiou])": "",
}  # fmt: skip
_SOUNDS = tuple((re.compile(pattern), replacement) for pattern, replacement in _SOUND_RULES.items())


def is_han(text: str) -> bool:
    """Whether the text holds a Han character (kanji, hanzi)."""
    return bool(_HAN.search(text))


def is_kana(text: str) -> bool:
    """Whether the text holds Hiragana or Katakana."""
    return bool(_KANA.search(text))


def is_arabic(text: str) -> bool:
    """Whether the text holds a letter of the Arabic script."""
    return bool(_ARABIC.search(text))


@lru_cache(maxsize=_CACHE)
def plain(token: str) -> str:
    """One word of a name as it is compared first; empty where it holds no letter."""
    if token.isascii():
        return _LETTERS.sub("", token.lower())
    folded = fold(token)
    if _ARABIC.search(folded):
        letters = "".join(letter for letter in folded.translate(_ARABIC_SAME) if letter.isalpha())
        return letters[2:] if letters.startswith("ال") and len(letters) > 4 else letters
    if _HAN.search(folded):
        return "".join(letter for letter in folded if letter.isalpha() or letter == "々")
    latin = _LETTERS.sub("", anyascii(folded).lower())
    return _short_vowels(latin) if _KANA.search(folded) else latin


def _short_vowels(romaji: str) -> str:
    """Long vowels as people write them in passports: さとう is Sato."""
    return romaji.replace("ou", "o").replace("oo", "o").replace("uu", "u").replace("jiyo", "jo").replace("jiyu", "ju")


@lru_cache(maxsize=_CACHE)
def sound_key(word: str) -> str:
    """A word with one letter for each sound, so that Yuliya, Iuliia, and Julia, or Müller and Mueller, are equal."""
    if not word.isascii():
        return word
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=_CACHE)
def consonants(word: str) -> str:
    """What Arabic writes of a name: its consonants, in Latin letters; محمد and Mohammed both give `mhmd`.

    Arabic writes و and ي for long vowels too, so that w and y are dropped on both sides, as is a closing h.
    """
    latin = anyascii(word).lower() if not word.isascii() else word
    for double, single in (
        ("kh", "x"),
        ("ch", "x"),
        ("gh", "g"),
        ("sh", "$"),
        ("th", "t"),
        ("dh", "d"),
        ("ph", "f"),
        ("ck", "k"),
    ):
        latin = latin.replace(double, single)
    latin = re.sub(
        r"[^a-z$]|[aeiouwy]", "", latin.replace("q", "k").replace("c", "k").replace("j", "g").replace("z", "s")
    )
    latin = re.sub(r"(.)\1+", r"\1", latin)
    return latin.removesuffix("h") if len(latin) > 2 else latin
