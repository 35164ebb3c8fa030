"""The commands around personal data, as a seller types them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aftercare.cli.main import main
from aftercare.config import Home
from aftercare.keeping import wrapping
from aftercare.keeping.sources import API_NAME
from aftercare.orders.book import OrderBook
from aftercare.sync import inbox
from orders.reports import number
from safety.conftest import lines_of


def run(home: Home, *words: str, **options: object) -> Result:
    return CliRunner().invoke(main, [*words, "--home", str(home.folder)], **options)  # type: ignore[arg-type]


def test_own_files_are_kept_until_the_seller_says_otherwise(filled: Home) -> None:
    before = lines_of(filled)

    assert run(filled, "purge", "--today", "2030-01-01").output.startswith("0 orders")
    assert lines_of(filled) == before
    assert json.loads(run(filled, "retention", "--json").output)["api"] == 30


def test_a_setting_says_what_is_due(filled: Home) -> None:
    assert run(filled, "retention", "reports", "30").exit_code == 0

    # The first order is estimated to have come on the 15th of January, the second is promised for the 17th.
    due = [json.loads(run(filled, "purge", "--today", f"2026-02-{day}", "--dry-run", "--json").output)["orders"]
           for day in (14, 15, 17)]  # fmt: skip

    assert due == [0, 1, 2]
    assert run(filled, "retention", "reports", "keep").exit_code == 0
    assert run(filled, "purge", "--today", "2030-01-01").output.startswith("0 orders")


@pytest.mark.parametrize("words", [("mails", "30"), ("mail",), ("mail", "-1"), ("mail", "soon"), ("mail", "99999999")])
def test_a_setting_that_means_nothing_is_refused(filled: Home, words: tuple[str, ...]) -> None:
    assert run(filled, "retention", *words).exit_code != 0
    assert json.loads(run(filled, "retention", "--json").output)["mail"] is None


@pytest.mark.parametrize(("word", "said"), [("1e3", "no number of days"), ("9" * 5000, "no number of days")])
def test_a_wrong_number_of_days_is_not_called_missing(filled: Home, word: str, said: str) -> None:
    assert said in run(filled, "retention", "reports", word).stderr
    assert "missing" in run(filled, "retention", "reports").stderr


@pytest.mark.parametrize(("days", "warned"), [("keep", True), ("31", True), ("30", False), ("0", False)])
def test_what_amazon_asks_for_its_api_is_said(filled: Home, days: str, warned: bool) -> None:
    result = run(filled, "retention", "api", days)

    assert result.exit_code == 0
    assert ("30 days after delivery" in result.stderr) is warned


def test_a_day_before_the_calendar_is_its_first(filled: Home) -> None:
    result = run(filled, "purge", "--older-than", "36500", "--dry-run", "--today", "0050-01-01")

    assert (result.exit_code, result.output[:8]) == (0, "0 orders")


def test_purge_says_what_went_and_that_files_bring_it_back(filled: Home) -> None:
    answer = run(filled, "purge", "--all", "--desk")

    assert answer.exit_code == 0
    assert answer.output.startswith("2 orders, 0 messages without an order, 0 orders of other channels and 1 case ")
    assert "brings their names back" in answer.output
    with OrderBook.open(filled.book) as book:
        order = book.order(number(1))
    assert order and order.lines[0].buyer is None
    assert run(filled, "audit", "verify").exit_code == 0


def test_cases_alone_are_purged_by_their_last_change(filled: Home) -> None:
    assert json.loads(run(filled, "purge", "--before", "2020-01-01", "--json").output)["cases"] == 0
    assert json.loads(run(filled, "purge", "--before", "2099-01-01", "--json").output)["cases"] == 1


def test_options_that_exclude_one_another_are_refused(filled: Home) -> None:
    assert run(filled, "purge", "--all", "--older-than", "3").exit_code == 1
    assert run(filled, "purge", "--desk").exit_code == 1


def test_one_buyer_is_exported_and_forgotten(filled: Home, tmp_path: Path) -> None:
    out = tmp_path / "buyer.json"

    assert json.loads(run(filled, "export", "--order", number(1)).output)["orders"] == [number(1)]
    assert run(filled, "export", "--order", number(1), "--out", str(out)).exit_code == 0
    assert "Ada Costa" in out.read_text()
    if os.name == "posix":
        assert out.stat().st_mode & 0o777 == 0o600
    assert run(filled, "export", "--order", number(1), "--out", str(out)).exit_code == 1

    assert "1 order and 1 case would" in run(filled, "forget", "--order", number(1), "--dry-run").output
    assert "The buyer is forgotten: 1 order and 1 case " in run(filled, "forget", "--order", number(1)).output
    gone = run(filled, "export", "--order", number(1))
    assert gone.exit_code == 1 and "nobody_known" in gone.stderr


def test_a_backup_is_written_and_put_back(filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "_COST", 2**10)
    file, other = tmp_path / "all.backup", Home.at(tmp_path / "other")
    words = {"AFTERCARE_PASSPHRASE": "four quiet harbor pillows"}

    assert run(filled, "backup", str(file), env=words).exit_code == 0
    assert run(other, "restore", str(file), env=words).exit_code == 0

    assert lines_of(other) == lines_of(filled)


def test_without_a_passphrase_nothing_is_written(filled: Home, tmp_path: Path) -> None:
    answer = run(filled, "backup", str(tmp_path / "all.backup"))

    assert answer.exit_code == 1 and "passphrase_missing" in answer.stderr
    assert run(filled, "backup", str(tmp_path / "all.backup"), "--without-key").exit_code == 0


def test_what_the_api_brought_is_named_as_retention_looks_for_it() -> None:
    assert inbox.PREFIX.startswith(API_NAME)
