"""Takes names apart: a buyer's name from the book, and a public name in the many forms in which people sign reviews."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aftercare.matching.name_data import is_generic, is_known_name, japanese_surnames, name_words
from aftercare.matching.spelling import is_han, is_kana, plain

Shape = Literal[
    "missing", "full", "first_initial", "initial_last", "single", "initials", "handle", "joined_handle", "phrase"
]
"""What a public name looks like.

missing: none, or one of Amazon's own; full: two words or more; first_initial: "Mike R."; initial_last: "M. Reyes";
single: one word; initials: "M.R."; handle: a user name whose parts can be seen ("mike_reyes", "MikeR7");
joined_handle: one whose parts cannot ("mreyes82"); phrase: words that are no person's name, perhaps with one inside.
"""

LONGEST = 120
"""Code points of a name that are read; no person's name is longer, and a hostile one must not cost time."""

_SPLIT = re.compile(r"[\s,;/|&+()\[\]\"“”«»*~!?#:<>=…・·•]+")
_HANDLE_MARKS = re.compile(r"[\d_@.\-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TWO_PEOPLE = re.compile(r"\s(?:&|\+|and|und|et|y|e|en|och|i|ve)\s")
_DOTTED_INITIALS = re.compile(r"^(?:[^\W\d_]\.-?)+(?:[^\W\d_]\.?)?$", re.UNICODE)


@dataclass(frozen=True, slots=True)
class PublicName:
    """A public name taken apart; all words are plain (see `spelling.plain`).

    words: the name's words in order, titles and particles left out; initials: single letters in order;
    core: the letters of a handle run together; known: whether any word is a name known from a table.
    """

    shape: Shape
    words: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    core: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class BookName:
    """A buyer's or recipient's name taken apart; all words are plain, single letters are initials.

    given: given names, the first one first; surnames: surnames, the last one last; company: whether it looks like a
    firm or a pick-up point rather than a person. readings: Latin readings of Han words, by word.
    """

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    joined: str
    company: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return self.given + self.surnames


def _tidy(name: str) -> str:
    """The name without emoji, controls and what hangs on it, cut to a length that a name can have."""
    text = unicodedata.normalize("NFKC", name[: LONGEST * 4])[:LONGEST]
    return "".join(
        letter if unicodedata.category(letter)[0] in "LMNPZ" else " "
        for letter in text
        if unicodedata.category(letter) not in ("Cf", "Cs")
    ).strip()


@lru_cache(maxsize=1 << 16)
def book_name(name: str) -> BookName | None:
    """Takes a buyer's or recipient's name apart; None where nothing in it can be compared (withheld).

    `Smith, John` and `John Smith` are read alike; Han and kana names are read surname first.
    """
    words_known = name_words()
    if name.isascii() and len(name) <= LONGEST and "," not in name and "@" not in name:
        # The usual case, kept short since it runs for every name of a book.
        raw = name.replace(".", ". ").replace("-", " ").split()
    else:
        text = _tidy(name)
        if "@" in text:
            return None
        comma = text.count(",") == 1 and not text.endswith(",")
        raw = [piece for piece in _SPLIT.split(text.replace(".", ". ").replace("-", " ")) if piece]
        if comma:
            before, _, after = text.partition(",")
            if not {plain(piece) for piece in after.split()} <= words_known.suffixes:
                raw = [*after.replace("-", " ").split(), *before.replace("-", " ").split()]
    if is_generic(name):
        return None
    company = False
    words: list[str] = []
    for piece in raw:
        word = plain(piece)
        if not word:
            continue
        if word in words_known.company:
            company = True
        if len(word) > 1 and (
            word in words_known.titles or word in words_known.suffixes or word in words_known.joiners
        ):
            continue
        words.append(word)
    particles = words_known.particles
    kept = [word for word in words if word not in particles or len(word) == 1] or words
    if not kept:
        return None
    if len(kept) == 2 and is_kana(name):
        kept.reverse()
    return _arranged(kept, company, "".join(words))


def _arranged(words: list[str], company: bool, joined: str) -> BookName:
    if is_han(words[0]) or is_han(words[-1]):
        words = _cut_han(words)
        return BookName(tuple(words[1:2]), (words[0],), joined, company)
    if len(words) == 1:
        return BookName((words[0],), (), joined, company)
    if len(words) == 2:
        return BookName((words[0],), (words[1],), joined, company)
    # With three words or more the ones in the middle may be given names (US) or surnames (Spain); they count as both.
    return BookName(tuple(words[:-1]), tuple(words[1:]), joined, company)


def _cut_han(words: list[str]) -> list[str]:
    """Cuts a name in kanji or hanzi that is written without a space into surname and given name."""
    if len(words) != 1:
        return words
    text = words[0]
    if text in japanese_surnames():
        return words
    for length in (3, 2, 1):
        if len(text) > length and text[:length] in japanese_surnames():
            return [text[:length], text[length:]]
    if 2 <= len(text) <= 3:
        return [text[:1], text[1:]]
    return [text[:2], text[2:]] if len(text) == 4 else words


@lru_cache(maxsize=1 << 12)
def public_name(name: str | None) -> PublicName:
    """Takes the name shown on a review apart; never raises, whatever it holds."""
    if not name or is_generic(name):
        return PublicName("missing")
    text = _tidy(name)
    if not any(letter.isalpha() for letter in text):
        return PublicName("missing")
    pieces = [piece for piece in _SPLIT.split(text) if any(letter.isalpha() for letter in piece)]
    if _DOTTED_INITIALS.match("".join(pieces)):
        letters = tuple(plain(letter) for letter in "".join(pieces) if letter.isalpha())
        if len(letters) > 1:
            return PublicName("initials", initials=letters)
    if len(pieces) == 1:
        return _one_piece(pieces[0])
    found = _several(pieces, "," in text)
    if found.shape == "full" and len(found.words) == 2 and _TWO_PEOPLE.search(text.lower()):
        # "Bob & Sue" are two given names, not a given name and a surname.
        return PublicName("single", found.words, core=found.words[0], known=found.known)
    return found


def _one_piece(piece: str) -> PublicName:
    word = plain(piece)
    if is_han(piece):
        words = tuple(_cut_han([word]))
        # Surname first, as in the book; the comparison tries both orders.
        return PublicName("full" if len(words) > 1 else "single", tuple(reversed(words)), known=True)
    if is_kana(piece) or not word.isascii():
        return PublicName("single", (word,), known=True)
    if 2 <= len(word) <= 3 and piece.isupper() and not is_known_name(word) and not any(c.isdigit() for c in piece):
        return PublicName("initials", initials=tuple(word), core=word)
    bare = piece.strip(".-'")
    parts = [part for mark in _HANDLE_MARKS.split(bare) for part in _CAMEL.split(mark)]
    parts = [plain(part) for part in parts if plain(part)]
    has_marks = bool(_HANDLE_MARKS.search(bare))
    if not has_marks and len(parts) == 1:
        if len(word) == 1:
            return PublicName("initials", initials=(word,))
        if word in name_words().not_names and not is_known_name(word):
            return PublicName("phrase", core=word)
        return PublicName("single", (word,), core=word, known=is_known_name(word))
    if (
        re.fullmatch(r"[^\W\d_]+-[^\W\d_]+", bare)
        and bare[0].isupper()
        and len(parts) == 2
        and min(map(len, parts)) > 1
    ):
        # A double name such as Anne-Marie, or two names joined by a hyphen.
        return PublicName("full", tuple(parts), core="".join(parts), known=is_known_name(parts[0]))
    return _handle(parts, word)


def _handle(parts: list[str], core: str) -> PublicName:
    words_known = name_words()
    words = [part for part in parts if len(part) > 1 and part not in words_known.handle_noise]
    letters = tuple(part for part in parts if len(part) == 1)
    if any(word in words_known.not_names for word in words):
        rest = tuple(word for word in words if word not in words_known.not_names and is_known_name(word))
        return PublicName("phrase", rest, core=core, known=bool(rest))
    if len(words) >= 2 or (words and letters):
        return PublicName("handle", tuple(words), letters, core, any(map(is_known_name, words)))
    if words:
        return PublicName("joined_handle", tuple(words), core=words[0], known=is_known_name(words[0]))
    return PublicName("initials", initials=letters, core=core) if len(letters) > 1 else PublicName("missing")


def _several(pieces: list[str], comma: bool) -> PublicName:
    words_known = name_words()
    words: list[str] = []
    letters: list[str] = []
    initial_first = False
    strange = family = False
    parts = [part for piece in pieces for part in piece.replace(".", ". ").replace("-", " ").split() if plain(part)]
    for position, part in enumerate(parts):
        word = plain(part)
        if word in words_known.family:
            family = True
        elif word in words_known.joiners and not part[0].isupper():
            continue
        elif _is_initials(part, word, parts):
            initial_first |= not words
            letters.extend(word)
        elif _goes_with_a_name(word, position, len(parts)):
            continue
        elif any(character.isdigit() for character in part) or (
            word in words_known.not_names and not _stands_as_name(position, part, parts, words, letters)
        ):
            strange = True
        else:
            words.append(word)
    known = any(map(is_known_name, words))
    core = "".join(words)
    if strange and not family:
        return PublicName("phrase", tuple(filter(is_known_name, words)) or tuple(words), tuple(letters), core, known)
    if len(words) == 2 and (comma or (is_han(words[0]) and is_han(words[1]))) and not letters:
        words.reverse()
    if family and len(words) == 1:
        # "The Smiths": the plural of a surname.
        surname = words[0].removesuffix("s") if len(words[0]) > 4 else words[0]
        return PublicName("single", tuple(dict.fromkeys((words[0], surname))), core=core, known=known)
    if len(words) >= 2:
        return PublicName("full" if len(words) <= 4 else "phrase", tuple(words), tuple(letters), core, known)
    if len(words) == 1 and letters:
        shape: Shape = "initial_last" if initial_first else "first_initial"
        return PublicName(shape, (words[0],), tuple(letters), core, known)
    if words:
        return PublicName("single", (words[0],), core=core, known=known)
    return PublicName("initials", initials=tuple(letters)) if letters else PublicName("missing")


def _goes_with_a_name(word: str, position: int, count: int) -> bool:
    """Whether a word is a particle, a title, or a suffix, by where it stands."""
    words_known = name_words()
    return (
        (word in words_known.particles and position < count - 1)
        or word in words_known.titles
        or (position > 0 and word in words_known.suffixes)
    )


def _is_initials(part: str, word: str, parts: list[str]) -> bool:
    """Whether a part is one initial, or two run together ("JR Smith"); a name all in capitals is not."""
    if is_han(part):
        return False
    if len(word) == 1:
        return True
    others = [other for other in parts if other is not part]
    return (
        len(word) == 2
        and part.strip(".").isupper()
        and (not is_known_name(word) or not set(word) & set("aeiouy"))
        and any(not other.isupper() for other in others if len(other) > 2)
    )


def _stands_as_name(position: int, part: str, parts: list[str], words: list[str], letters: list[str]) -> bool:
    """Whether an everyday word ("White", "Fox") is a surname here: after a given name, an initial, or a title."""
    if not part[0].isupper() or len(parts) > 3:
        return False
    if position == 0:
        return is_known_name(plain(part))
    before = parts[position - 1]
    if plain(before) in name_words().titles or letters:
        return True
    return len(words) == position and (is_known_name(words[-1]) or (len(parts) == 2 and before[0].isupper()))
