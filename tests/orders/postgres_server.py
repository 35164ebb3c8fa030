"""A real PostgreSQL server of the tests' own, where the system has its programs: a folder, a socket, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USERS = ("postgres", "nobody")
"""Whoever may run the server where the tests run as root, which PostgreSQL refuses."""


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; Debian keeps them off the path."""
    if os.name != "posix":
        return None
    folders = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((each for each in folders if (each / "initdb").exists() and (each / "pg_ctl").exists()), None)


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of the server's database `postgres`, for as long as the block runs.

    Nothing it writes needs to outlive the tests, so that it need not wait for the disk.
    """
    found = programs()
    assert found is not None
    # Not below pytest's own folders, which only their user can enter.
    folder = Path(tempfile.mkdtemp(prefix="aftercare-pg-"))
    options: dict = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, "check": True}
    if os.geteuid() == 0:
        user = next(each for each in _USERS if _there(each))
        shutil.chown(folder, user)
        options["user"] = user
    data = str(folder / "data")
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
    try:
        initdb = [found / "initdb", "-D", data, "-U", "tests", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        subprocess.run(initdb, **options)
        subprocess.run([found / "pg_ctl", "-D", data, "-w", "-o", settings, "-l", folder / "log", "start"], **options)
        try:
            yield f"postgresql://tests@/postgres?host={folder}"
        finally:
            subprocess.run([found / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _there(user: str) -> bool:
    import pwd

    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
