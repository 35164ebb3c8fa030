"""What the seller knows about the support of each product, kept in files that a person can read."""

from aftercare.knowledge.storage import AtomicStorage
from aftercare.knowledge.support import Override, Programme, SupportProfile, SupportProfiles, Unit

__all__ = ["AtomicStorage", "Override", "Programme", "SupportProfile", "SupportProfiles", "Unit"]
