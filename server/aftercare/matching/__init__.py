"""Finds the order behind a review: candidates with probabilities, their evidence in bits, and "none of these"."""

from aftercare.matching.answer import Candidate, Match, MatchEvidence
from aftercare.matching.blocking import Book
from aftercare.matching.find import find_order
from aftercare.matching.learn import learned_model
from aftercare.matching.model import MatchingModel

__all__ = ["Book", "Candidate", "Match", "MatchEvidence", "MatchingModel", "find_order", "learned_model"]
