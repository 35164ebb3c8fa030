"""Judges a message before a person sends it: what Amazon's rules forbid in it, where, why, and what to write."""

from aftercare.messages.lint.engine import lint

__all__ = ["lint"]
