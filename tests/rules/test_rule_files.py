"""Every rule file is of a known kind, is valid, and names the schema that is made from its model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aftercare.errors import RulesError
from aftercare.rules import RuleModel, load, rules_folder
from aftercare.rules.catalog import KINDS, Kind, kind_of, rule_files

FILES = list(rule_files())


def name(path: Path) -> str:
    return path.relative_to(rules_folder()).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_rule_file_is_of_a_known_kind_and_valid(path: Path) -> None:
    kind = kind_of(path)

    assert kind, f"{name(path)} is in no row of rules/catalog.py"
    assert load(kind.load_model(), name(path))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_rule_file_names_its_schema_for_editors(path: Path) -> None:
    kind = kind_of(path)
    up = "../" * (len(path.relative_to(rules_folder()).parts) - 1)

    assert kind
    assert json.loads(path.read_text(encoding="utf-8"))["$schema"] == f"{up}schemas/{kind.schema}.json"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.schema)
def test_the_stored_schema_is_the_models(kind: Kind) -> None:
    stored = json.loads((rules_folder() / "schemas" / f"{kind.schema}.json").read_text(encoding="utf-8"))

    assert stored == kind.load_model().model_json_schema(), "run: python3 scripts/rulebook.py"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.schema)
def test_every_kind_has_a_file(kind: Kind) -> None:
    assert kind.paths()


class Example(RuleModel):
    word: str


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "cannot be read"),
        ('{"word": 1}', "wrong at word"),
        ('{"wurd": "x"}', "wrong at"),
        ("[]", "wrong at its top"),
    ],
)
def test_a_broken_rule_file_is_refused_by_name_and_place(
    content: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "example.json").write_text(content, encoding="utf-8")
    monkeypatch.setattr("aftercare.rules.files.rules_folder", lambda: tmp_path)

    with pytest.raises(RulesError, match=says) as refused:
        load.__wrapped__(Example, "example.json")

    assert refused.value.detail["file"] == "example.json"


def test_a_missing_rule_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.rules.files.rules_folder", lambda: tmp_path)

    with pytest.raises(RulesError, match=r"none\.json is missing"):
        load.__wrapped__(Example, "none.json")
