"""Which browsers may talk to the server: a short code typed by a person once, then a 256-bit token per browser.

Neither is kept readable: the code as a slow salted hash for its two minutes, the token as its SHA-256.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aftercare.cases.desk import Desk, Writing, stamp
from aftercare.errors import AftercareError, InputError, NotFoundError

LIFETIME = timedelta(minutes=2)
INVITATION_HOURS = 24
TRIES = 5
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1, which people mistake for one another; 32 letters, so a code of eight has 40 bits."""
_ROUNDS = 10_000
"""Enough to keep whoever copies the file busy for longer than the two minutes that a code lives."""
_BROWSER_MOST = 80
_LARGEST = 2**63 - 1
"""The largest number that SQLite takes."""
_USED_EVERY = timedelta(minutes=5)
_INVITATION_LETTERS = 16
"""80 bits: nobody guesses it within the days it may live, so that tries need no counting."""
_AGAIN = "Run `aftercare pair` and type the code it shows within two minutes."


class PairingError(AftercareError):
    """The code was not taken; `code` tells which way."""

    status = 403


@dataclass(frozen=True, slots=True)
class Pairing:
    """One browser. browser: the name it goes by in notes and in the record; moments are UTC, `last_used` to a few
    minutes."""

    id: int
    browser: str
    paired: str
    last_used: str | None

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "browser": self.browser, "paired": self.paired, "last_used": self.last_used}


def open_pairing(desk: Desk, *, agent: str = "command line") -> str:
    """Draws a code such as ABCD-2345; any code drawn before is closed."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    salt = secrets.token_bytes(16)
    with desk.write() as writing:
        writing.run("UPDATE pairing_codes SET closed = ? WHERE closed IS NULL", (writing.at,))
        writing.run(
            "INSERT INTO pairing_codes (salt, code_hash, opened, expires, tries_left) VALUES (?, ?, ?, ?, ?)",
            (salt, _slow(letters, salt), writing.at, stamp(desk.now() + LIFETIME), TRIES),
        )
        writing.record(agent, "pairing_opened", "trail")
    return f"{letters[:4]}-{letters[4:]}"


def invite(desk: Desk, person: str, *, hours: int = INVITATION_HOURS, agent: str = "command line") -> str:
    """Draws a code for one person of a team, ABCD-2345-EFGH-6789, which works once within the hours given.

    The browser that uses it goes by the person's name in notes and in the record. Invitations stand beside each other;
    a new one for the same person closes the last. Raises InputError (`bad_agent`).
    """
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_INVITATION_LETTERS))
    name = person_name(person)
    with desk.write() as writing:
        writing.run("UPDATE invitations SET closed = ? WHERE person = ? AND closed IS NULL", (writing.at, name))
        writing.run(
            "INSERT INTO invitations (person, code_hash, opened, expires) VALUES (?, ?, ?, ?)",
            (name, _fast(letters), writing.at, stamp(desk.now() + timedelta(hours=hours))),
        )
        writing.record(agent, "invited", "trail")
    return "-".join(letters[start : start + 4] for start in range(0, _INVITATION_LETTERS, 4))


def pair(desk: Desk, code: str, browser: str) -> tuple[str, Pairing]:
    """Exchanges the code for a token; the token is answered here and never again.

    Raises PairingError `pairing_none_open`, `pairing_wrong_code` (detail `tries_left`), `pairing_expired`, or
    `invitation_unknown`. An invitation names the browser itself.
    """
    if len(_plain(code)) == _INVITATION_LETTERS:
        return _accept(desk, _plain(code))
    refused: PairingError | None = None
    token = secrets.token_urlsafe(32)
    with desk.write() as writing:
        open_ = writing.run("SELECT * FROM pairing_codes WHERE closed IS NULL ORDER BY id DESC LIMIT 1").fetchone()
        if open_ is None:
            refused = PairingError("No pairing is open.", code="pairing_none_open", status=409, next=_AGAIN)
        elif stamp(desk.now()) >= open_["expires"]:
            _close(writing, open_["id"])
            refused = PairingError("The pairing code has expired.", code="pairing_expired", status=410, next=_AGAIN)
        elif not hmac.compare_digest(_slow(_plain(code), open_["salt"]), open_["code_hash"]):
            refused = _wrong(writing, open_["id"], open_["tries_left"] - 1)
        else:
            _close(writing, open_["id"])
            pairing = _paired(writing, _name(browser), token)
    # Raised after the transaction: a wrong try must stay counted.
    if refused:
        raise refused
    return token, pairing


def _accept(desk: Desk, letters: str) -> tuple[str, Pairing]:
    """Exchanges an invitation for a token."""
    token = secrets.token_urlsafe(32)
    with desk.write() as writing:
        held = writing.run("SELECT * FROM invitations WHERE closed IS NULL AND expires > ?", (writing.at,)).fetchall()
        offered = _fast(letters)
        # Every row is compared, in constant time each, as with tokens.
        fitting = [row for row in held if hmac.compare_digest(offered, row["code_hash"])]
        if fitting:
            writing.run("UPDATE invitations SET closed = ? WHERE id = ?", (writing.at, fitting[0]["id"]))
            return token, _paired(writing, fitting[0]["person"], token)
    raise PairingError(
        "This invitation is not known, was used, or has expired.",
        code="invitation_unknown",
        next="Ask whoever runs the server for a new one: aftercare pair --agent NAME.",
    )


def _paired(writing: Writing, name: str, token: str) -> Pairing:
    name = _unused(writing, name)
    made = writing.run(
        "INSERT INTO pairings (browser, token_hash, paired) VALUES (?, ?, ?)", (name, _fast(token), writing.at)
    )
    pairing = Pairing(int(made.lastrowid or 0), name, writing.at, None)
    writing.record(name, "paired", f"pairing:{pairing.id}")
    return pairing


def known(desk: Desk, token: str) -> Pairing | None:
    """The browser that holds this token, unless it was revoked. Reads only."""
    offered = _fast(token)
    found = None
    for row in desk.read("SELECT * FROM pairings WHERE revoked IS NULL"):
        # Every row is compared, in constant time each, so that the time tells nothing about the stored ones.
        if hmac.compare_digest(offered, row["token_hash"]):
            found = _of(row)
    return found


def used(desk: Desk, pairing: Pairing) -> None:
    """Notes that the browser was here; written at most every few minutes, and not entered in the trail."""
    now = desk.now()
    if pairing.last_used is None or stamp(now - _USED_EVERY) >= pairing.last_used:
        with desk.write() as writing:
            writing.run("UPDATE pairings SET last_used = ? WHERE id = ?", (stamp(now), pairing.id))


def pairing_open(desk: Desk) -> bool:
    """Whether a code waits to be typed."""
    return bool(desk.read("SELECT 1 FROM pairing_codes WHERE closed IS NULL AND expires > ?", (stamp(desk.now()),)))


def list_pairings(desk: Desk) -> list[Pairing]:
    """The browsers that may talk to the server, in the order of their pairing."""
    return [_of(row) for row in desk.read("SELECT * FROM pairings WHERE revoked IS NULL ORDER BY id")]


def revoke_pairing(desk: Desk, number: int, *, agent: str = "command line") -> None:
    """Shuts one browser out from its next request on, and voids the permits it holds.

    Raises NotFoundError (`pairing_unknown`).
    """
    with desk.write() as writing:
        there = (
            0 < number <= _LARGEST
            and writing.run(
                "UPDATE pairings SET revoked = ? WHERE id = ? AND revoked IS NULL", (writing.at, number)
            ).rowcount
        )
        if not there:
            raise NotFoundError(
                f"There is no paired browser number {number}.",
                code="pairing_unknown",
                next="`aftercare pairings list` shows the numbers.",
            )
        writing.run(
            "UPDATE contacts SET withdrawn = ? WHERE pairing = ? AND redeemed IS NULL AND withdrawn IS NULL",
            (writing.at, number),
        )
        writing.record(agent, "pairing_revoked", f"pairing:{number}")


def _wrong(writing: Writing, id_: int, tries_left: int) -> PairingError:
    writing.run("UPDATE pairing_codes SET tries_left = ? WHERE id = ?", (tries_left, id_))
    writing.record("unpaired browser", "pairing_wrong_code", "trail", tries_left=tries_left)
    if tries_left <= 0:
        _close(writing, id_)
    return PairingError(
        "This is not the pairing code.",
        code="pairing_wrong_code",
        next="Look at the code again and type it once more." if tries_left > 0 else _AGAIN,
        tries_left=max(tries_left, 0),
    )


def _close(writing: Writing, id_: int) -> None:
    writing.run("UPDATE pairing_codes SET closed = ? WHERE id = ?", (writing.at, id_))


def _unused(writing: Writing, name: str) -> str:
    """The name, numbered where another paired browser has it: the record names browsers by it."""
    taken = {row["browser"] for row in writing.run("SELECT browser FROM pairings WHERE revoked IS NULL")}
    number = 2
    free = name
    while free in taken:
        free = f"{name} ({number})"
        number += 1
    return free


def person_name(person: str) -> str:
    """The name of a person of a team as it is kept and shown. Raises InputError (`bad_agent`)."""
    spaced = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in person)
    name = " ".join(word for word in spaced.split(" ") if word)
    if not name or len(name) > _BROWSER_MOST or not name.isprintable():
        raise InputError(
            "That is no name of a person.",
            code="bad_agent",
            next=f"Give one line of 1 to {_BROWSER_MOST} letters that can be printed.",
        )
    return name


def _name(browser: str) -> str:
    """One line without control or direction characters, since it is shown in a terminal."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in browser).split())
    return line[:_BROWSER_MOST].strip() or "Browser"


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _slow(letters: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", letters.encode(), salt, _ROUNDS)


def _fast(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _of(row: Any) -> Pairing:
    return Pairing(row["id"], row["browser"], row["paired"], row["last_used"])
