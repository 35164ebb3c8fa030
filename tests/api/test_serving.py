"""The process: it takes its port or says who has it, ends when asked to, and knows everything again afterwards."""

from __future__ import annotations

import http.server
import re
import signal
import socket
import threading
from pathlib import Path

import pytest

from aftercare.api.listen import PortBusyError, carry, listen
from aftercare.app import serve
from aftercare.cases import Desk, verify_audit
from aftercare.config import Home
from aftercare.errors import AftercareError, StoreError
from support.sample import COMPLAINT, TODAY, URL
from support.server import free_port, running_server


def test_it_shows_a_code_where_no_browser_is_paired_and_the_code_works(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        shown = re.search(r"Pairing code: (\S+)", server.log_file.read_text())
        assert shown
        token = server.call("POST", "/pair", {"code": shown[1], "browser": "Anna"}).result["token"]

        server.stop()
        server.start()

        assert server.log_file.read_text().count("Pairing code") == 1
        assert server.call("GET", "/hello", token=token).result["paired"] is True


def test_it_ends_in_order_when_asked_to(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        process = server.process
        assert process is not None
        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 0
        assert server.log_file.read_text().rstrip().endswith("Aftercare has ended.")


def test_what_was_answered_is_there_after_the_process_was_killed(tmp_path: Path) -> None:
    with running_server(tmp_path, today=TODAY) as server:
        token = server.pair()
        server.call("POST", "/investigate", {"url": URL, "snippet": COMPLAINT}, token=token)
        assert server.call("POST", "/cases/1/notes", {"text": "Kept."}, token=token).status == 200
        assert server.process is not None
        server.process.kill()
        server.process.wait()

        server.start()

        assert server.call("GET", "/cases/1", token=token).result["notes"][0]["text"] == "Kept."
        with Desk.open(server.home) as desk:
            assert verify_audit(desk).intact


def test_a_second_one_on_the_same_port_is_told_that_it_runs_already(tmp_path: Path) -> None:
    with running_server(tmp_path) as server, pytest.raises(PortBusyError) as refused:
        serve(server.home, server.port)

    assert refused.value.code == "port_busy"
    assert refused.value.message == f"Aftercare is running on port {server.port} already."


def test_another_program_on_the_port_is_told_from_our_own(tmp_path: Path) -> None:
    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    other = http.server.HTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    try:
        with pytest.raises(PortBusyError) as refused:
            serve(Home.at(tmp_path), other.server_port)
    finally:
        other.shutdown()
        other.server_close()

    assert "taken by another program" in refused.value.message
    assert f"--port {other.server_port + 1}" in refused.value.next
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_may_not_be_had_is_no_busy_port() -> None:
    with pytest.raises(StoreError) as refused, listen(70_000):
        pass

    assert refused.value.code == "port_unusable"


def test_no_other_address_is_served() -> None:
    with socket.socket() as everywhere:
        everywhere.bind(("0.0.0.0", 0))
        everywhere.listen()
        with pytest.raises(ValueError, match="only"):
            carry(None, everywhere)


def test_the_port_is_free_again_after_a_start_that_failed(tmp_path: Path) -> None:
    port = free_port()
    home = Home.at(tmp_path)
    home.desk.write_bytes(b"no database " * 500)

    with pytest.raises(StoreError):
        serve(home, port)

    with listen(port):
        pass


def test_a_book_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(AftercareError) as refused:
        serve(Home.at(tmp_path), free_port(), book_url="mysql://host/book")

    assert refused.value.code == "book_kind_unknown"
    assert "mysql" in refused.value.message
