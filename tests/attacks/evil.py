"""A little web server that stands for a hostile site: it serves pages, and notes whatever is sent to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    """`seen` holds the method and path of each request, in the order of their arrival."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self.seen: list[str] = []

    @property
    def port(self) -> int:
        return self._server.server_port


@contextmanager
def site() -> Iterator[Site]:
    """A site on a free port of 127.0.0.1 that answers every request with an empty page, and never says who may read."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            here.seen.append(f"{self.command} {self.path}")
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b"<!doctype html><title>A page</title><p>Hello."
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_OPTIONS = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Site(server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
