from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_paths
from orders.conftest import TODAY

make_reports = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_reports.py"))["make_reports"]


@pytest.mark.parametrize("marketplace", ["US", "DE", "JP"])
def test_made_reports_import_without_a_refusal(book: OrderBook, tmp_path: Path, marketplace: str) -> None:
    paths = make_reports(tmp_path / "reports", orders=300, seed=3, marketplace=marketplace)
    results = list(import_paths(book, paths.values(), today=TODAY))

    assert {result.kind for result in results} == set(paths)
    assert not any(result.refused or result.notes for result in results)
    assert {result.marketplace for result in results} <= {marketplace, None}


def test_the_same_seed_makes_the_same_files(tmp_path: Path) -> None:
    one, two = (make_reports(tmp_path / name, orders=50, seed=7) for name in ("one", "two"))

    assert {name: path.read_bytes() for name, path in one.items()} == {
        name: path.read_bytes() for name, path in two.items()
    }
