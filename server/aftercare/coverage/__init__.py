"""Which of Amazon's six Product Lifecycle Support programmes still cover a purchase."""

from aftercare.coverage.answer import Coverage, ProgrammeCoverage, Returnable
from aftercare.coverage.coverage import coverage_of

__all__ = ["Coverage", "ProgrammeCoverage", "Returnable", "coverage_of"]
