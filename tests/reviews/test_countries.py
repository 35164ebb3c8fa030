"""Every country in every language: no name means two, and each is found in a line as that language writes it."""

from __future__ import annotations

import pytest
from babel import Locale

from aftercare.reviews.dates import read_date_line
from aftercare.reviews.tables import calendar, date_rules, plain
from aftercare.rules.marketplaces import marketplaces

LINES = {
    "en": "Reviewed in {} on 5 May 2024",
    "fr": "Avis laissé en {} le 5 mai 2024",
    "de": "Rezension aus {} vom 5. Mai 2024",
    "es": "Reseñado en {} el 5 de mayo de 2024",
    "it": "Recensito in {} il 5 maggio 2024",
    "pt": "Avaliado em {} em 5 de maio de 2024",
    "nl": "Beoordeeld in {} op 5 mei 2024",
    "sv": "Recenserad i {} den 5 maj 2024",
    "pl": "Kraj: {}, 5 maja 2024",
    "tr": "{}'de 5 Mayıs 2024 tarihinde değerlendirildi",
    "ja": "2024年5月5日に{}でレビュー済み",
    "ar": "تمت المراجعة في {} في 5 مايو 2024",
    "zh": "2024年5月5日 在{}审核",
}

# Countries from which reviews are likely: all with a store of Amazon's, and those it sends to.
LIKELY = (
    "AE", "AR", "AT", "AU", "BE", "BG", "BH", "BR", "CA", "CH", "CL", "CN", "CO", "CR", "CY", "CZ", "DE", "DK",
    "DO", "DZ", "EC", "EE", "EG", "ES", "FI", "FR", "GB", "GH", "GR", "GT", "HN", "HR", "HU", "ID", "IE", "IL",
    "IN", "IQ", "IS", "IT", "JM", "JO", "JP", "KE", "KH", "KR", "KW", "KZ", "LB", "LK", "LT", "LU", "LV", "MA",
    "MT", "MX", "MY", "NG", "NL", "NO", "NP", "NZ", "OM", "PA", "PE", "PH", "PK", "PL", "PR", "PT", "PY", "QA",
    "RO", "RS", "RU", "SA", "SE", "SG", "SI", "SK", "SV", "TH", "TN", "TR", "TT", "TW", "UA", "US", "UY", "VE",
    "VN", "ZA",
)  # fmt: skip


@pytest.mark.parametrize("lang", LINES)
def test_the_countries_are_found_by_their_names(lang: str) -> None:
    names = Locale.parse(lang).territories
    wrong = {
        code: read.country
        for code in LIKELY
        if (read := read_date_line(LINES[lang].format(names[code]))).country != ("UK" if code == "GB" else code)
    }

    assert wrong == {}


@pytest.mark.parametrize("lang", LINES)
def test_every_month_is_found_by_its_name(lang: str) -> None:
    if lang in ("ja", "zh"):
        lines = {number: f"2024年{number}月5日" for number in range(1, 13)}
    else:
        lines = {number: f"5 {name} 2024" for number, name in Locale.parse(lang).months["format"]["wide"].items()}

    assert {number: getattr(read_date_line(line).date, "month", None) for number, line in lines.items()} == {
        number: number for number in range(1, 13)
    }


def test_every_marketplace_is_a_country_that_is_known() -> None:
    assert set(marketplaces()) <= set(calendar().spaced.values())


def test_no_name_of_a_month_means_two() -> None:
    found: dict[str, set[int]] = {}
    for language in date_rules().languages.values():
        for locale in map(Locale.parse, language.cldr):
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    for number, name in locale.months[context][width].items():
                        found.setdefault(plain(name), set()).add(number)
        for number, names in language.months.items():
            for name in names:
                found.setdefault(plain(name), set()).add(number)

    assert {name: numbers for name, numbers in found.items() if len(numbers) > 1} == {}


def test_no_name_of_a_country_means_two() -> None:
    found: dict[str, set[str]] = {}
    for language in date_rules().languages.values():
        for code, names in language.countries.items():
            for name in names:
                found.setdefault(plain(name), set()).add(code)
        for locale in map(Locale.parse, language.cldr):
            for code, name in locale.territories.items():
                if len(code) == 2 and code.isalpha():
                    found.setdefault(plain(name), set()).add(code)

    assert {name: codes for name, codes in found.items() if len(codes) > 1} == {}
