"""Finds, reads and checks the files in `shared_rules/`, each once per process."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from aftercare.errors import RulesError
from aftercare.rules.model import RuleModel

Model = TypeVar("Model", bound=RuleModel)


@cache
def rules_folder() -> Path:
    """The folder of the rules: inside the installed package, or at the root of a checkout.

    Raises RulesError (`rules_missing`) where neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_shared_rules", package.parent.parent / "shared_rules"):
        if folder.is_dir():
            return folder
    raise RulesError(
        "The rules that Aftercare works by are not there.",
        code="rules_missing",
        next="Install Aftercare again.",
    )


@cache
def load(model: type[Model], name: str) -> Model:
    """Reads `shared_rules/<name>` as the given model.

    Raises RulesError (`bad_rules`) naming the file, the place in it and what is wrong there.
    """
    path = rules_folder() / name
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RulesError(f"The rule file {name} is missing.", next="Install Aftercare again.", file=name) from None
    except (ValueError, OSError) as error:
        raise RulesError(
            f"The rule file {name} cannot be read: {error}", next="Undo your last change to it.", file=name
        ) from error
    # A file may name its schema for editors; the models do not need it.
    if isinstance(value, dict):
        value.pop("$schema", None)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(str(part) for part in first["loc"])
        raise RulesError(
            f"The rule file {name} is wrong at {place or 'its top'}: {first['msg']}.",
            next="Correct that place, or undo your last change to the file.",
            file=name,
            place=place,
        ) from error


@cache
def rules_version() -> str:
    """Twelve hex digits that change with any rule file; the audit trail notes them with each decision."""
    digest = hashlib.sha256()
    for path in sorted(rules_folder().rglob("*.json")):
        digest.update(path.relative_to(rules_folder()).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
