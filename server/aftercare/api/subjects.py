"""All calls, by subject; and the call that describes them."""

from __future__ import annotations

from typing import Any

from aftercare.api import cases, contacts, hello, reading
from aftercare.api.openapi import document
from aftercare.api.operations import Operation, Subject

description = Subject("description")


@description.call("GET", "/openapi.json", bare=True)
def openapi() -> dict[str, Any]:
    """Describe all calls as an OpenAPI document."""
    return document(OPERATIONS)


SUBJECTS: tuple[Subject, ...] = (hello.subject, reading.subject, cases.subject, contacts.subject, description)
OPERATIONS: tuple[Operation, ...] = tuple(each for subject in SUBJECTS for each in subject.operations)
