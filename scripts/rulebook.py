"""Makes what is made from the rules: the JSON Schemas, each file's link to its own, and docs/rulebook.md.

`python3 scripts/rulebook.py` writes them; with `--check` it only says whether they are up to date.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import environment

DOCUMENT = environment.ROOT / "docs" / "rulebook.md"


def made() -> Iterator[tuple[Path, str]]:
    """Every file that is made, with the text it should have."""
    from aftercare.rules import rules_folder
    from aftercare.rules.catalog import KINDS, kind_of, rule_files

    for kind in KINDS:
        schema = json.dumps(kind.load_model().model_json_schema(), indent=1, ensure_ascii=False, sort_keys=True)
        yield rules_folder() / "schemas" / f"{kind.schema}.json", schema + "\n"
    for path in rule_files():
        kind = kind_of(path)
        if kind is None:
            sys.exit(f"{path.name} is in no row of server/aftercare/rules/catalog.py.")
        up = "../" * (len(path.relative_to(rules_folder()).parts) - 1)
        yield path, _linked(path.read_text(encoding="utf-8"), f"{up}schemas/{kind.schema}.json")
    yield DOCUMENT, "\n".join(_document()) + "\n"


def _linked(text: str, schema: str) -> str:
    """The rule file with its schema named first; everything else in it stays as the person wrote it."""
    if '"$schema"' in text:
        return re.sub(r'("\$schema":\s*)"[^"]*"', rf'\1"{schema}"', text, count=1)
    head, rest = text.split("{", 1)
    indent = rest[: len(rest) - len(rest.lstrip())].lstrip("\n") or " "
    return f'{head}{{\n{indent}"$schema": "{schema}",{rest}'


def _document() -> Iterator[str]:
    yield "# The rule book"
    yield ""
    yield "Made from `shared_rules/` by `scripts/rulebook.py`; correct the rules, not this page."
    yield ""
    yield from _lint_rules()
    yield from _complaint_cues()
    yield from _routes()
    yield from _layouts()


def _lint_rules() -> Iterator[str]:
    from aftercare.messages.lint.engine import rules

    yield "## What a message may not say"
    for rule in rules():
        yield ""
        yield f"### `{rule.rule}` ({'blocks' if rule.severity == 'block' else 'warns'})"
        yield ""
        yield f"{rule.reason}"
        yield ""
        yield f"Holds for: {', '.join(rule.profiles)}; {', '.join(rule.kinds)}. Source: {rule.source}"
        for title, examples in (("Catches", rule.catches), ("Leaves alone", rule.leaves)):
            yield ""
            yield f"{title}:"
            yield ""
            for language, texts in examples.items():
                yield from (f"- {language}: {_quoted(example.text)}" for example in texts[:3])
    yield ""


def _complaint_cues() -> Iterator[str]:
    from aftercare.complaints.lexicon import LANGUAGES, lexicon

    yield "## What tells a complaint"
    for code in LANGUAGES:
        language = lexicon(code).language
        yield ""
        yield f"### {code}"
        yield ""
        yield "| cue | says | topic | catches | leaves alone | why |"
        yield "|---|---|---|---|---|---|"
        for cue in language.cues:
            cells = (cue.id, cue.kind, cue.topic, cue.catches[0], (*cue.leaves, "")[0], cue.why)
            yield f"| {' | '.join(_cell(cell) for cell in cells)} |"
    yield ""


def _routes() -> Iterator[str]:
    from aftercare.messages.reasons import route_rules

    yield "## Why a way of contact is open or closed"
    yield ""
    yield "| code | words |"
    yield "|---|---|"
    for code, wordings in route_rules().reasons.items():
        yield f"| `{code}` | {_cell(wordings[0])} |"
    yield ""


def _layouts() -> Iterator[str]:
    from aftercare.reviews.layouts import layouts

    yield "## How pages are read"
    yield ""
    yield "| layout | about |"
    yield "|---|---|"
    for layout in layouts().layouts:
        yield f"| `{layout.name}` | {_cell(layout.why)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _quoted(text: str) -> str:
    """One line, in which nothing is markup."""
    return "`" + " ⏎ ".join(text.replace("`", "'").splitlines()) + "`"


def main() -> None:
    """Writes what is out of date, or says that it is."""
    stale = [(path, text) for path, text in made() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path, text in stale:
        print(path.relative_to(environment.ROOT))
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    sys.exit(1 if stale and "--check" in sys.argv else 0)


if __name__ == "__main__":
    environment.enter()
    main()
