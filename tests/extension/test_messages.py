"""The table of messages against those who ask and those who answer."""

from __future__ import annotations

import re
from pathlib import Path

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
TABLE = (EXTENSION / "types" / "messages.d.ts").read_text()
WORKER = (EXTENSION / "worker" / "messages.js").read_text()


def listed(interface: str) -> set[str]:
    body = re.search(rf"interface {interface} \{{(.*?)\n\}}", TABLE, re.S).group(1)
    return set(re.findall(r"^ {2}(\w+): \{", body, re.M))


def asked(*folders: str) -> set[str]:
    files = [path for folder in folders for path in sorted((EXTENSION / folder).glob("*.js"))]
    return {name for path in files for name in re.findall(r"\bask\('(\w+)'", path.read_text())}


def top_level(table: str) -> set[str]:
    """The handlers' names: what stands two spaces in, or in a table on one line."""
    body = re.search(rf"const {table} = \{{(.*?)\}};\n", WORKER, re.S).group(1)
    if "\n" not in body:
        return {name.strip() for name in body.split(",")}
    body = re.search(rf"const {table} = \{{\n(.*?)\n\}};", WORKER, re.S).group(1)
    return set(re.findall(r"^ {2}(\w+)\b", body, re.M))


def test_the_worker_answers_what_the_table_lists_and_nothing_else():
    for interface, table in {
        "FromAnyPage": "fromAnyPage",
        "FromReviewPages": "fromReviewPages",
        "FromContactPages": "fromContactPages",
        "FromOwnPages": "fromOwnPages",
    }.items():
        assert top_level(table) == listed(interface)


def test_review_pages_ask_only_what_is_theirs():
    assert asked("content", "content/card") <= listed("FromReviewPages") | listed("FromAnyPage")


def test_contact_pages_ask_only_what_is_theirs():
    assert asked("content/contact") <= listed("FromContactPages") | listed("FromAnyPage")


def test_own_pages_ask_only_what_is_theirs():
    assert asked("pages") <= listed("FromOwnPages")


def test_the_worker_tells_pages_what_the_table_lists():
    told = {
        name for path in (EXTENSION / "worker").glob("*.js") for name in re.findall(r"tell: '(\w+)'", path.read_text())
    }
    assert told <= listed("ToPages")
