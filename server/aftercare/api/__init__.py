"""The HTTP side: parse, call, answer. No decision is taken here."""

from aftercare.api.office import NAME, Office
from aftercare.api.subjects import OPERATIONS, SUBJECTS

__all__ = ["NAME", "OPERATIONS", "SUBJECTS", "Office"]
