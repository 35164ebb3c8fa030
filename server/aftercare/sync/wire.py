"""One request over HTTP and its answer. Nothing is repeated or followed here, and nothing is written to a log."""

from __future__ import annotations

import logging
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.request import getproxies, proxy_bypass

import truststore
import urllib3

from aftercare.sync.regions import is_local

_TIMEOUT = urllib3.Timeout(connect=15, read=90)
_MOST = 64 << 20
"""Bytes of an answer that is not a file; a full page of orders has less than one."""
_BLOCK = 1 << 18


class WireError(Exception):
    """No whole answer came; the message says why without naming the address, which may hold a signature."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its status, its headers by small-letter names, its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """The connections of one sync, trusting the certificates that the system trusts, through the system's proxy."""

    def __init__(self) -> None:
        # It would write the addresses of reports, which are signed, to a log that somebody turned on.
        logging.getLogger("urllib3").setLevel(logging.WARNING)
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._direct = urllib3.PoolManager(ssl_context=context, timeout=_TIMEOUT, retries=False)
        proxy = getproxies().get("https")
        self._proxy = (
            urllib3.ProxyManager(proxy, ssl_context=context, timeout=_TIMEOUT, retries=False) if proxy else self._direct
        )

    def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """Sends one request. Raises WireError where no whole answer comes."""
        try:
            response = self._pool(url).request(
                method, url, headers=dict(headers), body=body, redirect=False, preload_content=False
            )
            try:
                content = response.read(_MOST + 1)
                # What comes in pieces is read to its end, so that a connection that broke off is noticed.
                while len(content) <= _MOST and (more := response.read(_BLOCK)):
                    content += more
            finally:
                # A connection whose answer was read to its end is in the pool again; any other is closed.
                response.close()
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise WireError(type(error).__name__) from None
        if len(content) > _MOST:
            raise WireError("the answer is far too long")
        return Answer(response.status, {name.lower(): value for name, value in response.headers.items()}, content)

    def fetch(self, url: str, target: Path) -> int:
        """Writes what the address gives into a new file that only its user can open; returns the status.

        Raises WireError where the connection breaks off, OSError where the file cannot be written.
        """
        try:
            response = self._pool(url).request("GET", url, redirect=False, preload_content=False, decode_content=False)
            try:
                handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                with os.fdopen(handle, "wb") as file:
                    while block := response.read(_BLOCK, decode_content=False):
                        file.write(block)
            finally:
                response.close()
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise WireError(type(error).__name__) from None
        return response.status

    def _pool(self, url: str) -> urllib3.PoolManager:
        host = urllib3.util.parse_url(url).host or ""
        return self._direct if is_local(url) or proxy_bypass(host) else self._proxy
