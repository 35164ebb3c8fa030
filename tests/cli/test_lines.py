"""JSON Lines in and out: wrong lines are refused by number, the others answered in order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aftercare.cli import main


def lint(lines: bytes, home: Path) -> Result:
    return CliRunner().invoke(main, ["lint", "--home", str(home)], input=lines)


def answers(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_is_answered_in_its_order(tmp_path: Path) -> None:
    result = lint(b'{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}\n', tmp_path)

    assert [answer["id"] for answer in answers(result)] == ["a", "b"]
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (b"not json", "not JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"text": "no id"}', "'id'"),
        (b'{"id": "b"}', "'text'"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_wrong_line_is_refused_by_its_number_and_the_rest_answered(wrong: bytes, reason: str, tmp_path: Path) -> None:
    result = lint(b'{"id": "a", "text": "x"}\n' + wrong + b'\n{"id": "c", "text": "z"}\n', tmp_path)

    assert [answer["id"] for answer in answers(result)] == ["a", "c"]
    assert "line 2: " in result.stderr
    assert reason in result.stderr
    assert result.exit_code == 1


def test_blank_lines_and_a_byte_order_mark_are_no_lines(tmp_path: Path) -> None:
    result = lint(b'\xef\xbb\xbf{"id": "a", "text": "x"}\n\n  \n', tmp_path)

    assert [answer["id"] for answer in answers(result)] == ["a"]
    assert result.exit_code == 0


def test_a_lone_surrogate_does_not_stop_the_answer(tmp_path: Path) -> None:
    result = lint(b'{"id": "a", "text": "odd \\ud800 text"}\n', tmp_path)

    assert answers(result)[0]["id"] == "a"


def test_files_are_read_and_written(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "a", "text": "x"}\n', encoding="utf-8")
    files = ["--in", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl")]

    result = CliRunner().invoke(main, ["lint", *files, "--home", str(tmp_path)])

    assert result.stdout == ""
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["id"] == "a"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["lint", "--in", str(tmp_path / "none.jsonl"), "--home", str(tmp_path)])

    assert "none.jsonl cannot be read" in result.stderr
    assert result.exit_code == 1
