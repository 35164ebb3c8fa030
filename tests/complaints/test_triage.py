"""What a review complains of, told by examples: one for each rule of the contract that needs more than a single cue."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.complaints import RISKS, TOPICS, triage, triage_text
from aftercare.complaints.triage import LONGEST
from aftercare.reviews.review import Review


def read(body: str, **more):
    return triage_text("R1", body, **more)


def test_a_failed_delivery_is_a_critical_service_complaint():
    complaint = read("The kettle looks nice in the shop window, but my order never arrived.")

    assert (complaint.type, complaint.topics, complaint.urgency) == ("service", ("not_delivered",), "critical")
    assert complaint.critical
    assert complaint.risks == ("a_to_z", "odr")


def test_five_stars_do_not_hide_a_service_complaint():
    assert read("Beautiful ring! It came two weeks late though.", stars=5).type == "service"


def test_one_star_for_the_product_alone_is_no_service_complaint():
    complaint = read("Ugly color, far too small, smells awful.", stars=1)

    assert (complaint.type, complaint.topics, complaint.urgency) == ("product_only", (), "none")
    assert not complaint.critical


def test_a_fault_alone_is_about_the_product():
    complaint = read("It stopped working after a week. Junk.")

    assert (complaint.type, complaint.topics, complaint.critical) == ("product_only", ("broken",), False)


def test_a_fault_with_a_wish_for_help_is_product_service_and_not_critical():
    complaint = read("It stopped working after a week. Can the seller please contact me?")

    assert (complaint.type, complaint.urgency, complaint.critical) == ("product_service", "high", False)
    assert complaint.risks == ()


def test_a_question_on_use_is_of_normal_urgency():
    assert read("How do I pair this with my phone?").urgency == "normal"


def test_a_fault_that_nobody_answers_is_product_service_and_critical():
    complaint = read("It stopped working after a week and the seller does not respond.")

    assert (complaint.type, complaint.topics) == ("product_service", ("no_response", "broken"))
    assert complaint.critical
    assert complaint.risks == ("seller_feedback",)


def test_what_the_carrier_broke_is_no_fault_of_the_product():
    assert read("The vase arrived broken.").topics == ("damaged_in_transit",)


def test_a_problem_that_service_solved_is_praise_without_topics():
    complaint = read("One cup was cracked, they sent a replacement right away. Great service!")

    assert (complaint.type, complaint.topics, complaint.evidence) == ("praise", (), ())


def test_a_remedy_that_failed_in_turn_is_a_complaint_again():
    complaint = read("The first one was faulty so they replaced it, and the second one never arrived.")

    assert (complaint.type, complaint.topics) == ("service", ("not_delivered",))


def test_a_reason_told_after_its_remedy_is_solved_as_well():
    assert read("I was refunded the same day when it arrived broken. Great people.").type == "praise"


def test_a_refund_that_came_after_a_fight_is_not_solved_well():
    assert read("They finally refunded me after I filed a claim.").type == "service"


@pytest.mark.parametrize(
    "body",
    [
        "No need to return it, fits perfectly!",
        "Nothing was broken and nothing was missing.",
        "I was worried it would arrive late but it came on time.",
        "Great arch support.",
        "A gripping novel about a missing girl.",
        "Other reviewers complain about missing parts, mine was complete.",
        "My old vacuum died after a year, this one runs and runs.",
    ],
)
def test_service_words_in_praise_are_not_complaints(body: str):
    assert read(body).type == "praise"


def test_evidence_points_at_the_words_in_their_own_field():
    complaint = read("Nice mug. It arrived broken 😢", title="Never got my refund")
    texts = {"title": "Never got my refund", "body": "Nice mug. It arrived broken 😢"}

    assert {each.field for each in complaint.evidence} == {"title", "body"}
    assert all(texts[each.field][each.start : each.end] == each.text for each in complaint.evidence)


def test_evidence_counts_code_points_where_characters_are_composed():
    body = "Tre\u0301s joli 👩‍👩‍👧. Le colis n'est jamais arrive\u0301."
    evidence = read(body, lang="fr").evidence

    assert evidence
    assert all(body[each.start : each.end] == each.text for each in evidence)


def test_the_words_language_outweighs_what_the_page_said():
    complaint = read("Das Paket ist nie angekommen und der Verkäufer antwortet seit Wochen nicht.", lang="en")

    assert (complaint.lang, complaint.type) == ("de", "service")


@pytest.mark.parametrize(("stars", "type"), [(5, "praise"), (1, "product_only"), (None, "product_only")])
def test_a_language_nobody_reads_here_is_judged_by_its_stars(stars: int | None, type: str):
    complaint = read("Посылка так и не пришла, продавец молчит.", stars=stars)

    assert (complaint.lang, complaint.type, complaint.critical) == ("und", type, False)


@pytest.mark.parametrize("body", ["", " ", "👍👍👍", "?", "a", "\ud800\udfff", "\x00\x01\x02", "!!!", "．．．"])
def test_hardly_any_text_is_read_calmly(body: str):
    assert read(body).type in ("praise", "product_only")


def test_typing_slips_are_read_as_they_are_meant():
    assert read("delivry was sooo late, recieved it affter a month").topics == ("late",)


def test_only_the_beginning_of_an_endless_text_is_read():
    assert read("x " * LONGEST + "It never arrived.").type != "service"


def test_a_review_is_read_with_its_title_and_stars():
    review = Review(id="R2", marketplace="DE", stars=1, title="Nie angekommen", body="Das Paket ist weg.", lang="de")

    assert triage(review).type == "service"


def test_a_review_without_text_is_no_complaint():
    assert triage(Review(id="R3", stars=5)).type == "praise"


def test_an_unknown_marketplace_is_no_hindrance():
    assert read("It never arrived.", marketplace="XX").type == "service"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "de", "fr", "es", "it", "nl", "xx", None]))
def test_any_text_gives_a_complaint_that_keeps_the_contract(body: str, lang: str | None):
    complaint = read(body, lang=lang)

    assert set(complaint.topics) <= set(TOPICS)
    assert set(complaint.risks) <= set(RISKS)
    assert complaint.critical == (complaint.urgency == "critical")
    assert not complaint.critical or complaint.type in ("service", "product_service")
    assert all(body[each.start : each.end] == each.text for each in complaint.evidence)


@pytest.mark.parametrize(
    ("stars", "type"), [(None, "product_only"), (1, "product_only"), (3, "product_only"), (4, "praise"), (5, "praise")]
)
def test_stars_decide_where_the_words_say_nothing(stars: int | None, type: str):
    assert triage(Review(id="R1", body="Bench, oak, for the hallway.", lang="en", stars=stars)).type == type
