"""One browser and one server for all tests; before each, both forget what was decided, set, and paired."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from aftercare.vault import connect
from browser.book import ROSA, TODAY, fill
from support.browser import SITE, ExtensionBrowser, extension_browser
from support.server import Server, running_server

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExtensionBrowser]:
    with extension_browser(tmp_path_factory.mktemp("profile"), playwright=playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("home"), today=TODAY, prepare=fill) as server:
        warm(server)
        yield server


def warm(server: Server) -> None:
    """Has all rules read once, which on a busy machine takes longer than a page waits."""
    page = (SITE / "product-2026.html").read_text(encoding="utf-8")
    snippet = page[page.index("<li>") : page.index("</li>") + 5]
    asked = {"url": "https://www.amazon.com/dp/B0DKQ7V1M2", "asin": None, "snippet": snippet}
    token = server.pair()
    case = server.call("POST", "/investigate", asked, token=token).result["case"]["id"]
    server.call("POST", f"/cases/{case}/confirm", {"order_id": ROSA}, token=token)
    server.call("POST", f"/cases/{case}/lint", {"text": "Hello"}, token=token)


@pytest.fixture
def server(shared_server: Server) -> Iterator[Server]:
    """The server with its order book and nothing decided yet; a test may stop it, and it is started again.

    Starting one anew for each test would read all rules again each time, so the cases are taken out instead.
    """
    with closing(connect(shared_server.home.desk, timeout=10)) as desk, desk:
        for table in ("events", "contacts", "notes", "cases"):
            desk.execute(f"DELETE FROM {table}")
    yield shared_server
    if shared_server.process is None:
        shared_server.start()
        warm(shared_server)


@pytest.fixture
def unpaired(chromium: ExtensionBrowser) -> Iterator[ExtensionBrowser]:
    """The browser as it is right after the extension was installed."""
    chromium.clear()
    yield chromium
    chromium.clear()


@pytest.fixture
def browser(unpaired: ExtensionBrowser, server: Server) -> ExtensionBrowser:
    """The browser, paired with a server on which nothing is decided yet."""
    unpaired.pair(server)
    return unpaired
