"""Amazon's contact page: a text is filled in at a click and judged while edited; Send is held if it breaks a rule."""

from __future__ import annotations

import pytest

from browser import book
from browser.hands import CAMILLE, JUERGEN, PRODUCT, ROSA, Bar, click_badge
from support.browser import ExtensionBrowser, Tab
from support.server import Server

OPEN, CLOSED, PLAIN = (ROSA, book.ROSA), (JUERGEN, book.JUERGEN), (CAMILLE, book.CAMILLE)
AREA = "aftercare.box.area()"


def open_contact(browser: ExtensionBrowser, review: str, order: str) -> Tab:
    """From the review to the contact page, as a person goes."""
    tab = browser.open(PRODUCT)
    card = click_badge(tab, review)
    card.confirm(order)
    card.wait_open(True)
    with browser.context.expect_page() as opened:
        card.press("open")
        card.wait_text("Opened in a new tab")
    return browser.opened(opened.value)


def choose_reason(tab: Tab) -> None:
    if tab.page.locator("template#later").count():
        tab.page.locator("kat-radiobutton").last.click()


def written(tab: Tab) -> str:
    return str(tab.inside(f"{AREA}?.value ?? ''"))


def fill(tab: Tab) -> Bar:
    bar = Bar(tab)
    bar.wait(".bar")
    choose_reason(tab)
    tab.wait(AREA)
    bar.press("Fill in")
    bar.wait_text("Filled in")
    return bar


def type_at_end(tab: Tab, text: str) -> None:
    tab.inside(f"{AREA}.focus()")
    tab.page.keyboard.press("Control+End")
    tab.page.keyboard.type(text)


def press_send(tab: Tab) -> None:
    tab.page.locator("kat-button.ayb-contact-form-send-button").click()


def sent(tab: Tab) -> list[str]:
    return list(tab.page.evaluate("globalThis.sent"))


@pytest.mark.parametrize(
    ("review", "order"),
    [pytest.param(*OPEN, id="open root"), pytest.param(*CLOSED, id="closed root"), pytest.param(*PLAIN, id="plain")],
)
def test_the_text_is_filled_in_and_send_is_the_persons(browser: ExtensionBrowser, review: str, order: str):
    tab = open_contact(browser, review, order)
    assert f"orderID={order}" in tab.page.url
    bar = fill(tab)
    assert order in written(tab)
    assert sent(tab) == []
    press_send(tab)
    assert sent(tab) == [written(tab)]
    bar.wait_text("Amazon says that the message was sent")


def test_nothing_is_filled_in_before_a_click(browser: ExtensionBrowser):
    tab = open_contact(browser, *PLAIN)
    Bar(tab).wait(".bar")
    assert written(tab) == ""


def test_a_click_before_the_reason_is_chosen_fills_in_as_soon_as_there_is_a_box(browser: ExtensionBrowser):
    tab = open_contact(browser, *OPEN)
    bar = Bar(tab)
    bar.wait(".bar")
    bar.press("Fill in")
    bar.wait_text("Choose a reason")
    assert tab.page.locator("input[type=radio]:checked").count() == 0
    choose_reason(tab)
    bar.wait_text("Filled in")
    assert book.ROSA in written(tab)


@pytest.mark.parametrize(
    ("review", "order"),
    [pytest.param(*OPEN, id="open root"), pytest.param(*CLOSED, id="closed root"), pytest.param(*PLAIN, id="plain")],
)
def test_send_is_held_while_something_blocks_and_free_when_it_is_gone(
    browser: ExtensionBrowser, review: str, order: str
):
    tab = open_contact(browser, review, order)
    bar = fill(tab)
    addition = " http://fennory.example/help"
    type_at_end(tab, addition)
    bar.wait(".bar.shut")
    press_send(tab)
    tab.page.locator("kat-button.ayb-contact-form-send-button").focus()
    tab.page.keyboard.press("Enter")
    assert sent(tab) == []
    assert "Send is held" in bar.text
    tab.inside(f"{AREA}.focus()")
    tab.page.keyboard.press("Control+End")
    for _ in addition:
        tab.page.keyboard.press("Backspace")
    bar.wait_text("Filled in")
    press_send(tab)
    assert len(sent(tab)) == 1


def test_send_is_held_while_a_changed_text_cannot_be_checked(browser: ExtensionBrowser, server: Server):
    tab = open_contact(browser, *PLAIN)
    bar = fill(tab)
    server.stop()
    type_at_end(tab, " More.")
    bar.wait_text("cannot be checked")
    press_send(tab)
    assert sent(tab) == []


def test_what_the_person_wrote_is_not_replaced_without_a_second_click(browser: ExtensionBrowser):
    tab = open_contact(browser, *PLAIN)
    bar = Bar(tab)
    bar.wait(".bar")
    type_at_end(tab, "My own words.")
    bar.press("Fill in")
    bar.wait_text("There is text in the box already")
    assert written(tab) == "My own words."
    bar.press("Fill in")
    tab.wait(f"{AREA}.value.includes('{book.CAMILLE}')")


def test_the_message_is_still_there_after_a_reload_and_nowhere_else(browser: ExtensionBrowser):
    tab = open_contact(browser, *PLAIN)
    Bar(tab).wait(".bar")
    tab.page.reload()
    Bar(tab).wait(".bar")
    other = browser.open(tab.page.url)
    other.inside("aftercare.ask('settings')")
    assert other.inside("aftercare.ask('message')") is None
    assert Bar(other).there is False


def test_the_pages_own_limit_is_not_gone_around(browser: ExtensionBrowser):
    tab = open_contact(browser, *PLAIN)
    bar = Bar(tab)
    bar.wait(".bar")
    tab.page.locator("textarea").evaluate("area => { area.maxLength = 20; }")
    bar.press("Fill in")
    bar.wait_text("takes 20 characters")
    assert written(tab) == ""


def test_what_happened_on_the_page_is_on_the_record(browser: ExtensionBrowser, server: Server):
    from aftercare.cases import Desk

    tab = open_contact(browser, *PLAIN)
    bar = fill(tab)
    type_at_end(tab, " http://fennory.example")
    bar.wait(".bar.shut")
    press_send(tab)
    tab.inside(f"{AREA}.focus()")
    for _ in " http://fennory.example":
        tab.page.keyboard.press("Backspace")
    bar.wait_text("Filled in")
    press_send(tab)
    bar.wait_text("Amazon says")
    # The page does not wait for the record; a question to the server that is asked later is answered later.
    tab.inside("aftercare.ask('judge', {text: 'Thank you.'})")
    with Desk.open(server.home) as desk:
        events = [row["event"] for row in desk.read("SELECT event FROM events ORDER BY id")]
    assert sorted(events) == sorted(["opened", "filled", "edited", "send_held", "sent_seen"])


def test_the_page_cannot_ask_for_what_is_for_review_pages(browser: ExtensionBrowser):
    tab = open_contact(browser, *PLAIN)
    Bar(tab).wait(".bar")
    code = "aftercare.ask('confirm', {case: 1, choice: {none: true}}).catch(fault => fault.code)"
    assert tab.inside(code) == "not_allowed"
    assert tab.inside("aftercare.ask('set', {enabled: false}).catch(fault => fault.code)") == "not_allowed"
