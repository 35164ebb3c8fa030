"""Hostile requests, one a row: what is sent, byte by byte, and the code it must be refused with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from aftercare.config import EXTENSION_ID

EXTENSION = f"chrome-extension://{EXTENSION_ID}"

_USUAL = {
    "Host": "{host}",
    "Authorization": "Bearer {token}",
    "Content-Type": "application/json",
    "Origin": EXTENSION,
    "Sec-Fetch-Site": "none",
}
_NOTE = {"text": "An attacker was here."}
_PAIR = "POST /pair HTTP/1.1"
_RIGHT = {"code": "{code}", "browser": "Eve"}


@dataclass(frozen=True, slots=True)
class Row:
    """The extension's own request that adds a note, with something wrong with it.

    but: headers changed; None leaves one out, a list sends it several times. start, body: in place of the usual ones.
    `{host}`, `{token}`, `{code}`, `{permit}` and `{port}` are filled in with the target's. refused: the error code;
    `no_json` where the request ends before the gate.
    """

    name: str
    refused: str
    but: Mapping[str, str | list[str] | None] = field(default_factory=dict)
    start: str = "POST /cases/1/notes HTTP/1.1"
    body: object = field(default_factory=lambda: _NOTE)

    def bytes(self, **filled: object) -> bytes:
        headers: dict[str, str | list[str] | None] = {**_USUAL, **self.but}
        body = self.body if isinstance(self.body, str) else json.dumps(self.body)
        body = _fill(body, filled)
        if "Content-Length" not in headers and "Transfer-Encoding" not in headers:
            headers["Content-Length"] = str(len(body.encode()))
        lines = [_fill(self.start, filled)]
        for name, value in headers.items():
            for each in value if isinstance(value, list) else [] if value is None else [value]:
                lines.append(f"{name}: {_fill(each, filled)}")
        return "\r\n".join([*lines, "Connection: close", "", body]).encode()


def _fill(text: str, filled: Mapping[str, object]) -> str:
    for name, value in filled.items():
        text = text.replace("{" + name + "}", str(value))
    return text


REBINDING = (
    Row("a name of the attacker's that points here", "wrong_host", {"Host": "evil.example"}),
    Row("the same with our port", "wrong_host", {"Host": "evil.example:{port}"}),
    Row(
        "the same, before browsers told where from",
        "wrong_host",
        {"Host": "evil.example:{port}", "Sec-Fetch-Site": None, "Origin": "http://evil.example:{port}"},
    ),
    Row("localhost", "wrong_host", {"Host": "localhost:{port}"}),
    Row("LOCALHOST", "wrong_host", {"Host": "LOCALHOST:{port}"}),
    Row("localhost with a dot", "wrong_host", {"Host": "localhost.:{port}"}),
    Row("the address without the port", "wrong_host", {"Host": "127.0.0.1"}),
    Row("the address with another port", "wrong_host", {"Host": "127.0.0.1:1"}),
    Row("the address in another spelling", "wrong_host", {"Host": "127.1:{port}"}),
    Row("the address as a number", "wrong_host", {"Host": "2130706433:{port}"}),
    Row("the address of version 6", "wrong_host", {"Host": "[::1]:{port}"}),
    Row("our address as somebody's subdomain", "wrong_host", {"Host": "127.0.0.1:{port}.evil.example"}),
    Row("two hosts, ours first", "wrong_host", {"Host": ["{host}", "evil.example"]}),
    Row("two hosts, ours last", "wrong_host", {"Host": ["evil.example", "{host}"]}),
    Row("ours twice", "wrong_host", {"Host": ["{host}", "{host}"]}),
    Row("no host", "wrong_host", {"Host": None}),
    Row("no host, as HTTP/1.0 allows", "wrong_host", {"Host": None}, start="POST /cases/1/notes HTTP/1.0"),
    Row(
        "a proxy's word for the host",
        "wrong_host",
        {"Host": "evil.example", "X-Forwarded-Host": "{host}", "Forwarded": "host={host}", "X-Original-Host": "{host}"},
    ),
    Row("a whole address as target", "wrong_host", start="POST http://evil.example/cases/1/notes HTTP/1.1"),
    Row("our whole address as target", "wrong_host", start="POST http://{host}/cases/1/notes HTTP/1.1"),
)

PAGES = (
    Row("a page elsewhere", "foreign_site", {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}),
    Row(
        "a page on another port of this machine",
        "foreign_site",
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:1"},
    ),
    Row("a page from this very port", "foreign_site", {"Sec-Fetch-Site": "same-origin", "Origin": "http://{host}"}),
    Row("a link, which sends no origin", "foreign_site", {"Sec-Fetch-Site": "cross-site", "Origin": None}),
    Row("both words at once", "foreign_site", {"Sec-Fetch-Site": ["none", "cross-site"]}),
    Row("a page of an old browser", "foreign_origin", {"Sec-Fetch-Site": None, "Origin": "https://evil.example"}),
    Row("a sandboxed or local page", "foreign_origin", {"Sec-Fetch-Site": None, "Origin": "null"}),
    Row("another extension", "foreign_origin", {"Origin": "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}),
    Row("a website named like the extension", "foreign_origin", {"Origin": f"{EXTENSION}.evil.example"}),
    Row("two origins", "foreign_origin", {"Origin": [EXTENSION, "https://evil.example"]}),
    Row(
        "a preflight",
        "foreign_origin",
        {
            "Origin": "https://evil.example",
            "Sec-Fetch-Site": None,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Private-Network": "true",
        },
        start="OPTIONS /cases/1/notes HTTP/1.1",
    ),
    Row(
        "a preflight that hides where it is from",
        "foreign_origin",
        {"Origin": None},
        start="OPTIONS /cases/1/notes HTTP/1.1",
    ),
)

FORMS = (
    Row("plain text", "json_only", {"Content-Type": "text/plain"}),
    Row("plain text that says it is JSON", "json_only", {"Content-Type": "text/plain; application/json"}),
    Row("a form", "json_only", {"Content-Type": "application/x-www-form-urlencoded"}, body="text=An+attacker+was+here"),
    Row("a form with files", "json_only", {"Content-Type": "multipart/form-data; boundary=application/json"}),
    Row("a beacon without a type", "json_only", {"Content-Type": None}),
    Row("two types", "json_only", {"Content-Type": ["application/json", "text/plain"]}),
    Row("another method", "unknown_method", start="PUT /cases/1/notes HTTP/1.1"),
    Row("a made-up method", "unknown_method", start="NOTE /cases/1/notes HTTP/1.1"),
    Row("only the head", "unknown_method", start="HEAD /hello HTTP/1.1"),
    Row("TRACE", "unknown_method", start="TRACE /hello HTTP/1.1"),
    Row(
        "a read that asks to be a change",
        "unknown_method",
        {"X-HTTP-Method-Override": "POST"},
        start="GET /cases/1/notes?_method=POST HTTP/1.1",
    ),
)

STRANGERS = (
    Row("no token", "not_paired", {"Authorization": None}),
    Row("a guessed token", "not_paired", {"Authorization": "Bearer " + "A" * 43}),
    Row("an empty token", "not_paired", {"Authorization": "Bearer "}),
    Row("the token under another scheme", "not_paired", {"Authorization": "Basic {token}"}),
    Row(
        "the token in the address",
        "not_paired",
        {"Authorization": None},
        start="POST /cases/1/notes?token={token} HTTP/1.1",
    ),
    Row(
        "the token in a cookie",
        "not_paired",
        {"Authorization": None, "Cookie": "token={token}; Authorization=Bearer {token}"},
    ),
    Row(
        "the token in the body",
        "not_paired",
        {"Authorization": None},
        body={"text": "x", "token": "{token}", "Authorization": "Bearer {token}"},
    ),
    Row("two tokens", "not_paired", {"Authorization": ["Bearer {token}", "Bearer {token}"]}),
    Row(
        "the header as programs behind proxies write it",
        "not_paired",
        {"Authorization": None, "HTTP_AUTHORIZATION": "Bearer {token}", "X-Authorization": "Bearer {token}"},
    ),
    Row(
        "a permit without a token",
        "not_paired",
        {"Authorization": None},
        start="POST /contacts/redeem HTTP/1.1",
        body={"permit": "{permit}", "url": "{page}"},
    ),
    Row(
        "the way around by slashes", "not_paired", {"Authorization": None}, start="POST /pair/../cases/1/notes HTTP/1.1"
    ),
    Row(
        "the way around by a double slash",
        "wrong_host",
        {"Authorization": None},
        start="POST //pair HTTP/1.1",
        body=_RIGHT,
    ),
)

SIZES = (
    Row("a body said to be too long", "too_large", {"Content-Length": "8388609"}),
    Row("a body said to be endless", "too_large", {"Content-Length": "9" * 40}),
    Row("headers without end", "bad_request", {"X-Long": "x" * 300_000}),
    Row("a length below nothing", "bad_request", {"Content-Length": "-1"}),
    Row("two lengths", "bad_request", {"Content-Length": ["31", "5"]}),
    Row("a header that begins another", "bad_request", {"X-Odd\r\n\tHost": "evil.example", "Bad Name": "x"}),
    Row("a transfer nobody knows", "bad_request", {"Transfer-Encoding": "gzip, chunked"}),
    Row("no HTTP", "bad_request", start="SSH-2.0-OpenSSH_9.2"),
)

PAIRING = (
    Row(
        "the right code, typed by a page",
        "foreign_site",
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example", "Authorization": None},
        start=_PAIR,
        body=_RIGHT,
    ),
    Row(
        "the right code from a rebound name",
        "wrong_host",
        {"Host": "evil.example:{port}", "Authorization": None},
        start=_PAIR,
        body=_RIGHT,
    ),
    Row(
        "the right code in a form",
        "json_only",
        {"Content-Type": "text/plain", "Authorization": None},
        start=_PAIR,
        body=_RIGHT,
    ),
    Row(
        "the right code in an address",
        "not_paired",
        {"Authorization": None},
        start="GET /pair?code={code}&browser=Eve HTTP/1.1",
    ),
    Row(
        "a code of the wrong type",
        "bad_request",
        {"Authorization": None},
        start=_PAIR,
        body={"code": ["{code}"], "browser": "Eve"},
    ),
    Row(
        "a code without end",
        "bad_request",
        {"Authorization": None},
        start=_PAIR,
        body={"code": "A" * 100_000, "browser": "Eve"},
    ),
)

BODIES = (
    Row("no JSON", "bad_request", body="text=1"),
    Row("nothing", "bad_request", body=""),
    Row("JSON without end", "bad_request", body="[" * 200_000),
    Row("half a letter", "bad_request", body='{"text": "\\ud83d"}'),
    Row("a number for a text", "bad_request", body={"text": 1}),
    Row("a list for an object", "bad_request", body=[_NOTE]),
    Row("a text without end", "bad_request", body={"text": "x" * 1_000_000}),
    Row("a case that is none", "unknown_path", start="POST /cases/1%20OR%201=1/notes HTTP/1.1"),
    Row("a case far away", "case_unknown", start="POST /cases/99999999999999999999/notes HTTP/1.1"),
    Row("an address that is a file", "unknown_path", start="GET /../../etc/passwd HTTP/1.1"),
    Row("an address with an end in it", "unknown_path", start="GET /cases%00/1 HTTP/1.1"),
)

ALL = (*REBINDING, *PAGES, *FORMS, *STRANGERS, *SIZES, *PAIRING, *BODIES)
