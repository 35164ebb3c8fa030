"""The main job, visibly: from a review on the screen to a permitted message in the seller's messaging page.

Everything is made up and nothing leaves this machine: the sample site answers under Amazon's real addresses inside this
browser only, so that the extension runs as it would there. Where there is no screen, the same happens headless; each
step is printed, and pictures are written into demo-output/.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import environment

if TYPE_CHECKING:
    from support.browser import ExtensionBrowser, Tab
    from support.server import Server

OUTPUT = environment.ROOT / "demo-output"
VISIBLE = sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
PAUSE = 2.5 if VISIBLE else 0.0
"""Seconds a person needs to see what happened; nothing waits for it otherwise."""


def main() -> None:
    """Runs the whole story; the exit status is 0 only where every step worked."""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir()
    with _server() as server:
        _browse(server)
        _say("7", "The record")
        _aftercare("audit", "verify", "--home", str(server.home.folder))
    print(f"\nPictures and data of this run: {OUTPUT.relative_to(environment.ROOT)}/")


@contextmanager
def _server() -> Iterator[Server]:
    from demo_book import TODAY, write
    from support.server import running_server

    home = OUTPUT / "home"
    _say("1", "A seller's downloaded reports go into the order book")
    reports = write(OUTPUT / "reports")
    _aftercare("import", *map(str, reports), "--home", str(home))
    with running_server(home, today=TODAY) as server:
        _say("2", f"The server answers on {server.url}, on this machine only; today is {TODAY} for this demonstration")
        yield server


def _browse(server: Server) -> None:
    from support.browser import extension_browser

    size = {"width": 1360, "height": 980}
    with extension_browser(OUTPUT / "profile", headless=not VISIBLE, viewport=size) as browser:
        _pair(browser, server)
        tab = _flag(browser)
        _investigate(browser, tab)
        if VISIBLE:
            print("\nThe browser stays open: look around, then press Enter here.")
            _wait_for_enter()
    shutil.rmtree(OUTPUT / "profile", ignore_errors=True)


def _pair(browser: ExtensionBrowser, server: Server) -> None:
    code = server.pairing_code()
    _say("3", f"Pairing: `aftercare pair` shows {code}, a person types it into the extension's options")
    page = browser.own_page("pages/options.html")
    page.fill("#port", str(server.port))
    page.press("#port", "Enter")
    page.fill("#code", code)
    page.fill("#browser", "Demonstration")
    page.press("#code", "Enter")
    page.wait_for_selector("#forgetting:not([hidden])")
    page.screenshot(path=OUTPUT / "1-options.png")
    _pause()
    page.close()


def _flag(browser: ExtensionBrowser) -> Tab:
    from browser import hands

    _say("4", "A product page: complaints get a badge, praise and plain opinions do not")
    tab = browser.open(hands.PRODUCT)
    badges = hands.wait_badges(tab, hands.SHOWN)
    for review, badge in badges.items():
        print(f"   {review}  {badge['label']}")
    tab.page.screenshot(path=OUTPUT / "2-badges.png")
    _pause()
    return tab


def _investigate(browser: ExtensionBrowser, tab: Tab) -> None:
    from browser import hands

    _say("5", "A click on the first badge: what went wrong, whose order, what the order says, what may be done")
    card = hands.click_badge(tab, hands.ROSA)
    for section in ("wrong", "whose"):
        _print_section(card.section(section))
    tab.page.screenshot(path=OUTPUT / "3-card.png")
    _pause()
    card.confirm("113-4821936-7720415")
    for section in ("says", "coverage", "routes"):
        _print_section(card.section(section))
    _print_message(card.value("textarea"))
    tab.page.screenshot(path=OUTPUT / "4-confirmed.png")
    _pause()

    _say("6", "A forbidden word keeps the messaging page shut; without it, the page opens and a click fills it in")
    card.write(" We are sorry about your review.")
    card.wait("li.finding.block")
    _print_section(tab.inside(f"{card.find('li.finding.block p')}.innerText"))
    tab.page.screenshot(path=OUTPUT / "5-blocked.png")
    _pause()
    for _ in range(len(" We are sorry about your review.")):
        tab.page.keyboard.press("Backspace")
    card.wait_open(may=True)
    with browser.context.expect_page() as opened:
        card.press("open")
    contact = browser.opened(opened.value)
    contact.page.wait_for_load_state()
    print(f"   opened {contact.page.url}")
    contact.page.check("#r2")
    bar = hands.Bar(contact)
    bar.press("Fill in")
    bar.wait_text("Filled in.")
    text = contact.page.locator("textarea").input_value()
    _print_message(text)
    contact.page.screenshot(path=OUTPUT / "6-contact.png")
    print("   Send is left to the person.")
    _pause()


def _aftercare(*arguments: str) -> None:
    subprocess.run([environment.PYTHON, "-m", "aftercare", *arguments], check=True, cwd=environment.ROOT)


def _say(number: str, words: str) -> None:
    print(f"\n{number}. {words}", flush=True)


def _print_section(text: str) -> None:
    print("\n".join(f"   {line}" for line in text.splitlines() if line.strip()))


def _print_message(text: str) -> None:
    print("\n".join(f"   │ {line}" for line in text.splitlines()))


def _pause() -> None:
    if PAUSE:
        time.sleep(PAUSE)


def _wait_for_enter() -> None:
    try:
        input()
    except EOFError:
        print("No keyboard here; closing.")


if __name__ == "__main__":
    environment.enter()
    os.environ["CHROMIUM_PATH"] = environment.browser()
    sys.path[:0] = [str(environment.ROOT / "tests"), str(Path(__file__).parent)]
    main()
