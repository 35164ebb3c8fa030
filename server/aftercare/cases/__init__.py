"""What is done about a review: the case, its notes, and the record of everything that happened."""

from aftercare.cases.case import Case, case_of, decide, find_case, open_case, taken_orders
from aftercare.cases.contacts import (
    ContactRefusedError,
    Outgoing,
    PastContact,
    Permit,
    past_contacts,
    permit_contact,
    redeem,
    written_on,
)
from aftercare.cases.desk import Desk
from aftercare.cases.events import Event, record_event
from aftercare.cases.notes import Note, add_note, notes_of
from aftercare.cases.pairings import (
    Pairing,
    PairingError,
    invite,
    known,
    list_pairings,
    open_pairing,
    pair,
    pairing_open,
    revoke_pairing,
    used,
)
from aftercare.cases.retention import forget_cases
from aftercare.cases.verify import AuditReport, export_audit, verify_audit

__all__ = [
    "AuditReport",
    "Case",
    "ContactRefusedError",
    "Desk",
    "Event",
    "Note",
    "Outgoing",
    "Pairing",
    "PairingError",
    "PastContact",
    "Permit",
    "add_note",
    "case_of",
    "decide",
    "export_audit",
    "find_case",
    "forget_cases",
    "invite",
    "known",
    "list_pairings",
    "notes_of",
    "open_case",
    "open_pairing",
    "pair",
    "pairing_open",
    "past_contacts",
    "permit_contact",
    "record_event",
    "redeem",
    "revoke_pairing",
    "taken_orders",
    "used",
    "verify_audit",
    "written_on",
]  # fmt: skip
