"""The command line: `aftercare`. Parses, calls, and answers; every decision is taken elsewhere."""

from aftercare.cli.main import main

__all__ = ["main"]
