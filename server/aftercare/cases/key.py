"""The key that seals the head of the audit trail: 32 random bytes in a file of its own beside the desk.

It is drawn once, with the desk. Where it is missing later, a new one is drawn and the loss is entered in the trail:
work goes on, and `aftercare audit verify` tells of it for ever.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from aftercare.config import Home
from aftercare.errors import StoreError

_BYTES = 32


class AuditKey:
    """The key of one home, read from disk when it is first needed."""

    def __init__(self, home: Home) -> None:
        self._path: Path = home.folder / "audit.key"
        self._bytes: bytes | None = None

    @property
    def there(self) -> bool:
        """Whether a usable key lies on the disk."""
        try:
            return self._path.stat().st_size == _BYTES
        except OSError:
            return False

    def create(self) -> None:
        """Draws a key; one that is there already is kept, since it may seal a trail that is still there."""
        if self.there:
            return
        self._path.unlink(missing_ok=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        self._bytes = None

    def seal(self, count: int, head: str) -> str:
        """HMAC-SHA256 over the number of entries and the hash of the last one.

        Raises StoreError (`audit_key_missing`).
        """
        return hmac.new(self._read(), f"{count}:{head}".encode(), hashlib.sha256).hexdigest()

    def fits(self, count: int, head: str, seal: str) -> bool:
        """Whether this key made this seal; False where the key is missing."""
        return self.there and hmac.compare_digest(self.seal(count, head), seal)

    def _read(self) -> bytes:
        if self._bytes is None:
            try:
                self._bytes = self._path.read_bytes()
            except OSError as error:
                raise StoreError(
                    "The key of the audit trail is missing.",
                    code="audit_key_missing",
                    next="Put audit.key back from a copy of the data folder, or a backup: aftercare restore FILE.",
                ) from error
        return self._bytes
