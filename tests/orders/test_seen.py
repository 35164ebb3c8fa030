from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.orders.imports import seen
from aftercare.orders.imports.seen import Seen


@given(st.lists(st.one_of(st.tuples(st.integers(0, 30), st.sampled_from("ab")), st.integers(-5, 5))), st.integers(1, 9))
def test_it_remembers_as_a_set_does_before_and_after_packing(keys: list, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seen, "_MOST_RECENT", most)
        patch.setattr(seen, "_PARTS", 4)
        packed, plain = Seen(), set()
        for key in keys:
            known = {hash(each) for each in plain}
            assert packed.add(key) == (hash(key) not in known)
            plain.add(key)


@pytest.mark.parametrize("most", [1, 100])
def test_many_at_once_are_taken_all_or_none(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(seen, "_MOST_RECENT", most)
    known = Seen()
    assert known.add_distinct(["a", "b"], 2)
    assert not known.add_distinct(["c", "c"], 2)
    assert not known.add_distinct(["c", "a"], 2)
    assert known.add("c") and not known.add("a")
