"""What stays of a buyer's name after a purge: a keyed Bloom-filter encoding, and how a public name is held against it.

A name is taken apart as ever (`names.book_name`), and of each of its words the pairs of neighboring letters, the word
as a whole, and its sound are entered into a filter of 512 bits, given names into one, surnames into another. Each entry
sets the 8 bits that HMAC-SHA256 under a key of the data folder tells. So a code gives no name back, and codes of two
folders cannot be compared; whoever holds the folder's key can still test a name that they guess (Schnell, Bachteler,
Reiher 2009, "Privacy-preserving record linkage using Bloom filters").

To compare, nothing is decoded: of a public name everything is listed that its bearer may be called in a report, and the
filter is asked for each. What it holds stands in for the name in the usual comparison; what it does not hold stays
unknown.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Collection, Iterable
from functools import lru_cache

from aftercare.matching.name_data import japanese_surnames, related_names
from aftercare.matching.name_levels import reading_of
from aftercare.matching.names import BookName, PublicName, book_name
from aftercare.matching.spelling import consonants, is_arabic, is_han, sound_key

_VERSION = 1
_BITS = 512
_BYTES = _BITS // 8
_HASHES = 8
_LENGTH = 1 + 2 * _BYTES
_ENTRIES_BESIDE_PAIRS = 3.0

_REST = "\0"
"""Stands for the letters of a word that are not known. No name holds it, so it agrees with nothing by chance."""


def encoded(name: str | None, key: bytes) -> bytes | None:
    """The code of a buyer's or recipient's name: 129 bytes; None where nothing in it can be compared."""
    parsed = book_name(name) if name else None
    if parsed is None:
        return None
    given, surnames = _filter("g", parsed.given, key), _filter("s", parsed.surnames, key)
    if parsed.company:
        given |= _entry("g#company", key)
    if parsed.surnames:
        surnames |= _entry(f"s+{parsed.joined}", key)
    return bytes([_VERSION]) + given.to_bytes(_BYTES, "little") + surnames.to_bytes(_BYTES, "little")


def stand_ins(public: PublicName, codes: Iterable[bytes], key: bytes) -> dict[bytes, BookName]:
    """For each code what can be said of its name beside this public name; codes of another form are left out."""
    guesses = _Guesses(public, key)
    return {code: guesses.stand_in(code) for code in set(codes) if len(code) == _LENGTH and code[0] == _VERSION}


def similarity(one: bytes, other: bytes) -> float:
    """How alike two codes of one folder are, from 0 to 1: the Dice coefficient of their bits."""
    first, second = (int.from_bytes(code[1:], "little") for code in (one, other))
    both = first.bit_count() + second.bit_count()
    return 2 * (first & second).bit_count() / both if both else 0.0


class _Guesses:
    """Everything that the bearer of one public name may be called, as masks of bits to ask filters for."""

    def __init__(self, public: PublicName, key: bytes) -> None:
        core = public.core[:40]
        heads = [core[:end] for end in range(2, len(core) + 1)]
        tails = [core[start:] for start in range(len(core) - 1)]
        given = [*public.words, *(word[:end] for word in public.words for end in range(4, len(word))), *heads, *tails]
        given += [other for word in (*public.words, *heads) for other in sorted(related_names(word))]
        surnames = [*public.words, *heads, *tails]
        surnames += [
            other for word in public.words for other in related_names(word) if is_arabic(word) != is_arabic(other)
        ]
        # A report may give an initial only.
        letters = [word[0] for word in public.words if not is_han(word)]
        starts = [*public.initials, *core[:1], *core[-1:]]
        # A handle may end in the first letters of the surname.
        ends = [core[-length:] for length in (3, 2) if len(core) > length]
        self.given = _Field("g", public.words, [*given, *letters], starts, key, cut_short=True)
        self.surnames = _Field("s", public.words, [*surnames, *letters], [*ends, *starts], key, cut_short=False)
        self._core = core
        self._joined = _entry(f"s+{core}", key) if core else 0
        self._company = _entry("g#company", key)

    def stand_in(self, code: bytes) -> BookName:
        given = int.from_bytes(code[1 : 1 + _BYTES], "little")
        surnames = int.from_bytes(code[1 + _BYTES :], "little")
        joined = self._core if self._joined and _holds(surnames, self._joined) else _REST
        company = _holds(given, self._company)
        return BookName(self.given.words(given), self.surnames.words(surnames), joined, company)


class _Field:
    """What one of the two filters is asked for, the strongest agreement first."""

    def __init__(
        self,
        side: str,
        words: Collection[str],
        guesses: Collection[str],
        starts: Collection[str],
        key: bytes,
        *,
        cut_short: bool,
    ) -> None:
        self._whole = [(_entry(f"{side}={word}", key), word) for word in dict.fromkeys(guesses) if word]
        self._sounds = [(mask, word) for word in words for mask in _sounds_asked(side, word, key)]
        self._starts = [
            (_all(_pairs(side, f"_{start}", key)), start + _REST) for start in dict.fromkeys(starts) if start
        ]
        # "Jonath" for Jonathan: every pair of a beginning of three letters or more.
        self._cut_short = [
            (_all(_pairs(side, f"_{word}", key)), word + _REST * 4) for word in words if cut_short and len(word) > 2
        ]
        self._slips = [_Slip(word, _pairs(side, f"_{word}_", key)) for word in words if len(word) > 3]
        self._han = _entry(f"{side}#han", key)

    def words(self, bits: int) -> tuple[str, ...]:
        """Words that stand in for those in the filter; none where the name has none on this side."""
        if not bits:
            return ()
        for asked in (self._whole, self._sounds, self._cut_short):
            found = tuple(dict.fromkeys(word for mask, word in asked if bits & mask == mask))
            if found:
                return found
        slips = tuple(slip.stand_in for slip in self._slips if slip.fits(bits))
        begun = tuple(word for mask, word in self._starts if bits & mask == mask)
        return slips or begun or ("々" + _REST if _holds(bits, self._han) else _REST * 2,)


class _Slip:
    """One public word, asked for with a letter or two in error."""

    def __init__(self, word: str, pairs: Collection[int]) -> None:
        self._pairs = tuple(pairs)
        self._lost = 2 if len(word) < 7 else 4
        # The usual comparison takes a word of which the last letter differs for one with a slip.
        self.stand_in = word[:-1] + _REST

    def fits(self, bits: int) -> bool:
        held = sum(bits & mask == mask for mask in self._pairs)
        if len(self._pairs) - held > self._lost:
            return False
        # The filter must hold one word of about that length: a long name holds many pairs of short ones.
        free = max(_BITS - bits.bit_count(), 1)
        entries = -_BITS / _HASHES * math.log(free / _BITS)
        return abs(entries - len(self._pairs) - _ENTRIES_BESIDE_PAIRS) <= self._lost


def _filter(side: str, words: Iterable[str], key: bytes) -> int:
    bits = 0
    for word in words:
        bits |= _entry(f"{side}={word}", key) | _all(_pairs(side, f"_{word}_", key))
        for entry in _sounds_kept(side, word):
            bits |= _entry(entry, key)
    return bits


def _sounds_kept(side: str, word: str) -> list[str]:
    """What a word of the book sounds like: in Latin letters, by its consonants, and its first letter."""
    reading = reading_of(word)
    kept = [f"{side}~{sound_key(reading)}", f"{side}|{'a' if is_arabic(word) else 'l'}{consonants(word)}"]
    if is_han(word):
        kept.append(f"{side}#han")
    if not word.isascii():
        kept.append(f"{side}_{reading[:1]}")
    return kept


def _sounds_asked(side: str, word: str, key: bytes) -> list[int]:
    reading, bones = reading_of(word), consonants(word)
    asked = []
    if len(sound_key(reading)) > 2 or word in japanese_surnames():
        asked.append(_entry(f"{side}~{sound_key(reading)}", key))
    if len(bones) > 1:
        # Arabic writes consonants only, so they are compared across the scripts, and never within one.
        asked.append(_entry(f"{side}|{'l' if is_arabic(word) else 'a'}{bones}", key))
    return asked


def _pairs(side: str, text: str, key: bytes) -> list[int]:
    return [_entry(f"{side}{text[at : at + 2]}", key) for at in range(len(text) - 1)]


def _all(masks: Iterable[int]) -> int:
    bits = 0
    for mask in masks:
        bits |= mask
    return bits


def _holds(bits: int, mask: int) -> bool:
    return bits & mask == mask


@lru_cache(maxsize=1 << 16)
def _entry(text: str, key: bytes) -> int:
    """The bits of one entry."""
    digest = hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")
    bits = 0
    for at in range(0, 2 * _HASHES, 2):
        bits |= 1 << (int.from_bytes(digest[at : at + 2], "little") % _BITS)
    return bits
