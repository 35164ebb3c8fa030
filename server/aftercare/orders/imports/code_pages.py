"""Tells one code page from another by the stores a file names and by which letters stand in the midst of words.

Only for bytes that are not UTF-8. Windows writes Polish as cp1250, Turkish as cp1254, Arabic as cp1256; older Macs
write Western letters in an order of their own; Japanese comes as cp932, rarely as EUC-JP. The rest is taken for cp1252.
"""

from __future__ import annotations

import codecs
import re

_STORES = {
    "cp1250": (b"Amazon.pl", b"\tPLN\t", b",PLN,", b";PLN;"),
    "cp1254": (b"Amazon.com.tr", b"\tTRY\t", b",TRY,", b";TRY;"),
    "cp1256": (
        b"Amazon.eg",
        b"Amazon.sa",
        b"Amazon.ae",
        b"\tEGP\t",
        b"\tSAR\t",
        b"\tAED\t",
        b",SAR,",
        b",AED,",
        b",EGP,",
    ),
}
_JAPAN = (b"Amazon.co.jp", b"\tJPY\t", b",JPY,")

_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_POLISH_ONLY = re.compile(rb"[a-z][\xb3\xb9\xbf]|[\xa3\xaf\x8f][a-z]|[\xb3\xbf\x9f][a-z]")
"""Polish letters beside others, where the same bytes in cp1252 are signs that stand in no word."""
_TURKISH_ONLY = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")

_ARABIC_WORD = re.compile(rb"[\x80-\xff]{3,}")
_BESIDE_LATIN = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")

_MAC = re.compile(rb"[A-Za-z][\x87\x88\x8a\x8d-\x90\x9f](?=[a-z])|[a-z]\xa7")
_WESTERN = re.compile(rb"[A-Za-z][\xc0-\xff](?=[a-z])")
_NO_WESTERN_WORD = re.compile(
    rb"[A-Za-z][\x80-\x90\x95\x98\x9b\x9d\x9f\xa1-\xa9\xab-\xaf\xb1-\xb3\xb5\xb6\xb8\xb9\xbb-\xbf](?=[a-z])"
    rb"|[\xc0-\xff]{4}"
)
"""Signs in the midst of a word, or four accents in a row: no Western language writes so."""

_ENOUGH = 0.8


def code_page(odd: bytes) -> tuple[str, bool]:
    """The code page of bytes that are not UTF-8, and whether letters may be wrong all the same."""
    if _is_japanese(odd, "euc_jp"):
        return "euc_jp", False
    if _is_japanese(odd, "cp932"):
        return "cp932", False
    for page, marks in _STORES.items():
        if any(mark in odd for mark in marks) and _FITS[page](odd):
            return page, False
    macs = len(_MAC.findall(odd))
    if macs > 4 * len(_WESTERN.findall(odd)):
        return "mac_roman", False
    return "cp1252", bool(_NO_WESTERN_WORD.search(odd))


def _is_japanese(odd: bytes, page: str) -> bool:
    """Whether the bytes make sense: strictly decodable, with kana or a Japanese store's own words.

    Western letters with accents often decode as cp932 too, but then as rare characters and never as kana. What is one
    of the two Japanese code pages never decodes as kana of the other.
    """
    try:
        # The bytes may begin within a sign, and end within one.
        text = codecs.getincrementaldecoder(page)().decode(odd[odd.find(b"\n") + 1 :])
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text if character > "\x7f"]
    kana = sum("\u3041" <= character <= "\u30ff" for character in foreign)
    marked = page == "cp932" and any(mark in odd for mark in _JAPAN)
    return kana * 5 >= len(foreign) > 0 or marked


def _foreign(odd: bytes, page: str) -> str:
    return bytes(byte for byte in odd if byte > 0x7F).decode(page, "replace")


def _is_polish(odd: bytes) -> bool:
    # German and French letters are the same bytes in both pages, and speak for neither.
    western = _foreign(odd, "latin-1")
    letters = [each for each, same in zip(_foreign(odd, "cp1250"), western, strict=True) if each != same]
    known = sum(each in _POLISH for each in letters)
    return known >= _ENOUGH * len(letters) and bool(_POLISH_ONLY.search(odd))


def _is_turkish(odd: bytes) -> bool:
    # But for six letters, this page is cp1252; these six are Icelandic there, and Amazon has no store in Iceland.
    return bool(_TURKISH_ONLY.search(odd))


def _is_arabic(odd: bytes) -> bool:
    # In the same bytes as cp1252, letters with accents stand beside letters without.
    if not _ARABIC_WORD.search(odd) or len(_BESIDE_LATIN.findall(odd)) > len(_ARABIC_WORD.findall(odd)):
        return False
    letters = _foreign(odd, "cp1256")
    return sum("\u0600" <= each <= "\u06ff" for each in letters) >= _ENOUGH * len(letters)


_FITS = {"cp1250": _is_polish, "cp1254": _is_turkish, "cp1256": _is_arabic}
