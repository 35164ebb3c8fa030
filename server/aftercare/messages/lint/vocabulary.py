"""Finds the concepts of `shared_rules/lint/words/` in a text: who says what to whom, in any of the languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from aftercare.errors import RulesError
from aftercare.messages.lint.automaton import Automaton
from aftercare.messages.lint.model import ANY, SmallWords, WordFile
from aftercare.rules import load, rules_folder
from aftercare.text import Words, fold
from aftercare.text.common_words import COMMON_WORDS
from aftercare.text.phrase_syntax import PhraseSyntaxError

# Arabic writes "the", "and", "by", "to" onto the word; a phrase stands for its first word with any of them.
_PROCLITICS = {"ar": ("", "ال", "و", "ب", "ل", "لل", "بال", "وال", "ف", "ك")}

_OTHER_SCRIPTS = ("ar", "ja")  # Their words are mistaken for no other's.
_NEARLY = 0.7  # A language with so large a share of the most small words may be the one as well.
_SMALLEST = "aeioyàèéò"
_FOREIGN = 3  # So many words of another language make a phrase of it likely, as in a German text with English in it.
_ENOUGH = 2  # So many small words of one language tell what a sentence is written in.


@dataclass(frozen=True, slots=True)
class Heard:
    """A concept heard in a text: its first and last word, its span in the original, its sentence and its language."""

    concept: str
    lang: str
    first: int
    last: int
    start: int
    end: int
    sentence: int


class Concepts:
    """All concepts heard in one text, by name, each in the order of the text."""

    def __init__(self, heard: list[Heard]) -> None:
        self._by_name: dict[str, list[Heard]] = {}
        for each in heard:
            self._by_name.setdefault(each.concept, []).append(each)
        self._sentences: dict[str, set[int]] = {}

    def of(self, names: str) -> list[Heard]:
        """What was heard of a concept, or of several joined by bars, in the order of the text."""
        if names not in self._by_name and "|" in names:
            found = [heard for name in names.split("|") for heard in self._by_name.get(name, ())]
            self._by_name[names] = sorted(found, key=lambda heard: heard.first)
        return self._by_name.get(names, [])

    def in_sentence(self, names: tuple[str, ...], sentence: int) -> bool:
        """Whether one of the concepts was heard in the sentence."""
        for name in names:
            if name not in self._sentences:
                self._sentences[name] = {heard.sentence for heard in self.of(name)}
            if sentence in self._sentences[name]:
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Language:
    """The phrases of one language, by their concepts, and everyday senses that take their place."""

    phrases: Automaton[str]
    everyday: Automaton[str]
    with_everyday: frozenset[str]


@cache
def word_files() -> tuple[WordFile, ...]:
    """All word files, by name."""
    folder = rules_folder()
    return tuple(
        load(WordFile, path.relative_to(folder).as_posix())
        for path in sorted((folder / "lint" / "words").glob("*.json"))
    )


@cache
def _languages() -> dict[str, _Language]:
    """Raises RulesError naming the word file that holds a phrase which cannot be read."""
    names = dict.fromkeys(lang for file in word_files() for lang in file.phrases)
    return {
        lang: _Language(
            _automaton(lang, {file.concept: file.phrases.get(lang, ()) for file in word_files()}),
            _automaton(lang, {file.concept: file.everyday.get(lang, ()) for file in word_files()}),
            frozenset(file.concept for file in word_files() if lang in file.everyday),
        )
        for lang in names
    }


def _automaton(lang: str, phrases: dict[str, tuple[str, ...]]) -> Automaton[str]:
    concept = ""

    def pairs() -> Iterator[tuple[str, str]]:
        nonlocal concept
        for concept, of_concept in phrases.items():
            yield from ((concept, phrase) for phrase in of_concept)

    try:
        return Automaton(pairs(), _PROCLITICS.get(lang, ("",)))
    except PhraseSyntaxError as error:
        raise RulesError(
            f"The word file {concept}.json is wrong: {error}",
            next="Correct that phrase, or undo your last change to the file.",
            file=f"lint/words/{concept}.json",
        ) from error


def concepts_of(words: Words, expected: str | None = None) -> Concepts:
    """Everything heard in the words, without what is said in an everyday sense.

    expected: the language the text is said to be in, which is always listened in.
    """
    heard: list[Heard] = []
    spoken = _Spoken(words, expected)
    for sentence, (first, after) in _sentences(words).items():
        texts = words.texts[first:after]
        for lang, surely in spoken.languages(sentence, texts):
            for concept, begin, end in _heard(lang, texts):
                # Spanish "sale" is no sale, Italian "sue" sues nobody: one word says nothing in a foreign sentence.
                if surely or begin != end:
                    begin, end = first + begin, first + end
                    heard.append(Heard(concept, lang, begin, end, words.starts[begin], words.ends[end], sentence))
    return Concepts(sorted(heard, key=_by_place))


def _by_place(heard: Heard) -> tuple[int, int]:
    return heard.first, heard.last


# A message is judged again at every pause in typing, with all sentences but one as they were.
@lru_cache(maxsize=4096)
def _heard(lang: str, texts: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    """The concepts in one sentence, each with its first and last word, without those said in an everyday sense."""
    language = _languages()[lang]
    found = dict.fromkeys((each.key, each.first, each.last) for each in language.phrases.find(texts))
    masks: dict[str, list[tuple[int, int]]] = {}
    if any(concept in language.with_everyday for concept, _, _ in found):
        for each in language.everyday.find(texts):
            masks.setdefault(each.key, []).append((each.first, each.last))
    return tuple(
        (concept, begin, end)
        for concept, begin, end in found
        if not any(low <= end and begin <= high for low, high in masks.get(concept, ()))
    )


def _sentences(words: Words) -> dict[int, tuple[int, int]]:
    """The first word of each sentence, and the one after its last."""
    sentences: dict[int, tuple[int, int]] = {}
    first = 0
    for index, sentence in enumerate(words.sentences):
        if index and sentence != words.sentences[index - 1]:
            first = index
        sentences[sentence] = (first, index + 1)
    return sentences


def small_words_of(words: Words) -> dict[str, int]:
    """How many small words of each language the text holds."""
    return _Spoken(words).all


class _Spoken:
    """Which languages each sentence is in, by its small words or, where they are few, those of the whole text."""

    def __init__(self, words: Words, expected: str | None = None) -> None:
        small = _small_words()
        self._expected = expected
        self._sentences: dict[int, dict[str, int]] = {}
        self.all: dict[str, int] = {}
        for word, sentence in zip(words.texts, words.sentences, strict=True):
            for lang in small.get(word, ()):
                counts = self._sentences.setdefault(sentence, {})
                counts[lang] = counts.get(lang, 0) + 1
                self.all[lang] = self.all.get(lang, 0) + 1

    def languages(self, sentence: int, texts: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
        """The languages to listen in, and whether the sentence surely is in them.

        Those its small words speak for, and others of which it holds several words.
        """
        counts = self._sentences.get(sentence, {})
        if max(counts.values(), default=0) < _ENOUGH:
            counts = self.all
        most = max(counts.values(), default=0)
        known: dict[str, int] = {}
        for word in dict.fromkeys(texts):
            for lang in _languages_knowing(word):
                known[lang] = known.get(lang, 0) + 1
        if known or any(word[0].isdigit() for word in texts):
            known |= {lang: 0 for lang in counts if lang not in known}
        for lang, holds in known.items():
            surely = (
                lang in (ANY, self._expected)
                or lang in _OTHER_SCRIPTS
                or most < _ENOUGH
                or counts.get(lang, 0) >= _NEARLY * most
            )
            if surely or holds >= _FOREIGN:
                yield lang, surely


@cache
def _small_words() -> dict[str, frozenset[str]]:
    """Folded small words, with the languages that have them."""
    languages: dict[str, set[str]] = {}
    for lang, words in (*load(SmallWords, "lint/languages.json").small_words.items(), *COMMON_WORDS.items()):
        for word in words:
            # What stands before an apostrophe, as in l'avis, is the same in several languages.
            if len(word) > 1 or word in _SMALLEST:
                languages.setdefault(fold(word), set()).add(lang)
    return {word: frozenset(langs) for word, langs in languages.items()}


@lru_cache(maxsize=16384)
def _languages_knowing(word: str) -> tuple[str, ...]:
    """The languages of which a phrase holds the word, small words aside."""
    if word in _small_words() or word[0].isdigit():
        return ()
    return tuple(lang for lang, language in _languages().items() if language.phrases.knows(word))


def same_language(one: str, other: str) -> bool:
    """Whether two words can belong to one phrase."""
    return one == other or ANY in (one, other)
