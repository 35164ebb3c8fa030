"""What can go wrong between here and Amazon, each with the next step."""

from __future__ import annotations

from aftercare.errors import AftercareError, StoreError


class SyncError(AftercareError):
    """A sync or a part of it could not be done; what was fetched before is stored, and the next sync goes on there."""

    code = "sync_failed"
    status = 502


class AccountError(SyncError):
    """Amazon does not accept the account's keys, so that nothing at all can be fetched."""

    code = "sync_account"
    status = 401


def not_written(error: OSError) -> StoreError:
    """What is said where something fetched cannot be put on the disk."""
    return StoreError(
        f"What Amazon sent cannot be written to the data folder: {error.strerror or 'unknown reason'}.",
        code="incoming_unwritable",
        next="Make room on the disk and see that your user may write there, then start the sync again.",
    )


def not_known(name: str) -> SyncError:
    """What is said where something fetched is in a form that no importer knows."""
    return SyncError(
        f"{name} came in a form that Aftercare does not know.",
        code="sync_report_unknown",
        next="Update Aftercare; until then download the report in Seller Central to see what is in it.",
    )
