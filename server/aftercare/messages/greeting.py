"""By which name to greet a buyer: a neutral greeting is polite, a wrong name is not."""

from __future__ import annotations

import re
import unicodedata

from aftercare.messages.templates import drafting

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_LETTERS = re.compile(r"[^\W\d_]+")


def first_name(buyer: str | None) -> str | None:
    """The first name to greet by, where the buyer's name shows beyond doubt which part that is; None otherwise.

    Only for two to four words in Latin letters: a single word may be a family name or an alias, and East Asian names
    begin with the family's. Not where the first word is all capitals, since many countries write family names so.
    """
    words = (buyer or "").split()
    if not 2 <= len(words) <= 4 or not all(_WORD.fullmatch(word) for word in words):
        return None
    rules, first = drafting(), words[0]
    if {word.strip(".").lower() for word in words} & rules.firms:
        return None
    if first.endswith(".") or not 2 <= len(first) <= 20 or first.lower() in rules.not_first_names:
        return None
    if first.isupper() or not all("LATIN" in unicodedata.name(letter, "") for letter in first if letter.isalpha()):
        return None
    return _LETTERS.sub(lambda part: part.group().capitalize(), first) if first.islower() else first
