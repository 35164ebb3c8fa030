"""Real and published exports of helpdesks, which lie beside the repository and are not part of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file, import_paths

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "helpdesk"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="The third-party samples are not beside this repository."),
]

READ = {
    "zendesk/tickets_incremental.ndjson": ("zendesk", 87, 86, 1, 0),
    "zendesk/ticket_audits_first5.json": ("zendesk", 5, 4, 1, 0),
    "zendesk/zenpy.spec.ticket.json": ("zendesk", 1, 1, 0, 0),
    "zendesk/dbt_seed.ticket_data.csv": ("zendesk_tickets", 10, 8, 2, 0),
    "zendesk/dbt_seed.ticket_comment_data.csv": ("zendesk_comments", 20, 20, 0, 0),
    "zendesk/dbt_seed.user_data.csv": ("zendesk_users", 10, 10, 0, 0),
    "zendesk/dbt_seed.ticket_tag_data.csv": ("zendesk_tags", 10, 0, 10, 0),
    "freshdesk/tickets_list_2025.masked.json": ("freshdesk", 1, 1, 0, 0),
    "freshdesk/amazon_relay_ticket_2025.doc-example.json": ("freshdesk", 1, 1, 0, 0),
    "gorgias/message.fixture.json": ("gorgias", 1, 1, 0, 0),
    # Neither has a date: one is a shape without values, the other leaves the message's out.
    "gorgias/http_integration_payload_2025.doc-example.json": ("gorgias", 1, 0, 0, 1),
    "gorgias/ticket_webhook_shape.json": ("gorgias", 1, 0, 0, 1),
}


@pytest.mark.parametrize("name", READ)
def test_a_sample_is_read(book: OrderBook, name: str) -> None:
    result = import_file(book, SAMPLES / name)

    assert (result.kind, result.rows, result.new, result.skipped, result.refused_count) == READ[name]


def test_descriptions_of_schemas_are_no_tickets(book: OrderBook) -> None:
    schemas = [each for each in SAMPLES.rglob("*.json") if ".schema." in each.name or ".fields." in each.name]

    assert {result.kind for result in import_paths(book, schemas)} == {None}


def test_the_order_in_a_subject_is_found(book: OrderBook) -> None:
    path = SAMPLES / "freshdesk" / "amazon_relay_ticket_2025.doc-example.json"
    import_file(book, path)

    created = json.loads(path.read_text(encoding="utf-8"))["data"]["created_at"]
    (notice,) = book.order("111-0000000-0000000").messages
    assert (notice.kind, notice.at.isoformat()) == ("notice", created.replace("Z", "+00:00"))


def test_audits_and_tickets_of_one_account_tell_each_message_once(book: OrderBook) -> None:
    for name in ("tickets_incremental.ndjson", "ticket_audits_first5.json"):
        import_file(book, SAMPLES / "zendesk" / name)
    with book.write() as connection:
        rows = connection.execute(
            "SELECT kind FROM message WHERE message_id LIKE 'zendesk:1:%' AND text IS NOT NULL"
        ).fetchall()

    assert rows == [("buyer",)]


def test_users_tell_who_wrote_the_comments_of_a_table(book: OrderBook) -> None:
    for name in ("comment", "ticket"):
        import_file(book, SAMPLES / "zendesk" / f"dbt_seed.ticket_{name}_data.csv".replace("ticket_ticket", "ticket"))
    with book.write() as connection:
        kinds = connection.execute("SELECT DISTINCT kind FROM message WHERE text LIKE 'body%'").fetchall()

    assert kinds == [("notice",)], "no ticket of these comments is in the other table, so nobody can tell"
