"""The gate: every request passes it before any other code of this program runs, and a refused one changes nothing.

A program that listens on this machine can be reached by every page the person opens. What protects is, in the order of
the checks below: that the request was addressed to exactly this server (a page that points its own name at 127.0.0.1
still sends its own `Host`); that no page started it (`Sec-Fetch-Site`, `Origin`, which pages cannot forge); that it is
JSON, which forms and plain links cannot send; that it is small; and that it carries a token, which stops other
programs and other extensions. Each check stands alone; docs/threat-model.md tells which attack meets which.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from aftercare import __version__
from aftercare.cases import Desk, Pairing, known, used
from aftercare.config import EXTENSION_ID
from aftercare.errors import AftercareError, StoreError

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

LOOPBACK = "127.0.0.1"
EXTENSION_ORIGIN = f"chrome-extension://{EXTENSION_ID}"
BODY_MOST = 8 * 1024 * 1024
"""Bytes. Two hundred reviews with their markup are about a tenth of it."""
PAIRING = "aftercare.pairing"
"""Where the views find the browser that asks, in the WSGI environment."""

HEADERS = (
    ("X-Aftercare", __version__),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)
"""On every answer, refusals included. Nothing here is ever a page, so nothing may be shown, framed, kept or sniffed."""

_OPEN = frozenset({("GET", "/hello"), ("POST", "/pair")})
_TOKEN = re.compile(r"[Bb]earer ([A-Za-z0-9_-]{20,200})")
_NAME = re.compile(r"(?=.{4,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+")
_SHOWABLE = re.compile(r"/[a-z./]{0,40}")

_log = logging.getLogger(__name__)


class RefusedError(AftercareError):
    """The request ends at the gate."""


def error_body(error: dict[str, Any]) -> bytes:
    """The one shape of an error answer."""
    return json.dumps({"error": error}).encode()


def internal_error(error: BaseException) -> dict[str, Any]:
    """What the caller hears of a mistake in this program: an id. The log gets the same id and the place of the mistake.

    Neither gets the text of the exception, which may hold what a customer wrote.
    """
    id_ = secrets.token_hex(4)
    frames, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    _log.error("internal error %s: %s\n  %s", id_, type(error).__name__, "\n  ".join(frames))
    return {
        "code": "internal",
        "message": "Something went wrong inside Aftercare.",
        "next": f"Try again; if it happens again, report it with the number {id_} from the server's terminal.",
        "detail": {"id": id_},
    }


def host_of(public_url: str) -> str:
    """The `Host` that browsers send to this address.

    Raises AftercareError (`bad_public_url`) for anything but https, a name, and perhaps a port.
    """
    try:
        parts = urlsplit(public_url.strip())
        name, port = parts.hostname or "", parts.port
    except ValueError:
        parts, name, port = urlsplit(""), "", None
    bare = parts.path in ("", "/") and not parts.query and not parts.fragment and "@" not in parts.netloc
    if parts.scheme != "https" or not _NAME.fullmatch(name) or not bare:
        raise AftercareError(
            "The public address of the server is not usable.",
            code="bad_public_url",
            next="Give it as https://aftercare.example.com, with a port if it is not 443, and without a path.",
        )
    return f"{name}:{port}" if port and port != 443 else name


class Gate:
    """WSGI middleware around `app` for the server on `port`; tokens are looked up at `desk`.

    public_host: the name (and port) that a team's reverse proxy is asked by, which it must hand on as it is.
    """

    def __init__(
        self, app: Callable[..., Iterable[bytes]], *, port: int, desk: Desk, public_host: str | None = None
    ) -> None:
        self._app = app
        self._host = f"{LOOPBACK}:{port}"
        self._hosts = {self._host} | ({public_host} if public_host else set())
        self._desk = desk

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            ours = {name.lower() for name, _ in HEADERS}
            return start_response(status, [*(each for each in headers if each[0].lower() not in ours), *HEADERS], *rest)

        try:
            self._check(environ)
        except RefusedError as refusal:
            _log.warning("refused %s: %s", refusal.code, _shown(environ))
            return _answer(start, refusal.status, refusal.to_json())
        except AftercareError as error:
            return _answer(start, error.status, error.to_json())
        except Exception as error:  # A caller must get an answer of ours whatever fails; the log names the place.
            return _answer(start, 500, internal_error(error))
        return self._app(environ, start)

    def _check(self, environ: Environ) -> None:
        method, path = environ.get("REQUEST_METHOD", ""), environ.get("PATH_INFO", "")
        self._addressed_to_us(environ)
        _not_from_a_page(environ)
        _a_known_method(method, environ)
        if method == "OPTIONS":
            return
        if method != "GET":
            _json(environ)
        _small(environ)
        pairing = self._paired(environ)
        if pairing is None and (method, path) not in _OPEN:
            raise RefusedError(
                "This browser is not paired with Aftercare.",
                code="not_paired",
                status=401,
                next="Run `aftercare pair` and type the code into the extension's options.",
            )
        environ[PAIRING] = pairing
        if pairing:
            self._note_visit(pairing)

    def _addressed_to_us(self, environ: Environ) -> None:
        # One exact name and port, and a team's own. Not `localhost` as well: each name more is one thing more to
        # defend. The refusal is 403 and not the fitting 421, which Chromium answers by sending the request once more.
        # A target that names a host of its own (`http://…`, `//…`) would have two hosts to believe.
        target = environ.get("REQUEST_URI", "/")
        if environ.get("HTTP_HOST") not in self._hosts or not target.startswith("/") or target.startswith("//"):
            raise RefusedError(
                "The request was not addressed to this server.",
                code="wrong_host",
                status=403,
                next=f"Use http://{self._host} as the address.",
            )

    def _note_visit(self, pairing: Pairing) -> None:
        try:
            used(self._desk, pairing)
        except StoreError as error:
            # A full disk must not keep a person from looking; what has to be written says so itself.
            _log.warning("the visit could not be noted: %s", error.code)

    def _paired(self, environ: Environ) -> Pairing | None:
        found = _TOKEN.fullmatch(environ.get("HTTP_AUTHORIZATION", ""))
        return known(self._desk, found[1]) if found else None


def _not_from_a_page(environ: Environ) -> None:
    # The extension's worker sends `none`; programs that are no browser send nothing and need the token like anyone.
    if environ.get("HTTP_SEC_FETCH_SITE", "none") != "none":
        raise RefusedError(
            "Web pages may not talk to Aftercare.",
            code="foreign_site",
            status=403,
            next="Use the Aftercare extension; if this was it, give it back its access to 127.0.0.1.",
        )
    # Absent on a GET of the extension, so it cannot be asked for; where it is, one value is right. "null" is not.
    if environ.get("HTTP_ORIGIN", EXTENSION_ORIGIN) != EXTENSION_ORIGIN:
        raise RefusedError(
            "Only the Aftercare extension may talk to this server.",
            code="foreign_origin",
            status=403,
            next="Install the Aftercare extension that came with this server.",
        )


def _a_known_method(method: str, environ: Environ) -> None:
    if method == "OPTIONS" and "HTTP_ORIGIN" not in environ:
        raise RefusedError(
            "OPTIONS is answered to the Aftercare extension only.", code="foreign_origin", status=403, next="Use GET."
        )
    if method not in ("GET", "POST", "OPTIONS"):
        raise RefusedError("This method is not used here.", code="unknown_method", status=405, next="Use GET or POST.")


def _json(environ: Environ) -> None:
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusedError(
            "Changes are taken as JSON only.",
            code="json_only",
            status=415,
            next="Send the body with Content-Type: application/json.",
        )


def _small(environ: Environ) -> None:
    """Refuses long bodies; one whose length was not told is read up to the limit, and handed on with its length."""
    told = environ.get("CONTENT_LENGTH") or ""
    length = int(told) if told.isascii() and told.isdigit() and len(told) < 19 else None
    if length is None and told:
        raise too_large()
    if length is None and "HTTP_TRANSFER_ENCODING" in environ:
        body = environ["wsgi.input"].read(BODY_MOST + 1)
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
        length = len(body)
    if length is not None and length > BODY_MOST:
        raise too_large()


def too_large() -> RefusedError:
    """The refusal of a body over the limit."""
    return RefusedError(
        "The request is too large.",
        code="too_large",
        status=413,
        next="Send fewer reviews in one request.",
        most=BODY_MOST,
    )


def _shown(environ: Environ) -> str:
    """Method and path for the log; anything that is not plainly one of ours is not repeated there."""
    method = environ.get("REQUEST_METHOD", "")
    path = re.sub(r"\d+", "", environ.get("PATH_INFO", ""))
    usual = method in ("GET", "POST", "OPTIONS", "HEAD", "PUT", "PATCH", "DELETE")
    ours = _SHOWABLE.fullmatch(path)
    return f"{method if usual else 'another method'} {path if ours else '(a path not of ours)'}"


def _answer(start: StartResponse, status: int, error: dict[str, Any]) -> list[bytes]:
    body = error_body(error)
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start(f"{status} {HTTPStatus(status).phrase}", headers)
    return [body]
