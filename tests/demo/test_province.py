"""The province has its agencies, all its communes, and people in the necessary posts."""

from collections import Counter

import pytest
import yaml

from tram.demo.people import CAST, COMMUNE, HOME, holders, staff
from tram.demo.province import communes, province, unit
from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import nfc

RANKS = {
    row["code"]: row["rank"]
    for row in yaml.safe_load((CATALOGUE / "positions.yaml").read_text(encoding="utf-8"))["positions"]
}


def test_every_unit_has_its_own_code_and_stands_behind_its_parent():
    seen: set[str] = set()
    for one in province():
        assert one.code not in seen
        assert one.parent is None or one.parent in seen
        seen.add(one.code)
    assert [one.code for one in province() if one.parent is None] == ["ubnd"]


def test_every_commune_of_the_areas_is_an_agency_with_its_usual_parts():
    agencies = [one for one in province() if one.kind == "commune"]
    assert {one.area for one in agencies} == {commune.code for commune in communes()}
    assert len(agencies) == 99
    parts = Counter(one.parent for one in province() if one.parent and one.parent.startswith("ubnd-"))
    assert set(parts.values()) == {4}


def test_a_ward_has_a_division_for_its_city_and_a_commune_has_not():
    assert unit("ubnd-04252.kt").name == "Phòng Kinh tế, Hạ tầng và Đô thị"
    assert unit(f"{COMMUNE}.kt").name == "Phòng Kinh tế"


def test_no_two_agencies_of_the_province_share_a_short_sign_or_a_code_of_exchange():
    departments = [one for one in province() if one.kind == "department"]
    assert len({one.abbreviation for one in departments}) == len(departments) == 15
    codes = [one.qd20 for one in province() if one.qd20]
    assert len(set(codes)) == len(codes)


def test_the_divisions_of_an_agency_have_different_signs():
    signs = Counter((one.parent, one.abbreviation) for one in province() if one.parent)
    assert all(count == 1 for (parent, _), count in signs.items() if parent != "ubnd")


def test_some_two_hundred_people_with_different_names_and_logins_hold_existing_seats():
    assert 180 <= len(staff()) <= 230
    assert len({person.login for person in staff()}) == len({person.name for person in staff()}) == len(staff())
    assert all(person.login.isascii() and person.login.isalnum() for person in staff())
    filled = Counter((seat.unit, seat.position) for person in staff() for seat in person.seats)
    assert all(count <= dict(unit(code).posts)[position] for (code, position), count in filled.items())


def test_every_position_is_in_the_catalogue():
    assert {position for one in province() for position, _ in one.posts} <= set(RANKS)


@pytest.mark.parametrize("agency", [one.code for one in province() if one.kind == "department"])
def test_every_department_has_a_head_and_a_clerk(agency):
    seats = [seat for person in staff() for seat in person.seats if unit(seat.unit).agency == agency]
    assert any(RANKS[seat.position] == 20 for seat in seats)
    assert any(seat.position == "clerk" for seat in seats)


def test_the_cast_comes_first_and_sits_where_the_stories_say():
    assert staff()[: len(CAST)] == CAST
    assert holders(HOME, "director")[0].login == "son"
    assert holders(f"{HOME}.vp", "clerk")[0].login == "hoa"
    assert holders(f"{HOME}.bcvt", "specialist")[0].login == "lan"
    assert holders(COMMUNE, "commune-chair")[0].login == "binh"


def test_names_are_nfc_and_nobody_bears_the_name_of_a_person_in_the_given_texts(real):
    given = " ".join(path.read_text(encoding="utf-8") for path in sorted(real.glob("*/*.txt")))
    assert [person.name for person in staff() if person.name in given or nfc(person.name) != person.name] == []
