"""Opens one mail: its headers as text, the bodies a person reads, and how many attachments it carries.

Attachments are counted and never opened. What is damaged is read as far as it goes: a wrong charset, a broken
encoded word, base64 with gaps. The bodies are decoded here; what they mean is for others.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

_DEEPEST = 20
_MOST_PARTS = 200
_MOST_HEADER = 20_000
_WORDS = re.compile(r"=\?[^?\s]+\?[bq]\?[^?]*\?=(?: =\?[^?\s]+\?[bq]\?[^?]*\?=)*", re.IGNORECASE)
_LIKE = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "gb2312": "gb18030", "ks_c_5601-1987": "cp949",
    "unicode-1-1-utf-7": "utf-7",
}  # fmt: skip
_NO_TEXT = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}
"""Codecs of Python that no mail is written in, and that could be made to take very long."""

# What Python's parser of mail is known to raise on headers and bodies that are broken on purpose.
BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


class Mail:
    """One mail, opened."""

    def __init__(self, data: bytes) -> None:
        self._message = message_from_bytes(data, policy=policy.compat32)
        self._raw: dict[str, list[str]] = {}
        for name, value in self._message.raw_items():
            self._raw.setdefault(name.lower(), []).append(str(value)[:_MOST_HEADER])

    def header(self, name: str) -> str:
        """The header as text on one line; empty where there is none. Of several, the first."""
        return next(iter(self.headers(name)), "")

    def headers(self, name: str) -> list[str]:
        """Every header of this name."""
        return [_decoded(each) for each in self._raw.get(name.lower(), ())]

    def raw(self, name: str) -> str:
        """The header with its encoded words as they stand, for addresses, whose form must not come out of a word."""
        return _whole(" ".join(next(iter(self._raw.get(name.lower(), ())), "").split()))

    @property
    def has_headers(self) -> bool:
        """Whether it begins with headers at all."""
        return bool(self._raw)

    def bodies(self) -> Bodies:
        """What there is to read. Raises one of BROKEN."""
        plain: list[str] = []
        markup: list[str] = []
        attachments = 0
        for part in _leaves(self._message):
            kind = part.get_content_type()
            named = part.get_filename() is not None
            aside = "attachment" in str(part.get("Content-Disposition", "")).lower() or named
            if aside or kind not in ("text/plain", "text/html"):
                attachments += 1
                continue
            (plain if kind == "text/plain" else markup).append(_text(part))
        return Bodies("\n".join(plain), "\n".join(markup), attachments)


@dataclass(frozen=True, slots=True)
class Bodies:
    """The readable bodies of a mail, empty where it has none, and the number of its attachments."""

    plain: str
    markup: str
    attachments: int


def moment(raw: str) -> datetime | None:
    """The moment of a mail's date header; None where it is none. Without an offset it is in UTC, as mail has it."""
    try:
        return parsedate_to_datetime(raw)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold something. A mail within the mail is an attachment, and is not opened."""
    payload = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(payload, list):
        for each in payload[:_MOST_PARTS] if depth < _DEEPEST else ():
            if isinstance(each, Message):
                yield from _leaves(each, depth + 1)
    else:
        yield message


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    charset = part.get_content_charset() or ""
    return readable(data, charset) if isinstance(data, bytes) else ""


def readable(data: bytes, charset: str) -> str:
    """The bytes as text, whatever charset they claim: UTF-8 where they are, else the claimed one, else Western."""
    name = charset.lower().strip("\"' ")
    claimed = _LIKE.get(name, name)
    # Bytes that happen to be good UTF-8 are it, also where a mail calls them Latin-1; ISO-2022-JP is all ASCII.
    for each in ([] if data.isascii() or claimed.startswith("utf-16") else ["utf-8"]) + [claimed, "utf-8"]:
        try:
            if each in _NO_TEXT or not codecs.lookup(each)._is_text_encoding:
                continue
            return _whole(data.decode(each))
        except (LookupError, ValueError):
            continue
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    # Broken bytes among good ones are marked; where none is good, it is Western text that does not say so.
    if sum(sign > "\x7f" for sign in damaged) - broken >= broken:
        return _whole(damaged)
    return _whole(data.decode("cp1252", "replace"))


def _decoded(raw: str) -> str:
    data = raw.encode("utf-8", "surrogateescape") if _is_escaped(raw) else raw.encode("utf-8", "replace")
    return " ".join(_WORDS.sub(_word, " ".join(readable(data, "utf-8").split())).split())


def _word(run: re.Match[str]) -> str:
    """Encoded words that follow each other; a letter may begin in one and end in the next."""
    try:
        pieces = decode_header(run[0])
    except BROKEN:
        return run[0]
    return "".join(piece if isinstance(piece, str) else readable(piece, charset or "") for piece, charset in pieces)


def _is_escaped(raw: str) -> bool:
    return any("\udc80" <= sign <= "\udcff" for sign in raw)


def _whole(text: str) -> str:
    """The text as a database can hold it: without halves of surrogate pairs, which some codecs let through, and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
