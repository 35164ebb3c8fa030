"""The application over a made-up book, asked as the extension asks; the gate stands before it as it always does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aftercare.api import NAME, Office
from aftercare.app import create_app
from aftercare.cases import Desk, open_pairing
from aftercare.config import Home
from support.sample import BROKEN, PLAIN, TODAY, URL, fill_book
from support.server import Answer

PORT = 9317


class Client:
    """`get` and `post` of a paired browser; `token` None asks as an unpaired one."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.office: Office = app.extensions[NAME]
        self.desk: Desk = self.office.desk
        self.token: str | None = None

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, body: object, **headers: str) -> Answer:
        return self._ask("POST", path, body, headers)

    def pair(self, browser: str = "Anna, Chrome on the laptop") -> None:
        self.token = self.post("/pair", {"code": open_pairing(self.desk), "browser": browser}).result["token"]

    def _ask(self, method: str, path: str, body: object, headers: dict[str, str]) -> Answer:
        sent = {"Host": f"127.0.0.1:{PORT}", "Sec-Fetch-Site": "none", **headers}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        data = {"data": body, "content_type": "application/json"} if isinstance(body, bytes) else {"json": body}
        given = self._app.test_client().open(path, method=method, headers=sent, **(data if method == "POST" else {}))
        return Answer(given.status_code, dict(given.headers), given.data)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that was imported once, to copy from."""
    home = Home.at(tmp_path_factory.mktemp("filled"))
    fill_book(home)
    return home.book


@pytest.fixture
def client(tmp_path: Path, filled: Path) -> Iterator[Client]:
    home = Home.at(tmp_path)
    # The key goes along, since the book is sealed with that of its folder.
    for path in (filled, *filled.parent.glob("vault.*")):
        shutil.copy2(path, home.folder)
    app = create_app(home, port=PORT, today=lambda: TODAY)
    client = Client(app)
    client.pair()
    yield client
    client.office.book.close()
    client.desk.close()


@pytest.fixture
def case(client: Client) -> int:
    """A case about a broken kettle, opened and not decided."""
    return client.post("/investigate", {"url": URL, "asin": None, "snippet": BROKEN}).result["case"]["id"]


@pytest.fixture
def confirmed(client: Client, case: int) -> int:
    """The same case with its order confirmed; Contact Buyer is open for it."""
    client.post(f"/cases/{case}/confirm", {"order_id": PLAIN})
    return case
