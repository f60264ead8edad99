"""The map is loaded whole, once, and finds old places under their new names."""

from datetime import date

import pytest
from django.core.management import call_command

from tests.cast import AT, Cast
from tram.audit.queries import what_happened
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Refused
from tram.organisation.commands.areas import load_areas
from tram.organisation.models import Area
from tram.organisation.queries import area_predecessors, area_successors, find_areas


@pytest.fixture
def the_map(db: None) -> int:
    return load_areas(actor=Actor.system(), at=AT)


def test_the_map_has_every_area_of_today_and_before(the_map: int) -> None:
    today = Area.objects.filter(until=None)
    assert today.filter(level=1).count() == 34 and today.filter(level=3).count() == 3321
    gone = Area.objects.exclude(until=None)
    assert [gone.filter(level=level).count() for level in (1, 2, 3)] == [63, 696, 10035]
    assert Area.objects.filter(parent=None).exclude(level=1).count() == 0
    assert what_happened("organisation.area/0") == ["organisation.areas_loaded"]


def test_loading_again_changes_nothing(the_map: int, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_areas")
    assert str(the_map) in capsys.readouterr().out
    assert Area.objects.count() == the_map
    assert what_happened("organisation.area/0") == ["organisation.areas_loaded"]


def test_an_area_is_found_with_and_without_marks_and_kind(the_map: int) -> None:
    for typed in ("xã Y Tý", "y tý", "Y TY", "xa y ty"):
        assert "xã Y Tý, tỉnh Lào Cai" in [row.label for row in find_areas(typed)], typed
    assert find_areas("đà nẵng")[0].label == "thành phố Đà Nẵng"
    assert all(row.name.startswith("Bảo") for row in find_areas("bảo t"))
    assert find_areas("") == find_areas("không có nơi nào tên thế này") == []


def test_those_of_today_stand_before_those_that_are_gone(the_map: int) -> None:
    ends = [row.until for row in find_areas("sa pa")]
    assert None in ends and date(2025, 6, 30) in ends
    assert ends == sorted(ends, key=lambda day: day is not None)


def test_an_old_commune_leads_to_its_successors_and_back(the_map: int) -> None:
    yen_bai = next(row for row in find_areas("tỉnh yên bái") if row.until)
    assert [row.label for row in area_successors(yen_bai.id)] == ["tỉnh Lào Cai"]
    old = next(row for row in find_areas("xã A Lù") if row.until)
    assert old.label == "xã A Lù, huyện Bát Xát, tỉnh Lào Cai (đến 30/06/2025)"
    new = area_successors(old.id)[0]
    assert new.until is None and old.id in [row.id for row in area_predecessors(new.id)]


def test_only_the_province_or_the_installation_loads_the_map(cast: Cast) -> None:
    for stranger in (cast.quan, cast.tuan, cast.son):
        with pytest.raises(Refused, match="quản trị tỉnh"):
            load_areas(actor=stranger, at=AT)
    assert load_areas(actor=cast.tinh, at=AT) > 14_000
