"""What commands say to a person in a terminal: names made harmless, what was left out, and refusals before any work."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aftercare.cli.common import counted
from aftercare.cli.main import main
from aftercare.errors import AftercareError
from aftercare.orders.store import place_of
from orders.reports import number, report


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def aftercare(home: Path, *arguments: str, **more: object) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)], **more)  # type: ignore[arg-type]


def test_a_refused_file_says_what_to_do_next(home: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("milk, eggs, bread\n")

    (told,) = map(json.loads, aftercare(home, "import", str(tmp_path / "notes.txt"), "--json").stdout.splitlines())

    assert told["next"] in aftercare(home, "import", str(tmp_path / "notes.txt")).stdout


@pytest.mark.parametrize("name", ["a\x1b]0;x\x07.txt", "a\nb.txt", "a\u202etxt.exe", "a[bold]b[/bold][/x].txt"])
def test_no_name_of_a_file_is_obeyed(home: Path, tmp_path: Path, name: str) -> None:
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, report("all_orders", {}))
        archive.writestr(f"bad {name}", "milk, eggs, bread\n")

    result = aftercare(home, "import", str(packed))

    assert result.exception is None or isinstance(result.exception, SystemExit)
    said = result.stdout + result.stderr
    assert "\x1b" not in said and "\u202e" not in said and "a\nb" not in said
    if "[" in name and "\x1b" not in name:
        assert name in said


def test_an_error_cannot_write_into_the_terminal(home: Path) -> None:
    said = aftercare(home, "import", "--watch", "no\x1b[2J\nfolder").stderr

    assert "[folder_missing]" in said and "\x1b" not in said and "\nfolder" not in said


def test_what_was_passed_over_and_noted_is_told(home: Path, tmp_path: Path) -> None:
    rows = [{"amazon-order-id": number(place), "item-price": "unreadable"} for place in range(1, 13)]
    (tmp_path / "orders.txt").write_text(report("all_orders", *rows))

    said = aftercare(home, "import", str(tmp_path / "orders.txt")).stdout

    assert "skipped" in said
    assert said.count("note: ") == 11
    assert "note: and 2 more" in said


@pytest.mark.parametrize("every", ["nan", "inf", "1e300", "-inf", "0"])
def test_a_wait_that_never_ends_is_refused(home: Path, tmp_path: Path, every: str) -> None:
    assert aftercare(home, "import", "--watch", str(tmp_path), "--every", every).exit_code == 2


def test_an_invitation_is_for_somebody(home: Path) -> None:
    assert "[bad_agent]" in aftercare(home, "pair", "--agent", "").stderr
    assert "[nobody_invited]" in aftercare(home, "pair", "--hours", "3").stderr
    assert "Invitation for Dana Ruiz: " in aftercare(home, "pair", "--agent", " Dana  Ruiz").stdout


def test_a_pairing_that_cannot_be_is_unknown(home: Path) -> None:
    assert "[pairing_unknown]" in aftercare(home, "pairings", "revoke", "99999999999999999999").stderr


def test_doctor_tells_where_things_are_kept(home: Path, tmp_path: Path) -> None:
    assert aftercare(home, "doctor", "--port", "-1").exit_code == 2
    (tmp_path / "orders.txt").write_text(report("all_orders", {}))
    aftercare(home, "import", str(tmp_path / "orders.txt"))

    told = {each["name"]: each["seen"] for each in json.loads(aftercare(home, "doctor", "--json").stdout)}

    assert "vault.key" in told["key of the data"]
    assert "api 30 days" in told["days that data are kept"]
    assert "aftercare sync setup" in told["account at Amazon"]
    assert told["order book"] == "1 order line"


@pytest.mark.parametrize("url", ["", " ", "sqlite://", "sqlite:///", "postgresql://", "a\0b"])
def test_an_empty_address_is_no_order_book(tmp_path: Path, url: str) -> None:
    with pytest.raises(AftercareError) as refused:
        place_of(url, tmp_path)

    assert refused.value.code == "book_kind_unknown"


def test_no_address_is_the_order_book_of_the_home(tmp_path: Path) -> None:
    assert place_of(None, tmp_path) == tmp_path


@pytest.mark.parametrize(("count", "said"), [(0, "0 orders"), (1, "1 order"), (2000, "2,000 orders")])
def test_numbers_have_the_right_noun(count: int, said: str) -> None:
    assert counted(count, "order") == said
