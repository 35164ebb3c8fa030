"""Which model each file of `shared_rules/` is read as; the schemas and the rule book are made from this table.

Models are named by module and class, since they stand on floors above this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from aftercare.rules.files import rules_folder
from aftercare.rules.model import RuleModel


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rule file: the files, as a pattern below `shared_rules/`, their model, and their schema's name."""

    files: str
    module: str
    model: str
    schema: str

    def load_model(self) -> type[RuleModel]:
        """The model, imported now."""
        model = getattr(import_module(f"aftercare.{self.module}"), self.model)
        assert issubclass(model, RuleModel)  # noqa: S101 - a slip in the table below, not in a person's data.
        return model

    def paths(self) -> list[Path]:
        """The files of this kind that are there."""
        return sorted(rules_folder().glob(self.files))


KINDS = (
    Kind("marketplaces.json", "rules.marketplaces", "Marketplaces", "marketplaces"),
    Kind("layouts.json", "reviews.layouts", "Layouts", "layouts"),
    Kind("dates.json", "reviews.tables", "DateRules", "dates"),
    Kind("complaints/judgment.json", "complaints.verdict", "Judgment", "complaint-judgment"),
    Kind("complaints/learned/*.json", "complaints.learned", "LearnedTriage", "learned_triage"),
    Kind("complaints/[a-z][a-z].json", "complaints.lexicon", "Language", "complaint-language"),
    Kind("reports/amazon.json", "orders.imports.recognize", "ReportRules", "reports"),
    Kind("reports/[!a]*.json", "orders.imports.recognize", "OtherReports", "other_reports"),
    Kind("mail.json", "orders.imports.mail.wording", "MailRules", "mail"),
    Kind("channels.json", "orders.imports.channels.words", "ChannelRules", "channels"),
    Kind("customers.json", "orders.customer_names", "CustomerRules", "customers"),
    Kind("signals.json", "orders.derive_signals", "SignalRules", "signals"),
    Kind("matching/model.json", "matching.model", "MatchingModel", "matching-model"),
    Kind("matching/name_words.json", "matching.name_data", "NameWords", "matching-name-words"),
    Kind("matching/generic_names.json", "matching.name_data", "GenericNames", "matching-generic-names"),
    Kind("matching/common_names.json", "matching.name_data", "CommonNames", "matching-common-names"),
    Kind("matching/nicknames.json", "matching.name_data", "Nicknames", "matching-nicknames"),
    Kind("matching/japanese_surnames.json", "matching.name_data", "JapaneseSurnames", "matching-japanese-surnames"),
    Kind("coverage.json", "coverage.windows", "CoverageRules", "coverage"),
    Kind("returns.json", "coverage.windows", "ReturnRules", "returns"),
    Kind("routes.json", "messages.reasons", "RouteRules", "routes"),
    Kind("seller_central.json", "messages.links", "SellerCentral", "seller-central"),
    Kind("templates/drafting.json", "messages.templates", "Drafting", "template-drafting"),
    Kind("templates/frame/*.json", "messages.templates", "Frame", "template-frame"),
    Kind("templates/*/templates.json", "messages.templates", "Templates", "templates"),
    Kind("templates/*/[a-z][a-z].json", "messages.templates", "Sentences", "template-sentences"),
    Kind("lint/rules/*.json", "messages.lint.model", "Rule", "lint-rule"),
    Kind("lint/words/*.json", "messages.lint.vocabulary", "WordFile", "lint-words"),
    Kind("lint/languages.json", "messages.lint.vocabulary", "SmallWords", "lint-languages"),
    Kind("lint/disguises.json", "messages.lint.plain", "Disguises", "lint-disguises"),
    Kind("lint/quote_words.json", "messages.lint.checks.quotes", "QuoteWords", "lint-quote-words"),
    Kind("lint/numbers.json", "messages.lint.checks.numbers", "Numbers", "lint-numbers"),
    Kind("lint/addresses.json", "messages.lint.checks.addresses", "Addresses", "lint-addresses"),
)


def kind_of(path: Path) -> Kind | None:
    """The first kind that claims a file; the order of the table decides where two patterns fit."""
    return next((kind for kind in KINDS if path in kind.paths()), None)


def rule_files() -> Iterator[Path]:
    """Every rule file, without the schemas."""
    yield from (path for path in sorted(rules_folder().rglob("*.json")) if path.parent.name != "schemas")
