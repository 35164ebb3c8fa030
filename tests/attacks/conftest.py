"""A real server with something to lose: a paired browser, a case, an open pairing code, a permit that waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from aftercare.cases import Desk, Outgoing, decide, known, open_case, permit_contact
from aftercare.messages.verdict import Verdict
from aftercare.reviews.review import Review
from support.evidence import everything
from support.server import Server, running_server

ORDER = "111-2222222-3333333"
PAGE = f"https://sellercentral.amazon.com/messaging/contact?orderID={ORDER}&marketplaceID=ATVPDKIKX0DER"


@dataclass(frozen=True, slots=True)
class Target:
    """The server, and its secrets: attacks are given them wherever the attack is not about them, so that each row of
    a table shows that its own check holds, and not the one after it."""

    server: Server
    token: str
    code: str
    permit: str
    case: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    def kept(self) -> object:
        return everything(self.server.home)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with running_server(tmp_path_factory.mktemp("target")) as server:
        token = server.pair("Anna")
        server.call("GET", "/hello", token=token)  # From now on its last visit is noted, and is not again for minutes.
        with Desk.open(server.home) as desk:
            anna = known(desk, token)
            assert anna is not None
            case = open_case(desk, Review("R1", marketplace="US", body="Where is my refund?"), anna.browser)
            case = decide(desk, case, anna.browser, order=(ORDER, "KETTLE-1", 1))
            out = Outgoing("Hello.", "en", "proactive", "contact_buyer", ORDER, "US", PAGE, Verdict("R1"))
            permit = permit_contact(desk, case, out, {}, anna)
        yield Target(server, token, server.pairing_code(), permit.permit, case.id)


@pytest.fixture
def unchanged(target: Target) -> Iterator[Target]:
    """The target; when the test is over, nothing that it keeps may have changed."""
    before = target.kept()
    yield target
    assert target.kept() == before
