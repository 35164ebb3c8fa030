"""What a hostile page can make a real Chromium send, with nothing between browser and server.

Each attack also runs against a victim: a server without a gate that notes what reaches it. Where the victim hears it,
the attack is a real one; where even the victim does not, the browser itself stood in the way (Local Network Access in
current versions), and the same attack is run in a browser that lacks it, as older ones do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from attacks.conftest import Target
from attacks.evil import Site, site
from support.browser import chromium_path

pytestmark = pytest.mark.browser

EVIL = "evil.example"
REBOUND = "rebound.example"


@dataclass(frozen=True, slots=True)
class Attack:
    """script: what the page runs; it is given `url` and `token`, and ends when it knows how the attack ended.

    moves: the page, or another window, goes to the address, which no browser hinders; all else is only heard by a
    server where the browser has no Local Network Access.
    """

    name: str
    path: str
    script: str
    moves: bool = False


_FETCH = """async ({url, token}) => {
    try { return "read: " + await (await fetch(url, %s)).text() } catch (error) { return "failed" }
}"""
_PLAIN = """{method: "POST", mode: "no-cors", headers: {"Content-Type": "text/plain"}, body: '{"text": "x"}'}"""
_JSON = """{method: "POST", body: '{"text": "x"}',
    headers: {"Content-Type": "application/json", "Authorization": "Bearer " + token}}"""
_KEPT_ALIVE = """{method: "POST", mode: "no-cors", keepalive: true, body: '{"event": "sent_seen"}'}"""
_ELEMENT = """({url}) => new Promise(done => {
    const element = document.createElement("%s");
    element.onload = () => done("loaded"); element.onerror = () => done("failed");
    element.src = url; document.body.append(element);
})"""
_FRAME = """({url}) => new Promise(done => {
    const frame = document.createElement("iframe");
    frame.onload = () => { try { done("read: " + frame.contentDocument.body.innerText) } catch { done("failed") } };
    frame.src = url; document.body.append(frame);
})"""
_FORM = """({url}) => {
    const form = document.createElement("form"), field = document.createElement("input");
    Object.assign(form, {method: "POST", action: url, enctype: "text/plain"});
    Object.assign(field, {name: '{"text": "', value: '"}'});
    form.append(field); document.body.append(form); form.submit();
}"""
_LINK = "({url}) => { location.href = url }"

ATTACKS = (
    Attack("reading by fetch", "/hello", _FETCH % "{}"),
    Attack("reading by fetch, with cookies", "/openapi.json", _FETCH % '{credentials: "include"}'),
    Attack("a change as plain text", "/cases/1/notes", _FETCH % _PLAIN),
    Attack("a change as JSON, token and all", "/cases/1/notes", _FETCH % _JSON),
    Attack("a change that outlives its page", "/cases/1/events", _FETCH % _KEPT_ALIVE),
    Attack("an image", "/cases/1?note=x", _ELEMENT % "img"),
    Attack("a script", "/openapi.json", _ELEMENT % "script"),
    Attack("a frame", "/hello", _FRAME),
    Attack("a form", "/cases/1/notes", _FORM, moves=True),
    Attack("a link", "/cases/1", _LINK, moves=True),
    Attack("a link that pairs", "/pair?code={code}&browser=Eve", _LINK, moves=True),
)


@pytest.fixture(scope="module")
def evil() -> Iterator[Site]:
    with site() as evil:
        yield evil


@pytest.fixture(scope="module")
def victim() -> Iterator[Site]:
    with site() as victim:
        yield victim


@pytest.fixture(scope="module", params=["older", "newer"])
def era(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def browser(era: str, evil: Site, target: Target) -> Iterator[BrowserContext]:
    """A browser to which the evil site lies on the internet; `older` is without Local Network Access.

    The policy of a page is set aside, since an attacker's page comes without one.
    """
    arguments = [f"--host-resolver-rules=MAP {EVIL} 127.0.0.1:{evil.port}, MAP {REBOUND} 127.0.0.1"]
    if era == "older":
        arguments.append("--disable-features=LocalNetworkAccessChecks")
    else:
        arguments.append(f"--ip-address-space-overrides=127.0.0.1:{evil.port}=public")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), headless=True, args=arguments)
        yield browser.new_context(bypass_csp=True)
        browser.close()


def run(browser: BrowserContext, attack: Attack, port: int, target: Target) -> str:
    """What the evil page got to see, once the attack is over."""
    url = f"http://127.0.0.1:{port}{attack.path.replace('{code}', target.code)}"
    page = browser.new_page()
    page.goto(f"http://{EVIL}/")
    try:
        if not attack.moves:
            return str(page.evaluate(attack.script, {"url": url, "token": target.token}))
        with page.expect_navigation(url=f"http://127.0.0.1:{port}/**"):
            page.evaluate(attack.script, {"url": url, "token": target.token})
        return ""
    finally:
        page.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_reaches_a_server_without_a_gate_where_the_browser_lets_it(
    browser: BrowserContext, era: str, victim: Site, target: Target, attack: Attack
) -> None:
    victim.seen.clear()
    run(browser, attack, victim.port, target)

    assert bool(victim.seen) == (era == "older" or attack.moves)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_changes_nothing_and_reads_nothing(browser: BrowserContext, unchanged: Target, attack: Attack) -> None:
    said = run(browser, attack, unchanged.server.port, unchanged)

    # A script and an opaque answer may count as loaded; what was in them is not to be seen.
    assert said in ("", "failed", "loaded", "read: ")
    assert unchanged.server.call("GET", "/hello").status == 200


def test_a_name_that_was_pointed_at_this_machine_reads_and_changes_nothing(
    browser: BrowserContext, unchanged: Target
) -> None:
    # To the browser, the page and the server are of one origin: nothing stands between them but the server.
    page = browser.new_page()
    page.goto(f"http://{REBOUND}:{unchanged.server.port}/hello")
    said = page.evaluate(
        """async ({token, code}) => {
            const headers = {"Content-Type": "application/json", "Authorization": "Bearer " + token};
            const post = (path, body) => fetch(path, {method: "POST", headers, body: JSON.stringify(body)});
            const answers = [fetch("/hello"), fetch("/openapi.json", {headers}),
                post("/cases/1/notes", {text: "x"}), post("/pair", {code, browser: "Eve"})];
            return Promise.all(answers.map(async (answer) => (await (await answer).json()).error.code));
        }""",
        {"token": unchanged.token, "code": unchanged.code},
    )
    page.close()

    assert said == ["wrong_host"] * 4
