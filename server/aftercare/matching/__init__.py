"""Whose order a review is about: candidates, evidence, probabilities, and the chance that it is none of them."""
