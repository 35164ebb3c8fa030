"""Pairing under attack: codes cannot be guessed, kept, or used twice, and a revoked token opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from aftercare.cases import Desk, list_pairings, revoke_pairing
from support.evidence import everything
from support.server import Server, running_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("pairing")) as server:
        yield server


def pair(server: Server, code: str) -> str:
    """The code of the error, or "paired"."""
    answer = server.call("POST", "/pair", {"code": code, "browser": "Eve"})
    return "paired" if answer.status == 200 else answer.error["code"]


def test_a_code_that_was_used_is_of_no_use_again(server: Server) -> None:
    code = server.pairing_code()

    assert [pair(server, code), pair(server, code)] == ["paired", "pairing_none_open"]


def test_guessing_ends_after_five_tries(server: Server) -> None:
    code = server.pairing_code()
    guesses = [pair(server, f"{letter * 4}-2345") for letter in "ABCDE"]

    assert guesses == ["pairing_wrong_code"] * 5
    assert pair(server, code) == "pairing_none_open"


def test_guessing_at_once_in_many_threads_gives_no_more_tries(server: Server) -> None:
    server.pairing_code()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: pair(server, f"AAAA-{number:04d}"), range(20)))

    assert answers.count("pairing_wrong_code") == 5
    assert answers.count("pairing_none_open") == 15


def test_one_code_used_at_once_by_two_pairs_one(server: Server) -> None:
    code = server.pairing_code()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: pair(server, code), range(4)))

    assert answers.count("paired") == 1


def test_a_revoked_token_opens_nothing_from_the_next_request_on(server: Server) -> None:
    token = server.pair("Ben")
    assert server.call("GET", "/openapi.json", token=token).status == 200
    with Desk.open(server.home) as desk:
        ben = next(each for each in list_pairings(desk) if each.browser == "Ben")
        revoke_pairing(desk, ben.id)
    before = everything(server.home)

    assert server.call("GET", "/openapi.json", token=token).error["code"] == "not_paired"
    assert server.call("GET", "/hello", token=token).result["paired"] is False
    assert everything(server.home) == before


def test_no_call_without_a_token_tells_a_secret(server: Server) -> None:
    code = server.pairing_code()
    token = server.pair("Carla")

    told = server.call("GET", "/hello").body.decode() + server.call("GET", "/openapi.json").body.decode()

    assert code not in told
    assert token not in told
    assert "Carla" not in told
