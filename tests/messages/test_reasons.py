"""The words of reasons: for every code there are some, whatever is known."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from aftercare.messages import contact, reasons, route
from aftercare.messages.reasons import reason, route_rules
from aftercare.orders.signals import KINDS, REASONS


def codes_in(module: object) -> set[str]:
    """The codes a module's source names in calls of `reason` and `told`, and as second argument of `reason_of`."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)]
    wanted = [each for each in calls if each.func.id in ("reason", "told", "reason_of")]  # type: ignore[attr-defined]
    return {
        node.value
        for each in wanted
        for argument in each.args
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_has_words_and_all_words_are_used() -> None:
    used = codes_in(contact) | codes_in(route) | set(route_rules().reasons_in_order)
    used |= {"claim_open", "message_waiting", "feedback_negative"}

    assert used == set(route_rules().reasons)


@pytest.mark.parametrize("kind", sorted(REASONS | {"feedback_negative"} - {"cancelled"}))
def test_a_signal_with_nothing_known_beside_it_still_has_words(kind: str) -> None:
    assert reason(kind).words.endswith(".")


@pytest.mark.parametrize("code", sorted(route_rules().reasons))
def test_every_wording_of_a_reason_can_be_reached(code: str) -> None:
    needs = [set(string.Template(words).get_identifiers()) for words in route_rules().reasons[code]]

    assert not [later for place, later in enumerate(needs) if any(earlier <= later for earlier in needs[:place])]


def test_the_facts_that_routes_look_for_are_signals() -> None:
    rules = route_rules()
    named = {kind for kinds in rules.signals_by_topic.values() for kind in kinds}

    assert named | set(rules.reasons_in_order) | rules.amazon_delivers.signals <= set(KINDS)
    assert set(rules.reasons_in_order) <= REASONS


def test_a_code_without_words_is_a_mistake_found_at_once() -> None:
    with pytest.raises(KeyError):
        reasons.reason("no such code")
