"""The house keeps its order: each floor imports only what stands below it, and files keep to their size."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "server" / "aftercare"

# From the top floor down. A package may import what stands in a later row, or beside itself in its own folder.
FLOORS = (
    ("__main__",),
    ("cli",),
    ("app",),
    ("api",),
    ("gate",),
    ("investigate",),
    ("keeping",),
    ("cases",),
    ("messages",),
    ("coverage",),
    ("matching",),
    ("complaints",),
    ("sync",),
    ("orders",),
    ("reviews",),
    ("knowledge",),
    ("text", "rules"),
    ("vault",),
    ("config",),
    ("errors",),
)
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
FILES = sorted(PACKAGE.rglob("*.py"))


def floor_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """The floors a file imports, wherever in the file it does so."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} uses a relative import; write the whole name"
            names = [
                f"{node.module}.{each.name}" if node.module == "aftercare" else node.module or "" for each in node.names
            ]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("aftercare.")}
    return found - {"__version__"}


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.name != "__init__.py" or path.parent != PACKAGE],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_a_file_imports_only_what_stands_below_its_floor(path: Path) -> None:
    own = floor_of(path)
    above = {name for name in imports_of(path) - {own} if LEVEL[name] <= LEVEL[own]}

    assert not above, f"{path.relative_to(PACKAGE)} imports upward: {', '.join(sorted(above))}"


def test_every_floor_is_known() -> None:
    there = {floor_of(path) for path in FILES} - {"__init__"}

    assert there == set(LEVEL)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_says_its_purpose_in_its_first_lines(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_is_small_enough_to_know_whole(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_rules_floor_opens_rule_files(path: Path) -> None:
    if floor_of(path) != "rules":
        assert "shared_rules" not in _code_without_docstrings(path)


def _code_without_docstrings(path: Path) -> str:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            node.value.value = ""
    return ast.unparse(tree)
