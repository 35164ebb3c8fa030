"""Which lines several readings of one order and SKU make."""

from __future__ import annotations

from typing import Any

from aftercare.orders.resolve import KINDS, Reading, line_numbers, resolved
from aftercare.orders.schema import FACTS


def reading(id_: int, kind: str, item: str = "#1", part: str = "", as_of: int = 0, **facts: Any) -> Reading:
    values = tuple(facts.get(fact) for fact in FACTS)
    shape = sum(1 << place for place, value in enumerate(values) if value is not None)
    return Reading(id_, 1, KINDS[kind], item, part, as_of, shape, values)


def merged(*readings: Reading, fact: str) -> dict[int, Any]:
    return {number: facts[FACTS.index(fact)] for number, facts in resolved(readings)[1].items()}


def test_a_lone_reading_is_its_line() -> None:
    assert resolved([reading(7, "all_orders", "#2")]) == ({7: 2}, {})


def test_rows_of_one_report_that_it_tells_apart_are_lines_of_their_own() -> None:
    assert resolved([reading(1, "all_orders", "#1"), reading(2, "all_orders", "#2")]) == ({1: 1, 2: 2}, {})


def test_amazons_record_stands_above_the_shipping_report_and_lacks_what_that_adds() -> None:
    shipping = reading(1, "fulfilled_shipments", "10", as_of=9, quantity=1, buyer="Ada")
    record = reading(2, "all_orders", quantity=2)
    for both in ((shipping, record), (record, shipping)):
        assert merged(*both, fact="quantity") == {1: 2}
        assert merged(*both, fact="buyer") == {1: "Ada"}


def test_a_newer_reading_holds_but_wipes_nothing() -> None:
    old = reading(1, "all_orders", as_of=1, status="Unshipped", city="Salem")
    new = reading(2, "all_orders", as_of=2, status="Shipped")
    assert merged(new, old, fact="status") == {1: "Shipped"}
    assert merged(new, old, fact="city") == {1: "Salem"}


def test_shipments_of_one_item_add_up_exactly() -> None:
    one = reading(1, "fulfilled_shipments", "10", "D1", quantity=1, price="0.10")
    two = reading(2, "fulfilled_shipments", "10", "D2", quantity=2, price="0.20")
    assert merged(one, two, fact="quantity") == {1: 3}
    assert merged(one, two, fact="price") == {1: "0.30"}


def test_a_price_keeps_its_decimals_where_nothing_is_added() -> None:
    one = reading(1, "fulfilled_shipments", "10", "D1", price="0.125")
    two = reading(2, "fulfilled_shipments", "10", "D2", quantity=2)
    assert merged(one, two, fact="price") == {1: "0.125"}


def test_item_ids_are_numbered_as_they_sort_in_each_kind() -> None:
    kind, other = KINDS["fulfilled_shipments"], KINDS["fbm_orders"]
    items = [(kind, "20"), (kind, "10"), (other, "20"), (kind, "#2"), (kind, "#odd")]
    assert line_numbers(items) == [2, 1, 1, 2, 1]
