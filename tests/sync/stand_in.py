"""A stand-in for Amazon on this machine: real HTTP, made-up orders, and every way in which Amazon can fail."""

from __future__ import annotations

import gzip
import json
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS = {"client_id": "app.made-up", "client_secret": "secret-made-up", "refresh_token": "Atzr|made-up"}
SIGN_IN_PAGE = b"<html><body>Please sign in to the network</body></html>"


class LeapingClock:
    """A clock on which waiting takes no time."""

    def __init__(self) -> None:
        self.waited = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.waited)

    def steady(self) -> float:
        return self.waited

    def wait(self, seconds: float) -> None:
        self.waited += seconds


@dataclass
class Reply:
    """An answer: a value is sent as JSON, bytes as they are; `cut` breaks the connection off in the middle."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


Handler = Callable[[dict[str, str], dict[str, Any]], Reply]


class StandIn:
    """Answers the operations that a sync uses. `then` queues replies that come before the usual ones."""

    def __init__(self, clock: LeapingClock) -> None:
        self.clock = clock
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.reports: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, str] = {}
        self.settlements: list[dict[str, Any]] = []
        self.order_pages: list[list[dict[str, Any]]] = [[]]
        self.transactions: list[dict[str, Any]] = []
        self.marketplaces = ["A1PA6795UKMFR9"]
        self.looks_until_done = 1
        self.access = 0
        self.skew = timedelta()
        self._next: defaultdict[str, deque[Reply]] = defaultdict(deque)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def then(self, operation: str, *replies: Reply) -> None:
        """The next replies to an operation, before the usual ones."""
        self._next[operation].extend(replies)

    def count(self, operation: str) -> int:
        return Counter(name for name, _ in self.calls)[operation]

    def queries(self, operation: str) -> list[dict[str, str]]:
        return [query for name, query in self.calls if name == operation]

    def asked_for(self, kind: str) -> list[dict[str, Any]]:
        """The reports of one type that were asked for."""
        return [report for report in self.reports.values() if report["reportType"] == kind]

    # The operations.

    def token(self, fields: dict[str, str], _: dict[str, Any]) -> Reply:
        if any(fields.get(name) != value for name, value in KEYS.items()):
            return Reply(400, {"error": "invalid_grant", "error_description": "made up"})
        self.access += 1
        return Reply(200, {"access_token": f"Atza|{self.access}", "expires_in": 3600, "token_type": "bearer"})

    def create_report(self, _: dict[str, str], body: dict[str, Any]) -> Reply:
        number = f"R{len(self.reports) + 1}"
        created = self.clock.now().isoformat()
        self.reports[number] = {**body, "reportId": number, "createdTime": created, "looks": 0}
        return Reply(202, {"reportId": number})

    def get_report(self, _: dict[str, str], __: dict[str, Any], number: str = "") -> Reply:
        report = self.reports.get(number)
        if report is None:
            return Reply(404, {"errors": [{"code": "NotFound"}]})
        report["looks"] += 1
        status = report.get("status") or ("DONE" if report["looks"] > self.looks_until_done else "IN_PROGRESS")
        if status == "DONE" and report["reportType"] not in self.texts:
            status = "CANCELLED"
        told = {name: value for name, value in report.items() if name not in ("looks", "status")}
        return Reply(200, {**told, "processingStatus": status, "reportDocumentId": report["reportType"]})

    def get_reports(self, query: dict[str, str], _: dict[str, Any]) -> Reply:
        if "SETTLEMENT" in query.get("reportTypes", "") or "nextToken" in query:
            return Reply(200, {"reports": self.settlements})
        listed = [
            {name: value for name, value in each.items() if name != "looks"}
            for each in self.asked_for(query["reportTypes"])
        ]
        return Reply(200, {"reports": listed})

    def document(self, _: dict[str, str], __: dict[str, Any], name: str = "") -> Reply:
        return Reply(200, {"reportDocumentId": name, "compressionAlgorithm": "GZIP", "url": f"{self.url}/files/{name}"})

    def file(self, _: dict[str, str], __: dict[str, Any], name: str = "") -> Reply:
        return Reply(200, gzip.compress(self.texts[name].encode()))

    def search_orders(self, query: dict[str, str], _: dict[str, Any]) -> Reply:
        page = int(query.get("paginationToken", "page0").removeprefix("page"))
        more = {"nextToken": f"page{page + 1}"} if page + 1 < len(self.order_pages) else {}
        return Reply(200, {"orders": self.order_pages[page], "pagination": more})

    def get_order(self, _: dict[str, str], __: dict[str, Any], number: str = "") -> Reply:
        known = {each["orderId"]: each for page in self.order_pages for each in page}
        return Reply(200, {"order": known[number]}) if number in known else Reply(404, {"errors": []})

    def list_transactions(self, _: dict[str, str], __: dict[str, Any]) -> Reply:
        return Reply(200, {"payload": {"transactions": self.transactions}})

    def participation(self, _: dict[str, str], __: dict[str, Any]) -> Reply:
        part = {"isParticipating": True, "hasSuspendedListings": False}
        return Reply(200, {"payload": [{"marketplace": {"id": i}, "participation": part} for i in self.marketplaces]})

    def messaging(self, _: dict[str, str], __: dict[str, Any], number: str = "") -> Reply:
        path = f"/messaging/v1/orders/{number}"
        links = [
            {"href": f"{path}/messages/unexpectedProblem?x=1", "name": "unexpectedProblem"},
            {"href": f"{path}/attributes?x=1", "name": "attributes"},
        ]
        return Reply(200, {"_links": {"actions": links}})

    def attributes(self, _: dict[str, str], __: dict[str, Any], number: str = "") -> Reply:
        return Reply(200, {"buyer": {"locale": "de-DE"}})

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes, token: str) -> Reply:
        """The reply to one request; the path tells the operation."""
        name, handler, argument = self._route(method, path)
        form = dict(parse_qsl(body.decode())) if name == "token" else {}
        self.calls.append((name, query))
        queued = self._next[name]
        if queued:
            return queued.popleft()
        if name not in ("token", "file") and token != f"Atza|{self.access}":
            return Reply(403, {"errors": [{"code": "Unauthorized", "details": "The access token has expired."}]})
        if name == "file" and token:
            return Reply(400, b"A signed address must not be given the token.")
        more = (argument,) if argument else ()
        return handler(form or query, json.loads(body) if body and not form else {}, *more)

    def _route(self, method: str, path: str) -> tuple[str, Callable[..., Reply], str]:
        parts = path.strip("/").split("/")
        last = parts[-1]
        match parts[0], parts[-1], len(parts):
            case "auth", _, _:
                return "token", self.token, ""
            case "files", _, _:
                return "file", self.file, last
            case "orders", "orders", _:
                return "searchOrders", self.search_orders, ""
            case "orders", _, _:
                return "getOrder", self.get_order, last
            case "finances", _, _:
                return "listTransactions", self.list_transactions, ""
            case "sellers", _, _:
                return "getMarketplaceParticipations", self.participation, ""
            case "messaging", "attributes", _:
                return "getAttributes", self.attributes, parts[-2]
            case "messaging", _, _:
                return "getMessagingActionsForOrder", self.messaging, last
            case "reports", "reports", _:
                return ("createReport", self.create_report, "") if method == "POST" else (
                    "getReports", self.get_reports, "")  # fmt: skip
        return (
            ("getReportDocument", self.document, last) if "documents" in parts else ("getReport", self.get_report, last)
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Request(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # Header and body in one packet, which spares the wait for the other side.

            def do_GET(self) -> None:
                self.serve(b"")

            def do_POST(self) -> None:
                self.serve(self.rfile.read(int(self.headers["Content-Length"])))

            def serve(self, body: bytes) -> None:
                address = urlsplit(self.path)
                token = self.headers.get("x-amz-access-token", "")
                reply = stand_in.answer(self.command, address.path, dict(parse_qsl(address.query)), body, token)
                content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
                self.send_response_only(reply.status)
                date = format_datetime(stand_in.clock.now() + stand_in.skew, usegmt=True)
                headers = {"Date": date, "Content-Length": str(len(content)), **reply.headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content[: len(content) // 2] if reply.cut else content)
                if reply.cut:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        return Request
