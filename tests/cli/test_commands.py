"""The commands as the contract describes them, over the project's own pages and reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aftercare.cli import main
from support.sample import ASIN, PLAIN, RETURNED, all_orders, order

SITE = Path(__file__).parent.parent / "fixtures" / "site"
TODAY = "2026-11-21"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def aftercare(home: Path, *arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)], input=given)


def lines(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    rows = [order(RETURNED, purchased="2026-02-20"), order(PLAIN, purchased="2026-02-25")]
    path = tmp_path / "orders.txt"
    path.write_text(all_orders(*rows), encoding="utf-8")
    return path


def test_read_writes_one_review_a_line(home: Path) -> None:
    result = aftercare(home, "read", str(SITE / "product-2026.html"))

    assert result.exit_code == 0
    assert len(lines(result)) == 8
    assert {"id", "marketplace", "asin", "stars", "date", "body", "missing"} <= lines(result)[0].keys()


def test_read_says_why_a_page_has_no_reviews_and_reads_the_others(home: Path) -> None:
    result = aftercare(home, "read", str(SITE / "contact-plain.html"), str(SITE / "product-div.html"))

    assert result.exit_code == 1
    assert "contact-plain.html" in result.stderr
    assert len(lines(result)) == 3


def test_what_read_writes_triage_reads(home: Path) -> None:
    reviews = aftercare(home, "read", str(SITE / "product-2026.html")).stdout

    complaints = lines(aftercare(home, "triage", given=reviews))

    assert len(complaints) == 8
    assert complaints[0]["type"] == "service"
    assert complaints[0]["critical"] is True
    assert complaints[0]["evidence"]


def test_import_answers_one_object_a_file(home: Path, report: Path) -> None:
    (first,) = lines(aftercare(home, "import", str(report), "--json"))
    (again,) = lines(aftercare(home, "import", str(report), "--json"))

    assert first["kind"] == "all_orders"
    assert (first["rows"], first["new"], first["refused"]) == (2, 2, [])
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)


def test_import_names_what_it_does_not_know(home: Path, tmp_path: Path, report: Path) -> None:
    (tmp_path / "notes.txt").write_text("milk, eggs, bread\n", encoding="utf-8")

    result = aftercare(home, "import", str(tmp_path / "notes.txt"), str(report), "--json")

    unknown, known = lines(result)
    assert unknown["kind"] is None
    assert unknown["reason"]
    assert known["new"] == 2
    assert result.exit_code == 1


def test_match_gives_probabilities_that_sum_to_one(home: Path, report: Path) -> None:
    aftercare(home, "import", str(report))
    review = {"id": "R1", "asin": ASIN, "date": "2026-03-10", "marketplace": "US", "body": "The refund never came."}

    (match,) = lines(aftercare(home, "match", "--today", "2026-03-20", given=json.dumps(review)))

    total = match["none"] + match["beyond"] + sum(each["probability"] for each in match["candidates"])
    assert total == pytest.approx(1)
    assert match["considered"] == 2
    assert {each["order_id"] for each in match["candidates"]} == {RETURNED, PLAIN}


def test_match_refuses_a_review_without_a_date_by_its_line(home: Path, report: Path) -> None:
    aftercare(home, "import", str(report))
    given = json.dumps({"id": "R1", "asin": ASIN}) + "\n" + json.dumps({"id": "R2", "asin": ASIN, "date": "2026-03-10"})

    result = aftercare(home, "match", given=given)

    assert [each["id"] for each in lines(result)] == ["R2"]
    assert "line 1: " in result.stderr
    assert result.exit_code == 1


def test_match_over_an_empty_book_says_so_and_answers_none(home: Path) -> None:
    result = aftercare(home, "match", given=json.dumps({"id": "R1", "asin": ASIN, "date": "2026-03-10"}))

    assert lines(result)[0]["none"] == 1
    assert "order book is empty" in result.stderr


def test_coverage_tells_six_programmes(home: Path) -> None:
    asked = ("--marketplace", "DE", "--purchased", "2026-03-01", "--today", TODAY)

    (answer,) = lines(aftercare(home, "coverage", *asked, "--json"))
    table = aftercare(home, "coverage", *asked).stdout

    assert len(answer["programmes"]) == 6
    assert "live support" in table


def test_coverage_refuses_an_unknown_marketplace_by_name(home: Path) -> None:
    result = aftercare(home, "coverage", "--marketplace", "XX", "--purchased", "2026-03-01")

    assert "'XX'" in result.stderr
    assert "unknown_marketplace" in result.stderr
    assert result.exit_code == 1


def test_investigate_tells_of_complaints_and_keeps_contact_shut_until_an_order_is_confirmed(home: Path) -> None:
    page = str(SITE / "product-2026.html")

    told = aftercare(home, "investigate", page, "--today", TODAY).stdout
    found = lines(aftercare(home, "investigate", page, "--today", TODAY, "--json"))

    # Wherever the lines of the terminal break.
    assert "refund never came" in " ".join(told.split())
    assert len(found) == 8
    contacts = [route for route in found[0]["routes"] if route["route"] in ("contact_buyer", "answer_thread")]
    assert [route["open"] for route in contacts] == [False, False]


def test_investigate_names_a_review_that_is_not_on_the_page(home: Path) -> None:
    result = aftercare(home, "investigate", str(SITE / "product-2026.html"), "--review", "RNOTTHERE01")

    assert "RNOTTHERE01" in result.stderr
    assert result.exit_code == 1


def test_a_terminal_is_never_given_control_characters_of_a_page(home: Path, tmp_path: Path) -> None:
    page = (SITE / "product-div.html").read_text(encoding="utf-8")
    evil = page.replace("</span></div>", "\x1b[2J\x9b31m refund never came</span></div>")
    (tmp_path / "evil.html").write_text(evil, encoding="utf-8")

    told = aftercare(home, "investigate", str(tmp_path / "evil.html"), "--today", TODAY).stdout

    assert "\x1b[2J" not in told
    assert "\x9b" not in told


def test_doctor_gives_the_next_step_for_each_thing_that_is_missing(home: Path) -> None:
    result = aftercare(home, "doctor", "--json", "--port", "1")
    checks = {check["name"]: check for check in json.loads(result.stdout)}

    assert result.exit_code == 1
    assert "aftercare import" in checks["order book"]["next"]
    assert "aftercare serve" in checks["server"]["next"]
    assert "aftercare pair" in checks["paired browsers"]["next"]
    assert checks["extension"]["ok"]


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    result = aftercare(tmp_path / "file" / "below", "doctor")

    assert result.exit_code == 1
    assert "home_unusable" in result.stderr
