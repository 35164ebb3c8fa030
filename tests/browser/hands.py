"""What a person sees of Aftercare and does with it: badges, card, bar. Looks into closed roots; acts by mouse."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from support.browser import Tab

PRODUCT = "https://www.amazon.com/dp/B0DKQ7V1M2"
LIST = "https://www.amazon.com/product-reviews/B0DKR3C8PJ"
DIV = "https://www.amazon.de/dp/B0DKQ7V1M2"
FRENCH = "https://www.amazon.fr/dp/B0DKQ7V1M2"
BRAND = "https://sellercentral.amazon.com/brand-customer-reviews/"

ROSA, DAD, OKAFOR, PRIYA = "R1QK7V2ROSAX9D", "R3H8DADX2M7QLC", "R2ZP6OKAF4N1TJ", "R38LPRI5YV2KNB"
JUERGEN, CAMILLE = "R1DE5JUER8W4ZK", "R2FR7CAM3B9LVD"
SHOWN = {ROSA, DAD, "R1AM9CUST7L3WE", "R2T0MISS6P8XGQ", JUERGEN, CAMILLE}
"""The reviews of the product page that get a badge without being asked for."""

_OPEN = "chrome.dom.openOrClosedShadowRoot"


@dataclass(frozen=True, slots=True)
class Part:
    """The inside of one of our elements."""

    tab: Tab
    tag: str

    @property
    def root(self) -> str:
        return f"{_OPEN}(document.querySelector('{self.tag}'))"

    @property
    def there(self) -> bool:
        return bool(self.tab.inside(f"document.querySelector('{self.tag}') !== null"))

    @property
    def text(self) -> str:
        return str(self.tab.inside(f"{self.root}.firstElementChild.innerText"))

    def find(self, selector: str) -> str:
        return f"{self.root}.querySelector({json.dumps(selector)})"

    def wait(self, selector: str) -> None:
        self.tab.wait(f"{self.find(selector)}")

    def wait_text(self, words: str) -> None:
        self.tab.wait(f"{self.root}.firstElementChild.innerText.includes({json.dumps(words)})")

    def gone(self) -> None:
        self.tab.wait(f"document.querySelector('{self.tag}') === null")

    def click(self, selector: str) -> None:
        """Presses where a person would: in the middle of the element, after it has been scrolled to."""
        self.wait(selector)
        x, y = self.tab.inside(
            f"(() => {{ const each = {self.find(selector)}; each.scrollIntoView({{block: 'center'}});"
            " const box = each.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        self.tab.page.mouse.click(x, y)

    def value(self, selector: str) -> str:
        return str(self.tab.inside(f"{self.find(selector)}.value"))

    def attribute(self, selector: str, name: str) -> str | None:
        value = self.tab.inside(f"{self.find(selector)}.getAttribute('{name}')")
        return None if value is None else str(value)


class Card(Part):
    def __init__(self, tab: Tab) -> None:
        super().__init__(tab, "aftercare-card")

    def section(self, name: str) -> str:
        self.wait(f"section.{name}")
        return str(self.tab.inside(f"{self.find(f'section.{name}')}.innerText"))

    def press(self, key: str) -> None:
        self.click(f'[data-key^="{key}"]')

    def confirm(self, order: str) -> None:
        self.press(f"confirm {order}")
        self.wait('[data-key="undo"]')

    def ready(self) -> None:
        self.wait("section.whose")

    def write(self, text: str) -> None:
        """Types at the end of the message."""
        self.press("text")
        self.tab.page.keyboard.press("Control+End")
        self.tab.page.keyboard.type(text)

    @property
    def may_open(self) -> bool:
        return self.attribute('[data-key="open"]', "aria-disabled") is None

    def wait_open(self, may: bool) -> None:
        button = self.find('[data-key="open"]')
        self.tab.wait(f"{button}.checkVisibility() && {button}.hasAttribute('aria-disabled') === {json.dumps(not may)}")


class Bar(Part):
    def __init__(self, tab: Tab) -> None:
        super().__init__(tab, "aftercare-bar")

    def press(self, words: str) -> None:
        x, y = self.tab.wait(
            f"(() => {{ const each = [...{self.root}.querySelectorAll('button')]"
            f".find(b => b.textContent === {json.dumps(words)} && b.checkVisibility());"
            " const box = each.getBoundingClientRect();"
            " return box.width && [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        self.tab.page.mouse.click(x, y)


class Chip(Part):
    def __init__(self, tab: Tab) -> None:
        super().__init__(tab, "aftercare-status")


_BADGES = f"""[...document.querySelectorAll('aftercare-badge')].map(host => {{
  const button = {_OPEN}(host).querySelector('button');
  return {{id: aftercare.find.idOf(aftercare.find.around(host)), label: button.getAttribute('aria-label'),
    kind: button.className, text: button.innerText}};
}})"""


def badges(tab: Tab) -> dict[str, dict[str, Any]]:
    """The badges in the page by the id of their review."""
    found = tab.inside(_BADGES)
    assert len(found) == len({each["id"] for each in found}), "a review has two badges"
    return {each["id"]: each for each in found}


def wait_badges(tab: Tab, ids: set[str]) -> dict[str, dict[str, Any]]:
    """Waits until exactly these reviews have a badge."""
    wanted = json.dumps(sorted(ids))
    tab.wait(f"JSON.stringify({_BADGES}.map(each => each.id).sort()) === JSON.stringify({wanted})")
    return badges(tab)


def badge_button(review: str) -> str:
    return (
        "(() => { const node = aftercare.find.reviews().find(each => each.id === '" + review + "').node;"
        f" return {_OPEN}(node.querySelector('aftercare-badge')).querySelector('button'); }})()"
    )


def click_badge(tab: Tab, review: str) -> Card:
    """Presses a review's badge; the card is there when this returns."""
    tab.wait(badge_button(review))
    x, y = tab.inside(
        f"(() => {{ const each = {badge_button(review)}; each.scrollIntoView({{block: 'center'}});"
        " const box = each.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    tab.page.mouse.click(x, y)
    card = Card(tab)
    card.ready()
    return card
