"""Finds out in which encoding a file was written, and decodes it; Amazon's reports do not say.

US reports are UTF-8, European ones often cp1252, Japanese ones cp932 (Windows-31J); `code_pages.py` tells these apart.
Spreadsheets save as UTF-16 or with a byte order mark. Where a file is UTF-8 but for a few broken bytes, only these are
read as cp1252.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aftercare.orders.imports.code_pages import code_page

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 4 << 20


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the bytes tells: a digest of the content, its length, its encoding, whether it is no text.

    doubtful: letters may be wrong, since some stand where the encoding that was chosen would have none.
    """

    digest: str
    length: int
    encoding: str
    binary: bool
    doubtful: bool = False


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
    cut_off = is_utf8 and bool(strict.getstate()[0])  # The file ends in the middle of a sign.
    encoding, doubtful = _marked(sample) or _unmarked_utf16(sample) or _by_utf8(is_utf8, cut_off), False
    if not encoding:
        encoding, doubtful = _guess(bytes(odd))
    # Some tools put zeros between the cells of a report, where they are left out again; other controls tell a picture.
    wide = encoding.startswith("utf-16")
    binary = not wide and (nuls > max(16, length // 2) or _is_binary(sample.replace(b"\x00", b"")))
    return Survey(digest.hexdigest(), length, encoding, binary, doubtful and not binary)


def decoded(blocks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """The text, block by block; never raises on a broken byte."""
    name, _, rescue = encoding.partition("+")
    errors = "aftercare.cp1252" if rescue or name.startswith("cp125") else "replace"
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


def _by_utf8(is_utf8: bool, cut_off: bool) -> str:
    return "utf-8+cp1252" if cut_off else "utf-8" if is_utf8 else ""


def _guess(odd: bytes) -> tuple[str, bool]:
    """The encoding of bytes that are not strict UTF-8, and whether letters may be wrong all the same."""
    text = odd.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sequences = sum(character > "\x7f" for character in text) - broken
    if sequences and sequences >= broken:
        return "utf-8+cp1252", False
    return code_page(odd)


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
