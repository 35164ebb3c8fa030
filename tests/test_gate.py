"""The gate, check by check: what it lets through, what it refuses and why, and that nothing behind it runs then."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from aftercare.cases import Desk, list_pairings, open_pairing, pair
from aftercare.config import Home
from aftercare.errors import AftercareError
from aftercare.gate import BODY_MOST, EXTENSION_ORIGIN, PAIRING, Gate, host_of

PORT = 9317


@dataclass
class Asked:
    """An answer of the gate: its status, headers, JSON body, and whether the program behind it was reached."""

    status: int
    headers: dict[str, str]
    body: Any
    reached: bool

    @property
    def code(self) -> str | None:
        return self.body["error"]["code"] if "error" in self.body else None


class Door:
    """A gate before a program that only notes that it was reached."""

    def __init__(self, desk: Desk, token: str) -> None:
        self.desk, self.token = desk, token
        self.seen: list[dict[str, Any]] = []
        self.gate = Gate(self._behind, port=PORT, desk=desk)

    def ask(self, method: str = "GET", path: str = "/openapi.json", **environ: Any) -> Asked:
        """One request of the paired extension, with the given parts of its WSGI environment changed; None removes."""
        usual = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "REQUEST_URI": path,
            "HTTP_HOST": f"127.0.0.1:{PORT}",
            "HTTP_SEC_FETCH_SITE": "none",
            "HTTP_AUTHORIZATION": f"Bearer {self.token}",
            "wsgi.input": io.BytesIO(),
        }
        if method == "POST":
            usual |= {"CONTENT_TYPE": "application/json", "HTTP_ORIGIN": EXTENSION_ORIGIN, "CONTENT_LENGTH": "2"}
        sent = {name: value for name, value in {**usual, **environ}.items() if value is not None}
        told: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            told.update(status=int(status.split()[0]), headers=dict(headers))

        before = len(self.seen)
        body = b"".join(self.gate(sent, start_response))
        return Asked(told["status"], told["headers"], json.loads(body), len(self.seen) > before)

    def _behind(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.seen.append(environ)
        start_response("200 OK", [("Content-Type", "application/json"), ("Cache-Control", "public")])
        return [b"{}"]


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    with Desk.open(Home.at(tmp_path)) as desk:
        token, _ = pair(desk, open_pairing(desk), "Anna")
        yield Door(desk, token)


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "GET"},
        {"method": "GET", "HTTP_SEC_FETCH_SITE": None},
        {"method": "POST", "path": "/read"},
        {"method": "POST", "path": "/read", "HTTP_ORIGIN": None, "HTTP_SEC_FETCH_SITE": None},
        {"method": "POST", "path": "/read", "CONTENT_TYPE": "Application/JSON; charset=utf-8"},
        {"method": "GET", "path": "/hello", "HTTP_AUTHORIZATION": None},
        {"method": "POST", "path": "/pair", "HTTP_AUTHORIZATION": None},
        {"method": "OPTIONS", "HTTP_ORIGIN": EXTENSION_ORIGIN, "HTTP_AUTHORIZATION": None},
        {"method": "GET", "HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_FOR": "10.0.0.1"},
    ],
    ids=str,
)
def test_the_extension_and_a_paired_program_get_through(door: Door, request_: dict[str, Any]) -> None:
    assert door.ask(**request_).reached


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:9318",
        f"localhost:{PORT}",
        f"LOCALHOST:{PORT}",
        f"[::1]:{PORT}",
        f"127.0.0.1.:{PORT}",
        f"127.1:{PORT}",
        f"0.0.0.0:{PORT}",
        f"127.0.0.1:{PORT}.evil.example",
        f"127.0.0.1:{PORT}, evil.example",
        f" 127.0.0.1:{PORT}",
        "",
        None,
    ],
)
def test_another_host_is_refused_first(door: Door, host: str | None) -> None:
    asked = door.ask(HTTP_HOST=host, HTTP_X_FORWARDED_HOST=f"127.0.0.1:{PORT}")

    assert (asked.status, asked.code, asked.reached) == (403, "wrong_host", False)


@pytest.mark.parametrize(
    "target",
    [
        "http://evil.example/hello",
        f"http://127.0.0.1:{PORT}/hello",
        "//hello",
        "//evil.example/hello",
        "*",
        "evil.example:80",
    ],
)
def test_a_target_that_is_no_plain_path_is_refused(door: Door, target: str) -> None:
    assert door.ask(path="/hello", REQUEST_URI=target).code == "wrong_host"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "None", "none, cross-site", ""])
def test_what_a_page_started_is_refused(door: Door, site: str) -> None:
    asked = door.ask(HTTP_SEC_FETCH_SITE=site)

    assert (asked.status, asked.code, asked.reached) == (403, "foreign_site", False)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://evil.example",
        f"http://127.0.0.1:{PORT}",
        "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        f"{EXTENSION_ORIGIN}.evil.example",
        f"{EXTENSION_ORIGIN}/",
        EXTENSION_ORIGIN.upper(),
        f"{EXTENSION_ORIGIN}, https://evil.example",
        "",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_another_origin_is_refused(door: Door, method: str, origin: str) -> None:
    asked = door.ask(method, HTTP_ORIGIN=origin)

    assert (asked.status, asked.code, asked.reached) == (403, "foreign_origin", False)


def test_options_without_an_origin_is_refused(door: Door) -> None:
    assert door.ask("OPTIONS").code == "foreign_origin"


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get", "X" * 500])
def test_other_methods_are_refused(door: Door, method: str) -> None:
    asked = door.ask(method)

    assert (asked.status, asked.code, asked.reached) == (405, "unknown_method", False)


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=application/json",
        "text/plain; application/json",
        "text/plain, application/json",
        "application/json-patch+json",
        "application/jsonx",
    ],
)
def test_changes_are_json_or_nothing(door: Door, kind: str | None) -> None:
    asked = door.ask("POST", "/read", CONTENT_TYPE=kind)

    assert (asked.status, asked.code, asked.reached) == (415, "json_only", False)


@pytest.mark.parametrize(
    "length", [str(BODY_MOST + 1), "99999999999999999999999", "-1", "1e9", "0x10", "\N{SUPERSCRIPT TWO}"]
)
def test_a_long_or_senseless_length_is_refused(door: Door, length: str) -> None:
    asked = door.ask("POST", "/read", CONTENT_LENGTH=length)

    assert (asked.status, asked.code, asked.reached) == (413, "too_large", False)


def test_the_longest_body_gets_through(door: Door) -> None:
    assert door.ask("POST", "/read", CONTENT_LENGTH=str(BODY_MOST)).reached


def test_a_long_body_of_untold_length_is_refused(door: Door) -> None:
    body = io.BytesIO(b" " * (BODY_MOST + 10))

    assert (
        door.ask("POST", "/read", CONTENT_LENGTH=None, HTTP_TRANSFER_ENCODING="chunked", **{"wsgi.input": body}).code
        == "too_large"
    )


def test_a_short_body_of_untold_length_arrives_whole(door: Door) -> None:
    given = {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": io.BytesIO(b'{"a": 1}')}

    assert door.ask("POST", "/read", **given).reached
    assert door.seen[-1]["wsgi.input"].read(int(door.seen[-1]["CONTENT_LENGTH"])) == b'{"a": 1}'


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong-token-of-a-believable-length",
        "Basic {token}",
        "{token}",
        "Bearer {token} {token}",
        "Bearer {token}, Bearer {token}",
        "Bearer {token}x",
        "Bearer\t{token}",
    ],
)
def test_without_the_token_nothing_but_hello_and_pairing(door: Door, authorization: str | None) -> None:
    sent = authorization.replace("{token}", door.token) if authorization is not None else None
    asked = door.ask(HTTP_AUTHORIZATION=sent)

    assert (asked.status, asked.code, asked.reached) == (401, "not_paired", False)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/hello"),
        ("GET", "/pair"),
        ("GET", "/hello/"),
        ("GET", "/hello/../cases/1"),
        ("GET", "/HELLO"),
    ],
)
def test_the_two_open_calls_are_open_under_their_own_name_and_method_only(door: Door, method: str, path: str) -> None:
    assert door.ask(method, path, HTTP_AUTHORIZATION=None).code == "not_paired"


def test_the_views_learn_which_browser_asks(door: Door) -> None:
    door.ask()

    assert door.seen[-1][PAIRING].browser == "Anna"


def test_a_page_cannot_set_who_it_is(door: Door) -> None:
    door.ask(path="/hello", HTTP_AUTHORIZATION=None, HTTP_AFTERCARE_PAIRING="1")

    assert door.seen[-1][PAIRING] is None


@pytest.mark.parametrize("request_", [{}, {"HTTP_HOST": "evil.example"}, {"HTTP_AUTHORIZATION": None}], ids=str)
def test_every_answer_names_the_server_and_locks_itself_up(door: Door, request_: dict[str, Any]) -> None:
    headers = door.ask(**request_).headers

    assert headers["X-Aftercare"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def test_refusals_say_what_to_do_next(door: Door) -> None:
    error = door.ask(HTTP_AUTHORIZATION=None).body["error"]

    assert error["message"].endswith(".")
    assert "aftercare pair" in error["next"]


def test_a_refusal_is_logged_with_its_reason_and_nothing_the_caller_chose(door: Door, caplog) -> None:
    with caplog.at_level(logging.WARNING, "aftercare.gate"):
        door.ask("POST", "/cases/77/Jane-Doe\nforged line", HTTP_HOST="evil.example", QUERY_STRING="name=Jane")
        door.ask("POST", "/cases/77/notes", HTTP_ORIGIN="https://evil.example")

    assert [record.getMessage() for record in caplog.records] == [
        "refused wrong_host: POST (a path not of ours)",
        "refused foreign_origin: POST /cases//notes",
    ]


def test_a_refused_request_does_not_count_as_a_visit(door: Door) -> None:
    door.ask(HTTP_SEC_FETCH_SITE="cross-site")

    assert list_pairings(door.desk)[0].last_used is None


def test_a_desk_in_trouble_is_answered_in_words_and_not_let_through(door: Door) -> None:
    door.desk.close()

    asked = door.ask()

    assert (asked.status, asked.code, asked.reached) == (500, "internal", False)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://aftercare.example.com", "aftercare.example.com"),
        ("https://Aftercare.Example.com/", "aftercare.example.com"),
        ("https://aftercare.example.com:443", "aftercare.example.com"),
        ("https://aftercare.example.com:8443", "aftercare.example.com:8443"),
    ],
)
def test_a_teams_address_is_one_more_host(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    "address",
    [
        "http://aftercare.example.com",
        "https://",
        "https://a.example/x",
        "https://u@a.example",
        "https://a:b",
        "desk",
        "",
    ],
)
def test_no_other_address_can_be_a_teams(address: str) -> None:
    with pytest.raises(AftercareError) as refused:
        host_of(address)

    assert refused.value.code == "bad_public_url"


def test_a_team_reaches_the_server_by_its_name_and_with_a_token_only(door: Door) -> None:
    door.gate = Gate(door._behind, port=PORT, desk=door.desk, public_host="aftercare.example.com")

    assert door.ask(HTTP_HOST="aftercare.example.com").reached
    assert door.ask(HTTP_HOST="aftercare.example.com", HTTP_AUTHORIZATION=None).code == "not_paired"
    assert door.ask(HTTP_HOST="aftercare.example.com", HTTP_SEC_FETCH_SITE="cross-site").code == "foreign_site"
    assert door.ask(HTTP_HOST="evil.example.com").code == "wrong_host"
