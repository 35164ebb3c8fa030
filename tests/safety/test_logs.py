"""After a full run over marked people, no log, no standard error and no error message holds a word of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from aftercare.cli.main import main
from aftercare.config import Home
from orders.reports import report
from support.sample import ASIN, PLAIN, RETURNED, URL, all_orders, order, returns, review
from support.server import ROOT, Server, running_server

MARKS = (
    "Zephyrine", "Quillfeather", "Bartolomeus", "Nettlebrook", "97531", "zqprivate77", "xylobumble", "frobnicated",
    "Sparrowmark", "grumblethorpe", "quibblewick", "snortlepot",
)  # fmt: skip
_WORDS = {"AFTERCARE_PASSPHRASE": "four snortlepot pillows"}
COMPLAINT = review(body="grumblethorpe: I sent it back and have no refund.", title="grumblethorpe", name="Sparrowmark")
SHIPMENT = {
    "amazon-order-id": RETURNED, "buyer-name": "Zephyrine Quillfeather", "recipient-name": "Bartolomeus Quillfeather",
    "ship-city": "Nettlebrook", "ship-postal-code": "97531", "buyer-email": "zqprivate77@marketplace.amazon.com",
    "sku": "KETTLE-1",
}  # fmt: skip
MAIL = f"""From: Zephyrine Quillfeather <zqprivate77@marketplace.amazon.com>
To: seller@example.com
Subject: Inquiry from Zephyrine (Order: {RETURNED})
Date: Tue, 10 Mar 2026 10:00:00 +0000
Message-ID: <1@example.com>

The hinge frobnicated.
"""


def files(folder: Path) -> None:
    """Reports and mail with the marks where they belong, and where they do not."""
    folder.mkdir()
    texts = {
        "orders.txt": all_orders(order(RETURNED, purchased="2026-02-20"), order(PLAIN, purchased="2026-02-27")),
        "shipments.txt": report("fulfilled_shipments", SHIPMENT),
        "returns.txt": returns((RETURNED, "2026-03-05", "xylobumble")),
        "mail.eml": MAIL,
        "shifted.txt": report(
            "fulfilled_shipments",
            {**SHIPMENT, "purchase-date": "Zephyrine Quillfeather", "item-price": "Nettlebrook"},
            {**SHIPMENT, "amazon-order-id": "Zephyrine Quillfeather", "quantity-shipped": "Bartolomeus"},
            {**SHIPMENT, "sales-channel": "zqprivate77", "shipment-date": "97531"},
        ),
        "cut.json": '{"tickets": [{"subject": "Zephyrine Quillfeather", "description": "frobnicated"',
        "cut.txt": report("fulfilled_shipments", SHIPMENT)[:-20] + "\tZephyrine\tBartolomeus\n",
        "none.txt": "Zephyrine Quillfeather\nNettlebrook 97531\n",
        "lines.jsonl": '{"id": "Zephyrine", "body": 3}\n{"id": "1", "text": "quibblewick"\nZephyrine\n',
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


class Run:
    """Commands run as a seller runs them; what they say is kept, apart from the answers that were asked for."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.said: dict[str, str] = {}

    def __call__(self, *words: str, answer_is_asked_for: bool = False) -> None:
        done = CliRunner().invoke(main, [*words, "--home", str(self.home.folder)], env=_WORDS)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        self.said[" ".join(words)] = done.stderr if answer_is_asked_for else done.stdout + done.stderr

    def real(self, *words: str) -> None:
        """In a process of its own, so that also what a library writes past Python is heard."""
        paths = os.pathsep.join([str(ROOT / "server"), *filter(None, [os.environ.get("PYTHONPATH")])])
        done = subprocess.run(
            [sys.executable, "-m", "aftercare", *words, "--home", str(self.home.folder)],
            capture_output=True, text=True, cwd=ROOT, check=False, env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        self.said[" ".join(words)] = done.stdout + done.stderr


def serve(server: Server) -> dict[str, str]:
    """What an agent and a careless program send; returns the error messages that came back."""
    token = server.pair()
    ask = {
        "read": ("/read", {"url": URL, "asin": None, "snippets": [COMPLAINT, "<div>Zephyrine</div>"]}),
        "investigate": ("/investigate", {"url": URL, "asin": None, "snippet": COMPLAINT}),
        "confirm": ("/cases/1/confirm", {"order_id": RETURNED}),
        "no such order": ("/cases/1/confirm", {"order_id": PLAIN + "9"}),
        "lint": ("/cases/1/lint", {"text": "Dear Zephyrine, quibblewick. Please change your review."}),
        "note": ("/cases/1/notes", {"text": "snortlepot called Zephyrine"}),
        "no note": ("/cases/1/notes", {"text": {"Zephyrine": "snortlepot"}}),
        "contact": ("/cases/1/contact", {"text": "quibblewick, your review", "route": "contact_buyer", "reasons": {}}),
        "no route": ("/cases/1/draft", {"route": "Zephyrine"}),
        "redeem": ("/contacts/redeem", {"permit": "Zephyrine", "url": "https://x.test/Nettlebrook"}),
        "event": (
            "/cases/1/events",
            {"event": "edited", "detail": {"text": "a quibblewick", "zephyrine": "Bartolomeus"}},
        ),
        "no event": ("/cases/1/events", {"event": "Zephyrine"}),
        "no case": ("/cases/Zephyrine/notes", {"text": "snortlepot"}),
        "no JSON": ("/cases/1/notes", b'{"text": "snortlepot'),
    }
    messages = {}
    for name, (path, body) in ask.items():
        answer = server.call("POST", path, body, token=token).json
        if "error" in answer:
            messages[name] = answer["error"]["message"] + answer["error"]["next"]
    server.call("GET", "/Zephyrine?name=Quillfeather", token=token)
    server.raw(b"GET /Zephyrine HTTP/1.1\r\nHost: Nettlebrook\r\nX: Bartolomeus\r\n\r\n")
    server.raw(b"Zephyrine Quillfeather\r\n\r\n")
    return messages


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that was said in a full run, by who said it."""
    folder = tmp_path_factory.mktemp("run")
    files(folder / "files")
    page = folder / "page.html"
    page.write_text(f"<html><link rel=canonical href='{URL}'><body>{COMPLAINT}</body></html>")
    reviews = folder / "reviews.jsonl"
    told = {"id": "R1", "asin": ASIN, "date": "2026-03-15", "reviewer_name": "Sparrowmark", "body": "grumblethorpe"}
    reviews.write_text(json.dumps(told) + "\n" + json.dumps({**told, "date": "Zephyrine"}) + "\n")
    broken = str(folder / "files" / "lines.jsonl")
    run = Run(Home.at(folder / "home"))
    run.real("import", str(folder / "files"))
    run("import", str(folder / "files"), "--json")
    with running_server(run.home.folder) as server:
        run.said.update({f"answer to {name}": text for name, text in serve(server).items()})
        run("backup", str(folder / "all.backup"))
        run("purge", "--dry-run", "--all")
    run.said["log of the server"] = server.log_file.read_text(errors="replace")
    for command in (["match", "--in", str(reviews)], ["read", str(page)], ["investigate", str(page)],
                    ["export", "--order", RETURNED]):  # fmt: skip
        run(*command, answer_is_asked_for=True)
    for command in ("triage", "lint", "match"):
        run(command, "--in", broken, answer_is_asked_for=True)
    run("restore", str(folder / "all.backup"))
    run("doctor")
    run("audit", "export")
    run("export", "--buyer", "nobody@snortlepot.test")
    run.real("forget", "--buyer", "zqprivate77@marketplace.amazon.com")
    run("purge", "--all", "--desk")
    run("audit", "verify")
    return run.said


@pytest.mark.parametrize("mark", MARKS)
def test_nobody_is_named(said: dict[str, str], mark: str) -> None:
    named = {who: text[max(0, text.find(mark) - 80) :][:200] for who, text in said.items() if mark in text}

    assert not named


def test_the_run_was_a_full_one(said: dict[str, str]) -> None:
    assert "The buyer is forgotten: 1 order and 1 case " in said["forget --buyer zqprivate77@marketplace.amazon.com"]
    assert "/investigate" in said["log of the server"]
    assert len([who for who in said if who.startswith("answer to")]) >= 6
