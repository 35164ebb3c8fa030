"""Badges: on every layout, for what deserves one, once, in place, and as the page changes."""

from __future__ import annotations

import json

import pytest

from browser.hands import (
    BRAND,
    DAD,
    DIV,
    FRENCH,
    LIST,
    OKAFOR,
    PRIYA,
    PRODUCT,
    ROSA,
    SHOWN,
    badge_button,
    badges,
    wait_badges,
)  # fmt: skip
from support.browser import ExtensionBrowser

LIST_SHOWN = {"R2KETL4A7H1QPS"}


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        pytest.param(PRODUCT, SHOWN, id="layout of 2026, with reviews from other countries"),
        pytest.param(LIST, LIST_SHOWN, id="list page, li layout"),
        pytest.param(DIV, {"R1DIVD3K5N7QXA"}, id="div layout"),
        pytest.param(FRENCH, {"R1FRLI2D6P8TQK", "R2FRLI9N4S1XVG"}, id="li layout, with reviews from other countries"),
        pytest.param(BRAND, {ROSA, DAD}, id="Brand Customer Reviews"),
    ],
)
def test_complaints_get_a_badge_and_opinions_and_praise_get_none(
    browser: ExtensionBrowser, address: str, shown: set[str]
):
    wait_badges(browser.open(address), shown)


def test_a_badge_says_type_urgency_and_name_in_words(browser: ExtensionBrowser):
    shown = wait_badges(browser.open(PRODUCT), SHOWN)
    assert "Service complaint · critical" in shown[ROSA]["text"]
    assert "Aftercare" in shown[ROSA]["text"]
    assert shown[ROSA]["label"].endswith("Investigate the review by Rosa K..")
    assert "Product, wants support" in shown[DAD]["text"]
    assert shown[ROSA]["kind"] != shown[DAD]["kind"]


def test_badges_for_praise_and_opinion_come_when_asked_for_and_go_again(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    browser.ask("set", {"showPraise": True, "showOpinion": True})
    wait_badges(tab, {*SHOWN, OKAFOR, PRIYA})
    browser.ask("set", {"showPraise": False})
    wait_badges(tab, {*SHOWN, OKAFOR})


def test_reviews_that_arrive_without_a_navigation_get_theirs(browser: ExtensionBrowser):
    tab = browser.open(LIST)
    wait_badges(tab, LIST_SHOWN)
    tab.page.get_by_text("Show more reviews").click()
    wait_badges(tab, {*LIST_SHOWN, "R2KETL6F3Z9YKD"})


def test_slots_that_are_used_again_get_the_badge_of_their_new_review(browser: ExtensionBrowser):
    tab = browser.open(BRAND)
    wait_badges(tab, {ROSA, DAD})
    tab.page.get_by_text("Next").click()
    shown = wait_badges(tab, LIST_SHOWN)
    assert "Hannah M." in shown["R2KETL4A7H1QPS"]["label"]


def test_a_review_is_read_again_when_its_words_change(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.page.evaluate(
        f"""() => {{
          const review = document.getElementById('{ROSA}');
          review.querySelector('[data-hook=reviewTitle]').textContent = 'Love it';
          review.querySelector('[data-hook=reviewRichContentContainer]').textContent = 'A lovely blender, quick.';
        }}"""
    )
    wait_badges(tab, SHOWN - {ROSA})


def test_a_badge_comes_back_when_the_page_draws_its_review_anew(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.page.evaluate(
        f"""() => {{
          const box = document.getElementById('{ROSA}').parentElement;
          const copy = box.cloneNode(true);
          copy.querySelector('aftercare-badge').remove();
          box.replaceWith(copy);
        }}"""
    )
    wait_badges(tab, SHOWN)
    tab.page.evaluate("document.querySelector('aftercare-badge').remove()")
    wait_badges(tab, SHOWN)


def test_a_review_that_is_shown_twice_gets_one_badge_and_is_asked_about_once(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.inside(
        "(() => { const ask = aftercare.ask; globalThis.asked = [];"
        " aftercare.ask = (name, params) => { asked.push(name); return ask(name, params); }; })()"
    )
    tab.page.evaluate(
        f"""() => {{
          const copy = document.getElementById('{ROSA}').cloneNode(true);
          copy.querySelector('aftercare-badge').remove();
          document.querySelector('#internationalTopReviewsList').append(copy, document.createElement('hr'));
        }}"""
    )
    tab.page.wait_for_function("document.querySelector('#internationalTopReviewsList hr')")
    browser.ask("set", {"showOpinion": True})
    wait_badges(tab, {*SHOWN, OKAFOR})  # The page has been looked at again by now.
    assert tab.inside("asked") == []


def test_a_page_with_five_hundred_reviews_gets_all_of_them(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.page.evaluate(
        f"""() => {{
          const review = document.getElementById('{ROSA}').closest('li');
          for (let n = 0; n < 500; n++) {{
            const copy = review.cloneNode(true);
            copy.querySelector('aftercare-badge').remove();
            copy.querySelector('[data-hook=review]').id = 'R9COPY' + String(n).padStart(6, '0');
            review.parentElement.append(copy);
          }}
        }}"""
    )
    tab.wait("document.querySelectorAll('aftercare-badge').length === 506", timeout=60_000)


GEOMETRY = """() =>
  [...document.querySelectorAll('[data-hook=review], [data-hook=review] *, .reviewContainer *, h3, main')]
  .filter(each => each.localName !== 'aftercare-badge')
  .map(each => { const {x, y, width, height} = each.getBoundingClientRect(); return [x, y, width, height].join(); })"""


@pytest.mark.parametrize("address", [PRODUCT, LIST, DIV, FRENCH, BRAND])
@pytest.mark.parametrize("positioned", [True, False], ids=["as it is", "where reviews are not positioned"])
def test_nothing_in_the_page_moves(browser: ExtensionBrowser, address: str, positioned: bool):
    browser.store({"enabled": False})
    tab = browser.open(address)
    if not positioned:
        tab.page.add_style_tag(content=".review, [data-hook=review], .reviewContainer { position: static !important }")
    before = tab.page.evaluate(GEOMETRY)
    tab.page.evaluate(
        "new PerformanceObserver(list => (globalThis.moved ??= []).push(...list.getEntries()))"
        ".observe({type: 'layout-shift'})"
    )
    browser.ask("set", {"enabled": True})
    tab.wait("document.querySelector('aftercare-badge')")
    tab.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert tab.page.evaluate(GEOMETRY) == before
    assert tab.page.evaluate("globalThis.moved ?? []") == []


def test_badges_stay_inside_their_review(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    tab.page.set_viewport_size({"width": 320, "height": 800})
    wait_badges(tab, SHOWN)
    for review in SHOWN:
        inner, outer = tab.inside(
            f"[{badge_button(review)}, document.getElementById('{review}')]"
            ".map(each => each.getBoundingClientRect().toJSON())"
        )
        assert outer["left"] <= inner["left"] and inner["right"] <= outer["right"] + 0.5


def test_the_page_can_neither_look_into_a_badge_nor_press_it(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    assert tab.page.evaluate("document.querySelector('aftercare-badge').shadowRoot") is None
    tab.inside(f"{badge_button(ROSA)}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
    assert tab.inside("aftercare.card.isOpen()") is False


def test_a_snippet_is_the_review_without_scripts_and_without_our_own_badge(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.page.evaluate(f"document.getElementById('{ROSA}').append(document.createElement('script'))")
    snippet = tab.inside(f"aftercare.find.snippet(document.getElementById('{ROSA}'))")
    assert snippet.startswith('<div data-hook="reviewContainer"')
    assert "<script" not in snippet and "aftercare" not in snippet
    assert json.dumps("B0DKQ7V1M2") in snippet
    assert badges(tab).keys() == SHOWN
