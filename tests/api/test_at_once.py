"""Many requests at once, as several tabs and agents send them: one case a review, nothing lost, a whole record."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from aftercare.cases import Desk, verify_audit
from support.sample import BROKEN, COMPLAINT, PLAIN, TODAY, URL, fill_book, review
from support.server import Server, running_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("busy"), today=TODAY, prepare=fill_book) as server:
        yield server


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    return server.pair()


def at_once(count: int, work) -> list:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(work, range(count)))


def whole(server: Server) -> bool:
    with Desk.open(server.home) as desk:
        return verify_audit(desk).intact


def test_one_review_opened_by_many_tabs_is_one_case(server: Server, token: str) -> None:
    body = {"url": URL, "asin": None, "snippet": COMPLAINT}

    answers = at_once(16, lambda _: server.call("POST", "/investigate", body, token=token).result["case"]["id"])

    assert len(set(answers)) == 1
    assert whole(server)


def test_different_reviews_get_different_cases(server: Server, token: str) -> None:
    def open_(number: int) -> int:
        snippet = review(f"R1MANY{number:08d}", body="Where is my refund?")
        return server.call("POST", "/investigate", {"url": URL, "snippet": snippet}, token=token).result["case"]["id"]

    assert len(set(at_once(16, open_))) == 16
    assert whole(server)


def test_notes_written_at_once_are_all_there(server: Server, token: str) -> None:
    case = server.call("POST", "/investigate", {"url": URL, "snippet": COMPLAINT}, token=token).result["case"]["id"]

    at_once(20, lambda number: server.call("POST", f"/cases/{case}/notes", {"text": f"Note {number}"}, token=token))

    notes = server.call("GET", f"/cases/{case}", token=token).result["notes"]
    assert {note["text"] for note in notes} == {f"Note {number}" for number in range(20)}
    assert whole(server)


def test_one_permit_redeemed_at_once_hands_its_text_over_once(server: Server, token: str) -> None:
    case = server.call("POST", "/investigate", {"url": URL, "snippet": BROKEN}, token=token).result["case"]["id"]
    server.call("POST", f"/cases/{case}/confirm", {"order_id": PLAIN}, token=token)
    card = server.call("GET", f"/cases/{case}", token=token).result
    body = {"text": card["draft"]["text"], "route": "contact_buyer"}
    permit = server.call("POST", f"/cases/{case}/contact", body, token=token).result
    ask = {"permit": permit["permit"], "url": permit["url"]}

    answers = at_once(8, lambda _: server.call("POST", "/contacts/redeem", ask, token=token).status)

    assert sorted(answers) == [200] + [404] * 7


def test_another_process_may_pair_and_revoke_meanwhile(server: Server, token: str) -> None:
    codes = at_once(6, lambda _: server.pairing_code())
    answers = at_once(12, lambda _: server.call("GET", "/hello", token=token).status)

    assert len(set(codes)) == 6
    assert answers == [200] * 12
    assert whole(server)
