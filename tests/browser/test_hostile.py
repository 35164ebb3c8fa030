"""Whatever a review says is shown as text, harmlessly, and nothing of it runs."""

from __future__ import annotations

import json

import pytest

from browser.hands import PRODUCT, ROSA, SHOWN, Card, click_badge, wait_badges
from support.browser import ExtensionBrowser

LONG = "The refund never came and nobody answered. " * 2400

HOSTILE = {
    "markup": 'The refund never came. <img src=x onerror="globalThis.ran = 1"><script>ran = 1</script><b>bold</b>',
    "template": "The refund never came. ${globalThis.ran = 1} {{constructor.constructor('ran=1')()}} javascript:ran=1",
    "formula": '=HYPERLINK("http://evil.example","The refund never came")',
    "bidi": "The refund never came \u202egnp.exe\u202c and \u2067nobody\u2069 answered \u202e",
    "emoji and other planes": "\U0001f621\U0001f621 The refund never came \U0001f9d1‍\U0001f4bb nobody answered",
    "100,000 characters": LONG,
    "one word without end": "refundnevercame" * 800 + " The refund never came.",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_shown_as_text(browser: ExtensionBrowser, words: str):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.page.evaluate(
        """([id, words]) => {
          document.getElementById(id).querySelector('[data-hook=reviewRichContentContainer]').textContent = words;
        }""",
        [ROSA, words],
    )
    tab.wait(f"document.getElementById('{ROSA}').textContent.includes({json.dumps(words[:20])})")
    card: Card = click_badge(tab, ROSA)
    card.wait("blockquote")
    shown = str(tab.inside(f"{card.find('blockquote')}.textContent"))
    visible = words.translate(
        {code: "▯" for code in (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069)}
    )
    assert shown.strip("… ")[:200] in visible
    assert tab.page.evaluate("globalThis.ran") is None and tab.inside("globalThis.ran") is None
    assert tab.inside(f"{card.root}.querySelectorAll('script, img, b:not(.finding b)').length") == 0
    width = tab.inside(f"{card.find('.body')}.scrollWidth - {card.find('.body')}.clientWidth")
    assert width <= 0


def test_marks_stand_on_the_right_words_after_letters_of_two_units(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.page.evaluate(
        """([id, words]) => {
          document.getElementById(id).querySelector('[data-hook=reviewRichContentContainer]').textContent = words;
        }""",
        [ROSA, HOSTILE["emoji and other planes"]],
    )
    tab.wait(f"document.getElementById('{ROSA}').textContent.includes('nobody answered')")
    card = click_badge(tab, ROSA)
    card.wait("blockquote mark")
    marked = tab.inside(f"[...{card.root}.querySelectorAll('blockquote mark')].map(each => each.textContent)")
    assert all(each == each.strip() and "\U0001f621" not in each for each in marked)


def test_an_elements_id_that_is_no_review_id_is_not_one(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    wait_badges(tab, SHOWN)
    tab.page.evaluate(
        """() => {
          const fake = document.createElement('div');
          fake.dataset.hook = 'review';
          fake.id = 'R"><script>';
          document.body.append(fake);
        }"""
    )
    assert tab.inside("aftercare.find.reviews().every(each => /^R[A-Z0-9]{8,}$/.test(each.id))")


def test_a_page_that_hides_unknown_elements_does_not_hide_a_badge(browser: ExtensionBrowser):
    tab = browser.open(PRODUCT)
    tab.page.add_style_tag(
        content="* { position: static; color: red; font-size: 40px; z-index: 0 } aftercare-badge { display: none }"
    )
    wait_badges(tab, SHOWN)
    assert tab.inside("document.querySelector('aftercare-badge').checkVisibility()")
