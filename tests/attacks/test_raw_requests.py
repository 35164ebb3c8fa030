"""Every hostile request is refused for its own reason, by a server that stays up, and leaves nothing behind."""

from __future__ import annotations

import json
import socket

import pytest

from aftercare.gate import BODY_MOST
from attacks.conftest import PAGE, Target
from attacks.requests import ALL, Row


def answer_of(target: Target, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case, and body of the first answer."""
    head, _, body = target.server.raw(request).partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(status.split()[1]), headers, body


def fill(target: Target, row: Row) -> bytes:
    return row.bytes(
        host=target.host,
        port=target.server.port,
        token=target.token,
        code=target.code,
        permit=target.permit,
        page=PAGE,
    )


def test_the_request_that_the_rows_spoil_is_accepted_when_nothing_is_wrong_with_it(target: Target) -> None:
    status, _, body = answer_of(target, fill(target, Row("nothing", "-")))

    assert (status, "result" in json.loads(body)) == (200, True)


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.name)
def test_it_is_refused_and_changes_nothing(unchanged: Target, row: Row) -> None:
    status, headers, body = answer_of(unchanged, fill(unchanged, row))

    assert 400 <= status < 600
    assert headers["x-aftercare"]
    assert "access-control-allow-origin" not in headers or "evil" not in headers["access-control-allow-origin"]
    if body:
        assert json.loads(body)["error"]["code"] == row.refused
    else:
        assert row.start.startswith("HEAD")


def test_a_body_in_pieces_is_counted_while_it_comes(unchanged: Target) -> None:
    head = (
        f"POST /cases/1/notes HTTP/1.1\r\nHost: {unchanged.host}\r\nAuthorization: Bearer {unchanged.token}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"100000\r\n" + b" " * 0x100000 + b"\r\n"

    status, _, body = answer_of(unchanged, head.encode() + piece * (BODY_MOST // 0x100000 + 1))

    assert (status, json.loads(body)["error"]["code"]) == (413, "too_large")


def test_a_second_request_behind_the_first_is_judged_by_itself(unchanged: Target) -> None:
    harmless = f"GET /hello HTTP/1.1\r\nHost: {unchanged.host}\r\n\r\n".encode()
    hostile = Row("a stranger", "not_paired", {"Authorization": None})

    answers = unchanged.server.raw(harmless + fill(unchanged, hostile))

    assert answers.count(b"HTTP/1.1 200") == 1
    assert answers.count(b"HTTP/1.1 401") == 1


def test_a_request_hidden_in_the_body_of_another_is_not_taken_for_one(unchanged: Target) -> None:
    hidden = fill(unchanged, Row("hidden", "-"))
    both = (
        f"POST /pair HTTP/1.1\r\nHost: {unchanged.host}\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(hidden)}\r\n\r\n"
    ).encode() + hidden

    answers = unchanged.server.raw(both)

    assert answers.count(b"HTTP/1.1 ") == 1
    assert b"json_only" in answers


def test_the_server_listens_on_127_0_0_1_and_nowhere_else(target: Target) -> None:
    for family, address in ((socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as probe, pytest.raises(OSError):
            probe.settimeout(2)
            probe.connect((address, target.server.port))


def test_the_log_tells_why_and_repeats_nothing_of_the_attacker(target: Target) -> None:
    target.server.raw(
        fill(target, Row("marked", "wrong_host", {"Host": "marked.example"}, start="POST /Jane?Doe HTTP/1.1"))
    )
    log = target.server.log_file.read_text()

    assert "refused wrong_host: POST (a path not of ours)" in log
    for word in ("marked.example", "Jane", "Doe", target.token, target.permit, "Traceback", "refund"):
        assert word not in log
