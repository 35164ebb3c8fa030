"""Finds out in which encoding a file was written, and decodes it; Amazon's reports do not say.

US reports are UTF-8, European ones often cp1252, Japanese ones cp932 (Windows-31J). Spreadsheets save as UTF-16 or with
a byte order mark. Where a file is UTF-8 but for a few broken bytes, only these are read as cp1252.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 4 << 20
_JAPAN = (b"Amazon.co.jp", b"\tJPY\t", b",JPY,")


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the bytes tells: a digest of the content, its length, its encoding, whether it is no text."""

    digest: str
    length: int
    encoding: str
    binary: bool


def survey(blocks: Iterable[bytes]) -> Survey:
    """Reads all bytes once."""
    digest = hashlib.blake2b(digest_size=32)
    strict = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = plain = True  # Plain: ASCII only so far, so that no sign can be waiting for its rest.
    length = nuls = 0
    sample = b""
    odd: bytearray = bytearray()
    for block in blocks:
        digest.update(block)
        length += len(block)
        if len(sample) < 4096:
            sample += block[: 4096 - len(sample)]
        nuls += block.count(b"\x00")
        if is_utf8 and not (plain and block.isascii()):
            plain = False
            try:
                strict.decode(block)
            except UnicodeDecodeError:
                is_utf8 = False
        if not is_utf8 and len(odd) < _SAMPLE:
            odd += block
    if is_utf8:
        try:
            strict.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
            odd += sample
    encoding = _marked(sample) or _unmarked_utf16(sample) or ("utf-8" if is_utf8 else _guess(bytes(odd)))
    binary = not encoding.startswith("utf-16") and (nuls > max(16, length // 50) or _is_binary(sample))
    return Survey(digest.hexdigest(), length, encoding, binary)


def decoded(blocks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """The text, block by block; never raises on a broken byte."""
    name, _, rescue = encoding.partition("+")
    errors = "aftercare.cp1252" if rescue or name == "cp1252" else "replace"
    decoder = codecs.getincrementaldecoder(name)(errors)
    for block in blocks:
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _marked(start: bytes) -> str | None:
    return next((name for bom, name in _BOMS if start.startswith(bom)), None)


def _unmarked_utf16(start: bytes) -> str | None:
    """UTF-16 without its mark: of a header in Latin letters every other byte is zero."""
    if len(start) < 8 or any(start[1:64:2]) == any(start[0:64:2]):
        return None
    return "utf-16-be" if any(start[1:64:2]) else "utf-16-le"


def _is_binary(start: bytes) -> bool:
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b" for byte in start)
    return controls > max(8, len(start) // 20)


def _guess(odd: bytes) -> str:
    """The encoding of bytes that are not strict UTF-8."""
    text = odd.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sequences = sum(character > "\x7f" for character in text) - broken
    if sequences and sequences >= broken:
        return "utf-8+cp1252"
    if _is_japanese(odd):
        return "cp932"
    return "cp1252"


def _is_japanese(odd: bytes) -> bool:
    """Whether the bytes make sense as cp932: strictly decodable, with kana or a Japanese store's own words.

    Western letters with accents often decode as cp932 too, but then as rare characters and never as kana.
    """
    try:
        # The bytes may begin within a sign, and end within one.
        text = codecs.getincrementaldecoder("cp932")().decode(odd[odd.find(b"\n") + 1 :])
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text if character > "\x7f"]
    kana = sum("\u3041" <= character <= "\u30ff" for character in foreign)
    return kana * 5 >= len(foreign) > 0 or any(mark in odd for mark in _JAPAN)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Reads the bytes that could not be decoded as cp1252, and the five that it lacks as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return "".join(_WESTERN[byte] for byte in broken), error.end


def _western(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_WESTERN = tuple(_western(byte) for byte in range(256))
codecs.register_error("aftercare.cp1252", _as_cp1252)
