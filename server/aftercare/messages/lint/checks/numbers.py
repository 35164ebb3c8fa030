"""Telephone numbers, also in words, and numbers of accounts and cards, told from serial, tracking and order numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from aftercare.messages.lint.draft import Draft, Span
from aftercare.messages.lint.model import Numbers
from aftercare.rules import load
from aftercare.text import fold

_CANDIDATE = re.compile(r"(?<![\w.,@])(?:\+ ?|\(\+?)?\d[\d() ./oO-]{5,28}\d(?![\w@])")
_DATE = re.compile(r"\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_AMERICAN = re.compile(r"(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
_SPANISH = re.compile(r"[6789]\d{2}[ .-]\d{3}[ .-]\d{3}")
_TRUNK = re.compile(r"\(?0\d{1,5}\)?(?:[ ./-]{1,3}\d{2,8}){1,5}")
_UNIT = re.compile(r" ?(?:[€$£%°]|(?:eur|usd|gbp|kg|cm|mm|mah|ml|kwh|wh|v|w|a)\b)", re.IGNORECASE)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_CARD = re.compile(r"(?<![\w-])\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?![\w-])")
_WORDS_BEFORE = 7
_LOOKED_AT = 60
_MASK = "xxxxxxxx"  # Stands for an order number, whose own words say nothing about the next number.
_LEAST_DIGITS, _MOST_DIGITS = 7, 15


@cache
def _data() -> Numbers:
    return load(Numbers, "lint/numbers.json")


@cache
def _spoken() -> dict[str, int]:
    """Number words, folded, with how many digits each stands for."""
    data = _data()
    return {fold(word): 2 for word in data.two_digits} | {fold(word): 1 for word in data.one_digit}


def phone_numbers(draft: Draft) -> Iterator[Span]:
    """Every telephone number, in digits or in words."""
    text = draft.plain.text
    for start, end in draft.order_ids:
        text = text[:start] + "x" * (end - start) + text[end:]
    for match in islice(_CANDIDATE.finditer(text), _LOOKED_AT):
        if _is_phone(match[0], text[max(0, match.start() - 90) : match.start()], text[match.end() : match.end() + 8]):
            yield draft.plain.span(*match.span())
    yield from _spoken_numbers(draft)


def _is_phone(number: str, before: str, after: str) -> bool:
    digits = sum(sign.isdigit() for sign in number)
    if not _LEAST_DIGITS <= digits <= _MOST_DIGITS or _DATE.fullmatch(number.strip()) or _UNIT.match(after):
        return False
    said = _kind_said(before)
    if said == "other":
        return False
    if said == "phone" or number.startswith(("+", "(+", "00")):
        return True
    return digits >= 9 and any(shape.fullmatch(number) for shape in (_AMERICAN, _TRUNK, _SPANISH))


def _kind_said(before: str) -> str | None:
    """What the words before a number call it: the nearest word that says so decides."""
    # Only the same sentence: a full stop that is not inside a number ends it.
    sentence = re.split(r"[!?;\n]|\.(?!\d)", before)[-1]
    for word in reversed(re.findall(r"[^\W\d_]+|#", fold(sentence))[-_WORDS_BEFORE:]):
        if word.startswith(_MASK):
            return None
        if word.startswith(_data().other_numbers):
            return "other"
        if word.startswith(_data().phone_words):
            return "phone"
    return None


def _spoken_numbers(draft: Draft) -> Iterator[Span]:
    words = draft.words
    spoken = _spoken()
    first = digits = said = 0
    for index, word in enumerate((*words.texts, "")):
        length = spoken.get(word, 0)
        if length or (said and word.isdigit() and len(word) < 8):
            if not digits:
                first = index
            digits += length or len(word)
            said += bool(length)
            continue
        if word in _JOINS and digits:
            continue
        if digits >= _LEAST_DIGITS and said >= 4:
            last = index - 1
            while words.texts[last] in _JOINS:
                last -= 1
            yield words.span(first, last)
        digits = said = 0


_JOINS = frozenset({"double", "triple", "und", "et", "y", "e", "and", "dash", "hyphen", "doppel"})


def account_numbers(draft: Draft) -> Iterator[Span]:
    """Numbers of bank accounts and payment cards, by their check digits."""
    text = draft.plain.text
    for match in islice(_IBAN.finditer(text), _LOOKED_AT):
        if _is_iban(match[0].replace(" ", "")):
            yield draft.plain.span(*match.span())
    for match in islice(_CARD.finditer(text), _LOOKED_AT):
        digits = [int(sign) for sign in match[0] if sign.isdecimal()]
        before = text[max(0, match.start() - 90) : match.start()]
        if 13 <= len(digits) <= 19 and _is_card(digits) and _kind_said(before) != "other":
            yield draft.plain.span(*match.span())


def _is_iban(number: str) -> bool:
    if not 15 <= len(number) <= 34:
        return False
    digits = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    return int(digits) % 97 == 1


def _is_card(digits: list[int]) -> bool:
    doubled = (2 * digit - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(reversed(digits)))
    return digits[0] in (3, 4, 5, 6) and sum(doubled) % 10 == 0
