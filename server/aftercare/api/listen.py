"""Holds the port, and carries requests to the application with waitress; nothing here knows what they mean."""

from __future__ import annotations

import errno
import http.client
import os
import signal
import socket as sockets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]
from waitress.task import ErrorTask  # type: ignore[import-untyped]

from aftercare.errors import StoreError
from aftercare.gate import BODY_MOST, HEADERS, LOOPBACK, error_body, too_large

_THREADS = 4
_SILENT_SECONDS = 30
"""After which a connection that says nothing is closed, so that a page cannot hold all of them."""


class PortBusyError(StoreError):
    """Another program listens on the port."""

    code = "port_busy"
    status = 409


@contextmanager
def listen(port: int) -> Iterator[sockets.socket]:
    """Takes the port on 127.0.0.1, and on no other address; gives it back at the end.

    Raises PortBusyError; it tells whether the one that has it is Aftercare itself.
    """
    taken = sockets.socket(sockets.AF_INET, sockets.SOCK_STREAM)
    try:
        # On Windows, REUSEADDR would let two programs have one port, and either could take the other's callers.
        exclusive = getattr(sockets, "SO_EXCLUSIVEADDRUSE", None)
        taken.setsockopt(sockets.SOL_SOCKET, exclusive if os.name == "nt" and exclusive else sockets.SO_REUSEADDR, 1)
        try:
            taken.bind((LOOPBACK, port))
            taken.listen(100)
        except (OSError, OverflowError) as error:
            raise _unusable(port, error) from error
        yield taken
    finally:
        taken.close()


def carry(app: Any, socket: sockets.socket) -> None:
    """Answers requests on the socket until this process is interrupted or asked to terminate."""
    if socket.getsockname()[0] != LOOPBACK:
        raise ValueError("Aftercare listens on 127.0.0.1 only")
    server: Any = create_server(
        app,
        sockets=[socket],
        threads=_THREADS,
        # One byte more than the gate allows, so that the gate answers where it can.
        max_request_body_size=BODY_MOST + 1,
        channel_timeout=_SILENT_SECONDS,
        ident=None,
        expose_tracebacks=False,
    )
    server.channel_class = _Channel
    with _ending():
        server.run()
    server.close()


class _ErrorTask(ErrorTask):
    """What waitress refuses by itself (no HTTP, too long) is answered in our shape and under our name, too."""

    def execute(self) -> None:
        status = self.request.error.code
        error = too_large().to_json() if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else _UNREADABLE
        body = error_body(error)
        self.status = f"{status} {HTTPStatus(status).phrase}"
        self.response_headers.extend([*HEADERS, ("Content-Type", "application/json")])
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):
    error_task_class = _ErrorTask


_UNREADABLE = {
    "code": "bad_request",
    "message": "The request could not be read.",
    "next": "Use the Aftercare extension.",
}


@contextmanager
def _ending() -> Iterator[None]:
    """Within it, the signal to terminate ends the server as Ctrl+C does: what is being answered is answered."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _unusable(port: int, error: OSError | OverflowError) -> StoreError:
    if not isinstance(error, OSError) or error.errno != errno.EADDRINUSE:
        return StoreError(
            f"Port {port} cannot be used: {getattr(error, 'strerror', None) or 'there is no such port'}.",
            code="port_unusable",
            next="Use another port with --port, and the same number in the extension's options.",
            port=port,
        )
    if _is_ours(port):
        return PortBusyError(
            f"Aftercare is running on port {port} already.",
            next="Use that one; or end it with Ctrl+C in its terminal and start again.",
            port=port,
        )
    return PortBusyError(
        f"Port {port} is taken by another program.",
        next=f"End that program, or use another port: aftercare serve --port {port + 1}, and the same number in the "
        "extension's options.",
        port=port,
    )


def _is_ours(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", "/hello")
        return connection.getresponse().headers.get("X-Aftercare") is not None
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
