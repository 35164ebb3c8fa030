"""Pairing: one code, typed once within two minutes, becomes one token that can be taken away."""

from __future__ import annotations

import re

import pytest

from aftercare.cases import (
    Desk,
    PairingError,
    invite,
    known,
    list_pairings,
    open_pairing,
    pair,
    pairing_open,
    revoke_pairing,
    used,
)
from aftercare.cases.pairings import person_name
from aftercare.config import Home
from aftercare.errors import InputError, NotFoundError
from cases.trail import actions
from support.evidence import everything


def refusal(desk: Desk, code: str) -> PairingError:
    with pytest.raises(PairingError) as refused:
        pair(desk, code, "Test browser")
    return refused.value


def wrong(code: str) -> str:
    return ("B" if code[0] != "B" else "C") + code[1:]


def test_a_code_reads_well_over_the_telephone(desk: Desk) -> None:
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", open_pairing(desk))


def test_the_typed_code_gives_a_token_that_is_known_from_then_on(desk: Desk) -> None:
    token, made = pair(desk, open_pairing(desk), "Anna, Chrome on the laptop")

    assert known(desk, token) == made
    assert made.browser == "Anna, Chrome on the laptop"
    assert len(token) >= 43  # 256 bits


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code[:4]} {code[5:]} "]
)
def test_the_way_it_is_typed_does_not_matter(desk: Desk, typed) -> None:
    assert pair(desk, typed(open_pairing(desk)), "Test browser")


def test_a_code_works_once(desk: Desk) -> None:
    code = open_pairing(desk)
    pair(desk, code, "First")

    assert refusal(desk, code).code == "pairing_none_open"


def test_a_code_lasts_two_minutes(desk: Desk, clock) -> None:
    code = open_pairing(desk)
    clock.pass_(seconds=120)

    assert not pairing_open(desk)
    assert refusal(desk, code).code == "pairing_expired"
    assert refusal(desk, code).code == "pairing_none_open"


def test_five_wrong_tries_close_it_even_for_the_right_code(desk: Desk) -> None:
    code = open_pairing(desk)

    left = [refusal(desk, wrong(code)).detail["tries_left"] for _ in range(5)]

    assert left == [4, 3, 2, 1, 0]
    assert refusal(desk, code).code == "pairing_none_open"


def test_four_wrong_tries_leave_one(desk: Desk) -> None:
    code = open_pairing(desk)
    for _ in range(4):
        refusal(desk, wrong(code))

    assert pair(desk, code, "Test browser")


def test_a_new_code_closes_the_one_before(desk: Desk) -> None:
    old, new = open_pairing(desk), open_pairing(desk)

    assert refusal(desk, old).code == "pairing_wrong_code"
    assert pair(desk, new, "Test browser")


def test_without_a_code_nothing_can_be_paired(desk: Desk) -> None:
    assert refusal(desk, "ABCD-2345").code == "pairing_none_open"


@pytest.mark.parametrize("token", ["", "x" * 43, "token", "\N{SNOWMAN}"])
def test_another_token_is_not_known(desk: Desk, anna, token: str) -> None:
    assert known(desk, token) is None


def test_a_revoked_browser_is_not_known_any_more(desk: Desk) -> None:
    token, made = pair(desk, open_pairing(desk), "Test browser")

    revoke_pairing(desk, made.id)

    assert known(desk, token) is None
    assert list_pairings(desk) == []


def test_revoking_a_number_nobody_has_is_said(desk: Desk) -> None:
    with pytest.raises(NotFoundError) as refused:
        revoke_pairing(desk, 7)

    assert refused.value.code == "pairing_unknown"


def test_two_browsers_of_one_name_are_told_apart(desk: Desk, anna) -> None:
    _, second = pair(desk, open_pairing(desk), anna.browser)

    assert second.browser == f"{anna.browser} (2)"


def test_a_name_cannot_write_into_the_terminal(desk: Desk) -> None:
    _, made = pair(desk, open_pairing(desk), "Eve\x1b[2J\r\n\u202eevil")

    assert made.browser.isprintable()


def test_neither_code_nor_token_lies_in_the_file(desk: Desk, home: Home) -> None:
    code = open_pairing(desk)
    token, _ = pair(desk, code, "Test browser")
    invitation = invite(desk, "Dana")
    desk.close()

    stored = str(everything(home))

    assert all(secret not in stored for secret in (token, code, invitation))
    assert all(secret.replace("-", "") not in stored for secret in (code, invitation))


def test_when_a_browser_was_here_is_noted_to_a_few_minutes(desk: Desk, anna, clock) -> None:
    used(desk, anna)
    first = list_pairings(desk)[0]
    clock.pass_(minutes=1)
    used(desk, first)
    second = list_pairings(desk)[0]
    clock.pass_(minutes=10)
    used(desk, second)

    assert [first.last_used, second.last_used, list_pairings(desk)[0].last_used] == [
        "2026-03-01T09:30:00Z",
        "2026-03-01T09:30:00Z",
        "2026-03-01T09:41:00Z",
    ]


def test_the_record_tells_of_pairing_wrong_tries_and_revoking(desk: Desk) -> None:
    code = open_pairing(desk)
    refusal(desk, wrong(code))
    _, made = pair(desk, code, "Test browser")
    revoke_pairing(desk, made.id)

    assert actions(desk) == ["trail_begun", "pairing_opened", "pairing_wrong_code", "paired", "pairing_revoked"]


def test_an_invitation_gives_one_browser_the_name_of_its_person(desk: Desk) -> None:
    token, made = pair(desk, invite(desk, "Dana"), "Some Chrome")

    assert known(desk, token) == made
    assert made.browser == "Dana"


def test_invitations_of_several_people_stand_beside_each_other(desk: Desk) -> None:
    first, second = invite(desk, "Dana"), invite(desk, "Emil")

    assert {pair(desk, code, "x")[1].browser for code in (second, first)} == {"Dana", "Emil"}


def test_an_invitation_that_nobody_took_in_time_is_void(desk: Desk, clock) -> None:
    code = invite(desk, "Dana", hours=2)
    clock.pass_(hours=2)

    assert refusal(desk, code).code == "invitation_unknown"


def test_an_invitation_works_once(desk: Desk) -> None:
    code = invite(desk, "Dana")
    pair(desk, code, "x")

    assert refusal(desk, code).code == "invitation_unknown"


def test_a_new_invitation_closes_the_last_of_the_same_person(desk: Desk) -> None:
    code = invite(desk, "Dana")
    invite(desk, "Dana")

    assert refusal(desk, code).code == "invitation_unknown"


@pytest.mark.parametrize("number", [2**63, 99999999999999999999, 0, -(2**70)])
def test_a_number_that_no_browser_can_have_is_unknown(desk: Desk, number: int) -> None:
    with pytest.raises(NotFoundError) as refused:
        revoke_pairing(desk, number)

    assert refused.value.code == "pairing_unknown"


@pytest.mark.parametrize(
    "name", ["", "  ", "Eve\x1b[2J", "Dana\nEmil", "Eve\u202elive", "\ud800", "n" * 5000, "n" * 81]
)
def test_what_is_no_name_invites_nobody(desk: Desk, name: str) -> None:
    with pytest.raises(InputError) as refused:
        invite(desk, name)

    assert refused.value.code == "bad_agent"


@pytest.mark.parametrize(
    ("typed", "kept"), [(" Dana  Ruiz ", "Dana Ruiz"), ("山田\u3000花子", "山田 花子"), ("n" * 80, "n" * 80)]
)
def test_a_name_is_kept_as_one_line(typed: str, kept: str) -> None:
    assert person_name(typed) == kept
