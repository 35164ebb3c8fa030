"""The system's keyring (Keychain, Credential Locker, Secret Service), as far as keys are kept in it.

Its backends are other people's programs and raise whatever their system raises, so every call here answers "no" to any
error: a keyring that fails is a keyring that does not have the key.
"""

from __future__ import annotations

import contextlib
import os

SERVICE = "aftercare"
"""The name under which the keyring lists the keys."""


def put(name: str, key: bytes) -> bool:
    """Whether the keyring took the key and gives it back; never asked where `AFTERCARE_KEYS=file`."""
    if os.environ.get("AFTERCARE_KEYS") == "file":
        return False
    # Loading the backends takes longer than all else here, so it waits until one is needed.
    import keyring

    try:
        keyring.set_password(SERVICE, name, key.hex())
        return keyring.get_password(SERVICE, name) == key.hex()
    except Exception:
        return False


def get(name: str) -> str | None:
    """The key of this name in hex digits; None where the keyring is locked, absent, or does not have it."""
    import keyring

    try:
        return keyring.get_password(SERVICE, name)
    except Exception:
        return None


def remove(name: str) -> None:
    """Takes a key out again that was put in and is not needed."""
    import keyring

    with contextlib.suppress(Exception):
        keyring.delete_password(SERVICE, name)
