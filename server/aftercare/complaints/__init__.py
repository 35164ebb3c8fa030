"""What kind of complaint a review is, what it is about, and how urgent."""

from aftercare.complaints.complaint import RISKS, TOPICS, Complaint, Evidence
from aftercare.complaints.triage import triage, triage_text

__all__ = ["RISKS", "TOPICS", "Complaint", "Evidence", "triage", "triage_text"]
