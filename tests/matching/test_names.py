"""What a public name looks like, and what a buyer's name is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.matching.name_data import is_generic
from aftercare.matching.names import book_name, public_name


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("Mike Reyes", "full"),
        ("Dr. Anna Müller", "full"),
        ("Jan van den Berg", "full"),
        ("Mary E. Brown", "full"),
        ("Dana White", "full"),
        ("佐藤 健", "full"),
        ("محمد علي", "full"),
        ("Дмитрий Чернов", "full"),
        ("Mike R.", "first_initial"),
        ("Mike R", "first_initial"),
        ("Summer B.", "first_initial"),
        ("M. Reyes", "initial_last"),
        ("J. R. Reyes", "initial_last"),
        ("JR Reyes", "initial_last"),
        ("Mrs. T. Jones", "initial_last"),
        ("Mike", "single"),
        ("😀 Dana 😀", "single"),
        ("Tom & family", "single"),
        ("The Smith Family", "single"),
        ("たなか", "single"),
        ("J.S.", "initials"),
        ("J S", "initials"),
        ("JKS", "initials"),
        ("K", "initials"),
        ("john.smith", "handle"),
        ("smith_j", "handle"),
        ("JohnnyS", "handle"),
        ("jsmith82", "joined_handle"),
        ("BookLover99", "phrase"),
        ("A happy reader", "phrase"),
        ("Lone Wolf", "phrase"),
        ("Grandma Susan", "phrase"),
        ("Amazon Customer", "missing"),
        ("Client d’Amazon", "missing"),
        ("amazon-kunde", "missing"),
        ("Amazon カスタマー", "missing"),
        ("عميل أمازون", "missing"),
        ("Klient Amazon", "missing"),
        ("Amazon-kund", "missing"),
        ("Amazon Müşterisi", "missing"),
        ("12345", "missing"),
        ("😀", "missing"),
        ("", "missing"),
        (None, "missing"),
    ],
)
def test_the_shape_of_a_public_name(name: str | None, shape: str) -> None:
    assert public_name(name).shape == shape


@pytest.mark.parametrize("name", ["Ama Zonner", "Kindle Jones", "Kunde Meyer", "Amazona Silva"])
def test_a_name_that_only_resembles_a_generic_one_is_a_name(name: str) -> None:
    assert not is_generic(name)


@pytest.mark.parametrize(
    ("name", "given_names", "surnames"),
    [
        ("Michael Reyes", ["michael"], ["reyes"]),
        ("REYES, MICHAEL", ["michael"], ["reyes"]),
        ("Dr. Jan van den Berg", ["jan"], ["berg"]),
        ("John Smith Jr.", ["john"], ["smith"]),
        ("John Smith, PhD", ["john"], ["smith"]),
        ("María José García", ["maria", "jose"], ["jose", "garcia"]),
        ("佐藤健", ["健"], ["佐藤"]),
        ("佐藤 健", ["健"], ["佐藤"]),
        ("Anna", ["anna"], []),
    ],
)
def test_the_parts_of_a_buyers_name(name: str, given_names: list[str], surnames: list[str]) -> None:
    found = book_name(name)

    assert found is not None
    assert (list(found.given), list(found.surnames)) == (given_names, surnames)


@pytest.mark.parametrize("name", ["", "***", "  ", "Amazon Customer", "abc12@marketplace.amazon.com"])
def test_a_withheld_name_is_no_name(name: str) -> None:
    assert book_name(name) is None


def test_a_firm_is_seen_as_one() -> None:
    found = book_name("Kettle Works GmbH")

    assert found is not None
    assert found.company


@given(st.text(max_size=300))
def test_any_text_can_be_a_name(name: str) -> None:
    public_name(name)
    book_name(name)


def test_a_name_of_ten_thousand_characters_is_cut() -> None:
    assert len(public_name("x" * 10_000).core) <= 120
