"""The shape all rule files share: frozen, strict about unknown fields, described in plain words.

Each package that needs knowledge declares its files as RuleModels beside the code that uses them. The JSON Schemas in
`shared_rules/schemas/` are generated from these models by `scripts/rulebook.py`, and a test compares them.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class RuleModel(BaseModel):
    """A piece of knowledge kept as data; unknown fields are mistakes, since a misspelled one would be lost silently."""

    # Built when first used: the server starts before most rule files are needed.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
