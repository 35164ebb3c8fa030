"""Who is there, and pairing over HTTP."""

from __future__ import annotations

from aftercare import __version__
from aftercare.cases import open_pairing


def test_hello_tells_who_and_which_version(client) -> None:
    said = client.get("/hello").result

    assert (said["server"], said["version"], said["api"], said["paired"]) == ("aftercare", __version__, 1, True)
    assert len(said["instance"]) == 32


def test_hello_tells_an_unpaired_browser_that_it_is(client) -> None:
    client.token = "an-old-token-that-was-revoked-long-ago"

    assert client.get("/hello").result["paired"] is False


def test_the_typed_code_gives_a_token_that_works(client) -> None:
    client.token = None
    answer = client.post("/pair", {"code": open_pairing(client.desk).lower(), "browser": "Ben"}).result
    client.token = answer["token"]

    assert answer["agent"] == "Ben"
    assert client.get("/hello").result["paired"] is True


def test_a_wrong_code_tells_how_many_tries_are_left(client) -> None:
    open_pairing(client.desk)

    refused = client.post("/pair", {"code": "AAAA-AAAA", "browser": "Ben"})

    assert refused.status == 403
    assert refused.error["code"] == "pairing_wrong_code"
    assert refused.error["detail"] == {"tries_left": 4}
    assert refused.error["next"]


def test_without_an_open_code_the_person_is_told_what_to_run(client) -> None:
    refused = client.post("/pair", {"code": "AAAA-AAAA", "browser": "Ben"})

    assert refused.error["code"] == "pairing_none_open"
    assert "aftercare pair" in refused.error["next"]
