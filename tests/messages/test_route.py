"""Which way is open for what: read each row as "complaint, facts of the order: the recommended way, because"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.complaints.complaint import TOPICS, Evidence
from aftercare.messages.reasons import route_rules
from aftercare.messages.situation import History
from aftercare.orders.signals import KINDS
from messages.made import TODAY, a_complaint, a_line, a_message, a_review, a_signal, ago, first_open, routes

SERVICE = a_complaint("service", "refund")
LATE = a_complaint("service", "late")
BROKEN = a_complaint("product_service", "broken")
MISSING = a_complaint("product_service", "missing_part")
OPINION = a_complaint("product_only")
PRAISE = a_complaint("praise")
FBA = a_line(fulfillment="FBA")
OLD_FBA = a_line(fulfillment="FBA", purchased=ago(45), delivered=ago(31))
ASKED_BACK = {"messages": (a_message("return_request", 5),)}
OLD = a_line(purchased=ago(45), shipped=ago(43), delivered=ago(40), promised=ago(42))

NAMES = [
    "answer_thread",
    "amazon_contact_customer",
    "feedback_manager",
    "contact_buyer",
    "fix_silently",
    "report_to_amazon",
    "leave_it",
]

ROWS: list[tuple[Any, tuple[str, ...], dict[str, Any], str, str]] = [
    # The order's own facts give the reason.
    (SERVICE, ("refund_owed",), {}, "contact_buyer", "refund_owed"),
    (SERVICE, ("refund_owed",), {"line": FBA}, "contact_buyer", "refund_owed"),
    (LATE, ("delivered_late",), {}, "contact_buyer", "delivered_late"),
    (LATE, ("shipped_late",), {}, "contact_buyer", "shipped_late"),
    (LATE, ("overdue",), {}, "contact_buyer", "overdue"),
    (LATE, ("delivery_failed",), {}, "contact_buyer", "delivery_failed"),
    (SERVICE, (), {}, "leave_it", "nothing_open"),
    (SERVICE, ("delivered", "shipped", "refunded", "feedback_positive"), {}, "leave_it", "nothing_open"),
    # The complaint chooses among facts; it makes none.
    (LATE, ("refund_owed", "delivered_late"), {}, "contact_buyer", "delivered_late"),
    (SERVICE, ("refund_owed", "delivered_late"), {}, "contact_buyer", "refund_owed"),
    (PRAISE, ("refund_owed",), {}, "contact_buyer", "refund_owed"),
    # An open thread comes first.
    (SERVICE, ("message_waiting", "refund_owed"), {}, "answer_thread", "message_waiting"),
    (SERVICE, ("claim_open", "message_waiting"), {}, "answer_thread", "claim_open"),
    (SERVICE, ("return_open",), {}, "answer_thread", "return_open"),
    (SERVICE, ("return_open",), {"line": FBA}, "contact_buyer", "return_open"),
    (SERVICE, ("return_open",), {"line": FBA, **ASKED_BACK}, "answer_thread", "return_open"),
    (SERVICE, ("refund_owed",), ASKED_BACK, "answer_thread", "return_open"),
    (SERVICE, ("refund_owed",), {"messages": (a_message("buyer", 5),)}, "answer_thread", "thread_exists"),
    (SERVICE, ("refund_owed",), {"messages": (a_message("buyer", 31),)}, "contact_buyer", "refund_owed"),
    (SERVICE, (), {"messages": (a_message("buyer", 5),)}, "leave_it", "nothing_open"),
    (SERVICE, ("message_waiting", "opted_out"), {}, "answer_thread", "message_waiting"),
    (SERVICE, ("message_waiting", "cancelled"), {}, "answer_thread", "message_waiting"),
    (SERVICE, ("message_waiting",), {"history": History(True, ago(2))}, "answer_thread", "message_waiting"),
    (PRAISE, ("message_waiting",), {}, "answer_thread", "message_waiting"),
    # What forbids a first message leaves what can be made right without one.
    (SERVICE, ("refund_owed", "opted_out"), {}, "fix_silently", "refund_silently"),
    (SERVICE, ("refund_owed",), {"line": OLD}, "fix_silently", "refund_silently"),
    (SERVICE, ("refund_owed",), {"history": History(True, ago(2))}, "fix_silently", "refund_silently"),
    (SERVICE, ("return_open",), {"line": OLD_FBA}, "fix_silently", "return_silently"),
    (LATE, ("overdue", "opted_out"), {}, "fix_silently", "delivery_silently"),
    (MISSING, ("opted_out",), {}, "fix_silently", "part_silently"),
    (LATE, ("delivered_late", "opted_out"), {}, "leave_it", "nothing_open"),
    (SERVICE, ("cancelled",), {}, "leave_it", "cancelled"),
    (LATE, ("delivered_late",), {"history": History(True, ago(2))}, "leave_it", "already_contacted"),
    (LATE, ("delivered_late",), {"messages": (a_message("seller", 1),)}, "leave_it", "already_contacted"),
    # Amazon answers for its own deliveries.
    (LATE, ("delivered_late",), {"line": FBA}, "leave_it", "amazon_delivers"),
    (LATE, ("delivered_late", "refund_owed"), {"line": FBA}, "contact_buyer", "refund_owed"),
    # A support window that runs is a reason for those who ask for support, and for nobody else.
    (BROKEN, (), {}, "contact_buyer", "support_running"),
    (MISSING, (), {}, "contact_buyer", "support_running"),
    (BROKEN, (), {"line": OLD}, "leave_it", "nothing_open"),
    (MISSING, (), {"line": a_line(marketplace="DE")}, "leave_it", "nothing_open"),
    (a_complaint("service", "broken"), (), {}, "leave_it", "nothing_open"),
    (a_complaint("product_only", "broken"), (), {}, "leave_it", "product_opinion"),
    # Amazon's own tools.
    (BROKEN, (), {"page_kind": "brand_reviews"}, "amazon_contact_customer", "amazon_knows_order"),
    (BROKEN, (), {"brand_owner": True}, "amazon_contact_customer", "amazon_knows_order"),
    (OPINION, (), {"brand_owner": True}, "amazon_contact_customer", "amazon_knows_order"),
    (SERVICE, ("message_waiting",), {"brand_owner": True}, "answer_thread", "message_waiting"),
    (SERVICE, ("feedback_negative", "refund_owed"), {}, "feedback_manager", "feedback_negative"),
    (SERVICE, (), {"page_kind": "feedback", "confirmed": False}, "feedback_manager", "feedback_page"),
    # Opinion and praise are left alone.
    (OPINION, (), {}, "leave_it", "product_opinion"),
    (PRAISE, (), {"confirmed": False}, "leave_it", "praise"),
    (SERVICE, (), {"confirmed": False, "none_of_these": True}, "leave_it", "no_match"),
]  # fmt: skip


@pytest.mark.parametrize(("complaint", "signals", "known", "way", "because"), ROWS)
def test_the_safest_open_way_is_recommended(
    complaint: Any, signals: tuple[str, ...], known: dict[str, Any], way: str, because: str
) -> None:
    found = routes(complaint, *signals, **known)

    assert (first_open(found), found[way].reason.code) == (way, because)
    assert [name for name, route in found.items() if route.recommended] == [way]


def test_all_seven_are_listed_safest_first() -> None:
    assert list(routes(SERVICE)) == NAMES


@pytest.mark.parametrize("name", ["answer_thread", "feedback_manager", "contact_buyer", "fix_silently"])
def test_no_way_to_an_order_is_open_before_a_person_confirmed_it(name: str) -> None:
    found = routes(SERVICE, "refund_owed", "message_waiting", "feedback_negative", confirmed=False)[name]

    assert (found.open, found.reason.code, found.url) == (False, "unconfirmed", None)


def test_nothing_is_recommended_while_a_complaint_waits_for_a_persons_word() -> None:
    found = routes(SERVICE, "refund_owed", confirmed=False)

    assert first_open(found) is None
    assert found["leave_it"].reason.code == "undecided"


@pytest.mark.parametrize(
    ("delivered", "open", "warned"),
    [(24, True, False), (25, True, True), (30, True, True), (31, False, False), (400, False, False)],
)
def test_the_window_is_thirty_days_and_closing_from_the_twenty_fifth(delivered: int, open: bool, warned: bool) -> None:
    line = a_line(delivered=ago(delivered), shipped=ago(delivered + 2), purchased=ago(delivered + 3))

    found = routes(SERVICE, "refund_owed", line=line)["contact_buyer"]

    assert found.open is open
    assert [each.code for each in found.warnings] == (["window_closing"] if warned else [])


def test_a_closed_window_tells_when_it_closed() -> None:
    found = routes(SERVICE, "refund_owed", line=OLD)["contact_buyer"]

    assert found.reason.code == "too_old"
    assert found.reason.values["until"] == (ago(40) + timedelta(days=30)).isoformat()
    assert found.reason.words == "The 30 days for a message ended on Nov 10, 2026."


@pytest.mark.parametrize(
    ("known", "counted_from", "warned"),
    [
        ({"delivered": ago(26), "estimated_delivery": ago(3)}, "delivered", False),
        ({"estimated_delivery": ago(26)}, "estimated", False),
        ({"shipped": ago(26)}, "shipped", True),
        ({"purchased": ago(26)}, "purchased", True),
    ],
)
def test_without_a_delivery_the_window_counts_from_the_earliest_day_it_can_have_been(
    known: dict[str, date], counted_from: str, warned: bool
) -> None:
    nothing: dict[str, None] = dict.fromkeys(("delivered", "estimated_delivery", "shipped", "purchased"))

    found = routes(SERVICE, "refund_owed", line=a_line(**{**nothing, **known}))["contact_buyer"]

    assert found.warnings[0].values["counted_from"] == counted_from
    assert ("arrival_unknown" in [each.code for each in found.warnings]) is warned


def test_an_order_without_any_day_is_not_written_to() -> None:
    line = a_line(delivered=None, estimated_delivery=None, shipped=None, purchased=None)

    assert routes(SERVICE, "refund_owed", line=line)["contact_buyer"].reason.code == "age_unknown"


@pytest.mark.parametrize("status", ["Cancelled", "Canceled", "cancelled by seller"])
def test_a_cancelled_order_is_not_written_to_however_it_is_spelled(status: str) -> None:
    found = routes(SERVICE, "refund_owed", line=a_line(status=status))["contact_buyer"]

    assert found.reason.code == "cancelled"


@pytest.mark.parametrize(
    ("stars", "age", "because"),
    [
        (1, 3, "amazon_knows_order"),
        (3, 90, "amazon_knows_order"),
        (3, 91, "review_too_old"),
        (4, 3, "stars_too_many"),
        (None, 3, "stars_unknown"),
        (2, None, "amazon_knows_order"),
    ],
)
def test_amazons_own_button_is_for_low_stars_while_the_review_is_kept(
    stars: int | None, age: int | None, because: str
) -> None:
    review = a_review(stars=stars, date=None if age is None else ago(age))

    found = routes(BROKEN, review=review, page_kind="brand_reviews")["amazon_contact_customer"]

    assert found.reason.code == because


def test_the_contact_page_is_that_of_the_orders_marketplace_not_the_reviews() -> None:
    found = routes(SERVICE, "refund_owed", line=a_line(marketplace="CA"), review=a_review(marketplace="US"))

    assert found["contact_buyer"].url == (
        "https://sellercentral.amazon.ca/messaging/contact?orderID=123-1234567-7654321&marketplaceID=A2EUQ1WTGCTBG2"
    )


def test_what_happened_to_another_article_of_the_order_is_no_reason_and_no_bar() -> None:
    elsewhere = [a_signal(kind, sku="TOASTER-RED") for kind in ("refund_owed", "cancelled")]

    assert routes(SERVICE, *elsewhere)["contact_buyer"].reason.code == "no_reason"
    assert routes(LATE, "delivered_late", *elsewhere)["contact_buyer"].open


def test_a_message_is_of_the_whole_order_whatever_article_it_names() -> None:
    assert routes(SERVICE, a_signal("message_waiting", sku="TOASTER-RED"))["answer_thread"].open


def test_an_order_that_is_not_amazons_has_no_contact_page() -> None:
    found = routes(
        SERVICE, a_signal("refund_owed", order_id="S01-1234567-7654321"), line=a_line(order_id="S01-1234567-7654321")
    )

    assert found["contact_buyer"].reason.code == "no_address"


def told(text: str, *words: str, stars: int = 1) -> tuple[Any, Any]:
    """A review of these words and a complaint whose evidence are the given ones."""
    spans = tuple(Evidence(text.index(each), text.index(each) + len(each), each, "late") for each in words)
    return a_review(title=None, body=text, stars=stars), a_complaint("service", "late", evidence=spans)


@pytest.mark.parametrize(
    ("text", "words", "stars", "open"),
    [
        ("Took five weeks to arrive. Never answered my mails.", ("five weeks", "Never answered"), 1, True),
        (
            "Took five weeks to arrive. The kettle itself boils fast, looks good and is quiet.",
            ("five weeks",),
            1,
            False,
        ),
        ("Took five weeks to arrive.", ("five weeks",), 5, False),
    ],
)
def test_only_a_review_that_speaks_of_service_alone_is_one_to_report(
    text: str, words: tuple[str, ...], stars: int, open: bool
) -> None:
    review, complaint = told(text, *words, stars=stars)

    found = routes(complaint, review=review, confirmed=False, none_of_these=True)["report_to_amazon"]

    assert found.open is open


def test_what_is_owed_comes_before_a_report() -> None:
    review, complaint = told("Took five weeks to arrive.", "five weeks")

    assert routes(complaint, review=review, confirmed=False)["report_to_amazon"].reason.code == "undecided"


def test_a_reason_carries_its_values_for_the_extension_to_translate() -> None:
    found = routes(SERVICE, "refund_owed")["contact_buyer"].to_json()

    assert found["reason"] == {
        "code": "refund_owed",
        "words": "A refund of 50.00 USD has been owed since Nov 12, 2026.",
        "values": {"since": "2026-11-12", "days": 8, "amount": "50.00", "currency": "USD"},
    }


SIGNALS = st.lists(st.sampled_from(KINDS), unique=True, max_size=6)
BARE = st.fixed_dictionaries({"since": st.none(), "days": st.none(), "amount": st.none(), "currency": st.none()})


@given(
    kind=st.sampled_from(["service", "product_service", "product_only", "praise"]),
    topics=st.lists(st.sampled_from(TOPICS), unique=True, max_size=3),
    signals=SIGNALS,
    bare=st.one_of(st.just({}), BARE),
    page=st.sampled_from(["product", "brand_reviews", "feedback"]),
    fulfillment=st.sampled_from(["FBA", "FBM", None]),
    delivered=st.integers(-5, 60),
    contacted=st.booleans(),
    confirmed=st.booleans(),
)
def test_whatever_the_case_the_promises_hold(
    kind: str,
    topics: list[str],
    signals: list[str],
    bare: dict[str, None],
    page: str,
    fulfillment: str | None,
    delivered: int,
    contacted: bool,
    confirmed: bool,
) -> None:
    line = a_line(fulfillment=fulfillment, delivered=TODAY - timedelta(days=delivered), purchased=ago(70))
    found = routes(
        a_complaint(kind, *topics),
        *(a_signal(each, **bare) for each in signals),
        line=line,
        page_kind=page,
        history=History(contacted),
        confirmed=confirmed,
    )

    assert list(found) == NAMES
    assert sum(route.recommended for route in found.values()) == (first_open(found) is not None)
    if not confirmed:
        assert not found["answer_thread"].open and not found["contact_buyer"].open
    if found["contact_buyer"].open:
        assert not contacted and "opted_out" not in signals and "cancelled" not in signals
        assert delivered <= 30
        assert found["contact_buyer"].reason.code in {*route_rules().reasons_in_order, "support_running"}
        assert not found["fix_silently"].open and not found["answer_thread"].open
    assert all(route.open or route.url is None for route in found.values())
