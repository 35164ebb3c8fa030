"""A real server process on a free port with a home of its own, for tests that must not fake the server.

with running_server(tmp_path) as server:
    token = server.pair()
    server.call("POST", "/read", {"url": …, "snippets": […]}, token=token).result
"""

from __future__ import annotations

import http.client
import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from aftercare.config import Home

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `json` is None where the body was not JSON."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def result(self) -> Any:
        """The `result` member; fails the test with the whole answer where there is none."""
        value = self.json
        assert isinstance(value, dict) and "result" in value, f"{self.status}: {self.body[:2000]!r}"
        return value["result"]

    @property
    def error(self) -> Any:
        """The `error` member; fails the test with the whole answer where there is none."""
        value = self.json
        assert isinstance(value, dict) and "error" in value, f"{self.status}: {self.body[:2000]!r}"
        return value["error"]


@dataclass(slots=True)
class Server:
    """A server that can be stopped and started again on the same port with the same data."""

    home: Home
    port: int
    today: date | None = None
    arguments: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_file(self) -> Path:
        """Everything the server process wrote, standard output and errors together."""
        return self.home.folder / "server.log"

    def start(self) -> None:
        """Starts the process and returns once it answers `/hello`."""
        command = [
            sys.executable,
            "-m",
            "aftercare",
            "serve",
            "--home",
            str(self.home.folder),
            "--port",
            str(self.port),
        ]
        if self.today:
            command += ["--today", self.today.isoformat()]
        command += self.arguments
        paths = os.pathsep.join([str(ROOT / "server"), *filter(None, [os.environ.get("PYTHONPATH")])])
        environment = {**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"}
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=ROOT)
        self._wait()

    def stop(self) -> None:
        """Asks the process to end, as a person pressing Ctrl+C would, and waits for it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def pairing_code(self) -> str:
        """A fresh code, as `aftercare pair` shows it."""
        from aftercare.cases import Desk, open_pairing

        with Desk.open(self.home) as desk:
            return open_pairing(desk)

    def pair(self, browser: str = "Test browser") -> str:
        """Pairs one more browser and returns its token."""
        answer = self.call("POST", "/pair", {"code": self.pairing_code(), "browser": browser})
        return answer.result["token"]

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request as the extension's worker would send it; `body` is sent as JSON unless it is bytes."""
        sent = {"X-Aftercare-Client": "extension/test", "Sec-Fetch-Site": "none"}
        data: bytes | None = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        if method != "GET":
            sent["Content-Type"] = "application/json"
        if token:
            sent["Authorization"] = f"Bearer {token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            connection.request(method, path, body=data, headers={**sent, **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers.items()), answer.read())
        finally:
            connection.close()

    def raw(self, request: bytes) -> bytes:
        """Sends bytes as they stand and returns everything that came back until the server closed or fell silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=_PATIENCE) as connection:
            try:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError):
                pass  # The server may refuse before it has read everything; its answer still counts.
            return _until_closed(connection)

    def _wait(self) -> None:
        assert self.process is not None
        for _ in range(int(_PATIENCE / 0.05)):
            if self.process.poll() is not None:
                break
            try:
                if self.call("GET", "/hello").status == 200:
                    return
            except OSError:
                select.select([], [], [], 0.05)
        self.stop()
        raise AssertionError(f"The server did not start:\n{self.log_file.read_text(errors='replace')[-4000:]}")


def free_port() -> int:
    """A port nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(
    folder: Path,
    *,
    port: int | None = None,
    today: date | None = None,
    prepare: Callable[[Home], None] | None = None,
    arguments: tuple[str, ...] = (),
) -> Iterator[Server]:
    """A server over `folder`; `prepare` may fill the home (the order book, for one) before it starts."""
    home = Home.at(folder)
    if prepare:
        prepare(home)
    server = Server(home=home, port=port or free_port(), today=today, arguments=arguments)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _until_closed(connection: socket.socket) -> bytes:
    received = b""
    try:
        while chunk := connection.recv(65536):
            received += chunk
    except (TimeoutError, ConnectionResetError):
        pass
    return received
