"""How a message looks: decoration, empty lines, markup, mixed scripts, length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aftercare.messages.lint.draft import LONGEST, Draft, Span

# Pictures, dingbats, regional letters; arrows, check marks and ™ are left alone, being signs that people write with.
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u2604\u2607-\u2612\u2614-\u26ff\u2702-\u2712\u2720-\u2727"
    "\u2729-\u274b\u2753-\u2755\u2763-\u2767\u2795-\u2797\u27b0\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23f3]"
)
_DECORATION = re.compile(
    r"[:;=](?<![\w:;][:;=])'?-?[)(DP](?!\w)|<3(?!\w)|\^[_.-]?\^|[~*=#_+\-•·♥♡☆★✓]{6,}|!{3,}|\?{4,}|[★☆]{2,}"
)
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|br|hr|div|span|font|center|h[1-6]|img|table|tr|td|ul|ol|li|strong|em|style|script|html|body|blockquote)"
    r"(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_IMPORTANT = re.compile(
    r"\[\s?(?:important\w?|wichtig|belangrijk|viktigt|ważne|önemli|هام|مهم|重要)\s?\]|additional information required",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c]")
_MOST = 20


def decoration(draft: Draft) -> Iterator[Span]:
    """Emoji, smileys, rows of signs."""
    text = draft.message.text[:LONGEST]
    found = 0
    for pattern in (_DECORATION,) if text.isascii() else (_EMOJI, _DECORATION):
        for match in pattern.finditer(text):
            yield match.span()
            found += 1
            if found == _MOST:
                return


def line_breaks(draft: Draft) -> Iterator[Span]:
    """More than two line breaks in a row, with nothing but blanks between them."""
    text = draft.message.text[:LONGEST]
    run: list[Span] = []
    for match in _BREAK.finditer(text):
        if run and text[run[-1][1] : match.start()].strip():
            yield from _too_many(run)
            run = []
        run.append(match.span())
    yield from _too_many(run)


def _too_many(run: list[Span]) -> Iterator[Span]:
    if len(run) > 2:
        yield run[0][0], run[-1][1]


def html_tags(draft: Draft) -> Iterator[Span]:
    """Markup, which a buyer would see as it stands."""
    for match in _TAG.finditer(draft.message.text[:LONGEST]):
        yield match.span()


def important_tag(draft: Draft) -> Iterator[Span]:
    """The tag that once overrode a buyer's opt-out."""
    for match in _IMPORTANT.finditer(draft.message.text[:LONGEST]):
        yield match.span()


def mixed_scripts(draft: Draft) -> Iterator[Span]:
    """Words that mix scripts, hide signs or turn the order in which they are read."""
    yield from draft.plain.suspicious[:_MOST]


def too_long(draft: Draft) -> Iterator[Span]:
    """What stands after the longest text that is looked at."""
    if len(draft.message.text) > LONGEST:
        yield LONGEST, len(draft.message.text)
