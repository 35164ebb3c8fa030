"""JSON of any shape and size is read record by record; what is broken is told by number and costs nothing before it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from aftercare.orders.imports.content import contents
from aftercare.orders.imports.documents import Document, records


def read(tmp_path: Path, content: str | bytes, **more: Any) -> tuple[list[Any], list[int]]:
    """The records of a file, and the numbers of those refused."""
    path = tmp_path / "records.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    refused: list[int] = []
    found = list(records(contents(path)[0], lambda number, reason: refused.append(number), **more))
    assert [number for number, _ in found] == sorted({number for number, _ in found})
    return [record for _, record in found], refused


ONE, TWO = {"id": 1, "text": "a\nb"}, {"id": 2, "inner": [{"x": 1}]}

SHAPES = {
    "array": json.dumps([ONE, TWO]),
    "pretty array": json.dumps([ONE, TWO], indent=1),
    "object with an array": json.dumps({"count": 2, "items": [ONE, TWO]}),
    "array deep in an object": json.dumps({"payload": {"page": {"items": [ONE, TWO], "more": None}}}),
    "lines": f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}\n",
    "lines with a mark in front": f"\ufeff{json.dumps(ONE)}\r\n{json.dumps(TWO)}",
    "packed": gzip.compress(json.dumps([ONE, TWO]).encode()),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_its_records(tmp_path: Path, shape: str) -> None:
    assert read(tmp_path, SHAPES[shape]) == ([ONE, TWO], [])


def test_a_lone_record_may_hold_arrays_of_its_own(tmp_path: Path) -> None:
    found, _ = read(tmp_path, json.dumps(TWO, indent=1), fits=lambda record: "inner" in record)

    assert found == [TWO]


def test_a_lone_record_is_among_the_samples_a_kind_is_told_by(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(TWO))

    assert Document(contents(path)[0]).samples == [TWO, {"x": 1}]


def test_several_arrays_of_one_answer_are_all_read(tmp_path: Path) -> None:
    answer = {"groups": [{"id": 0}], "tickets": [TWO], "users": [ONE]}

    assert read(tmp_path, json.dumps(answer), parts=("users", "tickets", "absent")) == ([ONE, TWO], [])


@pytest.mark.parametrize("between", ["\n", ","])
def test_several_answers_in_one_file_are_opened(tmp_path: Path, between: str) -> None:
    answers = between.join(json.dumps({"tickets": [each], "end_time": 1}) for each in (ONE, TWO))
    found, _ = read(tmp_path, answers if between == "\n" else f"[{answers}]", parts=("tickets",))

    assert found == [ONE, TWO]


@pytest.mark.parametrize("lead", ["[", '{"users": [], "items": ['])
def test_a_large_file_is_a_stream(tmp_path: Path, lead: str) -> None:
    many = 90_000
    body = ",".join(f'{{"id": {number}, "text": "{"x" * 90}"}}' for number in range(many))
    path = tmp_path / "large.json"
    path.write_text(f"{lead}{body}{']' if lead == '[' else ']}'}")
    stream = records(contents(path)[0], parts=("items",))

    assert next(stream) == (1, {"id": 0, "text": "x" * 90})
    assert sum(1 for _ in stream) == many - 1


@pytest.mark.parametrize("end", ['{"id": 3', '{"id": 3, "text": "\\ud8', "nonsense", ""])
def test_a_broken_end_costs_nothing_before_it(tmp_path: Path, end: str) -> None:
    found, refused = read(tmp_path, f"[{json.dumps(ONE)}, {json.dumps(TWO)}, {end}")

    assert (found, refused) == ([ONE, TWO], [3])


def test_a_broken_line_costs_no_other(tmp_path: Path) -> None:
    found, refused = read(tmp_path, f"{json.dumps(ONE)}\n{{broken\n[1]\n{json.dumps(TWO)}\n")

    assert (found, refused) == ([ONE, TWO], [2, 3])


def test_what_is_no_object_is_refused_by_its_number(tmp_path: Path) -> None:
    assert read(tmp_path, json.dumps([ONE, 5, None, TWO])) == ([ONE, TWO], [2, 3])


@pytest.mark.parametrize("content", ["[", "{", "{}", "[]", '{"a": ', "[" * 100_000, '{"a":' * 100_000, "[\xff"])
def test_nothing_usable_gives_nothing(tmp_path: Path, content: str) -> None:
    found, _ = read(tmp_path, content.encode("latin-1"))

    assert found in ([], [{}])
