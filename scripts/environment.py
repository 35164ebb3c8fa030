"""Sets up what the scripts need, once: a virtual environment, its packages, a browser, and a database.

Runs on a bare Python 3.11 or newer; everything else is fetched by the ordinary package clients.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "aftercare-packages.sha256"


def enter() -> None:
    """Continues this script inside the project's own environment, which is made or brought up to date first."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the person may have started us with any Python.
        sys.exit(f"Aftercare needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if Path(sys.prefix).resolve() == VENV.resolve() and STAMP.exists() and STAMP.read_text() == _wanted():
        return
    _make()
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if os.name == "nt":
        sys.exit(subprocess.call([PYTHON, *sys.argv], env=environment))
    os.execve(PYTHON, [str(PYTHON), *sys.argv], environment)  # noqa: S606 - our own interpreter, our own arguments.


def _wanted() -> str:
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


def _make() -> None:
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == _wanted():
        return
    print("Setting up Aftercare's own Python environment in .venv (once, about a minute).", flush=True)
    if not PYTHON.exists():
        try:
            venv.create(VENV, with_pip=True, clear=VENV.exists())
        except (subprocess.CalledProcessError, OSError):
            # Debian keeps the venv module's pip in a package of its own.
            if not _apt("python3-venv"):
                sys.exit("Python's venv module does not work here. On Debian or Ubuntu: apt install python3-venv")
            venv.create(VENV, with_pip=True, clear=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "--editable", str(ROOT), *project["dependency-groups"]["dev"]], check=True)
    STAMP.write_text(_wanted())


def _apt(*packages: str) -> bool:
    """Whether Debian's packages could be installed; only root can, and only where apt-get is."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])
    return all(subprocess.run(each, env=environment, stdout=subprocess.DEVNULL).returncode == 0 for each in commands)


def database() -> bool:
    """Whether PostgreSQL's programs are here, with which tests run a server of their own; installs them where it can.

    Without them the tests of the team's order book are skipped, each saying why.
    """
    if os.name != "posix":
        return False
    if not _find_database():
        print("No PostgreSQL found; installing it (once, about half a minute).", flush=True)
        _apt("postgresql")
    if not _find_database():
        print("PostgreSQL is absent (Debian: apt install postgresql): the tests of a team's order book are skipped.")
    return _find_database()


def _find_database() -> bool:
    # Debian keeps the server's programs off the path.
    return bool(shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def browser() -> str:
    """The path of a Chromium that can load an extension; installs one where none is found.

    Google Chrome is not taken: it no longer loads unpacked extensions from the command line.
    """
    found = _find_browser()
    if found:
        return found
    print("No Chromium found; installing one (once, about half a minute).", flush=True)
    # A failed download answers within seconds, so it costs nothing to try it first.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([PYTHON, "-m", "playwright", "install", "--no-shell", "chromium"], check=False, **quiet)
    if not _find_browser():
        _apt("chromium", "fonts-noto-core", "fonts-noto-cjk")
    found = _find_browser()
    if not found:
        sys.exit(
            "No Chromium could be installed. Install it (`playwright install chromium`, or your system's package"
            " chromium), or set CHROMIUM_PATH to one."
        )
    return found


def _find_browser() -> str | None:
    given = os.environ.get("CHROMIUM_PATH")
    if given and Path(given).exists():
        return given
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    own = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False).stdout.strip()
    if own and Path(own).exists():
        return own
    return shutil.which("chromium") or shutil.which("chromium-browser")
