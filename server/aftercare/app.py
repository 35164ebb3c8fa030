"""The server: the Flask application behind its gate, and waitress on 127.0.0.1 to carry it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import date

import click
from flask import Flask, Response, g, request
from flask_cors import CORS
from werkzeug.exceptions import HTTPException

from aftercare import __version__
from aftercare.api import NAME, SUBJECTS, Office
from aftercare.api.listen import carry, listen
from aftercare.api.operations import json_answer
from aftercare.cases import Desk, list_pairings, open_pairing, pairing_open
from aftercare.complaints import triage
from aftercare.config import Home
from aftercare.errors import AftercareError
from aftercare.gate import EXTENSION_ORIGIN, LOOPBACK, Gate, host_of, internal_error
from aftercare.keeping.routine import purge_due
from aftercare.knowledge import SupportProfiles
from aftercare.matching import find_order
from aftercare.messages.lint import lint
from aftercare.messages.verdict import Message
from aftercare.orders.book import OrderBook
from aftercare.orders.store import place_of
from aftercare.reviews import Review, prepare

_log = logging.getLogger(__name__)

_WARM_LANGUAGES = ("en", "de", "fr", "es", "it")
"""The languages that most reviews are in; the words of others are loaded with the first review in them."""


def create_app(
    home: Home,
    *,
    port: int,
    today: Callable[[], date] | None = None,
    book_url: str | None = None,
    public_url: str | None = None,
) -> Flask:
    """The application over one home, as it answers on `port`.

    today: the calendar to go by, for tests and demonstrations. book_url: another order book than the home's.
    public_url: the https address of a team's reverse proxy.
    Raises StoreError where the desk or the book cannot be opened.
    """
    public_host = host_of(public_url) if public_url else None
    app = Flask(__name__, static_folder=None)
    # `//hello` is not `/hello`, and is answered with 404 rather than with a way to get there.
    app.url_map.merge_slashes = False
    desk = Desk.open(home)
    app.extensions[NAME] = Office(
        desk=desk,
        book=OrderBook.open(place_of(book_url, home.book), keys=home.folder),
        profiles=SupportProfiles(home.support),
        today=today or date.today,
    )
    # The extension's worker needs no CORS at all; this is for its pages where the browser asks before it sends. One
    # exact origin, no credentials, no private network. It protects nothing: the gate does.
    CORS(
        app,
        origins=[EXTENSION_ORIGIN],
        methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "X-Aftercare-Client"],
        expose_headers=["X-Aftercare"],
        supports_credentials=False,
        allow_private_network=False,
        always_send=False,
    )
    for subject in SUBJECTS:
        app.register_blueprint(subject.blueprint)
    _answer_errors(app)
    _log_requests(app)
    app.wsgi_app = Gate(app.wsgi_app, port=port, desk=desk, public_host=public_host)  # type: ignore[method-assign]
    return app


def serve(
    home: Home,
    port: int,
    book_url: str | None = None,
    *,
    public_url: str | None = None,
    today: Callable[[], date] | None = None,
) -> None:
    """Runs the server until it is asked to end (Ctrl+C, or the signal to terminate).

    Raises StoreError `port_busy` where another program has the port.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    # It would warn of every request that waits for one of the four threads, which is what they are for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with listen(port) as socket:
        app = create_app(home, port=port, today=today, book_url=book_url, public_url=public_url)
        office: Office = app.extensions[NAME]
        try:
            click.echo(f"Aftercare {__version__} listens on http://{LOOPBACK}:{port}. Press Ctrl+C to end it.")
            _offer_pairing(office.desk)
            threading.Thread(target=_begin, args=(home, office), name="warm-up", daemon=True).start()
            carry(app, socket)
        finally:
            office.book.close()
            office.desk.close()
    click.echo("Aftercare has ended.")


def _begin(home: Home, office: Office) -> None:
    """What can be done while nobody waits: rules are loaded, and what is past its days is purged."""
    warm_up(office.book)
    try:
        purge_due(home, office.book, office.desk, office.today(), "server")
    except AftercareError as error:
        _log.error("%s", error.message)


def warm_up(book: OrderBook) -> None:
    """Loads what the first reviews would otherwise wait for (rules, words, names) while nobody waits."""
    try:
        prepare()
        for lang in _WARM_LANGUAGES:
            review = Review("", asin="0000000000", date=date.today(), reviewer_name="A. Name", body=".", lang=lang)
            complaint = triage(review)
            lint(Message("", ".", lang=lang))
            find_order(review, complaint, book, today=date.today())
    except AftercareError as error:
        # The first request meets the same error, and answers it.
        _log.error("%s", error.message)


def _offer_pairing(desk: Desk) -> None:
    if list_pairings(desk) or pairing_open(desk):
        return
    click.echo(f"No browser is paired yet. Pairing code: {open_pairing(desk)}")
    click.echo("Type it into the extension's options within two minutes; `aftercare pair` shows another.")


def _answer_errors(app: Flask) -> None:
    @app.errorhandler(AftercareError)
    def expected(error: AftercareError) -> Response:
        return json_answer({"error": error.to_json()}, error.status)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        status = error.code or 500
        code, message = {
            404: ("unknown_path", "There is nothing at this address."),
            405: ("unknown_method", "This address does not take that method."),
        }.get(status, ("bad_request", "The request could not be read."))
        further = "See docs/protocol.md, or that the extension and the server are of the same version."
        return json_answer({"error": {"code": code, "message": message, "next": further}}, status)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        return json_answer({"error": internal_error(error)}, 500)


def _log_requests(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        # The rule and not the address: numbers of cases are nobody's business in a log.
        rule = request.url_rule.rule if request.url_rule else "(unknown address)"
        took = (time.perf_counter() - g.begun) * 1000
        _log.info("%s %s %s %.0f ms", request.method, rule, answer.status_code, took)
        return answer
