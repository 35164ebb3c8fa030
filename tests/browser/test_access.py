"""Badge, card, and chip for everybody: axe in light and dark, the keyboard alone, narrow and zoomed windows, French."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from browser.book import ROSA as ROSAS_ORDER
from browser.hands import PRODUCT, ROSA, SHOWN, Card, badge_button, click_badge, wait_badges
from browser.test_contact import fill, open_contact, type_at_end
from support.browser import ExtensionBrowser, Tab, extension_browser
from support.server import Server

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

# In the content script's world closed roots can be looked into; axe sees them as if they were open.
RUN = """
(async () => {
  Object.defineProperty(Element.prototype, 'shadowRoot', {configurable: true,
    get() { return this.localName.includes('-') ? chrome.dom.openOrClosedShadowRoot(this) : null; }});
  const found = await axe.run({include: [%s]}, {resultTypes: ['violations', 'incomplete']});
  const brief = list => list.map(each => ({id: each.id, nodes: each.nodes.map(node =>
    [node.target.join(' '), ...node.any.flatMap(a => [a.message, ...a.relatedNodes.map(r => r.html.slice(0, 90))])])}));
  return {violations: brief(found.violations),
    incomplete: brief(found.incomplete.filter(each => each.id === 'color-contrast')),
    passes: found.passes.some(each => each.id === 'color-contrast' && each.nodes.length > 0)};
})()
"""


def axe(tab: Tab, *elements: str) -> dict[str, Any]:
    tab.inside(AXE + ";0")
    # What moves has not got its colors yet.
    tab.inside("Promise.all(document.getAnimations({subtree: true}).map(each => each.finished)).then(() => 0)")
    # Axe compares what lies behind each line of a text; only the page's ground may lie behind ours.
    tab.page.add_style_tag(content="header, .product { display: none }")
    tab.page.add_style_tag(content="html { width: 1000px } body > * { max-width: 1000px; margin-inline: 0 }")
    return dict(tab.inside(RUN % ", ".join(f"'{each}'" for each in elements)))


def assert_clean(found: dict[str, Any]) -> None:
    assert found["violations"] == []
    assert found["incomplete"] == []
    assert found["passes"], "no contrast was measured at all"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_badge_and_card(browser: ExtensionBrowser, scheme: Any):
    tab = browser.open(PRODUCT)
    tab.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    tab.page.set_viewport_size({"width": 1600, "height": 2600})
    wait_badges(tab, SHOWN)
    assert_clean(axe(tab, "aftercare-badge"))
    card = click_badge(tab, ROSA)
    assert_clean(axe(tab, "aftercare-card"))
    card.confirm(ROSAS_ORDER)
    card.write(" We saw your review \U0001f600")
    card.wait(".finding.block")
    assert_clean(axe(tab, "aftercare-card"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_chip(unpaired: ExtensionBrowser, scheme: Any):
    tab = unpaired.open(PRODUCT)
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.set_viewport_size({"width": 1600, "height": 900})
    tab.wait("document.querySelector('aftercare-status')")
    assert_clean(axe(tab, "aftercare-status"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_bar_of_the_contact_page(browser: ExtensionBrowser, scheme: Any):
    tab = open_contact(browser, ROSA, ROSAS_ORDER)
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.set_viewport_size({"width": 1280, "height": 1600})
    bar = fill(tab)
    assert_clean(axe(tab, "aftercare-bar"))
    type_at_end(tab, " http://fennory.example")
    bar.wait(".bar.shut")
    assert_clean(axe(tab, "aftercare-bar"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["pages/options.html", "pages/popup.html"])
def test_axe_finds_nothing_in_the_own_pages(browser: ExtensionBrowser, path: str, scheme: Any):
    page = browser.own_page(path)
    page.emulate_media(color_scheme=scheme)
    page.get_by_text("Connected and paired.").wait_for()
    page.evaluate(AXE + ";0")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found["violations"]] == []


def test_the_keyboard_alone_goes_all_the_way(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    keys = tab.page.keyboard
    for _ in range(40):
        keys.press("Tab")
        if tab.inside(f"{badge_button(ROSA)}.matches(':focus-visible')"):
            break
    keys.press("Enter")
    card = Card(tab)
    card.ready()
    focused = f"{card.root}.activeElement?.dataset.key ?? ''"
    tab_to(tab, focused, "confirm")
    keys.press("Enter")
    card.wait('[data-key="undo"]')
    tab.wait(f"{card.root}.activeElement?.dataset.key === 'undo'")
    tab_to(tab, focused, "text")
    keys.press("Control+End")
    keys.type(" Kind regards")
    card.wait_open(True)
    tab_to(tab, focused, "open")
    with browser.context.expect_page() as opened:
        keys.press("Enter")
    assert "/messaging/contact" in browser.opened(opened.value).page.url


def tab_to(tab: Tab, focused: str, key: str) -> None:
    for _ in range(60):
        if str(tab.inside(focused)).startswith(key):
            return
        tab.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {key}")


@pytest.mark.parametrize(
    ("width", "height"), [(320, 700), (480, 800), (640, 360), (1280, 900)], ids=["320", "480", "1280 at 200 %", "wide"]
)
def test_nothing_runs_out_of_the_card(browser: ExtensionBrowser, width: int, height: int):
    tab = browser.open(PRODUCT)
    tab.page.set_viewport_size({"width": width, "height": height})
    card = click_badge(tab, ROSA)
    card.confirm(ROSAS_ORDER)
    card.write(" We saw your review, and anunbrokenwordthatislongerthantheboxanunbrokenwordthatislongerthanthebox.")
    card.wait(".finding.block")
    box = tab.inside(f"{card.find('.card')}.getBoundingClientRect().toJSON()")
    assert box["left"] >= 0 and box["right"] <= width and box["top"] >= 0 and box["bottom"] <= height + 0.5
    outside = tab.inside(
        f"[...{card.root}.querySelectorAll('.body *, .head *, .foot *')].filter(each => {{"
        " const box = each.getBoundingClientRect(); return box.width > 1"
        f" && (box.right > {box['right']} + .5 || box.left < {box['left']} - .5); }})"
        ".map(each => each.outerHTML.slice(0, 120))"
    )
    assert outside == []
    card.press("open")
    assert tab.inside("document.documentElement.scrollWidth <= innerWidth")


def test_targets_are_large_enough(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    card = click_badge(tab, ROSA)
    card.confirm(ROSAS_ORDER)
    small = tab.inside(
        f"[...{card.root}.querySelectorAll('button, summary, select, input')].filter(each => each.checkVisibility()"
        " && each.getBoundingClientRect().height < 24).map(each => each.outerHTML.slice(0, 100))"
    )
    assert small == []


def test_in_a_page_from_right_to_left_badge_and_card_change_sides(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    tab.page.evaluate("document.documentElement.dir = 'rtl'")
    wait_badges(tab, SHOWN)
    button, review = tab.inside(
        f"[{badge_button(ROSA)}, document.getElementById('{ROSA}')].map(each => each.getBoundingClientRect().toJSON())"
    )
    assert button["left"] - review["left"] < 10
    click_badge(tab, ROSA)
    assert tab.inside("document.querySelector('aftercare-card').getBoundingClientRect().left") < 20


def test_forced_colors_and_reduced_motion_leave_everything_readable(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    tab.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    card = click_badge(tab, ROSA)
    assert tab.inside(f"{card.find('.card')}.getAnimations().length") == 0
    assert tab.inside(f"getComputedStyle({badge_button(ROSA)}).borderTopStyle") == "solid"


def test_everything_is_said_in_french(playwright: Playwright, tmp_path: Path, server: Server):
    with extension_browser(tmp_path / "profile", lang="fr", playwright=playwright) as browser:
        browser.pair(server)
        tab = browser.open(PRODUCT)
        shown = wait_badges(tab, SHOWN)
        assert "Plainte de service · critique" in shown[ROSA]["text"]
        card = click_badge(tab, ROSA)
        card.confirm(ROSAS_ORDER)
        assert "Ce que dit la commande" in card.text and "26 oct." in card.text
        assert "Ouvrir dans la messagerie Amazon" in card.text
