"""Loads and checks `shared_rules/` into frozen objects; the only place that opens those files."""

from aftercare.rules.files import load, rules_folder, rules_version
from aftercare.rules.model import RuleModel

__all__ = ["RuleModel", "load", "rules_folder", "rules_version"]
