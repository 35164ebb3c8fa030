"""Made-up people, and the public names they might sign reviews with; for books whose truth is known.

The names are this file's own and not those of `shared_rules/`, so that matching is not measured on the tables it reads.
"""

from __future__ import annotations

import random
from collections.abc import Callable


def _words(text: str) -> list[str]:
    return text.split()


GIVEN = _words(
    "Michael Maria James Anna John Sarah David Laura Robert Julia Thomas Emma Daniel Lisa Peter Katherine Mark "
    "Jennifer Paul Susan Andreas Elizabeth Christopher Margaret Matthew Patricia Joseph Rebecca Antonio Christina "
    "William Nicole Richard Angela Stefan Victoria Alexander Barbara Steven Francesca Charles Monika Kenneth "
    "Deborah Edward Samantha Timothy Veronica Benjamin Theresa Samuel Jessica Gregory Helena Frank Magdalena "
    "Raymond Sofia Patrick Natalia Jack Isabella Dennis Caroline Jerome Beatrice Walter Agnieszka Henry Valentina "
    "Douglas Yasmin Nathan Priya Karl Aiko Omar Fatima Rajesh Ingrid Mateusz Eleni Dmitri Mei Kofi Saoirse Tomasz "
    "Ylva Enzo Anneliese Hiroshi Leila Vikram Zofia Emre Noor Bjorn Camille Duncan Rosalind Leopold Cordula Ambrose "
    "Philippa Torvald Solveig Casimir"
)
SURNAMES = _words(
    "Smith Garcia Miller Johnson Nguyen Brown Patel Jones Kowalski Davis Rossi Martinez Schmidt Wilson Dubois "
    "Anderson Silva Taylor Singh Moore Weber Jackson Lopez Thompson Kim White Fischer Harris Yilmaz Clark Tanaka "
    "Lewis Jansen Robinson Moreau Walker Lindqvist Hall Ferrari Young Khan King Meyer Wright Santos Hill Novak "
    "Green Baker Hoffmann"
)
_SYLLABLES = _words(
    "ka ber lin mo sta ri vel do har ten wo pe gra lu man fi nor tal ze bro ell er son ard in dal mer os quin tre"
)
_ENDS = ("", "", "son", "er", "berg", "ski", "ez", "ini", "mann", "ley", "ton", "ova", "akis", "sen")

_NICKNAMES = {
    pair[0]: pair[1:]
    for pair in map(
        _words,
        (
            "Michael Mike Mick Mickey",
            "James Jim Jimmy Jamie",
            "John Jack Johnny",
            "David Dave",
            "Robert Bob Rob Bobby",
            "Thomas Tom Tommy",
            "Daniel Dan Danny",
            "Peter Pete",
            "Katherine Kate Kathy Katie",
            "Jennifer Jen Jenny",
            "Susan Sue Susie",
            "Elizabeth Liz Beth Betty",
            "Christopher Chris",
            "Margaret Maggie Peggy",
            "Matthew Matt",
            "Patricia Pat Trish",
            "Joseph Joe",
            "Rebecca Becky",
            "Antonio Toni",
            "Christina Tina Chris",
            "Anna Annie",
            "William Bill Will Billy",
            "Richard Rick Dick Rich",
            "Victoria Vicky",
            "Alexander Alex Sasha",
            "Barbara Barb",
            "Steven Steve",
            "Charles Charlie Chuck",
            "Deborah Debbie",
            "Edward Ed Ted",
            "Samantha Sam",
            "Timothy Tim",
            "Benjamin Ben",
            "Theresa Terry Tess",
            "Samuel Sam",
            "Jessica Jess",
            "Gregory Greg",
            "Magdalena Lena Magda",
            "Raymond Ray",
            "Patrick Pat Paddy",
            "Isabella Bella",
            "Caroline Caro Carrie",
            "Henry Harry Hank",
            "Nathan Nate",
            "Francesca Fran",
            "Philippa Pippa",
            "Andreas Andi",
            "Tomasz Tomek",
            "Katarzyna Kasia",
        ),
    )
}
"""Given names and their short forms."""
_ODD = _words("Book Tech Happy Lone Sunny Tiny Mad Silent Purple Iron Lazy Proud Copper Rusty Humble Frosty")
_BEINGS = _words("Lover Wolf Gamer Shopper Otter Fan Rider Cook Panda Mom Nomad Falcon Tinker Badger Comet Pilgrim")
GENERIC = (
    "Amazon Customer",
    "Amazon Customer",
    "Amazon Customer",
    "Kindle Customer",
    "Amazon Kunde",
    "Client d'Amazon",
)

Person = Callable[[], tuple[str, str]]


def people(chance: random.Random, common: float) -> Person:
    """Draws people; a share of `common` has names that many bear, the first of the lists the most."""
    given_weights = [1 / (rank + 6) for rank in range(len(GIVEN))]
    surname_weights = [1 / (rank + 6) for rank in range(len(SURNAMES))]
    rare = ["".join(chance.choices(_SYLLABLES, k=2)).title() for _ in range(900)]

    def draw() -> tuple[str, str]:
        given = chance.choices(GIVEN, given_weights)[0] if chance.random() < common else chance.choice(rare)
        if chance.random() < common / 2:
            return given, chance.choices(SURNAMES, surname_weights)[0]
        return given, ("".join(chance.choices(_SYLLABLES, k=2)) + chance.choice(_ENDS)).title()

    return draw


def people_of_faker(chance: random.Random) -> Person:
    """Draws people from the package Faker, in eight languages; only where it is installed."""
    from faker import Faker  # type: ignore[import-not-found]

    faker = Faker(["en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "en_IN", "pl_PL"])
    faker.seed_instance(chance.random())
    return lambda: (faker.first_name(), faker.last_name())


def pseudonym(chance: random.Random) -> str:
    """A public name that says nothing of its bearer."""
    odd, being = chance.choice(_ODD), chance.choice(_BEINGS)
    letters = "".join(
        chance.choices("bcdfgklmnprstvz", k=2) + chance.choices("aeiou", k=1) + chance.choices("bdgklmn", k=2)
    )
    return chance.choice(
        (f"{odd}{being}{chance.randint(1, 999)}", f"{odd}_{being}".lower(), f"{odd} {being}", letters, f"{being}{odd}")
    )


def handle(chance: random.Random, given: str, surname: str) -> str:
    """A user name made from a person's name."""
    number, short = chance.randint(1, 99), nickname(chance, given)
    forms = (
        f"{given[0]}{surname}{number}", f"{surname}_{given[0]}", f"{given}{surname[0]}", f"{given}.{surname}",
        f"{short}{number}", f"{given}{surname}",
    )  # fmt: skip
    made = chance.choice(forms)
    return made if made == f"{given}{surname[0]}" else made.lower()


def nickname(chance: random.Random, given: str) -> str:
    """A short form of a given name; the name itself where none is usual."""
    return chance.choice(_NICKNAMES[given]) if given in _NICKNAMES else given


def signature(chance: random.Random, given: str, surname: str) -> tuple[str, str]:
    """What a person might sign with, and the name of the form."""
    short = nickname(chance, given)
    forms = {
        "full": (f"{given} {surname}", 30), "first_initial": (f"{given} {surname[0]}.", 17), "first": (given, 17),
        "initial_last": (f"{given[0]}. {surname}", 9), "last": (surname, 2), "nickname": (short, 6),
        "nickname_last": (f"{short} {surname}", 6), "initials": (f"{given[0]}.{surname[0]}.", 3),
        "swapped": (f"{surname} {given}", 1),
    }  # fmt: skip
    form = chance.choices(list(forms), [weight for _, weight in forms.values()])[0]
    return forms[form][0], form


def slip(chance: random.Random, word: str) -> str:
    """The word with two letters swapped, one lost, or one wrong."""
    if len(word) < 4:
        return word
    place = chance.randint(1, len(word) - 3)
    kind = chance.random()
    if kind < 0.4:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind < 0.7:
        return word[:place] + word[place + 1 :]
    return word[:place] + chance.choice("aeiornst") + word[place + 1 :]
