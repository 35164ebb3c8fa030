"""JSON that would end or fill the process, and JSON that is not quite UTF-8: each costs no more than itself."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import ijson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.orders.imports.content import contents
from aftercare.orders.imports.documents import Document, records
from aftercare.orders.imports.streams import Shallow


def read(tmp_path: Path, content: bytes, encoding: str = "utf-8") -> tuple[list[Any], list[int]]:
    path = tmp_path / "records.json"
    path.write_bytes(content)
    refused: list[int] = []
    document = Document(contents(path)[0], encoding)
    found = [record for _, record in records(document.content, lambda number, reason: refused.append(number))]
    return found, refused


NUMBERS = ["9" * 20, "9" * 5_000, "-" + "9" * 5_000, "9" * 100_000, "1e999999"]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"{number[:3]}-{len(number)}")
@pytest.mark.parametrize(
    "shape", ['{{"payload": {{"items": [{{"id": 1}}, {{"id": {0}}}]}}}}', '{{"id": 1}}\n{{"id": {0}}}']
)
def test_a_number_without_end_is_kept_as_text(tmp_path: Path, shape: str, number: str) -> None:
    assert read(tmp_path, shape.format(number).encode()) == ([{"id": 1}, {"id": number}], [])


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"{number[:3]}-{len(number)}")
def test_in_a_stream_it_ends_the_file_and_costs_nothing_before(tmp_path: Path, number: str) -> None:
    assert read(tmp_path, f'[{{"id": 1}}, {{"id": {number}}}]'.encode()) == ([{"id": 1}], [2])


def test_a_number_without_end_in_an_object_that_is_broken(tmp_path: Path) -> None:
    found, refused = read(tmp_path, b'{"payload": {"items": [{"id": 1}, {"id": ' + b"9" * 5_000)

    assert (found, refused) == ([{"id": 1}], [2])


def test_what_is_nested_absurdly_deep_costs_nothing_before_it(tmp_path: Path) -> None:
    deep = b'{"a":[' * 25_000 + b"]}" * 25_000

    assert read(tmp_path, b'[{"id": 1}, ' + deep + b"]") == ([{"id": 1}], [2])


def test_brackets_within_texts_do_not_count(tmp_path: Path) -> None:
    texts = [{"text": "[{" * 500}, {"text": '\\"[[' * 500 + "\\"}, {"text": "}" * 900}]

    assert read(tmp_path, json.dumps(texts).encode()) == (texts, [])


@given(st.recursive(st.text('\\"[]{}a') | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_shallow_json_passes_through_whole_however_it_is_cut(value: Any) -> None:
    text = json.dumps([value]).encode()
    for size in (1, 2, 7, 1 << 20):
        stream = Shallow(io.BytesIO(text))  # type: ignore[arg-type]
        assert b"".join(iter(lambda stream=stream, size=size: stream.read(size), b"")) == text


@pytest.mark.parametrize("size", [1, 3, 1 << 20])
def test_the_stream_ends_before_the_bracket_that_leads_too_deep(size: int) -> None:
    stream = Shallow(io.BytesIO(b'["\\"[",' + b"[" * 300))  # type: ignore[arg-type]
    given = b""
    with pytest.raises(ijson.JSONError):
        while True:
            given += stream.read(size)

    assert given == b'["\\"[",' + b"[" * 199


def test_one_endless_text_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.orders.imports.streams._LONGEST_TEXT", 1_000)
    stream = Shallow(io.BytesIO(b'["' + b"a" * 5_000))  # type: ignore[arg-type]

    with pytest.raises(ijson.JSONError):
        while True:
            stream.read(100)


def test_an_endless_line_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.orders.imports.json_records._LONGEST_LINE", 100)
    content = b'{"id": 1}\n{"id": "' + b"9" * 1_000 + b'"}\n{"id": 3}\n'

    assert read(tmp_path, content) == ([{"id": 1}, {"id": 3}], [2])


TOWNS = [{"town": "Nîmes"}, {"town": "Köln"}]
SHAPES = {
    "array": json.dumps(TOWNS, ensure_ascii=False),
    "object": json.dumps({"items": TOWNS}, ensure_ascii=False),
    "lines": "\n".join(json.dumps(each, ensure_ascii=False) for each in TOWNS),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_json_in_another_encoding_is_read(tmp_path: Path, shape: str, encoding: str) -> None:
    assert read(tmp_path, SHAPES[shape].encode(encoding), encoding) == (TOWNS, [])


def test_one_broken_byte_costs_itself(drop) -> None:
    orders = [
        {"AmazonOrderId": f"302-000000{place}-0000001", "OrderStatus": "Shipped", "BuyerName": name, **MORE}
        for place, name in enumerate(("Zoë Ünal", "B@b", "Åsa"))
    ]
    result = drop(json.dumps(orders, ensure_ascii=False).encode().replace(b"@", b"\xe9"), name="orders.json")

    assert (result.encoding, result.new, result.refused_count) == ("utf-8+cp1252", 3, 0)


MORE = {
    "PurchaseDate": "2026-01-05T10:00:00Z",
    "LastUpdateDate": "2026-01-06T10:00:00Z",
    "MarketplaceId": "A1PA6795UKMFR9",
}


def test_unknown_json_is_told_what_it_lacks(drop) -> None:
    alone = drop('[{"AmazonOrderId": "302-0000001-0000001"}]', name="orders.json")
    other = drop('[{"weather": "rain"}]', name="weather.json")

    assert "tells nothing of them" in (alone.reason or "") and "PurchaseDate" in (alone.next or "")
    assert "Shopify" in (other.next or "")
