"""A team's one server behind TLS: the extension reaches it by its name, with the token of one person."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from aftercare.cases import Desk, export_audit, invite, list_pairings
from browser.book import TODAY, fill
from browser.hands import PRODUCT, SHOWN, wait_badges
from support.browser import EXTENSION, ExtensionBrowser, extension_browser
from support.server import Server, free_port, running_server
from support.tls import tls_proxy

NAME = "aftercare.example.com"


@dataclass
class Team:
    server: Server
    browser: ExtensionBrowser
    address: str


@pytest.fixture(scope="module")
def team(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A server that a proxy stands before, and a browser whose person has allowed the extension to reach it.

    Chromium asks the person in a window of its own, which no test can click, so the permission stands in the manifest
    of this copy of the extension.
    """
    folder = tmp_path_factory.mktemp("team")
    port = free_port()
    with tls_proxy(NAME, port) as outside:
        address = f"https://{NAME}:{outside}"
        extension = folder / "extension"
        shutil.copytree(EXTENSION, extension)
        manifest = json.loads((extension / "manifest.json").read_text(encoding="utf-8"))
        manifest["host_permissions"].append(f"https://{NAME}/*")
        (extension / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        # Another Chromium of the same Playwright, since this one needs to know the name and trust the certificate.
        with (
            running_server(
                folder / "home", port=port, today=TODAY, prepare=fill, arguments=("--public-url", address)
            ) as server,
            extension_browser(
                folder / "profile",
                playwright=playwright,
                extension=extension,
                arguments=(f"--host-resolver-rules=MAP {NAME} 127.0.0.1", "--ignore-certificate-errors"),
            ) as browser,
        ):
            yield Team(server, browser, address)


def test_an_invited_person_pairs_from_the_options_and_sees_the_badges(team: Team) -> None:
    with Desk.open(team.server.home) as desk:
        code = invite(desk, "Dana")
    page = team.browser.own_page("pages/options.html")
    page.fill("#address", f"{team.address}/")
    page.click("#server button")
    page.wait_for_selector("#connection.wrong")
    page.fill("#code", code)
    page.click("#pair button")
    page.wait_for_selector("#connection:not(.wrong)")

    tab = team.browser.open(PRODUCT)

    assert wait_badges(tab, SHOWN)
    with Desk.open(team.server.home) as desk:
        assert [each.browser for each in list_pairings(desk)] == ["Dana"]
        assert "Dana" in {entry["agent"] for entry in export_audit(desk)}


def test_another_address_is_never_shown_the_token(team: Team) -> None:
    team.browser.store({"server": team.address, "token": "t" * 43, "agent": "Dana"})

    team.browser.ask("set", {"server": ""})

    assert team.browser.worker.evaluate("chrome.storage.local.get('token')") == {"token": None}


@pytest.mark.parametrize("address", ["http://aftercare.example.com", "https://aftercare.example.com/path", "nonsense"])
def test_an_address_that_is_not_a_teams_is_refused(team: Team, address: str) -> None:
    assert team.browser.ask("set", {"server": address})["error"]["code"] == "bad_setting"


def test_the_server_without_a_public_address_does_not_answer_to_it(team: Team, tmp_path: Path) -> None:
    answer = team.server.call("GET", "/hello", headers={"Host": "other.example.com"})

    assert answer.error["code"] == "wrong_host"
