"""How much a public name weighs, beside what it says."""

from __future__ import annotations

import pytest

from aftercare.matching.model import matching_model
from aftercare.matching.name_data import short_form_share
from aftercare.matching.name_weights import NameWeights
from aftercare.orders.order import OrderLine

from .books import line, others


def bits(public: str, buyer: str | None, strangers: list[OrderLine] | None = None) -> float:
    """What the public name weighs for an order of this buyer, among strangers."""
    own = line("1-A", buyer=buyer)
    return NameWeights(public, [own, *(strangers or others(12))], matching_model()).step(own).bits


def test_the_more_of_a_name_agrees_the_more_it_weighs() -> None:
    forms = ["Michael Reyes", "M. Reyes", "Michael R.", "Michael"]
    weights = [bits(form, "Michael Reyes") for form in forms]

    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    assert bits("Ottoline", "Ottoline Reyes") > bits("Maria", "Maria Reyes") + 2


def test_the_less_a_public_name_looks_like_a_persons_the_less_it_speaks_against() -> None:
    looks = ["Theodora Jenkins", "Zibulo Marrick", "zibulo", "BookLover99"]
    weights = [bits(look, "Michael Reyes") for look in looks]

    assert weights == sorted(weights)
    assert weights[-1] > -0.3


@pytest.mark.parametrize("public", ["Amazon Customer", "", "😀"])
def test_no_public_name_weighs_nothing(public: str) -> None:
    assert bits(public, "Michael Reyes") == 0.0


def test_a_firm_as_the_buyer_counts_half_against() -> None:
    assert bits("Theodora Jenkins", "Kettle Works GmbH") == pytest.approx(bits("Theodora Jenkins", "Jo Fry") / 2)


def test_a_second_order_of_the_same_buyer_makes_the_name_no_commoner() -> None:
    twice = [line("1-B", buyer="Michael Reyes"), *others(12)]

    assert bits("Michael R.", "Michael Reyes", twice) == bits("Michael R.", "Michael Reyes", others(12))


@pytest.mark.parametrize("word", ["mike", "liz", "paco"])
def test_a_name_that_is_mostly_a_short_form(word: str) -> None:
    assert short_form_share(word) > 0.3


@pytest.mark.parametrize("word", ["anna", "david", "susan"])
def test_a_name_that_is_mostly_a_full_one(word: str) -> None:
    assert short_form_share(word) < 0.1
