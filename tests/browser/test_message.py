"""The message in the card: drafted from the order, judged while one types, shut while something stands against it."""

from __future__ import annotations

import pytest

from browser.book import ROSA as ROSAS_ORDER
from browser.hands import PRODUCT, ROSA, Card, click_badge
from support.browser import ExtensionBrowser


@pytest.fixture
def card(browser: ExtensionBrowser) -> Card:
    card = click_badge(browser.open(PRODUCT), ROSA)
    card.confirm(ROSAS_ORDER)
    card.wait("section.message textarea")
    return card


def test_the_draft_speaks_of_the_order_and_may_go_as_it_is(card: Card):
    assert ROSAS_ORDER in card.value("section.message textarea")
    card.wait_open(True)


def test_a_hint_at_the_review_shuts_the_way_and_says_why_and_taking_it_out_opens_it(card: Card):
    card.write(" We saw your review.")
    card.wait(".finding.block")
    card.wait_open(False)
    assert "keeps this shut" in card.tab.inside(f"{card.find('.foot')}.innerText")
    marked = card.tab.inside(f"[...{card.root}.querySelectorAll('.mirror u')].map(each => each.textContent).join(' ')")
    assert "review" in marked
    for _ in range(len(" We saw your review.")):
        card.tab.page.keyboard.press("Backspace")
    card.wait_open(True)
    assert card.tab.inside(f"{card.find('.finding.block')} === null")


def test_pressing_the_shut_button_opens_nothing(card: Card):
    card.write(" Please write to me at help@fennory.example.")
    card.wait_open(False)
    pages = len(card.tab.page.context.pages)
    card.press("open")
    card.tab.page.evaluate("new Promise(done => setTimeout(done, 0))")
    assert len(card.tab.page.context.pages) == pages


def test_a_warning_wants_a_reason(card: Card):
    card.write(" \U0001f600")
    card.wait(".finding.warn input")
    card.wait_open(False)
    card.click(".finding.warn input")
    card.tab.page.keyboard.type("The buyer used one, too.")
    card.wait_open(True)


def test_the_mirror_lies_exactly_behind_the_text(card: Card):
    card.write(
        "\nA second line that is long enough to be broken at the edge of the box, and your review at its end.\n\n"
    )
    card.wait(".lines i")
    boxes = card.tab.inside(
        f"[{card.find('.mirror')}, {card.find('.writing textarea')}].map(each => {{"
        " const box = each.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; })"
    )
    assert boxes[0] == boxes[1]


def test_an_answer_that_comes_late_changes_nothing(card: Card):
    """The first text's verdict is kept back until the second text's has been shown."""
    card.tab.inside(
        """(() => {
          const ask = aftercare.ask;
          let first = null;
          aftercare.ask = (name, params) => {
            if (name !== 'lint') return ask(name, params);
            if (!first) return new Promise(done => { first = () => done({findings: [{rule: 'late', severity: 'block',
              start: 0, end: 5, text: 'Hello', reason: 'late', source: ''}]}); });
            return ask(name, params).then(found => { setTimeout(first); return found; });
          };
        })()"""
    )
    card.write(" One.")
    card.tab.wait(f"{card.find('.foot p')}.textContent === 'Checking…'")
    card.tab.page.evaluate("new Promise(done => setTimeout(done, 250))")
    card.write(" Two.")
    card.wait_open(True)
    card.tab.page.evaluate("new Promise(done => setTimeout(done, 50))")
    assert card.may_open


def test_another_language_gives_another_draft_and_a_way_back_to_ones_own_text(card: Card):
    card.write(" Mine.")
    card.click('[data-key="language"]')
    card.tab.inside(
        f"(() => {{ const each = {card.find('[data-key=language]')};"
        " each.value = 'fr'; each.dispatchEvent(new Event('change')); })()"
    )
    card.tab.wait(f"{card.find('section.message textarea')}.value.includes('Bonjour')")
    card.tab.page.keyboard.press("Escape")


def test_a_text_is_kept_while_other_things_change(card: Card):
    card.write(" Mine.")
    card.press("save note")
    card.wait("section.notes .note")
    assert card.value("section.message textarea").endswith(" Mine.")
