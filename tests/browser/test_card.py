"""The card: opened in three ways, deciding whose order it is, what it shows of the order, and getting out again."""

from __future__ import annotations

from browser.book import ROSA as ROSAS_ORDER
from browser.hands import DAD, OKAFOR, PRODUCT, ROSA, SHOWN, Card, badge_button, click_badge, wait_badges
from support.browser import ExtensionBrowser, Tab


def focus_badge(tab: Tab, review: str) -> None:
    tab.inside(f"{badge_button(review)}.focus()")


def dispatch_menu(browser: ExtensionBrowser) -> None:
    """The native menu cannot be driven; its event is dispatched in the worker, with the real tab."""
    browser.worker.evaluate(
        """async () => {
          const [tab] = await chrome.tabs.query({active: true, currentWindow: true});
          chrome.contextMenus.onClicked.dispatch({menuItemId: 'investigate'}, tab);
        }"""
    )


def test_a_click_on_the_badge_opens_the_card(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    card = click_badge(tab, ROSA)
    wrong = card.section("wrong")
    assert "refund never came" in wrong and "Rosa K." in wrong and "Refund" in wrong
    assert tab.inside(f"[...{card.root}.querySelectorAll('mark')].map(each => each.textContent).join()")


def test_enter_and_space_on_the_badge_open_the_card(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    for key in ("Enter", "Space"):
        focus_badge(tab, ROSA)
        tab.page.keyboard.press(key)
        Card(tab).ready()
        tab.page.keyboard.press("Escape")
        Card(tab).gone()


def test_the_menu_of_the_right_mouse_button_opens_the_card_of_the_review_it_was_opened_on(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.page.get_by_text("Blends well but the noise").click(button="right")
    dispatch_menu(browser)
    assert "noise is hard to live with" in Card(tab).section("wrong")


def test_the_menu_says_so_where_there_is_no_review(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.page.locator("#productTitle").click(button="right")
    dispatch_menu(browser)
    tab.wait("document.querySelector('aftercare-status')")
    assert tab.inside("aftercare.card.isOpen()") is False


def test_escape_closes_the_card_and_gives_focus_back_to_the_badge(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    card = click_badge(tab, ROSA)
    tab.page.keyboard.press("Escape")
    card.gone()
    assert tab.inside(f"{badge_button(ROSA)}.matches(':focus')")


def test_another_badge_shows_its_own_review_in_the_same_place(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    click_badge(tab, ROSA)
    tab.page.set_viewport_size({"width": 1500, "height": 900})
    tab.inside(f"{badge_button(DAD)}.scrollIntoView({{block: 'center'}})")
    card = click_badge(tab, DAD)
    assert "spare jug" in card.section("wrong")
    assert tab.inside("document.querySelectorAll('aftercare-card').length") == 1


def test_the_card_is_a_dialog_in_the_top_layer_that_blocks_nothing(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    card = click_badge(tab, ROSA)
    assert card.attribute(".card", "role") == "dialog"
    assert card.attribute(".card", "aria-modal") is None
    assert tab.inside("document.querySelector('aftercare-card').matches(':popover-open')")
    tab.page.locator("h1").click()
    assert tab.inside("aftercare.card.isOpen()") is True


def test_candidates_come_with_their_odds_and_the_reasons_for_them(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    card = click_badge(tab, ROSA)
    whose = card.section("whose")
    assert ROSAS_ORDER in whose and "Rosa Kessler" in whose and "%" in whose and "None of these" in whose
    card.click(".candidate summary")
    card.wait(".candidate details[open] .falls li")
    steps = tab.inside(f"{card.find('.candidate details')}.innerText")
    assert "name" in steps and "+" in steps


def test_an_order_is_confirmed_taken_back_and_said_to_be_none(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    card = click_badge(tab, ROSA)
    assert "Say first which order it is." in card.section("routes")
    card.confirm(ROSAS_ORDER)
    assert ROSAS_ORDER in card.section("whose")
    card.wait("section.message")
    card.press("undo")
    card.wait('[data-key="none"]')
    assert not tab.inside(f"{card.find('.foot')}.checkVisibility()")
    card.press("none")
    card.wait_text("You said: none of these.")
    card.press("undo")
    card.wait('[data-key="none"]')


def test_a_decision_is_still_there_after_the_page_was_loaded_again(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    click_badge(tab, ROSA).confirm(ROSAS_ORDER)
    tab.page.reload()
    card = click_badge(tab, ROSA)
    card.wait('[data-key="undo"]')
    assert ROSAS_ORDER in card.section("whose")


def test_the_order_tells_its_days_and_what_is_open(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    card = click_badge(tab, ROSA)
    card.confirm(ROSAS_ORDER)
    says = card.section("says")
    assert "Bought" in says and "Oct 26" in says and "Return" in says and "18 days" in says
    assert tab.inside(
        f"[...{card.root}.querySelectorAll('section.says a')].every(each => each.href.startsWith('https://sellercentral.amazon.com/'))"
    )


def test_coverage_is_shown_with_its_end(browser: ExtensionBrowser):
    card = click_badge(browser.open(PRODUCT), ROSA)
    covered = card.section("coverage")
    assert "Live support" in covered and "until Jan 24, 2027" in covered
    assert "Manufacturer" in covered and "2028" in covered


def test_a_product_opinion_is_left_alone(browser: ExtensionBrowser):
    browser.store({"showOpinion": True})
    card = click_badge(browser.open(PRODUCT), OKAFOR)
    routes = card.section("routes")
    assert "Leave it" in routes
    assert not card.tab.inside(f"{card.find('.foot')}.checkVisibility()")


def test_a_weak_match_looks_weak(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    card = click_badge(tab, DAD)
    assert "None stands out" in card.section("whose")
    assert tab.inside(f"{card.find('section.whose button.main')} === null")


def test_a_note_is_proposed_and_saved(browser: ExtensionBrowser):
    card = click_badge(browser.open(PRODUCT), ROSA)
    card.confirm(ROSAS_ORDER)
    assert card.value("section.notes textarea").startswith("2026-11-21")
    card.press("save note")
    card.wait("section.notes .note")


def test_keys_typed_in_the_card_do_not_reach_the_page(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    tab.page.evaluate(
        "for (const type of ['keydown', 'keypress', 'keyup', 'input', 'click'])"
        " document.addEventListener(type, () => { globalThis.heard = (globalThis.heard ?? 0) + 1; })"
    )
    card = click_badge(tab, ROSA)
    card.confirm(ROSAS_ORDER)
    tab.page.evaluate("globalThis.heard = 0")
    card.write(" s / j")
    assert tab.page.evaluate("globalThis.heard") == 0
