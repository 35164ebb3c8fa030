"""`aftercare sync` as a person uses it, against a stand-in on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aftercare.cli import main
from sync.goods import order
from sync.stand_in import KEYS, Reply, StandIn

Run = Callable[..., Result]
TYPED = f"{KEYS['client_id']}\n{KEYS['client_secret']}\n{KEYS['refresh_token']}\n"


@pytest.fixture
def run(tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("AFTERCARE_KEYS", "file")
    monkeypatch.setenv("AFTERCARE_SP_API", stand_in.url)
    monkeypatch.setenv("AFTERCARE_LWA", f"{stand_in.url}/auth/o2/token")
    stand_in.looks_until_done = 0

    def command(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, ["sync", *arguments, "--home", str(tmp_path / "home")], input=typed)

    return command


def test_setup_checks_the_keys_and_finds_the_marketplaces(run: Run, stand_in: StandIn) -> None:
    stand_in.marketplaces = ["A1PA6795UKMFR9", "A13V1IB3VIYZZH", "made-up"]

    result = run("setup", "--marketplace", "de", "--json", typed=TYPED)

    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told == {"region": "eu", "marketplaces": ["DE", "FR"], "kept_in": "file"}


def test_keys_are_seen_neither_on_the_screen_nor_on_the_disk(run: Run, tmp_path: Path) -> None:
    setup = run("setup", "--marketplace", "DE", typed=TYPED)
    fetched = run("amazon")

    for secret in (KEYS["client_secret"], KEYS["refresh_token"], "Atza|"):
        assert secret not in setup.output + setup.stderr + fetched.output + fetched.stderr
        for file in (tmp_path / "home").rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes()


def test_files_with_keys_can_be_opened_by_their_user_only(run: Run, tmp_path: Path) -> None:
    run("setup", "--marketplace", "DE", typed=TYPED)
    run("amazon")

    modes = {file.name: file.stat().st_mode & 0o077 for file in (tmp_path / "home").iterdir() if file.is_file()}
    assert "accounts.sqlite3" in modes
    assert set(modes.values()) == {0}


def test_wrong_keys_are_not_kept(run: Run) -> None:
    result = run("setup", "--marketplace", "DE", typed=TYPED.replace("Atzr|", "Atzr|wrong"))

    assert result.exit_code == 1
    assert "[sync_token_revoked]" in result.stderr
    assert "No account" in run("status").stdout


def test_a_sync_says_each_file_as_json(run: Run, stand_in: StandIn) -> None:
    stand_in.order_pages = [[order()]]
    run("setup", "--marketplace", "DE", typed=TYPED)

    result = run("amazon", "--json")

    assert result.exit_code == 0, result.stderr
    (told,) = map(json.loads, result.stdout.splitlines())
    assert (told["kind"], told["new"], told["marketplace"]) == ("orders_api", 1, "DE")


def test_a_problem_is_named_with_its_part_and_next_step(run: Run, stand_in: StandIn) -> None:
    run("setup", "--marketplace", "DE", typed=TYPED)
    stand_in.then("searchOrders", Reply(403, {"errors": [{"code": "Unauthorized", "message": "denied"}]}))

    result = run("amazon", "--json")

    assert result.exit_code == 1
    problem = json.loads(result.stdout.splitlines()[-1])
    assert (problem["part"], problem["error"]["code"]) == ("orders", "sync_refused")
    assert "EU orders: Amazon does not allow" in result.stderr


def test_status_says_how_far_each_part_has_come(run: Run) -> None:
    run("setup", "--marketplace", "DE", typed=TYPED)
    run("amazon")

    told = json.loads(run("status", "--json").stdout)

    assert told["marketplaces"] == ["DE"]
    assert told["parts"]["DE orders"] == {"until": "2026-03-01T11:57:00Z", "in_progress": False}


def test_one_order_is_asked_about_on_demand(run: Run, stand_in: StandIn) -> None:
    stand_in.order_pages = [[order()]]
    run("setup", "--marketplace", "DE", typed=TYPED)

    result = run("order", "305-0000001-0000001", "--marketplace", "DE", "--json")

    assert json.loads(result.stdout) == {
        "order_id": "305-0000001-0000001", "actions": ["unexpectedProblem"], "locale": "de-DE", "new": 1,
    }  # fmt: skip


def test_an_order_that_amazon_does_not_know_is_said(run: Run) -> None:
    run("setup", "--marketplace", "DE", typed=TYPED)

    result = run("order", "305-0000001-0000009", "--marketplace", "DE")

    assert result.exit_code == 1
    assert "[sync_refused]" in result.stderr


def test_forgetting_removes_the_keys(run: Run) -> None:
    run("setup", "--marketplace", "DE", typed=TYPED)

    told = run("forget", "--all").stdout

    assert "the keys are removed" in told
    assert "account_missing" in run("amazon").stderr


def test_marketplaces_of_two_regions_are_set_up_one_by_one(run: Run) -> None:
    assert "[several_regions]" in run("setup", "--marketplace", "DE", "--marketplace", "US").stderr


def test_a_stand_in_elsewhere_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERCARE_LWA", "https://elsewhere.example/token")

    assert "[not_local]" in run("setup", "--marketplace", "DE", typed=TYPED).stderr


def test_forgetting_names_the_accounts_and_waits_to_be_told_which(run: Run) -> None:
    run("setup", "--marketplace", "DE", typed=TYPED)

    result = run("forget")

    assert result.exit_code == 1
    assert "EU (DE)" in result.stderr and "[account_unnamed]" in result.stderr
    assert "DE" in run("status").stdout


def test_without_any_account_no_region_is_named(run: Run) -> None:
    said = run("amazon").stderr

    assert "No account at Amazon is set up. Set it up first: aftercare sync setup." in said


@pytest.mark.parametrize("since", ["2001-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_of_which_amazon_tells_nothing_is_refused(run: Run, since: str) -> None:
    run("setup", "--marketplace", "DE", typed=TYPED)

    assert "[bad_since]" in run("amazon", "--since", since).stderr


@pytest.mark.parametrize("more", [(), ("--marketplace", "DE"), ("--json",)])
def test_where_nobody_can_type_setup_says_so(run: Run, more: tuple[str, ...]) -> None:
    result = run("setup", *more, typed="")

    assert result.exit_code == 1
    assert "[terminal_needed]" in result.stderr
