"""Real Chromium with the real extension, and the sample site under its real addresses.

with extension_browser(tmp_path) as browser:
    browser.pair(server)
    page = browser.open("https://www.amazon.com/dp/B0DKQ7V1M2")
    page.inside("aftercare.find.reviews().length")
"""

from __future__ import annotations

import json
import mimetypes
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, Playwright, Route, Worker, sync_playwright

from aftercare.config import EXTENSION_ID

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
SITE = ROOT / "tests" / "fixtures" / "site"
HOSTS = ("*://*.amazon.com/**", "*://*.amazon.de/**", "*://*.amazon.fr/**", "*://*.amazon.ae/**")

_WHOLE = """() => document.styleSheets.length > 0
  && [...document.querySelectorAll(':not(:defined)')].every(each => !/^kat-(button|textarea)$/.test(each.localName))"""


def chromium_path(playwright: Playwright | None = None) -> str | None:
    """A Chromium that loads unpacked extensions: CHROMIUM_PATH, Playwright's own, or the system's; None without one.

    Branded Chrome is not looked for: it takes no unpacked extension from the command line any more.
    """
    named = os.environ.get("CHROMIUM_PATH")
    if named:
        return named
    own = playwright.chromium.executable_path if playwright else None
    if own and Path(own).exists():
        return own
    return shutil.which("chromium") or shutil.which("chromium-browser")


def file_for(address: str) -> Path | None:
    """The sample page or asset that answers an address; None for one the sample site does not have."""
    parts = urlsplit(address)
    if parts.path.startswith("/_site/"):
        asset = (SITE / "assets" / parts.path.removeprefix("/_site/")).resolve()
        return asset if asset.is_file() and asset.is_relative_to(SITE) else None
    bare = f"{parts.scheme}://{parts.netloc}{parts.path}"
    for entry in json.loads((SITE / "addresses.json").read_text()):
        if entry["address"].rstrip("/") == bare.rstrip("/"):
            return SITE / entry["file"]
    return None


def serve_site(context: BrowserContext, swap: Callable[[str], Path | None] | None = None) -> None:
    """Answers Amazon's addresses with the sample site, and nothing else of Amazon's; `swap` may choose another file."""

    def answer(route: Route) -> None:
        address = route.request.url
        file = (swap(address) if swap else None) or file_for(address)
        if file is None:
            route.fulfill(status=404, content_type="text/plain", body="not part of the sample site")
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")

    for host in HOSTS:
        context.route(host, answer)


@dataclass(slots=True)
class Tab:
    """A page and the world of our content script in it, where closed shadow roots can be looked into."""

    page: Page
    session: CDPSession
    worlds: dict[str, int] = field(default_factory=dict)

    def inside(self, expression: str) -> Any:
        """Evaluates in the content script's world; waits for promises; gives plain data."""
        answer = self.session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": self._world(),
                "awaitPromise": True,
                "returnByValue": True,
                "userGesture": False,
            },
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise AssertionError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def wait(self, expression: str, *, timeout: float = 30_000) -> Any:
        """Waits until the expression is truthy in the content script's world, and gives its value."""
        return self.inside(
            f"""new Promise((done, fail) => {{
              const end = performance.now() + {timeout};
              const look = () => {{
                let value;
                try {{ value = ({expression}); }} catch (error) {{ value = null; }}
                if (value) return done(value);
                if (performance.now() > end) return fail(new Error('never true: ' + {json.dumps(expression)}));
                setTimeout(look, 15);
              }};
              look();
            }})"""
        )

    def _world(self) -> int:
        for _ in range(400):
            if EXTENSION_ID in self.worlds:
                return self.worlds[EXTENSION_ID]
            self.page.wait_for_timeout(10)
        raise AssertionError(f"The content script does not run on {self.page.url}")

    def watch_worlds(self) -> None:
        """Keeps track of which world is our content script's, over navigations."""

        def created(event: dict[str, Any]) -> None:
            context = event["context"]
            if context["origin"] == f"chrome-extension://{EXTENSION_ID}" and context["auxData"]["type"] == "isolated":
                self.worlds[EXTENSION_ID] = context["id"]

        self.session.on("Runtime.executionContextCreated", created)
        self.session.on("Runtime.executionContextsCleared", lambda _: self.worlds.clear())
        self.session.send("Runtime.enable")


@dataclass(slots=True)
class ExtensionBrowser:
    """One browser with the extension in it."""

    context: BrowserContext

    @property
    def worker(self) -> Worker:
        """The extension's service worker, which Chromium may have stopped; an own page wakes it."""
        if not self.context.service_workers:
            with self.context.expect_event("serviceworker") as waited:
                page = self.own_page("pages/popup.html")
            page.close()
            return waited.value
        return self.context.service_workers[0]

    def open(self, address: str) -> Tab:
        """A new tab at an address of the sample site."""
        page = self.context.new_page()
        tab = self.tab(page)
        page.goto(address)
        return tab

    def opened(self, page: Page) -> Tab:
        """A tab that the extension opened, loaded whole.

        Such a tab begins to load before Playwright answers for the sample site, and on a busy machine the page or a
        part of it is missing then; loading it again is what a person would do, and changes nothing for the extension.
        """
        for _ in range(20):
            page.wait_for_function("location.href !== 'about:blank'")
            page.wait_for_load_state()
            if page.url.startswith("https:") and page.evaluate(_WHOLE):
                break
            page.reload()
        return self.tab(page)

    def tab(self, page: Page) -> Tab:
        """A page that is open already, as a Tab."""
        tab = Tab(page, self.context.new_cdp_session(page))
        tab.watch_worlds()
        return tab

    def own_page(self, path: str) -> Page:
        """One of the extension's own pages, in a tab."""
        page = self.context.new_page()
        page.goto(f"chrome-extension://{EXTENSION_ID}/{path}")
        return page

    def ask(self, name: str, params: dict[str, Any] | None = None) -> Any:
        """What one of our own pages asks of the worker; gives the whole answer."""
        page = self.own_page("pages/popup.html")
        try:
            return page.evaluate(
                "message => chrome.runtime.sendMessage(message)", {"ask": name, "params": params or {}}
            )
        finally:
            page.close()

    def store(self, values: dict[str, Any]) -> None:
        """Writes into the extension's storage, as pairing does; used where a test is not about pairing."""
        self.worker.evaluate("values => chrome.storage.local.set(values)", values)

    def clear(self) -> None:
        """Forgets everything: settings, pairing, the messages of tabs; closes all pages but one."""
        for page in self.context.pages[1:]:
            page.close()
        self.worker.evaluate(
            "Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()]).then(() => true)"
        )

    def pair(self, server: Any) -> None:
        """Pairs this browser with a server of `tests.support.server`, by its port and a token."""
        token = server.pair()
        self.store({"port": server.port, "token": token, "agent": "Test browser", "pairings": 1})


@contextmanager
def extension_browser(
    profile: Path,
    *,
    lang: str = "en-US",
    headless: bool = True,
    arguments: tuple[str, ...] = (),
    playwright: Playwright | None = None,
    extension: Path = EXTENSION,
    **options: Any,
) -> Iterator[ExtensionBrowser]:
    """Chromium over a profile folder with the extension loaded and the sample site served; no network is needed.

    playwright: one that runs already, since a thread can have only one. extension: another folder than the real one.
    Raises FileNotFoundError with the next step where there is no Chromium.
    """
    with nullcontext(playwright) if playwright else sync_playwright() as running:
        path = chromium_path(running)
        if path is None:
            raise FileNotFoundError(
                "No Chromium was found. Install it (`apt-get install chromium`, or `playwright install chromium`), "
                "or name it in CHROMIUM_PATH."
            )
        environment = {**os.environ, "LANGUAGE": lang.split("-")[0]}
        context = running.chromium.launch_persistent_context(
            str(profile),
            executable_path=path,
            headless=headless,
            locale=lang,
            env=environment,
            args=[
                f"--disable-extensions-except={extension}",
                f"--load-extension={extension}",
                f"--lang={lang}",
                *arguments,
            ],
            **{"viewport": {"width": 1280, "height": 900}, **options},
        )
        try:
            if not context.service_workers:
                context.wait_for_event("serviceworker")
            serve_site(context)
            yield ExtensionBrowser(context)
        finally:
            # The browser may be gone already, which is what closing is for.
            with suppress(Error):
                context.close()
