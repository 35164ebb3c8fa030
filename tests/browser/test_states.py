"""Each state of the connection has its own sentence and passes without a reload; one switch takes everything away."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Playwright

from browser.hands import PRODUCT, ROSA, SHOWN, Card, Chip, badges, click_badge, wait_badges
from support.browser import ExtensionBrowser, extension_browser
from support.server import Server, free_port


@contextmanager
def another_program(answer: object = None, **headers: str) -> Iterator[int]:
    """A program on a port of its own that answers everything with the same."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(answer).encode() if answer is not None else b"<h1>Something else</h1>"
            self.send_response(200)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the library's name.

        def log_message(self, *_: object) -> None:
            pass

    program = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=program.serve_forever, daemon=True).start()
    try:
        yield program.server_port
    finally:
        program.shutdown()
        program.server_close()


def hello(api: int) -> dict:
    return {"result": {"server": "aftercare", "version": "9", "api": api, "instance": "x", "paired": True}}


def point_to(browser: ExtensionBrowser, port: int) -> None:
    browser.store({"port": port, "token": "t" * 43, "pairings": 1})


def test_a_server_that_is_down_is_said_once_and_its_return_is_noticed(browser: ExtensionBrowser, server: Server):
    server.stop()
    tab = browser.open(PRODUCT)
    chip = Chip(tab)
    chip.wait(".chip")
    assert "Nothing answers on this machine" in chip.text and "aftercare serve" in chip.text
    assert tab.inside("document.querySelectorAll('aftercare-status').length") == 1
    server.start()
    wait_badges(tab, SHOWN)
    chip.gone()


def test_the_card_says_that_the_server_is_down_and_goes_on_when_it_is_back(browser: ExtensionBrowser, server: Server):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    server.stop()
    tab.inside(
        f"aftercare.card.open({{id: '{ROSA}', opener: () => null, asked: {{url: location.href, asin: null,"
        f" snippet: aftercare.find.snippet(document.getElementById('{ROSA}'))}}}})"
    )
    card = Card(tab)
    card.wait(".fault")
    assert "Nothing answers" in card.text
    server.start()
    card.click(".fault button")
    card.ready()


def test_pairing_with_a_real_code_through_the_options(unpaired: ExtensionBrowser, server: Server):
    tab = unpaired.open(PRODUCT)
    chip = Chip(tab)
    chip.wait(".chip")
    assert "not paired" in chip.text
    options = unpaired.own_page("pages/options.html")
    options.get_by_label("Port").fill(str(server.port))
    options.get_by_role("button", name="Check the connection").click()
    options.get_by_text("This browser is not paired with the server.").wait_for()
    options.get_by_label("Code").fill("WRONG-0000")
    options.get_by_role("button", name="Pair", exact=True).click()
    options.locator("#pairing.wrong").wait_for()
    options.get_by_label("Code").fill(server.pairing_code().lower())
    options.get_by_label("Name of this browser").fill("Anna's desk")
    options.get_by_role("button", name="Pair", exact=True).click()
    options.get_by_text("Paired as “Anna's desk”.").wait_for()
    options.get_by_text("Connected and paired.").wait_for()
    tab.page.bring_to_front()
    wait_badges(tab, SHOWN)
    chip.gone()


def test_a_pairing_that_was_revoked_is_said(browser: ExtensionBrowser):
    browser.store({"token": "x" * 43})
    chip = Chip(browser.open(PRODUCT))
    chip.wait(".chip")
    assert "not paired" in chip.text


def test_another_program_on_the_port_is_said(unpaired: ExtensionBrowser):
    with another_program() as port:
        point_to(unpaired, port)
        chip = Chip(unpaired.open(PRODUCT))
        chip.wait(".chip")
        assert "Another program answers" in chip.text


def test_an_older_server_and_an_older_extension_are_said(unpaired: ExtensionBrowser):
    for api, words in ((0, "The server is older"), (2, "This extension is older")):
        with another_program(hello(api), X_Aftercare="9") as port:
            unpaired.clear()
            point_to(unpaired, port)
            chip = Chip(unpaired.open(PRODUCT))
            chip.wait(".chip")
            assert words in chip.text


def test_an_answer_that_is_none_is_said(unpaired: ExtensionBrowser):
    with another_program({"result": {"reviews": []}}, X_Aftercare="9") as port:
        point_to(unpaired, port)
        chip = Chip(unpaired.open(PRODUCT))
        chip.wait(".chip")
        assert "could not be understood" in chip.text


def test_a_server_that_keeps_silent_is_told_from_one_that_is_down(unpaired: ExtensionBrowser):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        point_to(unpaired, silent.getsockname()[1])
        page = unpaired.own_page("pages/popup.html")
        code = page.evaluate(
            "import('/worker/client.js').then(({call}) => call('/hello', undefined, {patience: 50}))"
            ".catch(error => error.error.code)"
        )
    assert code == "timeout"


def test_nothing_on_the_port_is_server_down(unpaired: ExtensionBrowser):
    point_to(unpaired, free_port())
    page = unpaired.own_page("pages/popup.html")
    page.get_by_text("Nothing answers on this machine.").wait_for()


def test_the_switch_in_the_popup_takes_everything_away_from_all_tabs_and_gives_it_back(browser: ExtensionBrowser):
    tabs = [browser.open(PRODUCT), browser.open(PRODUCT)]
    for tab in tabs:
        wait_badges(tab, SHOWN)
    tabs[1].page.bring_to_front()
    card = click_badge(tabs[1], ROSA)
    popup = browser.own_page("pages/popup.html")
    switch = popup.get_by_label("Aftercare is on")
    popup.locator("#enabled:checked").wait_for(state="attached")
    switch.click()
    card.gone()
    for tab in tabs:
        tab.wait("document.querySelectorAll('aftercare-badge, aftercare-card, aftercare-status').length === 0")
    switch.click()
    for tab in tabs:
        wait_badges(tab, SHOWN)


def test_a_page_that_is_switched_off_asks_for_nothing(browser: ExtensionBrowser):
    browser.store({"enabled": False})
    tab = browser.open(PRODUCT)
    assert tab.inside("aftercare.ask('settings').then(settings => settings.on)") is False
    assert tab.inside("aftercare.ask('read', {url: '', asin: null, snippets: []}).catch(fault => fault.code)") == "off"
    assert badges(tab) == {}


def test_one_site_can_be_switched_off_and_on_again_in_the_options(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    browser.ask("set", {"sitesOff": ["www.amazon.com"]})
    wait_badges(tab, set())
    options = browser.own_page("pages/options.html")
    options.get_by_role("button", name="Switch on again: www.amazon.com").click()
    wait_badges(tab, SHOWN)


def test_content_scripts_cannot_read_the_token(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    assert tab.inside("chrome.storage.local.get('token').then(() => 'read', () => 'refused')") == "refused"
    assert "t" * 10 not in json.dumps(tab.inside("aftercare.ask('settings')"))


def test_a_script_that_outlived_its_extension_says_reload(
    playwright: Playwright, tmp_path: Path, shared_server: Server
):
    with extension_browser(tmp_path, playwright=playwright) as browser:
        browser.pair(shared_server)
        tab = browser.open(PRODUCT)
        wait_badges(tab, SHOWN)
        # An extension from the command line stays unloaded after its reload: its scripts stay behind, as in an update.
        browser.worker.evaluate("setTimeout(() => chrome.runtime.reload())")
        tab.wait("!chrome.runtime?.id")
        x, y = tab.inside(
            "(() => { const box = document.querySelector('aftercare-badge').getBoundingClientRect();"
            " return [box.right - 60, box.top + 24]; })()"
        )
        tab.page.mouse.click(x, y)
        tab.wait("document.querySelector('aftercare-status')")
        # Closed roots cannot be looked into any more; what a screen reader is told can.
        tree = tab.session.send("Accessibility.getFullAXTree")["nodes"]
        told = " ".join(str(node.get("name", {}).get("value", "")) for node in tree)
        assert "Aftercare was updated or switched off" in told and "Reload this page" in told
