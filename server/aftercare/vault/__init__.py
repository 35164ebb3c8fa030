"""Keeps what is personal unreadable on the disk: databases sealed with SQLCipher, their key in the system's keyring."""

from aftercare.vault.keys import Vault
from aftercare.vault.sealed import connect

__all__ = ["Vault", "connect"]
