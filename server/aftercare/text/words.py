"""Cuts a text into folded words that remember where they stand in the original.

Folding makes spellings equal that a reader takes for equal: case, width, diacritics, curly quotes, invisible
characters. Kana keep their voicing marks, since か and が are different letters. Offsets count Unicode code points.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters that Unicode does not take apart although people type them as these.
_SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th", "ð": "d"}
_APOSTROPHES = "'’‘ʼ`´＇ʹ′"
_ENDS_SENTENCE = ".!?;:…。！？؟؛\n\r"
_ENDS_CLAUSE = ",，、،()[]–—-"
# What English writes after an apostrophe belongs to the word before it ("didn't" is typed "didnt" as well);
# what French and Italian write before one is a word of its own ("l'avis").
_CONTRACTIONS = frozenset({"t", "s", "re", "ve", "ll", "d", "m"})


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return ""
    if character in _APOSTROPHES:
        return "'"
    if _is_syllabic(character):
        return unicodedata.normalize("NFKC", character)
    folded = unicodedata.normalize("NFKD", character.casefold()).casefold()
    return "".join(_SPELLED.get(part, part) for part in folded if unicodedata.category(part) not in ("Mn", "Me", "Cf"))


def _is_syllabic(character: str) -> bool:
    """Whether the character is of a script written without spaces, in which each sign counts as a word."""
    code = ord(character)
    return (
        0x3040 <= code <= 0x30FF  # Hiragana and Katakana
        or 0x3400 <= code <= 0x9FFF  # Han
        or 0xF900 <= code <= 0xFAFF  # Han, compatibility
        or 0xFF66 <= code <= 0xFF9D  # Katakana, half width
        or 0x20000 <= code <= 0x3134F  # Han, rarer
    )


def fold(text: str) -> str:
    """The text as it is compared; its length differs from the original's."""
    return "".join(map(_fold_character, text))


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


def folded_forms(word: str) -> tuple[str, ...]:
    """The folded spellings of a word: its own, and the one with ae, oe, ue for a German umlaut, where it has one."""
    return tuple(dict.fromkeys((fold(word), fold(word.translate(_UMLAUTS)))))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, as parallel tuples: folded text, start and end in the original, sentence, clause."""

    original: str
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Start and end in the original of the words from `first` to `last`, both included."""
        return self.starts[first], self.ends[last]


def words_of(text: str) -> Words:
    """Cuts a text into words. Never raises, whatever the text holds; time grows with its length only."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    clauses: list[int] = []
    sentence = clause = 0
    pieces: list[str] = []
    start = end = 0
    after_apostrophe = False

    def close() -> None:
        nonlocal after_apostrophe
        if not pieces:
            after_apostrophe = False
            return
        word = "".join(pieces)
        pieces.clear()
        if after_apostrophe and word in _CONTRACTIONS:
            texts[-1] += word
            ends[-1] = end
        else:
            texts.append(word)
            starts.append(start)
            ends.append(end)
            sentences.append(sentence)
            clauses.append(clause)
        after_apostrophe = False

    for index, character in enumerate(text):
        folded = _fold_character(character)
        if not folded:
            if pieces and unicodedata.category(character) != "Cf":
                end = index + 1
            continue
        if folded == "'":
            had_word = bool(pieces)
            close()
            # An apostrophe right after a word may glue a contraction to it.
            after_apostrophe = had_word
            continue
        if not folded[0].isalnum():
            close()
            if character in _ENDS_SENTENCE:
                if not _inside_number(text, index):
                    sentence += 1
                    clause += 1
            elif character in _ENDS_CLAUSE and not (character == "-" and _inside_word(text, index)):
                clause += 1
            continue
        if _is_syllabic(character):
            close()
            pieces.append(folded)
            start, end = index, index + 1
            close()
            continue
        if not pieces:
            start = index
        pieces.append(folded)
        end = index + 1
    close()
    return Words(text, tuple(texts), tuple(starts), tuple(ends), tuple(sentences), tuple(clauses))


def _inside_number(text: str, index: int) -> bool:
    """Whether the mark at the index stands between two digits, as in 2.5 or 10:30."""
    return 0 < index < len(text) - 1 and text[index - 1].isdigit() and text[index + 1].isdigit()


def _inside_word(text: str, index: int) -> bool:
    """Whether the hyphen at the index joins two letters, as in e-mail."""
    return 0 < index < len(text) - 1 and text[index - 1].isalnum() and text[index + 1].isalnum()
