"""Text as this program compares it: folded, cut into words, searched for phrases, with every span in the original."""

from aftercare.text.language import LANGUAGES, language_of
from aftercare.text.phrases import Hit, Phrasebook
from aftercare.text.words import Words, fold, folded_forms, words_of

__all__ = ["LANGUAGES", "Hit", "Phrasebook", "Words", "fold", "folded_forms", "language_of", "words_of"]
