"""Which level of agreement a public name and a buyer's name reach."""

from __future__ import annotations

import pytest

from aftercare.matching.name_levels import name_levels
from aftercare.matching.names import public_name

TABLE = [
    # Every usual form of one name.
    ("Michael Reyes", "Michael Reyes", "full"),
    ("MICHAEL REYES", "Reyes, Michael", "full"),
    ("Mike Reyes", "Michael Reyes", "nickname_last"),
    ("Michael R.", "Michael Reyes", "first_initial"),
    ("Mike R.", "Michael Reyes", "nickname_initial"),
    ("M. Reyes", "Michael Reyes", "initial_last"),
    ("J. M. Reyes", "Juan Miguel Reyes", "initial_last"),
    ("Michael", "Michael Reyes", "first"),
    ("Mike", "Michael Reyes", "nickname"),
    ("Reyes", "Michael Reyes", "last"),
    ("The Reyes Family", "Michael Reyes", "last"),
    ("Reyes Michael", "Michael Reyes", "swapped"),
    ("Reyes M.", "Michael Reyes", "swapped_initial"),
    ("M.R.", "Michael Reyes", "initials"),
    ("Carmen Reyes", "Michael Reyes", "last"),
    ("Michael Turner", "Michael Reyes", "first"),
    ("Carmen Turner", "Michael Reyes", "different"),
    # Slips, and names that are merely alike.
    ("Micheal Reyes", "Michael Reyes", "full_typo"),
    ("Michael Ryees", "Michael Reyes", "full_typo"),
    ("Katherinne Wolfe", "Katherine Wolfe", "full"),
    ("Dan R.", "Jan Reyes", "different"),
    ("Ann", "Ian Reyes", "different"),
    # Spellings, alphabets, diacritics.
    ("Jurgen Muller", "Jürgen Müller", "full"),
    ("Juergen Mueller", "Jürgen Müller", "full"),
    ("Lukasz Zolc", "Łukasz Żółć", "full"),
    ("Ozge Sahin", "Özge Şahin", "full"),
    ("Dmitri Chernov", "Дмитрий Чернов", "full"),
    ("Giorgos", "Γιώργος Νικολάου", "first"),
    ("Mohammed Ali", "محمد علي", "full"),
    ("احمد", "أحمد حسن", "first"),
    ("Khaled", "خالد منصور", "first"),
    ("たなか", "タナカ ケン", "last"),
    ("Tanaka", "田中太郎", "last"),
    ("佐藤健", "佐藤 健", "full"),
    ("Ken Sato", "佐藤健", "only_last"),
    ("Wang Wei", "王伟", "swapped"),
    # Short forms in several languages.
    ("Toni", "Antonio Rossi", "nickname"),
    ("Hans W.", "Johannes Weber", "nickname_initial"),
    ("Kate Jones", "Katherine Jones", "nickname_last"),
    ("Kasia", "Katarzyna Nowak", "nickname"),
    ("Paco", "Francisco Ruiz", "nickname"),
    ("Alex", "Alexander Kim", "nickname"),
    # Handles.
    ("jsmith82", "John Smith", "initial_last"),
    ("smith_j", "John Smith", "initial_last"),
    ("JohnnyS", "John Smith", "nickname_initial"),
    ("john.smith", "John Smith", "full"),
    ("johnsmith1975", "John Smith", "full"),
    ("smithjohn", "John Smith", "full"),
    ("mike77", "Michael Reyes", "nickname"),
    ("mreyes", "Michael Reyes", "initial_last"),
    ("booklover99", "John Smith", "different"),
    # Compound names, particles, titles, what hangs on a name.
    ("Maria Garcia", "María García López", "full"),
    ("Maria Lopez", "María García López", "full"),
    ("Anne-Marie K.", "Anne Marie Klein", "full"),
    ("Jan de Vries", "Jan De Vries", "full"),
    ("Mrs. Ana de la Cruz", "Ana Cruz", "full"),
    ("John Smith Jr.", "Mr John Smith", "full"),
    ("Sean OBrien", "Sean O'Brien", "full"),
    ("Dana White", "Dana White", "full"),
    ("Grandma Susan", "Susan Miller", "first"),
    ("Susan in Ohio", "Susan Miller", "first"),
    ("Tom & family", "Tom Baker", "first"),
    ("Bob & Sue", "Robert Miller", "nickname"),
    ("山田", "山田 花子", "last"),
    # Books that hold less than a name.
    ("Anna Weber", "Anna", "only_first"),
    ("Anna W.", "Anna", "only_first"),
    ("John Smith", "J. Smith", "initial_last"),
    ("John Smith", "John S", "first_initial"),
]


@pytest.mark.parametrize(("public", "book", "level"), TABLE)
def test_the_level_of_a_pair(public: str, book: str, level: str) -> None:
    assert name_levels(public_name(public), [book])[book].level == level


def test_a_level_does_not_depend_on_the_other_buyers() -> None:
    buyers = [book for _, book, _ in TABLE]

    for public, book, level in TABLE:
        assert name_levels(public_name(public), buyers)[book].level == level, (public, book)


def test_a_rarer_name_agrees_by_chance_more_rarely() -> None:
    common = name_levels(public_name("John Smith"), ["John Smith"])["John Smith"].chance
    rare = name_levels(public_name("Ottoline Brackwater"), ["Ottoline Brackwater"])["Ottoline Brackwater"].chance

    assert rare < common / 10


def test_a_generic_public_name_is_compared_with_nobody() -> None:
    assert name_levels(public_name("Amazon Customer"), ["John Smith"]) == {}
