"""Wraps the key of a data folder with a passphrase, and seals the small files of a backup.

The passphrase becomes a key by scrypt (128 MB and about half a second a guess); AES-256-GCM wraps, so that a wrong
passphrase or a changed byte is found out. Both are the `cryptography` package's.
"""

from __future__ import annotations

import binascii
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from aftercare.errors import InputError, StoreError

SHORTEST = 10
"""Letters of a passphrase at least: the backup may lie where anybody can try."""

_COST, _BLOCK, _LANES = 2**17, 8, 1
_HIGHEST_COST = 2**17
"""What backups are made with: a made-up one must not make this machine compute for hours, or take all its memory."""

_NONCE = 12
_KEY = 32


def wrap(key: bytes, passphrase: str) -> dict[str, Any]:
    """The key wrapped, as the manifest of a backup holds it. Raises InputError (`passphrase_short`)."""
    if len(passphrase) < SHORTEST:
        raise InputError(
            "The passphrase is too short for a file that may lie where others can try.",
            code="passphrase_short",
            next=f"Take at least {SHORTEST} letters; four or five words that belong to no saying are good.",
        )
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(_NONCE)
    outer = AESGCM(_stretched(passphrase, salt, _COST, _BLOCK, _LANES))
    return {
        "kdf": "scrypt", "n": _COST, "r": _BLOCK, "p": _LANES, "salt": salt.hex(),
        "nonce": nonce.hex(), "key": outer.encrypt(nonce, key, None).hex(),
    }  # fmt: skip


def unwrap(wrapped: dict[str, Any], passphrase: str) -> bytes:
    """The key again. Raises InputError (`passphrase_wrong`) or StoreError (`backup_damaged`)."""
    try:
        cost, block, lanes = (wrapped[name] for name in ("n", "r", "p"))
        salt, nonce, sealed = (bytes.fromhex(wrapped[name]) for name in ("salt", "nonce", "key"))
        fits = all(isinstance(each, int) for each in (cost, block, lanes)) and wrapped["kdf"] == "scrypt"
    except (KeyError, TypeError, ValueError) as error:
        raise damaged("what it says of its key cannot be read") from error
    if not (fits and 2**10 <= cost <= _HIGHEST_COST and cost & (cost - 1) == 0 and block == _BLOCK and lanes == _LANES):
        raise damaged("what it says of its key cannot be read")
    try:
        key = AESGCM(_stretched(passphrase, salt, cost, block, lanes)).decrypt(nonce, sealed, None)
    except InvalidTag as error:
        raise InputError(
            "The passphrase does not open this backup.",
            code="passphrase_wrong",
            next="Type it again; without it the backup cannot be opened by anybody.",
        ) from error
    except ValueError as error:
        raise damaged("what it says of its key cannot be read") from error
    if len(key) != _KEY:
        raise damaged("what it says of its key cannot be read")
    return key


def seal(key: bytes, name: str, data: bytes) -> bytes:
    """A small file sealed under a key; the name is bound to it, so that two cannot be exchanged."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, name.encode())


def unseal(key: bytes, name: str, sealed: bytes) -> bytes:
    """The small file again. Raises StoreError (`backup_damaged`)."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise damaged(f"{name} in it was changed") from error


def damaged(why: str) -> StoreError:
    """The error for a backup that is not as it was written."""
    return StoreError(
        f"The backup is damaged: {why}.",
        code="backup_damaged",
        next="Nothing was changed. Take another copy of the backup, or an older one.",
    )


def _stretched(passphrase: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return Scrypt(salt=salt, length=_KEY, n=cost, r=block, p=lanes).derive(passphrase.encode("utf-8", "surrogatepass"))


def is_hex(text: object, length: int) -> bool:
    """Whether this is so many bytes in hex digits."""
    try:
        return isinstance(text, str) and len(binascii.unhexlify(text)) == length
    except (ValueError, binascii.Error):
        return False
