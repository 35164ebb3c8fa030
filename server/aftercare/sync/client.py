"""Calls of the Selling Partner API: the access token, the limits, and what is done when a call fails.

A call is repeated a bounded number of times where repeating can help: after "too many requests", after a failure of
Amazon's servers or of the connection, and where the answer is no JSON (a page of a proxy, a body that broke off).
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from aftercare import __version__
from aftercare.sync.account import Account
from aftercare.sync.clock import Clock
from aftercare.sync.errors import AccountError, SyncError, not_written
from aftercare.sync.limits import Limits
from aftercare.sync.regions import Endpoints, is_local
from aftercare.sync.wire import Answer, Wire, WireError

_TRIES = 6
_LONGEST_PAUSE = 120.0
_RENEW_BEFORE = 120.0
"""Seconds before its end at which an access token is taken for expired."""

_AGENT = f"Aftercare/{__version__} (Language=Python)"
Fields = Mapping[str, str]


class Amazon:
    """The API of one region for one account. Not to be shared between threads."""

    def __init__(
        self,
        account: Account,
        endpoints: Endpoints,
        clock: Clock,
        *,
        wire: Wire | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.account = account
        self.clock = clock
        self._endpoints = endpoints
        self._wire = wire or Wire()
        self._limits = Limits(clock)
        self._chance = chance
        self._token = ""
        self._token_ends = 0.0
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The time of day by Amazon's clock, as its last answer told it: this machine's may be wrong."""
        return self.clock.now() + self._ahead

    def call(
        self,
        operation: str,
        path: str,
        query: Fields | None = None,
        body: Mapping[str, Any] | None = None,
        *,
        once: bool = False,
    ) -> dict[str, Any]:
        """The JSON object that an operation answers; with a body it is posted.

        once: the call does something, so it is not repeated where it may have been done although no answer came.
        Raises AccountError where Amazon does not accept the account, and SyncError: `sync_refused` (detail `status`),
        `sync_throttled`, `sync_unreachable`, `sync_broken_answer`.
        """
        url = f"{self._endpoints.api}{quote(path)}" + (f"?{urlencode(query)}" if query else "")
        sent = json.dumps(body).encode() if body is not None else None
        problem = _unreachable(operation)
        renewed = False

        def again(attempt: int) -> None:
            if once:
                raise problem
            self._pause(attempt)

        for attempt in range(_TRIES):
            self._limits.before(operation)
            try:
                answer = self._wire.ask("GET" if sent is None else "POST", url, self._headers(), sent)
            except WireError:
                problem = _unreachable(operation)
                again(attempt)
                continue
            self._heard(operation, answer)
            if answer.status == 429:
                problem = _throttled(operation)
                self._pause(attempt, at_least=self._limits.exhausted(operation))
            elif answer.status in (401, 403) and not renewed and _is_about_token(answer):
                renewed, self._token = True, ""
            elif answer.status >= 500:
                problem = _unreachable(operation)
                again(attempt)
            elif answer.status >= 400:
                raise _refused(operation, answer)
            elif (value := _object(answer)) is None:
                problem = _broken(operation)
                again(attempt)
            else:
                return value
        raise problem

    def download(self, url: str, target: Path) -> None:
        """Writes what a signed address gives into a file. Raises SyncError (`sync_download`), StoreError."""
        secure = urlsplit(url).scheme == "https" or (is_local(url) and is_local(self._endpoints.api))
        if not secure:
            raise SyncError("Amazon named an address that is not encrypted.", code="sync_download", next="Try again.")
        for attempt in range(3):
            try:
                # A signed address needs no token, and must not be given one.
                if self._wire.fetch(url, target) == 200:
                    return
            except WireError:
                pass
            except OSError as error:
                raise not_written(error) from error
            self._pause(attempt)
        raise SyncError("A report could not be downloaded.", code="sync_download", next="Start the sync again.")

    def check(self) -> None:
        """Sees to a fresh access token. Raises AccountError, SyncError."""
        self._token = ""
        self._headers()

    def _headers(self) -> dict[str, str]:
        if not self._token or self.clock.steady() > self._token_ends - _RENEW_BEFORE:
            self._renew()
        return {
            "x-amz-access-token": self._token,
            "user-agent": _AGENT,
            "accept": "application/json",
            "content-type": "application/json",
        }

    def _renew(self) -> None:
        account = self.account
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": account.refresh_token,
            "client_id": account.client_id,
            "client_secret": account.client_secret,
        }
        headers = {"content-type": "application/x-www-form-urlencoded;charset=UTF-8", "user-agent": _AGENT}
        problem = _unreachable("the access token")
        for attempt in range(_TRIES):
            try:
                answer = self._wire.ask("POST", self._endpoints.token, headers, urlencode(fields).encode())
            except WireError:
                self._pause(attempt)
                continue
            told = _object(answer) or {}
            if answer.status == 200 and isinstance(told.get("access_token"), str):
                self._token = told["access_token"]
                seconds = told.get("expires_in")
                self._token_ends = self.clock.steady() + (seconds if isinstance(seconds, int | float) else 3600)
                return
            if answer.status in (400, 401, 403):
                raise _not_accepted(str(told.get("error", "")))
            problem = _throttled("the access token") if answer.status == 429 else _broken("the access token")
            self._pause(attempt)
        raise problem

    def _heard(self, operation: str, answer: Answer) -> None:
        self._limits.told(operation, answer.headers.get("x-amzn-ratelimit-limit"))
        try:
            told = parsedate_to_datetime(answer.headers.get("date", ""))
        except (TypeError, ValueError):
            return
        told = told if told.tzinfo else told.replace(tzinfo=UTC)
        self._ahead = told - self.clock.now()

    def _pause(self, attempt: int, at_least: float = 0.0) -> None:
        """Waits longer each time, and never in step with other programs that were refused at the same moment."""
        backoff = min(2.0**attempt, _LONGEST_PAUSE)
        self.clock.wait(max(backoff, at_least) * (1 + self._chance() / 2))


def _object(answer: Answer) -> dict[str, Any] | None:
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _is_about_token(answer: Answer) -> bool:
    """Whether the access token is why a call was refused; Amazon says so in words only."""
    text = answer.body[:4000].decode("utf-8", "replace").casefold()
    return answer.status == 401 or ("token" in text and ("expired" in text or "invalid" in text or "missing" in text))


def _not_accepted(error: str) -> AccountError:
    if error == "invalid_client":
        return AccountError(
            "Amazon does not know the application: its client id or secret is wrong or was replaced.",
            code="sync_client_unknown",
            next="Copy both anew from Seller Central, Apps and Services, Develop Apps, then: aftercare sync setup.",
        )
    return AccountError(
        "Amazon no longer accepts the refresh token: the authorization was withdrawn, has ended, or was made anew.",
        code="sync_token_revoked",
        next="Authorize the application again in Seller Central, then enter the new token: aftercare sync setup.",
    )


def _refused(operation: str, answer: Answer) -> SyncError:
    if answer.status in (401, 403):
        message = f"Amazon does not allow this account to use {operation}."
        step = "Give the application the role it needs in Seller Central, authorize it again, then set it up again."
    else:
        message = f"Amazon refused {operation} (status {answer.status})."
        step = "Start the sync again; if it stays so, report it with the name of the operation."
    return SyncError(message, code="sync_refused", next=step, operation=operation, status_told=answer.status)


def _throttled(operation: str) -> SyncError:
    return SyncError(
        f"Amazon asks to wait with {operation} for longer than a sync should.",
        code="sync_throttled",
        next="Start the sync again in an hour; it goes on where it stopped.",
        operation=operation,
    )


def _unreachable(operation: str) -> SyncError:
    return SyncError(
        f"Amazon could not be reached for {operation}.",
        code="sync_unreachable",
        next="Check the connection, then start the sync again; it goes on where it stopped.",
        operation=operation,
    )


def _broken(operation: str) -> SyncError:
    return SyncError(
        f"What came as the answer to {operation} was not Amazon's.",
        code="sync_broken_answer",
        next="See whether a proxy or a sign-in page stands between, then start the sync again.",
        operation=operation,
    )
