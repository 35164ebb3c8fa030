"""Makes what earlier versions left behind: databases that are not encrypted, in a folder without a key."""

from __future__ import annotations

import contextlib
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from aftercare.vault import Vault
from aftercare.vault.sealed import keyed


def unseal(path: Path) -> None:
    """Puts the same tables in the open, as the first version wrote them, in write-ahead mode."""
    bare = path.with_name("bare")
    with contextlib.closing(keyed(path, Vault.of(path.parent), isolation_level=None)) as sealed:
        sealed.execute("ATTACH DATABASE ? AS bare KEY ''", (str(bare),))
        sealed.execute("SELECT sqlcipher_export('bare')")
        for pragma in ("user_version", "application_id"):
            value = sealed.execute(f"PRAGMA main.{pragma}").fetchone()[0]
            sealed.execute(f"PRAGMA bare.{pragma} = {value}")
        sealed.execute("DETACH DATABASE bare")
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    bare.replace(path)
    with contextlib.closing(sqlite.connect(str(path), isolation_level=None)) as plain:
        plain.execute("PRAGMA journal_mode = WAL")


def forget_key(folder: Path) -> None:
    """Takes the vault away, as a folder of the first version had none."""
    for name in ("vault.json", "vault.key", "vault.lock"):
        (folder / name).unlink(missing_ok=True)


def with_unmerged_pages(path: Path, statement: str) -> None:
    """Runs a statement on a file in the open, and leaves its pages in a write-ahead log beside it, as a crash does."""
    wal = path.with_name(path.name + "-wal")
    with contextlib.closing(sqlite.connect(str(path), isolation_level=None)) as plain:
        plain.execute("PRAGMA wal_autocheckpoint = 0")
        plain.execute(statement)
        main, log = path.read_bytes(), wal.read_bytes()
    # Closing merged them; what the crash would have left is put back.
    path.write_bytes(main)
    wal.write_bytes(log)
