"""By name where the name is beyond doubt, neutrally otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.messages.greeting import first_name


@pytest.mark.parametrize(
    ("buyer", "name"),
    [
        ("Rosa Keller", "Rosa"),
        ("rosa keller", "Rosa"),
        ("jean-pierre martin", "Jean-Pierre"),
        ("Jean-Pierre Martin", "Jean-Pierre"),
        ("Rosa M. Keller", "Rosa"),
        ("Zoë O'Brien", "Zoë"),
        ("María José García López", "María"),
        ("Ludwig van Dongen", "Ludwig"),
    ],
)
def test_a_plain_name_gives_its_first_name(buyer: str, name: str) -> None:
    assert first_name(buyer) == name


@pytest.mark.parametrize(
    "buyer",
    [
        None,
        "",
        "   ",
        "Rosa",
        "R. Keller",
        "R Keller",
        "Keller, Rosa",
        "KELLER Rosa",
        "ROSA KELLER",
        "Dr. Rosa Keller",
        "Herr Keller",
        "van Dongen",
        "de la Cruz",
        "Amazon Customer",
        "Kunde Amazon",
        "Keller Maschinenbau GmbH",
        "Rosa Keller Ltd.",
        "Rosa Keller 2",
        "rosa@example.org Keller",
        "山田 太郎",
        "Анна Иванова",
        "Rosa <b>Keller</b>",
        "Rosa\u202eKeller",
        "$order Keller",
        "One Two Three Four Five",
    ],
)
def test_anything_doubtful_is_greeted_neutrally(buyer: str | None) -> None:
    assert first_name(buyer) is None


@given(st.text(max_size=60))
def test_a_greeting_is_made_of_letters_alone(buyer: str) -> None:
    found = first_name(buyer)

    assert found is None or (len(found) <= 22 and all(each.isalpha() or each in "'’-" for each in found))
