"""Every line of layouts.json earns its place: without it, the page it names is read differently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from aftercare.reviews import page as entrance
from aftercare.reviews import read_page
from aftercare.reviews.layouts import Layouts
from aftercare.rules import rules_folder
from reviews.reading import NAMES, as_json, bytes_of

RAW = json.loads((rules_folder() / "layouts.json").read_text(encoding="utf-8"))
RAW.pop("$schema", None)


def lines() -> Iterator[tuple[str, int, dict[str, Any]]]:
    for name in ("nodes", "skipped", "silent", "separators", "foreign", "page_asin"):
        yield from ((name, place, line) for place, line in enumerate(RAW[name]))
    for name, ways in RAW["fields"].items():
        yield from ((f"fields {name}", place, line) for place, line in enumerate(ways))


def without(path: str, place: int) -> Layouts:
    rules = json.loads(json.dumps(RAW))
    group, _, field = path.partition(" ")
    (rules[group][field] if field else rules[group]).pop(place)
    return Layouts.model_validate(rules)


@pytest.mark.parametrize(
    ("path", "place", "line"), list(lines()), ids=lambda value: value["selector"] if isinstance(value, dict) else value
)
def test_its_page_is_read_differently_without_it(
    path: str, place: int, line: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    full = as_json(read_page(bytes_of(line["fixture"])))
    monkeypatch.setattr(entrance, "layouts", lambda: without(path, place))

    assert as_json(read_page(bytes_of(line["fixture"]))) != full


def test_what_is_left_out_for_speed_changes_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    full = [as_json(read_page(bytes_of(name))) for name in NAMES]
    monkeypatch.setattr(entrance, "layouts", lambda: Layouts.model_validate({**RAW, "unread": []}))

    assert [as_json(read_page(bytes_of(name))) for name in NAMES] == full


def test_the_layouts_named_are_those_there_are() -> None:
    known = {layout["name"] for layout in RAW["layouts"]}

    assert {name for _, _, line in lines() if "of" in line for name in line["of"]} == known


def test_a_new_layout_needs_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = json.loads(json.dumps(RAW))
    known = {"of": ["2031"], "why": "An invented layout.", "fixture": "none"}
    rules["nodes"].append({"selector": "cr-review", **known})
    rules["layouts"].append({"name": "2031", "marks": ["cr-review"], "why": "An invented layout."})
    rules["fields"]["id"].append({"selector": "cr-review", "attribute": "rid", **known})
    rules["fields"]["stars"].append({"selector": "cr-stars", "attribute": "given", **known})
    rules["fields"]["body"].append({"selector": "cr-words", **known})
    monkeypatch.setattr(entrance, "layouts", lambda: Layouts.model_validate(rules))

    review = read_page(
        '<cr-review rid="R1INVENTED0001"><cr-stars given="2"></cr-stars><cr-words>Came late.</cr-words></cr-review>'
    ).reviews[0]

    assert (review.id, review.layout, review.stars, review.body) == ("R1INVENTED0001", "2031", 2, "Came late.")
