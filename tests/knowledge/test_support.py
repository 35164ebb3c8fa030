"""Support profiles: written, found, replaced, listed; and what a hand in the file can do to them."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from aftercare.errors import InputError, StoreError
from aftercare.knowledge import Override, SupportProfile, SupportProfiles

KETTLE = SupportProfile(
    asin="B0KETTLE01",
    oem_enrolled=True,
    programmes={"oem_repair": Override(amount=1, unit="years"), "live_support": Override(offered=False)},
    contacts="Service desk of the maker, weekdays",
    notes="The lid is sold apart.",
)


@pytest.fixture
def profiles(tmp_path: Path) -> SupportProfiles:
    return SupportProfiles(tmp_path / "support.json")


def test_a_product_nobody_wrote_about_has_no_profile(profiles: SupportProfiles) -> None:
    assert profiles.get("B0KETTLE01") is None


def test_a_profile_is_found_again_by_another_process(profiles: SupportProfiles, tmp_path: Path) -> None:
    profiles.set(KETTLE)

    assert SupportProfiles(tmp_path / "support.json").get("b0kettle01 ") == KETTLE


def test_a_profile_takes_the_place_of_the_old_one_whole(profiles: SupportProfiles) -> None:
    profiles.set(KETTLE)
    profiles.set(SupportProfile(asin="B0KETTLE01"))

    assert profiles.list() == (SupportProfile(asin="B0KETTLE01"),)


def test_profiles_are_listed_by_asin(profiles: SupportProfiles) -> None:
    for asin in ("B0TOASTER1", "B0KETTLE01"):
        profiles.set(SupportProfile(asin=asin))

    assert [each.asin for each in profiles.list()] == ["B0KETTLE01", "B0TOASTER1"]


def test_a_profile_can_be_forgotten(profiles: SupportProfiles) -> None:
    profiles.set(KETTLE)

    assert (profiles.remove("B0KETTLE01"), profiles.remove("B0KETTLE01")) == (True, False)


def test_two_writers_lose_nothing(profiles: SupportProfiles, tmp_path: Path) -> None:
    other = SupportProfiles(tmp_path / "support.json")

    def write(to: SupportProfiles, letter: str) -> None:
        for number in range(10):
            to.set(SupportProfile(asin=f"B0{letter}{number:07}"))

    writers = [threading.Thread(target=write, args=pair) for pair in ((profiles, "A"), (other, "B"))]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    assert len(profiles.list()) == 20


def test_asking_for_what_is_no_asin_finds_nothing(profiles: SupportProfiles) -> None:
    assert profiles.get("") is None


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"asin": "short"}, "asin"),
        ({"asin": "B0KETTLE01", "oem_enrolled": "perhaps"}, "oem_enrolled"),
        ({"asin": "B0KETTLE01", "programmes": {"repairs": {"offered": False}}}, "programmes/repairs/[key]"),
        ({"asin": "B0KETTLE01", "programmes": {"oem_repair": {"amount": 2}}}, "programmes/oem_repair"),
        ({"asin": "B0KETTLE01", "color": "red"}, "color"),
        ("text", "its top"),
    ],
)
def test_a_wrong_profile_is_refused_by_field(value: object, field: str) -> None:
    with pytest.raises(InputError) as refused:
        SupportProfile.from_json(value)

    assert refused.value.detail["field"] == field


def test_a_profile_edited_into_nonsense_is_named_and_hides_no_other(profiles: SupportProfiles, tmp_path: Path) -> None:
    path = tmp_path / "support.json"
    profiles.set(KETTLE)
    profiles.set(SupportProfile(asin="B0TOASTER1"))
    content = json.loads(path.read_text(encoding="utf-8"))
    content["profiles"]["2"]["oem_enrolled"] = "often"
    path.write_text(json.dumps(content), encoding="utf-8")

    assert profiles.get("B0KETTLE01") == KETTLE
    with pytest.raises(StoreError) as refused:
        profiles.get("B0TOASTER1")
    assert (refused.value.code, refused.value.detail["asin"]) == ("bad_profile", "B0TOASTER1")


def test_a_damaged_file_is_not_written_over(profiles: SupportProfiles, tmp_path: Path) -> None:
    (tmp_path / "support.json").write_text('{"profiles": {"1": ', encoding="utf-8")

    with pytest.raises(StoreError):
        profiles.set(KETTLE)

    assert (tmp_path / "support.json").read_text(encoding="utf-8") == '{"profiles": {"1": '
