"""The date line in every language of Amazon's pages: real wordings, older ones, and ones nobody has seen yet."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.reviews.dates import read_byline, read_date_line

LINES = {
    # English
    "Reviewed in the United States on July 30, 2026": ("2026-07-30", "US"),
    "Reviewed in the United Kingdom on 8 April 2016": ("2016-04-08", "UK"),
    "Reviewed in the United Arab Emirates on 25 December 2024": ("2024-12-25", "AE"),
    "Reviewed in Türkiye on 1 Sept. 2024": ("2024-09-01", "TR"),
    "Reviewed in Turkey on March 22, 2024": ("2024-03-22", "TR"),
    "Reviewed in Germany 🇩🇪 on 17 September 2022": ("2022-09-17", "DE"),
    "Reviewed in Papua New Guinea on 5 May 2020": ("2020-05-05", "PG"),
    "Reviewed in Trinidad and Tobago on May 5, 2020": ("2020-05-05", "TT"),
    "Reviewed in Hong Kong SAR, China on May 5, 2020": ("2020-05-05", "HK"),
    "Reviewed in Guinea-Bissau on 5 May 2020": ("2020-05-05", "GW"),
    "Reviewed  in\n the\u00a0United\n States on December 3,\n 2021": ("2021-12-03", "US"),
    "On the 4th of July, 2020 from the U.S.": ("2020-07-04", "US"),
    "Rated by a buyer in Austria, 1st March 2031": ("2031-03-01", "AT"),
    # French
    "Avis laissé aux États-Unis le 2 décembre 2025": ("2025-12-02", "US"),
    "Avis laissé en France le 1er août 2021": ("2021-08-01", "FR"),
    "Commenté au Royaume-Uni 🇬🇧 le 27 févr. 2021": ("2021-02-27", "UK"),
    "Évalué aux Pays-Bas le 14 juillet 2022": ("2022-07-14", "NL"),
    "Avis laissé en Côte d’Ivoire le 5 mai 2020": ("2020-05-05", "CI"),
    # German
    "Rezension aus Deutschland vom 12. April 2021": ("2021-04-12", "DE"),
    "Rezension aus den Vereinigten Staaten vom 17. August 2021": ("2021-08-17", "US"),
    "Rezension aus den Niederlanden vom 1. März 2021": ("2021-03-01", "NL"),
    "Rezension aus dem Vereinigten Königreich vom 3. Jänner 2022": ("2022-01-03", "UK"),
    "Rezension aus der Tschechischen Republik vom 5. Mai 2020": ("2020-05-05", "CZ"),
    # Spanish
    "Reseñado en España el 7 de febrero de 2024": ("2024-02-07", "ES"),
    "Revisado en Estados Unidos el 3 de marzo de 2023": ("2023-03-03", "US"),
    "Comentado en los Emiratos Árabes Unidos el 6 de enero de 2025": ("2025-01-06", "AE"),
    "Comentado en Arabia Saudita el 9 de setiembre de 2025": ("2025-09-09", "SA"),
    "Calificado en EE. UU. el 1.º de mayo del 2024": ("2024-05-01", "US"),
    # Italian
    "Recensito in Italia il 11 febbraio 2021": ("2021-02-11", "IT"),
    "Recensito negli Stati Uniti il 2 dicembre 2025": ("2025-12-02", "US"),
    "Recensito nei Paesi Bassi il 1º maggio 2023": ("2023-05-01", "NL"),
    # Portuguese
    "Avaliado no Brasil em 20 de março de 2026": ("2026-03-20", "BR"),
    "Avaliado nos Estados Unidos em 1º de março de 2026": ("2026-03-01", "US"),
    "Avaliado na Polónia em 5 de outubro de 2024": ("2024-10-05", "PL"),
    # Dutch
    "Beoordeeld in Nederland op 12 januari 2026": ("2026-01-12", "NL"),
    "Beoordeeld in de Verenigde Staten op 3 mrt. 2025": ("2025-03-03", "US"),
    "Beoordeeld in België op 31 augustus 2025": ("2025-08-31", "BE"),
    # Swedish
    "Recenserad i Sverige den 5 mars 2026": ("2026-03-05", "SE"),
    "Recension från Storbritannien den 2:e juni 2024": ("2024-06-02", "UK"),
    # Polish
    "Zrecenzowano w Polsce 12 stycznia 2026": ("2026-01-12", "PL"),
    "Recenzja z Polski z dnia 5 października 2025": ("2025-10-05", "PL"),
    "Recenzja ze Stanów Zjednoczonych z dnia 3 maja 2024 r.": ("2024-05-03", "US"),
    "Opinia z Wielkiej Brytanii z 3 maja 2024": ("2024-05-03", "UK"),
    "Zrecenzowano w Hiszpanii 30 września 2024": ("2024-09-30", "ES"),
    "Zrecenzowano w Zjednoczonych Emiratach Arabskich 1 lutego 2024": ("2024-02-01", "AE"),
    # Turkish
    "Türkiye'de 26 Haziran 2025 tarihinde değerlendirildi": ("2025-06-26", "TR"),
    "Türkiye’de 5 Ağustos 2025 tarihinde değerlendirildi": ("2025-08-05", "TR"),
    "Amerika Birleşik Devletleri'nde 1 Aralık 2024 tarihinde değerlendirildi": ("2024-12-01", "US"),
    "14 Kasım 2023 tarihinde Almanyada değerlendirildi": ("2023-11-14", "DE"),
    # Japanese
    "2023年10月1日に日本でレビュー済み": ("2023-10-01", "JP"),
    "2024年2月29日にアメリカ合衆国でレビュー済み": ("2024-02-29", "US"),
    "２０２４年 ２月 ９日に英国でレビュー済み": ("2024-02-09", "UK"),
    "2022年5月5日にインドネシアでレビュー済み": ("2022-05-05", "ID"),
    # Chinese
    "2021年11月23日 在美国审核": ("2021-11-23", "US"),
    "2022年8月3日 在阿联酋 发布": ("2022-08-03", "AE"),
    "2022 年 8 月 3 日在英國評論": ("2022-08-03", "UK"),
    # Arabic
    "تمت مراجعته من المملكة العربية السعودية في ٥ ديسمبر ٢٠٢٤": ("2024-12-05", "SA"),
    "تمت المراجعة في الإمارات العربية المتحدة بتاريخ 25 ديسمبر، 2024": ("2024-12-25", "AE"),
    "تمت المراجعة بمصر في ۱۲ كانون الثاني ۲۰۲۴": ("2024-01-12", "EG"),
    "\u200fتمت المراجعة في الولايات المتحدة الأمريكية في 3 أيار 2023\u200f": ("2023-05-03", "US"),
    # Further languages in which Amazon shows its stores
    "Recenzováno v Portugalsku dne 5. března 2026": ("2026-03-05", "PT"),
    "Recenzováno v Německu dne 5. března 2026": ("2026-03-05", "DE"),
    "Anmeldt i Danmark den 5. maj 2020": ("2020-05-05", "DK"),
    "2023년 5월 4일에 미국에서 리뷰됨": ("2023-05-04", "US"),
}

BARE = {
    "September 15, 2017": "2017-09-15",
    "on 20 September 2018": "2018-09-20",
    "24. März 2019": "2019-03-24",
    "am 24. März 2015": "2015-03-24",
    "22 février 2019": "2019-02-22",
    "le 22 février 2015": "2015-02-22",
    "23 novembre 2018": "2018-11-23",
    "14 de mayo de 2018": "2018-05-14",
    "2018年5月4日": "2018-05-04",
}

NO_DATE = [
    "Reviewed in Canada on 03/04/2024",
    "Reviewed in Canada on 3.4.2024",
    "Reviewed in the United States on July 30, 20",
    "Reviewed in the United States on July 30, 202",
    "Reviewed in the United States on February 30, 2020",
    "Reviewed in the United States on July 30, 20266",
    "Reviewed in the United States on July 0, 2026",
    "Reviewed in the United States on July 4, 1776",
    "Reviewed in the United States",
    "",
]


@pytest.mark.parametrize(("line", "expected"), LINES.items(), ids=str)
def test_date_and_country_are_read(line: str, expected: tuple[str, str]) -> None:
    read = read_date_line(line)

    assert (str(read.date), read.country) == expected


@pytest.mark.parametrize(("line", "day"), BARE.items(), ids=str)
def test_a_bare_date_is_known_to_name_no_country(line: str, day: str) -> None:
    read = read_date_line(line)

    assert (str(read.date), read.country, read.bare) == (day, None, True)


@pytest.mark.parametrize("line", NO_DATE)
def test_a_date_that_is_none_or_could_be_two_is_not_guessed(line: str) -> None:
    assert read_date_line(line).date is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Reviewed in Canada on 13/04/2024", date(2024, 4, 13)),
        ("Reviewed in Canada on 04/13/2024", date(2024, 4, 13)),
        ("Reviewed in Canada on 05.05.2024", date(2024, 5, 5)),
        ("Reviewed in Canada on 2024-04-03", date(2024, 4, 3)),
    ],
)
def test_numbers_are_read_where_they_can_mean_one_day_only(line: str, day: date) -> None:
    assert read_date_line(line).date == day


def test_a_country_nobody_knows_is_not_a_bare_date() -> None:
    read = read_date_line("Reviewed in Ruritania on 3 May 2024")

    assert (read.country, read.bare) == (None, False)


def test_a_name_with_words_of_dates_and_countries_stays_whole() -> None:
    assert read_byline("Review by India May on tour on March 5, 2026") == ("India May on tour", date(2026, 3, 5))


def test_an_unknown_wording_gives_the_date_and_no_name() -> None:
    assert read_byline("Bewertet durch Jo 3 am 5. März 2026") == (None, date(2026, 3, 5))
