"""The words of one language that tell a complaint: the form of `shared_rules/complaints/<lang>.json`, ready to be used.

A cue is a way of saying one thing. Its phrases follow `text/phrase_syntax.py`, and may be joined:

    late & delivery        both in one clause, in any order
    promised && arrived    both in one sentence
    gift &&& in february   both in two neighboring sentences
    box & empty & !battery the last must not be there
    do they sell && ?      a sentence that ends with a question mark
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from aftercare.complaints.complaint import TOPICS
from aftercare.complaints.spelling import Speller
from aftercare.errors import RulesError
from aftercare.rules import RuleModel, load
from aftercare.text import Phrasebook, fold, folded_forms
from aftercare.text.pattern import whole_words
from aftercare.text.phrase_syntax import PhraseReader, PhraseSyntaxError

LANGUAGES = ("en", "de", "fr", "es", "it")
"""The languages whose complaints can be read, by their two letters."""

Kind = Literal["failure", "refused", "fault", "defect", "trouble", "ask", "resolved", "thanks", "good", "bad"]
"""What a cue says.

failure: service or fulfilment failed. refused: support failed, whatever it was asked for. fault: the product failed.
defect: it does not do well, which is a fault only where help is asked for or refused over it ("the screen flickers").
trouble: it could not be set up. ask: help is wanted. resolved: what went wrong was put right. thanks: service is
praised. good, bad: an opinion about the product.
"""

Reach = Literal["words", "opinion", "clause", "rest", "sentence"]
Within = Literal["phrase", "clause", "sentence", "neighbors"]


class Cue(RuleModel):
    """One thing a review can say, in all its wordings.

    topic: one of TOPICS; empty where the words name none. stays: no good end undoes it ("after weeks of e-mails").
    catches: texts in which it must be found; leaves: texts in which it must not.
    """

    id: str
    kind: Kind
    topic: str = ""
    why: str
    stays: bool = False
    phrases: tuple[str, ...]
    catches: tuple[str, ...]
    leaves: tuple[str, ...]


class Guard(RuleModel):
    """Wordings that make complaint words harmless: another sense, a denial, a condition, somebody else's experience.

    reach: what it silences: the cues that touch its own `words`, only the `opinion`s among them, its `clause`, the
    `rest` of the sentence from its first word up to a contrast, or the whole `sentence`.
    catches: texts that hold no complaint because of it; leaves: texts that look alike and hold one.
    """

    id: str
    why: str
    reach: Reach
    phrases: tuple[str, ...]
    catches: tuple[str, ...]
    leaves: tuple[str, ...]


class Language(RuleModel):
    """One file: how this language is typed, how it denies and contrasts, its groups of words, its cues and guards.

    spellings: words as people type them to words as the phrases have them. contrast: words that begin a new thought.
    causes: words after which an earlier reason follows ("refunded at once when it arrived broken").
    denials: words that turn what follows into its opposite; bridges: words that may stand between a denial and that.
    """

    language: str
    spellings: dict[str, str]
    contrast: tuple[str, ...]
    causes: tuple[str, ...]
    denials: tuple[str, ...]
    bridges: tuple[str, ...]
    groups: dict[str, tuple[str, ...]]
    cues: tuple[Cue, ...]
    guards: tuple[Guard, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One phrase of a cue, taken apart: the numbers of the parts that must be there, and of those that must not."""

    cue: int
    within: Within
    parts: tuple[int, ...]
    absent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A Language compiled: one Phrasebook over all parts of all wordings, and what each part serves for.

    The keys of `book` are numbers: of parts (0 and up), and of guards (-1 and down). `question` is the part that stands
    for a question mark, which is no word; `denying` are the parts that hold a word of denial themselves.
    """

    language: Language
    book: Phrasebook[int]
    question: int
    denying: frozenset[int]
    speller: Speller
    wordings: Mapping[int, tuple[Wording, ...]]
    contrast: frozenset[str]
    causes: frozenset[str]
    denials: frozenset[str]
    bridges: frozenset[str]


QUESTION = "?"
_JOINTS: dict[str, Within] = {"&": "clause", "&&": "sentence", "&&&": "neighbors"}
_JOINT = re.compile(r"\s+(&{1,3})\s+")


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language in LANGUAGES, read and compiled once.

    Raises RulesError (`bad_rules`) naming the file and the cue that is wrong.
    """
    name = f"complaints/{code}.json"
    return compile_language(load(Language, name), name)


def compile_language(language: Language, name: str) -> Lexicon:
    """Compiles a language; `name` is the file that errors speak of."""
    numbers: dict[str, int] = {QUESTION: 0}
    wordings: dict[int, list[Wording]] = {}
    for index, cue in enumerate(language.cues):
        if cue.topic and cue.topic not in TOPICS:
            raise _wrong(name, cue.id, f"there is no topic '{cue.topic}'")
        for phrase in cue.phrases:
            wording = _wording(index, phrase, numbers)
            if not wording.parts:
                raise _wrong(name, cue.id, f"'{phrase}' names only what must be absent")
            # A wording is tried where its first part is found, so the rarest part is best written first.
            wordings.setdefault(wording.parts[0], []).append(wording)
    guards = [(-1 - index, phrase) for index, guard in enumerate(language.guards) for phrase in guard.phrases]
    try:
        book = Phrasebook([*((number, part) for part, number in numbers.items() if number), *guards], language.groups)
    except PhraseSyntaxError as error:
        raise _wrong(name, "phrases", str(error)) from error
    return Lexicon(
        language,
        book,
        numbers[QUESTION],
        _denying(numbers, language),
        Speller(
            book.vocabulary() | _folded(language.contrast) | _folded(language.denials),
            {form: fold(meant) for typed, meant in language.spellings.items() for form in folded_forms(typed)},
        ),
        {first: tuple(each) for first, each in wordings.items()},
        *map(_folded, (language.contrast, language.causes, language.denials, language.bridges)),
    )


def _denying(numbers: Mapping[str, int], language: Language) -> frozenset[int]:
    reader, denials = PhraseReader(language.groups), _folded(language.denials)
    parts = ((part, number) for part, number in numbers.items() if number)
    return frozenset(number for part, number in parts if not denials.isdisjoint(whole_words(reader.read(part))))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in folded_forms(word))


def _wording(cue: int, phrase: str, numbers: dict[str, int]) -> Wording:
    pieces = _JOINT.split(phrase)
    joints = pieces[1::2]
    within: Within = _JOINTS[max(joints, key=len)] if joints else "phrase"

    def numbered(texts: Iterable[str]) -> tuple[int, ...]:
        return tuple(numbers.setdefault(text, len(numbers)) for text in texts)

    present = [piece for piece in pieces[::2] if not piece.startswith("!")]
    absent = [piece[1:] for piece in pieces[::2] if piece.startswith("!")]
    return Wording(cue, within, numbered(present), numbered(absent))


def _wrong(name: str, place: str, what: str) -> RulesError:
    return RulesError(
        f"The rule file {name} is wrong at {place}: {what}.",
        next="Correct that place, or undo your last change to the file.",
        file=name,
        place=place,
    )
